//! Words that tell the name of a reform from other words: what it ends and begins with, what is done
//! to it, and the slogans that stand in quotation marks and name no reform.

use std::sync::LazyLock;

use super::words::{WordsByKind, words_by_kind};

static TABLE: LazyLock<WordsByKind> =
    LazyLock::new(|| words_by_kind(include_str!("../../index-schema/terms.tsv")));

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
