//! The words of paragraphs, as the measures count them.
//!
//! How a text is cut is the caller's: the instruments only see words side by side. Counting is
//! shared between two threads.

use std::ops::Range;

use super::passage::Passage;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is counted: folded.
    pub token: String,
    /// The bytes of the text that it stands on.
    pub range: Range<usize>,
}

/// Cuts a text into words side by side, punctuation left out.
pub type Cut<'c> = &'c (dyn Fn(&str) -> Vec<Word> + Sync);

impl Word {
    /// Whether it says something by itself: two characters or more, and no number.
    pub fn is_telling(&self) -> bool {
        let mut characters = self.token.chars();
        characters.nth(1).is_some() && !self.token.chars().all(is_numeral)
    }
}

/// A digit, a Chinese numeral, or a mark inside a number.
fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "〇零一二三四五六七八九十百千万亿两几.．%％".contains(character)
}

/// Counts in two threads, each over one half of the paragraphs, without parting a document; then
/// adds the second count to the first.
pub(super) fn in_halves<T: Send>(
    passages: &[Passage],
    count: impl Fn(&[Passage]) -> T + Sync,
    add: impl FnOnce(&mut T, T),
) -> T {
    let mut middle = passages.len() / 2;
    while middle > 0
        && middle < passages.len()
        && passages[middle - 1].document.id == passages[middle].document.id
    {
        middle += 1;
    }
    let (first, second) = passages.split_at(middle);
    let (mut total, rest) = std::thread::scope(|scope| {
        let rest = scope.spawn(|| count(second));
        let total = count(first);
        (total, rest.join().expect("counting does not panic"))
    });
    add(&mut total, rest);
    total
}

/// Whether a sentence ends between two words.
pub(super) fn parts_sentences(between: &str) -> bool {
    between.contains(['。', '！', '？', '；', '!', '?', ';', '\n'])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Cuts at spaces and punctuation: enough to count with.
    pub(in crate::study) fn at_spaces(text: &str) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        for (at, character) in text.char_indices() {
            if !character.is_alphanumeric() {
                continue;
            }
            match words.last_mut() {
                Some(word) if word.range.end == at => {
                    word.token.push(character);
                    word.range.end = at + character.len_utf8();
                }
                _ => words.push(Word {
                    token: character.to_string(),
                    range: at..at + character.len_utf8(),
                }),
            }
        }
        words
    }

    #[test]
    fn numbers_and_single_characters_say_nothing_by_themselves() {
        let telling: Vec<bool> = at_spaces("办 2023 98 百分之三 三十 改革 app")
            .iter()
            .map(Word::is_telling)
            .collect();
        assert_eq!(telling, [false, false, false, true, false, true, true]);
    }
}
