//! Words that hold a sentence together and say nothing of its subject: `function-words.tsv`.

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
    kind(word).is_some()
}

/// Whether a folded word makes a sentence a question (吗, 是否, 什么, 怎么办).
///
/// ```
/// use xianli::lexicon::is_question_word;
/// assert!(is_question_word("吗") && is_question_word("可不可以"));
/// assert!(!is_question_word("的"));
/// ```
pub fn is_question_word(word: &str) -> bool {
    kind(word) == Some(QUESTION)
}

/// The words with their kinds, sorted.
static WORDS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/function-words.rs"));

fn kind(word: &str) -> Option<&'static str> {
    let found = WORDS.binary_search_by_key(&word, |&(known, _)| known);
    found.ok().map(|place| WORDS[place].1)
}

#[cfg(test)]
mod tests {
    use super::super::variants::simplified;
    use super::*;

    #[test]
    fn every_row_has_a_kind_and_folded_words() {
        for row in include_str!("../../index-schema/function-words.tsv")
            .lines()
            .skip(1)
        {
            let (kind, words) = row.split_once('\t').unwrap();
            assert!(
                !kind.is_empty() && words.split(' ').all(|word| !word.is_empty()),
                "{row}"
            );
            assert_eq!(words.chars().map(simplified).collect::<String>(), words);
            for word in words.split(' ') {
                assert_eq!(is_question_word(word), kind == QUESTION, "{word}");
                assert!(is_function_word(word), "{word}");
            }
        }
        assert!(WORDS.iter().any(|&(_, kind)| kind == QUESTION));
    }
}
