//! Texts in the words of the codebook, a byte or two a word.
//!
//! Comes in: texts. Goes out: bytes, little more than a third of the text's, of which each text is
//! read by itself and almost as fast as it is copied. A compressor makes them as small only where it
//! sees many paragraphs together, and then all of those are unpacked to read one.
//!
//! A byte below 128 is a word by its number; one below 255 is one of the others, together with the
//! byte behind it; 255 stands before a length and so many bytes of UTF-8, and before a 0 where a
//! text ends that another one follows.

use crate::lexicon::codebook::{longest, word};

/// So many words take one byte.
const SHORT: u8 = 128;
/// What no word begins with.
const PLAIN: u8 = 255;

/// A text that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) text: String,
    /// Whether another one follows.
    pub(super) is_ended: bool,
}

/// Puts a text, the last of some.
pub(super) fn put(text: &str, into: &mut Vec<u8>) {
    // From here on each character has no code, or one that is longer than itself.
    let mut plain = 0;
    let mut place = 0;
    while let Some(character) = text[place..].chars().next() {
        match longest(&text[place..]) {
            Some((bytes, number)) if bytes > 1 || number < SHORT.into() => {
                put_plain(&text[plain..place], into);
                put_word(number, into);
                place += bytes;
                plain = place;
            }
            _ => place += character.len_utf8(),
        }
    }
    put_plain(&text[plain..], into);
}

/// Puts a text that another one follows.
pub(super) fn put_ended(text: &str, into: &mut Vec<u8>) {
    put(text, into);
    into.extend([PLAIN, 0]);
}

/// Reads the first text, and moves behind it; `None` where that is damaged.
pub(super) fn take(codes: &mut &[u8]) -> Option<Read> {
    let mut text = Vec::with_capacity(3 * codes.len());
    let mut is_ended = false;
    while !is_ended && let Some((&code, behind)) = codes.split_first() {
        *codes = behind;
        if code < SHORT {
            text.extend_from_slice(word(code.into())?.as_bytes());
            continue;
        }
        let (&next, behind) = codes.split_first()?;
        *codes = behind;
        if code < PLAIN {
            let number = u16::from_be_bytes([code - SHORT, next]) + u16::from(SHORT);
            text.extend_from_slice(word(number)?.as_bytes());
            continue;
        }
        let (plain, behind) = codes.split_at_checked(next.into())?;
        text.extend_from_slice(plain);
        *codes = behind;
        is_ended = next == 0;
    }
    let text = String::from_utf8(text).ok()?;
    Some(Read { text, is_ended })
}

/// Moves behind the first text without reading it; whether another one follows, `None` where that is
/// damaged.
pub(super) fn skip(codes: &mut &[u8]) -> Option<bool> {
    while let Some((&code, behind)) = codes.split_first() {
        *codes = behind;
        if code < SHORT {
            continue;
        }
        let (&next, behind) = codes.split_first()?;
        *codes = behind;
        if code == PLAIN {
            *codes = behind.get(next.into()..)?;
            if next == 0 {
                return Some(true);
            }
        }
    }
    Some(false)
}

fn put_word(number: u16, into: &mut Vec<u8>) {
    match number.checked_sub(SHORT.into()).map(u16::to_be_bytes) {
        None => into.push(number as u8),
        Some([high, low]) => into.extend([SHORT + high, low]),
    }
}

/// Puts what is shorter as it is; but one character that has a code.
fn put_plain(text: &str, into: &mut Vec<u8>) {
    match longest(text) {
        Some((1, number)) if text.len() == 1 => put_word(number, into),
        _ => {
            for part in text.as_bytes().chunks(u8::MAX.into()) {
                into.extend([PLAIN, part.len() as u8]);
                into.extend_from_slice(part);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(text: &str) -> Vec<u8> {
        let mut codes = Vec::new();
        put(text, &mut codes);
        codes
    }

    proptest! {
        #[test]
        fn what_was_put_is_read_again(
            texts in prop::collection::vec(
                ("\\PC{0,20}|[一-龥，。0-9]{0,60}|[a-zA-Z0-9 /]{0,60}|[\\x00-\\u{10FFFF}]{0,9}", 1_usize..40),
                1..5,
            ),
        ) {
            let texts: Vec<String> = texts.iter().map(|(text, times)| text.repeat(*times)).collect();
            let (last, ended) = texts.split_last().unwrap();
            let mut codes = Vec::new();
            ended.iter().for_each(|text| put_ended(text, &mut codes));
            put(last, &mut codes);
            let mut rest = &codes[..];
            let mut skipped = rest;
            for text in ended {
                prop_assert_eq!(take(&mut rest), Some(Read { text: text.clone(), is_ended: true }));
                prop_assert_eq!(skip(&mut skipped), Some(true));
                prop_assert_eq!(skipped, rest);
            }
            prop_assert_eq!(skip(&mut skipped), Some(false));
            prop_assert_eq!(take(&mut rest), Some(Read { text: last.clone(), is_ended: false }));
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn what_was_never_put_gives_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut rest = &bytes[..];
            while take(&mut rest).is_some_and(|read| read.is_ended) {}
            prop_assert!(rest.len() < bytes.len() || bytes.is_empty());
            let mut rest = &bytes[..];
            while skip(&mut rest) == Some(true) {}
            prop_assert!(rest.len() < bytes.len() || bytes.is_empty());
        }
    }

    #[test]
    fn words_take_a_byte_or_two_and_what_has_no_words_little_more_than_itself() {
        assert_eq!(codes("，").len(), 1);
        assert_eq!(codes("行政审批").len(), 1 + 1);
        assert_eq!(codes("公积金").len(), 2);
        assert_eq!(codes("A").len(), 2);
        let unknown = "ཀ".repeat(300);
        assert_eq!(
            codes(&unknown).len(),
            unknown.len() + 2 * unknown.len().div_ceil(255)
        );
        let letters = "zqzq".repeat(10);
        assert_eq!(codes(&letters).len(), letters.len() + 2);
    }

    #[test]
    fn a_cut_text_is_damaged() {
        let whole = codes("ཀ");
        for end in 1..whole.len() {
            assert_eq!(take(&mut &whole[..end]), None);
        }
    }
}
