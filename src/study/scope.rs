//! Within what a claim to be first holds: 全省, 广西, 全国副省级城市, 西部.
//!
//! Comes in: what stands around the claim, and the region of the document. Goes out: the words, the
//! region that they mean as far as the gazetteer holds it, and among whom of it, where not among all.

use crate::lexicon::{Region, cues};

use super::near::{first_of, starts_with};
use super::places::{choose, place_at};
use super::surroundings::Surroundings;

/// The scope of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Scope {
    /// As written.
    pub(super) word: String,
    /// The region that it means, full names; empty for the whole country and beyond; `None` for an
    /// area that is no region (西部).
    pub(super) region: Option<Vec<String>>,
    /// Among whom, where not among all: 副省级城市.
    pub(super) limit: Option<String>,
}

/// Who claims, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claimant<'a> {
    /// The region of the document, full names from the province down.
    pub(super) region: &'a [String],
    /// Its year.
    pub(super) year: Option<i32>,
}

/// How far before a claim the word of its scope may stand, in characters.
const SCOPE_REACH: usize = 12;

/// The scope of the claim `cue`: a place right before it (广西首个), a word of scope before it in its
/// clause, or one right behind it. The place before 率先 is who did it, unless it is above the author.
pub(super) fn scope(around: &Surroundings, cue: &str, claimant: Claimant<'_>) -> Option<Scope> {
    let found = named_before(&around.before, cue, claimant)
        .or_else(|| word_before(&around.before, claimant.region))
        .or_else(|| word_behind(&around.after, claimant.region))?;
    // 全省首个地级市…
    let limit = starts_with(&around.after, "limit_start").map(str::to_owned);
    Some(Scope {
        limit: found.limit.or(limit),
        ..found
    })
}

fn named_before(before: &str, cue: &str, claimant: Claimant<'_>) -> Option<Scope> {
    let (word, region) = place_at_end(before, claimant)?;
    let path: Option<Vec<String>> =
        region.map(|region| region.path().into_iter().map(str::to_owned).collect());
    if cues("claim_adverb").contains(&cue) {
        let stands_within = before[..before.len() - word.len()].ends_with(['在', '于']);
        let own = claimant.region;
        let is_above = path
            .as_ref()
            .is_some_and(|path| path.len() < own.len() && own.starts_with(path));
        if !stands_within && !is_above {
            return None;
        }
    }
    Some(Scope {
        word: word.to_owned(),
        region: path,
        limit: None,
    })
}

/// A place whose name ends where the claim begins, the longest.
fn place_at_end<'t>(before: &'t str, claimant: Claimant<'_>) -> Option<(&'t str, Option<Region>)> {
    let starts = before.char_indices().rev().take(12).map(|(at, _)| at);
    let found = starts.filter_map(|start| {
        let named = place_at(&before[start..], claimant.year)?;
        (start + named.length == before.len())
            .then(|| (&before[start..], choose(&named.regions, claimant.region)))
    });
    found.last()
}

fn word_before(before: &str, region: &[String]) -> Option<Scope> {
    let (at, word, is_area) = all_words()
        .filter_map(|(word, is_area)| before.rfind(word).map(|at| (at, word, is_area)))
        .filter(|(at, word, _)| {
            // 中国 is a scope right before its claim only: “中国最具幸福感城市”榜首 is of a list.
            let reach = if *word == "中国" { 0 } else { SCOPE_REACH };
            before[at + word.len()..].chars().count() <= reach
        })
        .max_by_key(|(at, word, _)| (at + word.len(), word.len()))?;
    let between = &before[at + word.len()..];
    Some(Scope {
        word: word.to_owned(),
        region: (!is_area).then(|| region_of(word, region)).flatten(),
        limit: first_of(between, "limit").map(|_| between.to_owned()),
    })
}

fn word_behind(after: &str, region: &[String]) -> Option<Scope> {
    let near = after.trim_start_matches(['在', '于']);
    let (word, is_area) = all_words()
        .filter(|(word, _)| near.starts_with(word))
        .max_by_key(|(word, _)| word.len())?;
    Some(Scope {
        word: word.to_owned(),
        region: (!is_area).then(|| region_of(word, region)).flatten(),
        limit: starts_with(&near[word.len()..], "limit_start").map(str::to_owned),
    })
}

