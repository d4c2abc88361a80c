//! The words around numbers: units, words of comparison, links between a name and its value, words
//! that lead a name in without being part of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut table: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let rows = include_str!("../../index-schema/quantities.tsv");
    for row in rows.lines().skip(1) {
        if let Some((kind, word)) = row.split_once('\t') {
            table.entry(kind).or_default().push(word);
        }
    }
    for words in table.values_mut() {
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }
    table
});

/// The words of one kind, the longest first.
///
/// ```
/// use xianli::lexicon::quantity_words;
/// assert!(quantity_words("counter").contains(&"项"));
/// assert!(quantity_words("no such kind").is_empty());
/// ```
pub fn quantity_words(kind: &str) -> &'static [&'static str] {
    TABLE.get(kind).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::variants::simplified;

    #[test]
    fn every_row_has_a_kind_and_a_folded_word_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        let rows = include_str!("../../index-schema/quantities.tsv");
        for row in rows.lines().skip(1) {
            let (kind, word) = row.split_once('\t').expect(row);
            assert!(!kind.is_empty() && !word.is_empty(), "{row}");
            assert!(word.chars().all(|c| simplified(c) == c), "{row}");
            assert!(seen.insert((kind, word)), "{row} stands twice");
        }
    }
}
