//! jieba's cut of plain Chinese, without jieba.
//!
//! Most questions are nothing but Chinese characters, with marks between them at most. Where jieba
//! guesses no words, its cut of a run of them is the likeliest way to cover it with words of the
//! dictionary, each as likely as its share of all frequencies. An empty jieba has a table of half a
//! megabyte, which to fill takes longer than to find that way. Other texts are jieba's to cut: how it
//! treats letters, numbers and rare characters is written there alone.

use std::ops::Range;

use super::is_usual_mark;
use crate::lexicon::dictionary::{TOTAL_FREQUENCY, prefixes};
use crate::text::is_common_han;

/// Bytes of each common Chinese character.
const CHARACTER: usize = 3;

/// Whether a text is one that this module cuts.
pub(super) fn is_plain(text: &str) -> bool {
    let mut characters = text.chars();
    characters.all(|character| is_common_han(character) || is_usual_mark(character))
}

/// The bytes of the words of a plain text, side by side, marks left out; and, before each word, those
/// of the words inside it, if asked for.
pub(super) fn cut(text: &str, words_inside: bool) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut place = 0;
    for piece in text.split_inclusive(is_usual_mark) {
        let run = piece.trim_end_matches(is_usual_mark);
        let ways = Ways::through(run);
        let mut at = 0;
        while at < run.len() {
            let end = ways.ends[at / CHARACTER];
            if words_inside {
                let inside = ways.words_inside(at..end);
                words.extend(
                    inside
                        .into_iter()
                        .map(|word| place + word.start..place + word.end),
                );
            }
            words.push(place + at..place + end);
            at = end;
        }
        place += piece.len();
    }
    words
}

/// The ways through a run of characters, by character.
struct Ways {
    /// The words of the dictionary that begin here: their bytes.
    words: Vec<Vec<usize>>,
    /// Where the word ends that begins the likeliest way from here, in bytes from the beginning.
    ends: Vec<usize>,
}

impl Ways {
    fn through(run: &str) -> Self {
        let count = run.len() / CHARACTER;
        let mut ways = Self {
            words: vec![Vec::new(); count],
            ends: vec![0; count],
        };
        let all = (TOTAL_FREQUENCY as f64).ln();
        // The logarithm of how likely the likeliest way from each character to the end is.
        let mut chances = vec![0.0; count + 1];
        for character in (0..count).rev() {
            let at = character * CHARACTER;
            let mut best = (f64::NEG_INFINITY, at + CHARACTER);
            let words = prefixes(&run[at..]);
            for &(bytes, frequency) in &words {
                let beyond = chances[character + bytes / CHARACTER];
                let chance = (frequency as f64).ln() - all + beyond;
                // Of two that are as likely, the longer.
                if chance >= best.0 {
                    best = (chance, at + bytes);
                }
            }
            if words.is_empty() {
                // A character that no word begins with is taken for a word that occurs once.
                best.0 = -all + chances[character + 1];
            }
            (chances[character], ways.ends[character]) = best;
            ways.words[character] = words.into_iter().map(|(bytes, _)| bytes).collect();
        }
        ways
    }

    /// Words of two, then of three characters that are parts of a longer one.
    fn words_inside(&self, word: Range<usize>) -> Vec<Range<usize>> {
        let mut inside = Vec::new();
        for bytes in [2 * CHARACTER, 3 * CHARACTER] {
            let starts = (word.start..word.end).step_by(CHARACTER);
            let starts = starts.filter(|start| bytes < word.len() && start + bytes <= word.end);
            let begun = starts.filter(|&start| self.begins(start, bytes));
            inside.extend(begun.map(|start| start..start + bytes));
        }
        inside
    }

    /// Whether a word of so many bytes begins there.
    fn begins(&self, at: usize, bytes: usize) -> bool {
        self.words[at / CHARACTER].contains(&bytes)
    }
}
