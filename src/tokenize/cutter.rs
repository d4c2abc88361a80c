//! jieba's cut of a question without loading jieba's dictionary.
//!
//! jieba's cut of a text depends only on the dictionary words that stand in the text and on the sum
//! of all frequencies. So the words of each text are taken from the dictionary's finite state map and
//! put into a jieba that was empty, together with one word that carries the rest of the sum, and
//! jieba-rs itself does the cutting: tens of microseconds, and the same cut. What is plain Chinese
//! ([`super::plain`]) needs no jieba at all.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use jieba_rs::{Jieba, TokenizeMode};

use super::{is_word, narrowed, plain};
use crate::lexicon::dictionary::{TOTAL_FREQUENCY, prefixes};
use crate::text::fold;

/// Stands in no text: the last code point of the last private use plane.
const REST: &str = "\u{10FFFD}";

/// How often a word of the user's is taken to occur: more than any word of the dictionary that it
/// could be cut into, little beside the whole.
const USER_FREQUENCY: usize = 100_000;

/// Cuts questions. Words of the user's are added to the dictionary; they change ranking and
/// phrases, never what is found.
#[derive(Clone, Default)]
pub struct Cutter {
    words: Vec<String>,
    grown: RefCell<Option<Grown>>,
}

/// A jieba that knows the words of the texts that it has cut, and the sum of all frequencies. Making
/// one takes longer than a cut.
#[derive(Clone)]
struct Grown {
    jieba: Jieba,
    /// Of all words together.
    frequency: usize,
}

impl fmt::Debug for Cutter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Cutter");
        shown.field("words", &self.words).finish_non_exhaustive()
    }
}

/// A piece of a cut text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The folded token, as it stands in the index.
    pub token: String,
    /// The bytes of the text that it stands on.
    pub range: Range<usize>,
}

impl Cutter {
    /// A cutter with words of the user's.
    pub fn with_words(words: impl IntoIterator<Item = String>) -> Self {
        Self {
            words: words
                .into_iter()
                .map(|word| fold(&word).into_owned())
                .collect(),
            grown: RefCell::default(),
        }
    }

    /// The words of a text, side by side, punctuation left out.
    ///
    /// ```
    /// use xianli::tokenize::Cutter;
    /// let words = Cutter::default().cut("養老服務補貼，標準");
    /// let tokens: Vec<_> = words.iter().map(|word| word.token.as_str()).collect();
    /// assert_eq!(tokens, ["养老", "服务", "补贴", "标准"]);
    /// ```
    pub fn cut(&self, text: &str) -> Vec<Word> {
        self.tokens(text, TokenizeMode::Default)
    }

    /// The words of a text and the words inside them: the tokens that an index of the text has.
    pub fn cut_for_search(&self, text: &str) -> Vec<Word> {
        self.tokens(text, TokenizeMode::Search)
    }

    fn tokens(&self, text: &str, mode: TokenizeMode) -> Vec<Word> {
        let folded = fold(text);
        if self.words.is_empty() && plain::is_plain(&folded) {
            let words = plain::cut(&folded, matches!(mode, TokenizeMode::Search));
            let word = |range: Range<usize>| Word {
                token: folded[range.clone()].to_owned(),
                range,
            };
            return words.into_iter().map(word).collect();
        }
        let mut grown = self.grown.borrow_mut();
        let grown = grown.get_or_insert_with(Grown::new);
        grown.learn(&folded, &self.words);
        let pieces = grown.jieba.tokenize(&folded, mode, false);
        pieces
            .into_iter()
            .filter(|piece| is_word(piece.word))
            .map(|piece| Word {
                token: piece.word.chars().map(narrowed).collect(),
                range: piece.byte_start..piece.byte_end,
            })
            .collect()
    }
}

impl Grown {
    fn new() -> Self {
        let mut grown = Self {
            jieba: Jieba::empty(),
            frequency: 0,
        };
        grown.weigh_rest();
        grown
    }

    /// Learns the words of a text that it does not know.
    fn learn(&mut self, folded: &str, of_user: &[String]) {
        let before = self.frequency;
        for (at, _) in folded.char_indices() {
            for (bytes, frequency) in prefixes(&folded[at..]) {
                let frequency = usize::try_from(frequency).unwrap_or(0);
                self.add(&folded[at..at + bytes], frequency);
            }
        }
        for word in of_user {
            if folded.contains(word.as_str()) {
                self.add(word, USER_FREQUENCY);
            }
        }
        if self.frequency != before {
            self.weigh_rest();
        }
    }

    fn add(&mut self, word: &str, frequency: usize) {
        if !self.jieba.has_word(word) {
            self.jieba.add_word(word, Some(frequency), None);
            self.frequency += frequency;
        }
    }

    fn weigh_rest(&mut self) {
        let total = usize::try_from(TOTAL_FREQUENCY).unwrap_or(usize::MAX);
        let rest = total.saturating_sub(self.frequency);
        self.jieba.add_word(REST, Some(rest), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::fs;
    use std::path::Path;

    use super::plain::is_plain;
    use proptest::prelude::*;
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    use crate::tokenize::WordTokenizer;

    fn indexed(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        WordTokenizer::default()
            .token_stream(text)
            .process(&mut |token| {
                words.push(Word {
                    token: token.text.clone(),
                    range: token.offset_from..token.offset_to,
                });
            });
        words
    }

    #[test]
    fn a_word_of_the_users_is_kept_whole() {
        let cutter = Cutter::with_words(["免申即享".to_owned()]);
        assert_eq!(
            cutter.cut("全面推行免申即享").last().unwrap().token,
            "免申即享"
        );
    }

    #[test]
    fn sentences_are_cut_as_the_whole_dictionary_cuts_them() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-sample");
        let texts = fs::read_dir(sample).unwrap();
        let texts = texts.filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok());
        let texts: String = texts.collect();
        let cutter = Cutter::default();
        let sentences: Vec<&str> = texts.split(['\n', '。', '；']).collect();
        let plain = |sentence: &&&str| is_plain(&fold(sentence));
        let plain = sentences.iter().filter(plain).count();
        assert!(plain * 4 > sentences.len() && plain < sentences.len());
        for sentence in sentences {
            assert_eq!(cutter.cut_for_search(sentence), indexed(sentence));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn plain_chinese_is_cut_as_the_whole_dictionary_cuts_it(
            text in "([的一是在不了有和人这中大为上个国我以要他时来用们政务服务数据管理局法治府建设年度报告推进改革深化营商环境企业办事一网通办免申即享电子证照]|[一-龥]|[，、：（）《》“”]){0,30}"
        ) {
            prop_assert_eq!(Cutter::default().cut_for_search(&text), indexed(&text));
            let (folded, mut grown) = (fold(&text), Grown::new());
            grown.learn(&folded, &[]);
            let words = grown.jieba.cut(&folded, false).into_iter().map(|piece| piece.word);
            let words: Vec<_> = words.filter(|word| is_word(word)).collect();
            let cut = Cutter::default().cut(&text);
            prop_assert_eq!(cut.iter().map(|word| &*word.token).collect::<Vec<_>>(), words);
        }

        #[test]
        fn a_question_is_cut_as_the_whole_dictionary_cuts_it(
            text in "([的一是在不了有和人这中大为上个国我以要他时来用们政务服务数据管理局法治府建设年度报告推进改革深化营商环境企业办事一网通办免申即享电子证照]|[一-龥]|[a-z0-9，。 ]){0,30}"
        ) {
            prop_assert_eq!(Cutter::default().cut_for_search(&text), indexed(&text));
        }
    }
}
