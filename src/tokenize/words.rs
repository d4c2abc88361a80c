//! The ranking view: jieba's words in search mode, by the whole dictionary, for indexing.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy_jieba::JiebaTokenizer;

use super::{is_word, push_word};
use crate::text::fold;

/// jieba words in search mode (a word and the words inside it), without guessing unknown words,
/// without punctuation. The text is folded before it is cut. The position is the place of the word
/// in the text, in Unicode characters.
///
/// The first use loads jieba's dictionary (a tenth of a second, 32 MB); one load serves the process.
#[derive(Clone)]
pub struct WordTokenizer(JiebaTokenizer);

impl Default for WordTokenizer {
    fn default() -> Self {
        Self(JiebaTokenizer::with_hmm(false))
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let folded = fold(text);
        let mut tokens = Vec::new();
        let mut stream = self.0.token_stream(&folded);
        while stream.advance() {
            let cut = stream.token();
            if is_word(&cut.text) {
                let mut token = Token {
                    text: String::with_capacity(cut.text.len()),
                    ..cut.clone()
                };
                push_word(&cut.text, &mut token.text);
                tokens.push(token);
            }
        }
        WordStream { tokens, next: 0 }
    }
}

/// The words of one text.
#[derive(Debug)]
pub struct WordStream {
    tokens: Vec<Token>,
    /// One more than the place of the current token.
    next: usize,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_cut_and_free_of_punctuation() {
        let mut tokenizer = WordTokenizer::default();
        let mut stream = tokenizer.token_stream("養老服務補貼標準，ＡＰＰ。");
        let mut words = Vec::new();
        stream.process(&mut |token| words.push(token.text.clone()));
        assert_eq!(words, ["养老", "服务", "补贴", "标准", "a", "p", "p"]);
    }
}
