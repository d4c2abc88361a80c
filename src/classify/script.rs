//! The script that a document is written in.

use std::borrow::Cow;

use super::page::{Page, Seen};
use crate::document::Script;
use crate::lexicon::variants::simplified;
use crate::text::is_han;

/// Traditional where at least one Han character in fifty has a simplified form: half-converted
/// texts count too, a quoted name does not.
pub(super) fn script(page: &Page<'_>) -> Script {
    let is_traditional = |&character: &char| simplified(character) != character;
    let changed = page.lines.iter();
    // What folding did not change has no such character.
    let changed = changed.filter(|seen| matches!(seen.folded, Cow::Owned(_)));
    let traditional: usize = changed.map(|seen| count(seen, is_traditional)).sum();
    if traditional == 0 {
        return Script::Simplified;
    }
    let han: usize = page.lines.iter().map(|seen| count(seen, |_| true)).sum();
    if traditional * 50 > han {
        Script::Traditional
    } else {
        Script::Simplified
    }
}

/// How many Han characters of a line are such.
fn count(seen: &Seen<'_>, is_such: impl Fn(&char) -> bool) -> usize {
    let han = seen.line.text.chars().filter(|c| is_han(*c));
    han.filter(is_such).count()
}
