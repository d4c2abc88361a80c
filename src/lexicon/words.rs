//! Tables of words by kind: a header row, then `kind<TAB>word`.

use std::collections::BTreeMap;

/// The words of each kind, in the order of the table.
pub(super) type WordsByKind = BTreeMap<&'static str, Vec<&'static str>>;

/// Reads a table.
pub(super) fn words_by_kind(table: &'static str) -> WordsByKind {
    let mut words = WordsByKind::new();
    for row in table.lines().skip(1) {
        if let Some((kind, word)) = row.split_once('\t') {
            words.entry(kind).or_default().push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::lexicon::variants::simplified;

    #[test]
    fn every_row_has_a_kind_and_a_folded_word_and_stands_once() {
        for table in [
            include_str!("../../index-schema/cues.tsv"),
            include_str!("../../index-schema/quantities.tsv"),
            include_str!("../../index-schema/terms.tsv"),
        ] {
            let mut seen = std::collections::BTreeSet::new();
            for row in table.lines().skip(1) {
                let (kind, word) = row.split_once('\t').expect(row);
                assert!(!kind.is_empty() && !word.is_empty(), "{row}");
                assert!(word.chars().all(|c| simplified(c) == c), "{row}");
                assert!(seen.insert((kind, word)), "{row} stands twice");
            }
        }
    }
}