/// Every word of scope, and whether it is an area that is no region.
fn all_words() -> impl Iterator<Item = (&'static str, bool)> {
    let of = |kind, is_area| cues(kind).iter().map(move |&word| (word, is_area));
    of("scope", false).chain(of("scope_area", true))
}

/// The region that a word of scope means in a document of `region`. 全区 is the autonomous region for
/// its cities and the district for a district.
pub(super) fn region_of(word: &str, region: &[String]) -> Option<Vec<String>> {
    let up_to = |depth: usize| (region.len() >= depth).then(|| region[..depth].to_vec());
    match word {
        "世界" | "全球" | "国际" | "亚洲" | "全国" | "国内" | "我国" | "中国" => {
            Some(Vec::new())
        }
        "全省" | "省内" | "本省" | "我省" | "全疆" | "自治区内" | "自治区" => {
            up_to(1)
        }
        "全市" | "市内" | "本市" | "我市" => match region {
            [city] | [city, ..] if is_municipality(city) => Some(vec![city.clone()]),
            _ => up_to(2),
        },
        "全州" | "州内" | "全盟" | "我州" => up_to(2),
        "全县" | "县内" | "我县" | "本县" => up_to(3),
        "全区" | "区内" | "我区" | "本区" => match region {
            [province, ..] if province.ends_with("自治区") && region.len() < 3 => up_to(1),
            _ => up_to(region.len())
                .filter(|path| path.last().is_some_and(|name| name.ends_with('区'))),
        },
        "本土" | "本地" => up_to(region.len()).filter(|path| !path.is_empty()),
        _ => None,
    }
}

fn is_municipality(name: &str) -> bool {
    ["北京市", "天津市", "上海市", "重庆市"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::super::surroundings::surroundings;
    use super::*;

    fn path(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn of(text: &str, cue: &str, region: &[&str]) -> Option<(String, Option<String>, bool)> {
        let start = text.find(cue).expect("the claim stands there");
        let around = surroundings(text, &(start..start + cue.len()));
        let region = path(region);
        let claimant = Claimant {
            region: &region,
            year: Some(2023),
        };
        let found = scope(&around, cue, claimant)?;
        Some((found.word, found.limit, found.region.is_some()))
    }

    const WENCHUAN: &[&str] = &["四川省", "阿坝藏族羌族自治州"];

    #[test]
    fn the_place_before_first_is_who_did_it_and_before_a_first_thing_its_scope() {
        let text = "汶川率先在全省民族地区通过督导评估。";
        assert_eq!(
            of(text, "率先", WENCHUAN),
            Some(("全省".into(), Some("民族地区".into()), true))
        );
        let text = "建成四川首个高原数据中心。";
        assert_eq!(
            of(text, "首个", WENCHUAN),
            Some(("四川".into(), None, true))
        );
        let text = "在四川率先推行。";
        assert_eq!(
            of(text, "率先", WENCHUAN),
            Some(("四川".into(), None, true))
        );
        assert_eq!(of("汶川率先推行。", "率先", WENCHUAN), None);
    }

    #[test]
    fn a_scope_may_hold_among_one_kind_only_or_be_no_region() {
        assert_eq!(
            of("获批全国副省级城市首个试点。", "首个", WENCHUAN),
            Some(("全国".into(), Some("副省级城市".into()), true))
        );
        assert_eq!(
            of("建成西部地区首个基地。", "首个", WENCHUAN),
            Some(("西部地区".into(), None, false))
        );
    }

    #[test]
    fn the_whole_district_is_the_autonomous_region_for_its_cities() {
        let guangxi = path(&["广西壮族自治区", "防城港市"]);
        assert_eq!(region_of("全区", &guangxi), Some(path(&["广西壮族自治区"])));
        let longhua = path(&["广东省", "深圳市", "龙华区"]);
        assert_eq!(region_of("全区", &longhua), Some(longhua.clone()));
        assert_eq!(
            region_of("全市", &longhua),
            Some(path(&["广东省", "深圳市"]))
        );
        assert_eq!(
            region_of("全市", &path(&["上海市", "浦东新区"])),
            Some(path(&["上海市"]))
        );
    }
}
