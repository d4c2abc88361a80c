//! Words that hold a sentence together and say nothing of its subject: `function-words.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The kind of words that ask.
const QUESTION: &str = "question";

/// Whether a folded word only holds a sentence together (的, 是否, 如何): a question that has it
/// asks for nothing more than one without it.
///
/// ```
/// use xianli::lexicon::is_function_word;
/// assert!(is_function_word("如何") && is_function_word("的"));
/// assert!(!is_function_word("办") && !is_function_word("补贴"));
/// ```
pub fn is_function_word(word: &str) -> bool {
    KINDS.contains_key(word)
}

/// Whether a folded word makes a sentence a question (吗, 是否, 什么, 怎么办).
///
/// ```
/// use xianli::lexicon::is_question_word;
/// assert!(is_question_word("吗") && is_question_word("可不可以"));
/// assert!(!is_question_word("的"));
/// ```
pub fn is_question_word(word: &str) -> bool {
    KINDS.get(word) == Some(&QUESTION)
}

static KINDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("../../index-schema/function-words.tsv")
        .lines()
        .skip(1)
        .filter_map(|row| row.split_once('\t'))
        .flat_map(|(kind, words)| words.split(' ').map(move |word| (word, kind)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::super::variants::simplified;
    use super::*;

    #[test]
    fn every_row_has_a_kind_and_folded_words() {
        for row in include_str!("../../index-schema/function-words.tsv").lines() {
            let (kind, words) = row.split_once('\t').unwrap();
            assert!(
                !kind.is_empty() && words.split(' ').all(|word| !word.is_empty()),
                "{row}"
            );
            assert_eq!(words.chars().map(simplified).collect::<String>(), words);
        }
        assert!(KINDS.values().any(|&kind| kind == QUESTION));
    }
}
