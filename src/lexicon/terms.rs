//! Words that tell the name of a reform from other words: what it ends and begins with, what is done
//! to it, and the slogans that stand in quotation marks and name no reform.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut table: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in include_str!("../../index-schema/terms.tsv").lines().skip(1) {
        if let Some((kind, word)) = row.split_once('\t') {
            table.entry(kind).or_default().push(word);
        }
    }
    table
});

/// The words of one kind: `slogan`, `verb`, `noun`, `ending`, `opening`.
///
/// ```
/// use xianli::lexicon::term_words;
/// assert!(term_words("slogan").contains(&"两个维护"));
/// assert!(term_words("no such kind").is_empty());
/// ```
pub fn term_words(kind: &str) -> &'static [&'static str] {
    TABLE.get(kind).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::variants::simplified;

    #[test]
    fn every_row_has_a_kind_and_a_folded_word_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for row in include_str!("../../index-schema/terms.tsv").lines().skip(1) {
            let (kind, word) = row.split_once('\t').expect(row);
            assert!(!kind.is_empty() && !word.is_empty(), "{row}");
            assert!(word.chars().all(|c| simplified(c) == c), "{row}");
            assert!(seen.insert((kind, word)), "{row} stands twice");
        }
    }
}
