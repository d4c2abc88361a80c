//! Text to tokens: jieba words, characters, character pairs; the mini dictionary.
//!
//! Three views of one text are indexed ([`WordTokenizer`], [`UnitTokenizer`], [`PairTokenizer`]);
//! a question is cut into the same words by [`Cutter`], which never loads the dictionary.

mod cutter;
mod plain;
mod side_by_side;
mod units;
mod words;

pub use cutter::{Cutter, Word};
pub use side_by_side::words_side_by_side;
pub use units::{
    PairTokenizer, UnitAndPairTokenizer, UnitTokenizer, is_pair, joined, pair_tokens, unit_token,
};
pub use words::WordTokenizer;

use crate::text::is_common_han;

/// Whether a cut piece is worth a token: it has a letter, a digit or a Han character.
fn is_word(piece: &str) -> bool {
    piece
        .chars()
        .any(|c| is_common_han(c) || !is_usual_mark(c) && c.is_alphanumeric())
}

/// Whether a character is one of the marks that most sentences have, which need not be looked up.
fn is_usual_mark(character: char) -> bool {
    matches!(character,
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}

/// A letter, digit or mark of full width, in half width and small; all else as it is. Script and
/// case are folded before a text is cut.
fn narrowed(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0)
            .expect("the block maps to ASCII")
            .to_ascii_lowercase(),
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_usual_mark_is_a_letter_or_a_digit() {
        let mut marks = ('\0'..=char::MAX).filter(|&character| is_usual_mark(character));
        assert!(marks.all(|mark| !mark.is_alphanumeric() && !is_common_han(mark)));
    }
}
