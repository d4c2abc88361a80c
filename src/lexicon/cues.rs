//! Cue words: what, standing near a term, says how a text means it (尚未, 拟, 借鉴, 率先 …).
//!
//! Comes in: the name of a kind of cue, the first column of `cues.tsv`. Goes out: its words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut table: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in include_str!("../../index-schema/cues.tsv").lines().skip(1) {
        if let Some((kind, word)) = line.split_once('\t') {
            table.entry(kind).or_default().push(word);
        }
    }
    table
});

/// The words of one kind, in the order of the table.
///
/// ```
/// use xianli::lexicon::cues;
/// assert!(cues("negation").contains(&"尚未"));
/// assert!(cues("no such kind").is_empty());
/// ```
pub fn cues(kind: &str) -> &'static [&'static str] {
    TABLE.get(kind).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::variants::simplified;

    #[test]
    fn every_row_has_a_kind_and_a_folded_word_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for line in include_str!("../../index-schema/cues.tsv").lines().skip(1) {
            let (kind, word) = line.split_once('\t').expect(line);
            assert!(!kind.is_empty() && !word.is_empty(), "{line}");
            assert!(word.chars().all(|c| simplified(c) == c), "{line}");
            assert!(seen.insert((kind, word)), "{line} stands twice");
        }
    }
}
