//! The script that a document is written in.

use super::page::Page;
use crate::document::Script;
use crate::lexicon::variants::simplified;
use crate::text::is_han;

/// Traditional where at least one Han character in fifty has a simplified form: half-converted
/// texts count too, a quoted name does not.
pub(super) fn script(page: &Page<'_>) -> Script {
    let (mut han, mut traditional) = (0_usize, 0_usize);
    for seen in &page.lines {
        for character in seen.line.text.chars().filter(|c| is_han(*c)) {
            han += 1;
            traditional += usize::from(simplified(character) != character);
        }
    }
    if traditional * 50 > han {
        Script::Traditional
    } else {
        Script::Simplified
    }
}
