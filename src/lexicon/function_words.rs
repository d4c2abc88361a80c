//! Words that hold a sentence together and say nothing of its subject: `function-words.tsv`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a folded word only holds a sentence together (的, 是否, 如何): a question that has it
/// asks for nothing more than one without it.
///
/// ```
/// use xianli::lexicon::is_function_word;
/// assert!(is_function_word("如何") && is_function_word("的"));
/// assert!(!is_function_word("办") && !is_function_word("补贴"));
/// ```
pub fn is_function_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        include_str!("../../index-schema/function-words.tsv")
            .lines()
            .skip(1)
            .filter_map(|row| row.split_once('\t'))
            .flat_map(|(_, words)| words.split(' '))
            .collect()
    });
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::super::variants::simplified;

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
    }
}
