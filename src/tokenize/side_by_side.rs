//! The words of a text side by side, cut by the whole dictionary: what is counted in a corpus.
//!
//! The index has words and the words inside them, which would be counted twice; [`Cutter`] cuts one
//! question without the dictionary, and a corpus too slowly.
//!
//! [`Cutter`]: super::Cutter

use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy_jieba::JiebaTokenizer;

use super::{Word, is_word, narrowed};
use crate::text::fold;

/// The words of a text, side by side, folded, punctuation left out.
///
/// The first use loads jieba's dictionary (a tenth of a second, 32 MB); one load serves the process.
///
/// ```
/// use xianli::tokenize::words_side_by_side;
/// let words = words_side_by_side("政務服務數據管理局推行免申即享。");
/// let tokens: Vec<_> = words.iter().map(|word| word.token.as_str()).collect();
/// assert_eq!(tokens, ["政务", "服务", "数据", "管理局", "推行", "免", "申", "即", "享"]);
/// ```
pub fn words_side_by_side(text: &str) -> Vec<Word> {
    let folded = fold(text);
    let mut jieba = JiebaTokenizer::with_hmm(false);
    jieba.set_search_mode(false);
    let mut stream = jieba.token_stream(&folded);
    let mut words = Vec::new();
    while stream.advance() {
        let token = stream.token();
        if is_word(&token.text) {
            words.push(Word {
                token: token.text.chars().map(narrowed).collect(),
                range: token.offset_from..token.offset_to,
            });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Cutter;
    use super::*;

    proptest! {
        #[test]
        fn a_corpus_is_cut_as_a_question_is(text in "[的一在人大政务服务数据管理局法治府建设推进改革深化营商环境一网通办a-z0-9，。 ]{0,40}") {
            prop_assert_eq!(words_side_by_side(&text), Cutter::default().cut(&text));
        }
    }
}
