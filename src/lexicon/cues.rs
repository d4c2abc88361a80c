//! Cue words: what, standing near a term, says how a text means it (尚未, 拟, 借鉴, 率先 …).
//!
//! Comes in: the name of a kind of cue, the first column of `cues.tsv`. Goes out: its words.

use std::sync::LazyLock;

use super::words::{WordsByKind, words_by_kind};

static TABLE: LazyLock<WordsByKind> =
    LazyLock::new(|| words_by_kind(include_str!("../../index-schema/cues.tsv")));

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
