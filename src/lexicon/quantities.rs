//! The words around numbers: units, words of comparison, links between a name and its value, words
//! that lead a name in without being part of it.

use std::sync::LazyLock;

use super::words::{WordsByKind, words_by_kind};

static TABLE: LazyLock<WordsByKind> = LazyLock::new(|| {
    let mut table = words_by_kind(include_str!("../../index-schema/quantities.tsv"));
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
