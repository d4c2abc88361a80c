//! Names of regions in running text.
//!
//! Comes in: folded text. Goes out: where names of regions stand, the longest at each place, with
//! everything that bears the name. What follows a name is looked at (深圳北站, 四川北路, 中山大学 name
//! no region); what the text means by an ambiguous name is not.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::cues::cues;
use super::regions::Region;

/// A name of a region in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The bytes that it stands on.
    pub range: Range<usize>,
    /// How the name is written.
    pub form: NameForm,
    /// Everything that bears the name, in code order; never empty.
    pub regions: &'static [Region],
}

/// How a region is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameForm {
    /// By a short name that is an ordinary word too: 富裕, 公安.
    Word,
    /// By a short name: 深圳.
    Short,
    /// By the name of a place that stands for it: 深圳经济特区.
    Place,
    /// By its full name, or one like it: 深圳市, 黔南州.
    Full,
}

/// Every mention of a region in a folded text, in order and without overlap.
///
/// ```
/// use xianli::lexicon::{NameForm, mentions};
/// let text = "深圳市龙华区与广州从化合作，见深圳北站、上海市四川北路";
/// let named = |word: bool| -> Vec<_> {
///     let mentions = mentions(text).into_iter();
///     let of_form = mentions.filter(|mention| (mention.form == NameForm::Word) == word);
///     of_form.map(|mention| &text[mention.range]).collect()
/// };
/// assert_eq!(named(false), ["深圳市", "龙华区", "广州", "从化", "上海市"]);
/// assert_eq!(named(true), ["合作"]); // 合作市, but far more often a word
/// ```
pub fn mentions(text: &str) -> Vec<Mention> {
    let gazetteer = &*GAZETTEER;
    let mut found = Vec::new();
    let mut skip_to = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, first)) = characters.next() {
        let Some(&(_, second)) = characters.peek().filter(|_| at >= skip_to) else {
            continue;
        };
        if !gazetteer.beginnings.may_have(first, second) {
            continue;
        }
        let Some(longest) = gazetteer.longest.get(&pair(first, second)) else {
            continue;
        };
        let Some((end, name)) = longest_name(gazetteer, &text[at..], *longest) else {
            continue;
        };
        skip_to = at + end;
        if name.form != NameForm::Full
            && let Some(rest) = part_of_another_name(&text[..at], &text[skip_to..])
        {
            skip_to += rest;
            continue;
        }
        // 合作市场, 振兴区域: a full name that begins with an ordinary word and goes on.
        let is_word = text[skip_to..].starts_with("域")
            || name.regions.iter().all(|region| region.is_common_word())
                && text[skip_to..].starts_with(['场', '级', '民', '容']);
        found.push(Mention {
            range: at..skip_to,
            form: if is_word { NameForm::Word } else { name.form },
            regions: &name.regions,
        });
    }
    found
}

/// All names, and for each two characters that begin one the length of the longest, in characters.
struct Gazetteer {
    names: FxHashMap<&'static str, Name>,
    longest: FxHashMap<u64, usize>,
    beginnings: Beginnings,
}

/// The two characters that begin each name, as bits that several share: most of a text begins none,
/// and that is to be known without a look into a table of all.
struct Beginnings(Box<[u64; 1 << 12]>);

impl Beginnings {
    fn add(&mut self, first: char, second: char) {
        let (word, bit) = Self::place(first, second);
        self.0[word] |= bit;
    }

    /// Whether a name may begin with these.
    fn may_have(&self, first: char, second: char) -> bool {
        let (word, bit) = Self::place(first, second);
        self.0[word] & bit != 0
    }

    fn place(first: char, second: char) -> (usize, u64) {
        let hash = pair(first, second).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((hash >> 52) as usize, 1 << (hash >> 46 & 63))
    }
}

fn pair(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

struct Name {
    form: NameForm,
    regions: Vec<Region>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut gazetteer = Gazetteer {
        names: FxHashMap::with_capacity_and_hasher(12_000, FxBuildHasher),
        longest: FxHashMap::default(),
        beginnings: Beginnings(Box::new([0; 1 << 12])),
    };
    for region in Region::all() {
        let full = if region.is_common_in_full() {
            NameForm::Word
        } else {
            NameForm::Full
        };
        let short = match (region.short() == region.name(), region.is_common_word()) {
            (true, _) => full,
            (_, true) => NameForm::Word,
            _ => NameForm::Short,
        };
        gazetteer.add(region.name(), full, region);
        gazetteer.add(region.short(), short, region);
        for name in region.also() {
            gazetteer.add(name, NameForm::Full, region);
        }
    }
    for (name, region) in Region::aliases() {
        gazetteer.add(name, NameForm::Place, region);
    }
    gazetteer
});

impl Gazetteer {
    fn add(&mut self, name: &'static str, form: NameForm, region: Region) {
        let length = name.chars().count();
        let mut characters = name.chars();
        let (Some(first), Some(second)) = (characters.next(), characters.next()) else {
            return;
        };
        self.beginnings.add(first, second);
        let longest = self.longest.entry(pair(first, second)).or_default();
        *longest = length.max(*longest);
        let name = self.names.entry(name).or_insert(Name {
            form,
            regions: Vec::new(),
        });
        name.form = name.form.max(form);
        if !name.regions.contains(&region) {
            name.regions.push(region);
        }
    }
}

fn longest_name<'g>(
    gazetteer: &'g Gazetteer,
    text: &str,
    longest: usize,
) -> Option<(usize, &'g Name)> {
    let farthest = text.char_indices().nth(longest);
    let mut name = &text[..farthest.map_or(text.len(), |(end, _)| end)];
    // A name has two characters at least.
    while let Some((before, _)) = name.char_indices().next_back().filter(|&(at, _)| at > 0) {
        if let Some(known) = gazetteer.names.get(name) {
            return Some((name.len(), known));
        }
        name = &name[..before];
    }
    None
}

/// How many bytes behind a short name make it a part of another name, a street, a station, a
/// school; `None` where it stands for itself. The words are the cues `not_region_after`.
fn part_of_another_name(before: &str, after: &str) -> Option<usize> {
    let following = cues("not_region_after")
        .iter()
        .filter(|word| after.starts_with(**word))
        .map(|word| word.len())
        .max();
    following.or_else(|| before.ends_with('孙').then_some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, NameForm, usize)> {
        mentions(text)
            .into_iter()
            .map(|mention| (&text[mention.range], mention.form, mention.regions.len()))
            .collect()
    }

    #[test]
    fn full_short_and_place_names_are_told_apart() {
        assert_eq!(
            found("深圳经济特区在深圳市，黔南州，富裕生活"),
            [
                ("深圳经济特区", NameForm::Place, 1),
                ("深圳市", NameForm::Full, 1),
                ("黔南州", NameForm::Full, 1),
                ("富裕", NameForm::Word, 1),
            ]
        );
    }

    #[test]
    fn an_ambiguous_name_gives_all_its_regions() {
        let mention = &mentions("朝阳区")[0];
        let mut paths: Vec<_> = mention
            .regions
            .iter()
            .map(|region| region.path().join(""))
            .collect();
        paths.sort_unstable();
        assert_eq!(paths, ["北京市朝阳区", "吉林省长春市朝阳区"]);
    }

    #[test]
    fn streets_stations_and_schools_name_no_region() {
        for text in [
            "四川北路",
            "深圳北站",
            "南京大学",
            "中山路",
            "孙中山",
            "延安精神",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
