//! Place names in running text, by the gazetteer.
//!
//! Comes in: a folded text and where to look. Goes out: the place that stands there, with the
//! regions that the name can mean. Chooses among several by what else is known (a place named
//! before it, the province of the document), and where that does not decide, keeps them all.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::Region;

use super::near::starts_with;

/// A place as it is named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Bytes that the name takes.
    pub(super) length: usize,
    /// What it can mean: one region where that is sure.
    pub(super) regions: Vec<Region>,
}

/// Every name of two characters or more, folded, with the regions that bear it.
static NAMES: LazyLock<HashMap<&'static str, Vec<Region>>> = LazyLock::new(|| {
    let mut names: HashMap<_, Vec<Region>> = HashMap::new();
    for region in Region::all() {
        let short = (!region.is_common_word()).then(|| region.short());
        for name in [region.name()]
            .into_iter()
            .chain(short)
            .chain(region.also())
        {
            let regions = names.entry(name).or_default();
            if name.chars().count() >= 2 && !regions.contains(&region) {
                regions.push(region);
            }
        }
    }
    names
});

/// The longest name that any region bears, in characters.
const LONGEST: usize = 16;

/// The place whose name stands at the start of `text`, if one does: the longest name, with the
/// places that follow it from above (广东省深圳市福田区, 广州从化). `year` chooses between what is in use and
/// what was.
pub(super) fn place_at(text: &str, year: Option<i32>) -> Option<Named> {
    let mut named = single_at(text, year)?;
    while let Some(next) = single_at(&text[named.length..], year) {
        let inside: Vec<Region> = next
            .regions
            .iter()
            .copied()
            .filter(|part| {
                named
                    .regions
                    .iter()
                    .any(|above| part != above && part.is_in(*above))
            })
            .collect();
        if inside.is_empty() {
            break;
        }
        named = Named {
            length: named.length + next.length,
            regions: inside,
        };
    }
    let rest = &text[named.length..];
    let is_other = ["not_place_before", "not_region_after"]
        .into_iter()
        .any(|kind| starts_with(rest, kind).is_some());
    (!is_other).then_some(named)
}

/// Places as they are written, each with what it can mean.
pub(super) type Places = Vec<(String, Vec<Region>)>;

/// The places of the list at the start of `text` (上海、杭州和宁波), and where it ends.
pub(super) fn list_at(text: &str, year: Option<i32>) -> Option<(Places, usize)> {
    let first = place_at(text, year)?;
    let mut end = first.length;
    let mut places = vec![(text[..end].to_owned(), first.regions)];
    while let Some(mark) = text[end..]
        .chars()
        .next()
        .filter(|c| "、和与及同—-－–".contains(*c))
    {
        let at = end + mark.len_utf8();
        let Some(next) = place_at(&text[at..], year) else {
            break;
        };
        end = at + next.length;
        places.push((text[at..end].to_owned(), next.regions));
    }
    Some((places, end))
}

/// One of several regions where the document decides: one in its own province, or else the highest.
pub(super) fn choose(regions: &[Region], document: &[String]) -> Option<Region> {
    if let [only] = regions {
        return Some(*only);
    }
    let highest = regions.iter().map(|region| region.level()).min()?;
    let mut high = regions.iter().filter(|region| region.level() == highest);
    if let (Some(only), None) = (high.next(), high.next()) {
        return Some(*only);
    }
    let mut near = regions
        .iter()
        .filter(|region| region.path().first().copied() == document.first().map(String::as_str));
    match (near.next(), near.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    }
}

fn single_at(text: &str, year: Option<i32>) -> Option<Named> {
    let ends: Vec<usize> = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(LONGEST)
        .collect();
    ends.into_iter().skip(1).rev().find_map(|length| {
        let all = NAMES.get(&text[..length])?;
        let in_use = |region: &&Region| match year {
            Some(year) => region.exists_in(year),
            None => region.last().is_none(),
        };
        let current: Vec<Region> = all.iter().filter(in_use).copied().collect();
        let regions = if current.is_empty() {
            all.clone()
        } else {
            current
        };
        (!regions.is_empty()).then_some(Named { length, regions })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Option<Vec<&'static str>> {
        let named = place_at(text, Some(2022))?;
        Some(choose(&named.regions, &[])?.path())
    }

    #[test]
    fn the_longest_name_counts_and_goes_down_the_hierarchy() {
        assert_eq!(path("深圳民意速办"), Some(vec!["广东省", "深圳市"]));
        assert_eq!(path("广州从化"), Some(vec!["广东省", "广州市", "从化区"]));
        assert_eq!(path("北京市朝阳区接诉即办"), Some(vec!["北京市", "朝阳区"]));
        assert_eq!(path("上海浦东新区经验"), Some(vec!["上海市", "浦东新区"]));
        assert_eq!(path("先进地市"), None);
    }

    #[test]
    fn a_station_and_a_road_are_no_places() {
        assert_eq!(path("深圳北站片区"), None);
        assert_eq!(path("上海大学"), None);
    }

    #[test]
    fn an_ambiguous_name_is_decided_by_the_document_or_not_at_all() {
        let named = place_at("龙华区", Some(2022)).unwrap();
        assert_eq!(named.regions.len(), 2);
        assert_eq!(choose(&named.regions, &[]), None);
        let chosen = choose(&named.regions, &["海南省".to_owned()]).unwrap();
        assert_eq!(chosen.code(), "460106");
    }
}
