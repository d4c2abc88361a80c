//! The words that stored texts are written in, the most frequent first: opened, never loaded.

use std::sync::LazyLock;

use super::prefixes::{Words, prefixes};

static NUMBERS: LazyLock<Words> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/codebook.fst"));
    Words::new(bytes).expect("the build script writes a whole map")
});

/// All words, one behind the other.
static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/codebook.words"));

/// Behind how many bytes of them each word ends, from the first, which ends at 0 and is none.
static ENDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/codebook.ends"));

/// The longest word that begins a text: its bytes and its number, from 0.
pub fn longest(text: &str) -> Option<(usize, u16)> {
    let (bytes, number) = prefixes(&NUMBERS, text).last()?;
    Some((bytes, u16::try_from(number).ok()?))
}

/// The word of a number; `None` where there is no such word.
pub fn word(number: u16) -> Option<&'static str> {
    let (ends, _) = ENDS.as_chunks();
    let end = |place: usize| ends.get(place).map(|&end| u32::from_le_bytes(end) as usize);
    let number = usize::from(number);
    WORDS.get(end(number)?..end(number + 1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_its_number_and_the_frequent_are_first() {
        let (bytes, number) = longest("，推进改革").unwrap();
        assert_eq!(bytes, "，".len());
        assert!(number < 16);
        for number in 0..u16::MAX {
            let Some(word) = word(number) else {
                assert_eq!(number, 32640);
                return;
            };
            assert_eq!(longest(word), Some((word.len(), number)));
        }
    }
}
