//! Folding in place: script and ASCII case, character by character, every byte offset kept.
//!
//! What cannot be folded without moving offsets (full-width forms, dashes, brackets) is folded in
//! [`units`](super::units()).

use std::borrow::Cow;

use crate::lexicon::variants::simplified;

/// The text with traditional characters made simplified and ASCII letters made small; the same
/// length in bytes, so an offset into the result is an offset into the text.
///
/// ```
/// use xianli::text::fold;
/// assert_eq!(fold("養老服務補貼 APP"), "养老服务补贴 app");
/// assert_eq!(fold("免證辦").len(), "免證辦".len());
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    let mut folded = String::new();
    let mut done = 0;
    for (at, character) in text.char_indices() {
        let simple = fold_char(character);
        if simple != character {
            if done == 0 {
                folded.reserve(text.len());
            }
            folded.push_str(&text[done..at]);
            folded.push(simple);
            done = at + character.len_utf8();
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    folded.push_str(&text[done..]);
    Cow::Owned(folded)
}

/// One character, folded in place.
pub fn fold_char(character: char) -> char {
    if character.is_ascii() {
        character.to_ascii_lowercase()
    } else {
        simplified(character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folding_keeps_every_offset_and_is_done_once(text in "\\PC*") {
            let folded = fold(&text);
            let starts = |s: &str| s.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert_eq!(starts(&folded), starts(&text));
            prop_assert_eq!(&*folded, text.chars().map(fold_char).collect::<String>());
            prop_assert_eq!(fold(&folded).into_owned(), folded.into_owned());
        }
    }
}
