//! The words that stored texts are written in, the most frequent first: opened, never loaded by
//! whoever only reads.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// All words, one behind the other.
static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/codebook.words"));

/// Behind how many bytes of them each word ends, from the first, which ends at 0 and is none.
static ENDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/codebook.ends"));

/// The words character by character. From the number of a beginning of words and the character behind it,
/// in one key, to that of the longer beginning; the empty one is 0.
static BEGINNINGS: LazyLock<FxHashMap<u64, Beginning>> = LazyLock::new(|| {
    let mut beginnings = FxHashMap::default();
    for (number, word) in (0..).map_while(|number| Some((number, word(number)?))) {
        let mut above = 0;
        for (place, character) in word.char_indices() {
            let next = beginnings.len() as u32 + 1;
            let of = beginnings.entry(key(above, character));
            let of = of.or_insert(Beginning {
                number: next,
                word: None,
            });
            above = of.number;
            if place + character.len_utf8() == word.len() {
                of.word = Some(number);
            }
        }
    }
    beginnings
});

/// How words begin.
#[derive(Clone, Copy)]
struct Beginning {
    number: u32,
    /// The word that it is.
    word: Option<u16>,
}

fn key(above: u32, character: char) -> u64 {
    u64::from(above) << 32 | u64::from(character)
}

/// The longest word that begins a text: its bytes and its number, from 0.
pub fn longest(text: &str) -> Option<(usize, u16)> {
    let beginnings = &*BEGINNINGS;
    let mut above = 0;
    let mut found = None;
    for (place, character) in text.char_indices() {
        let Some(beginning) = beginnings.get(&key(above, character)) else {
            break;
        };
        if let Some(number) = beginning.word {
            found = Some((place + character.len_utf8(), number));
        }
        above = beginning.number;
    }
    found
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
