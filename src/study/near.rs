//! Cue words near a place in a text: the last before it, the first behind it, and whether a word is
//! only part of another.
//!
//! Comes in: folded text and the kind of cue. Goes out: the word, or nothing. Judges nothing.

use crate::lexicon::cues;

/// The last cue of a kind in a text; of two at one place the longer.
pub(super) fn last_of(text: &str, kind: &str) -> Option<&'static str> {
    cues(kind)
        .iter()
        .copied()
        .filter_map(|word| text.rfind(word).map(|at| (at + word.len(), word)))
        .max_by_key(|&(end, word)| (end, word.len()))
        .map(|(_, word)| word)
}

/// The first cue of a kind in a text; of two at one place the longer.
pub(super) fn first_of(text: &str, kind: &str) -> Option<&'static str> {
    cues(kind)
        .iter()
        .copied()
        .filter_map(|word| text.find(word).map(|at| (at, word)))
        .min_by_key(|&(at, word)| (at, std::cmp::Reverse(word.len())))
        .map(|(_, word)| word)
}

/// The longest cue of a kind that a text begins with.
pub(super) fn starts_with(text: &str, kind: &str) -> Option<&'static str> {
    cues(kind)
        .iter()
        .copied()
        .filter(|word| text.starts_with(word))
        .max_by_key(|word| word.len())
}

/// Whether the last `word` of a text is part of a longer word that means something else.
pub(super) fn is_part_of_other(text: &str, word: &str, others: &str) -> bool {
    let Some(at) = text.rfind(word) else {
        return false;
    };
    is_part_at(text, at, word, others)
}

/// Whether the `word` at byte `at` of a text is part of a longer word that means something else.
pub(super) fn is_part_at(text: &str, at: usize, word: &str, others: &str) -> bool {
    cues(others).iter().any(|other| {
        other.match_indices(word).any(|(inside, _)| {
            at.checked_sub(inside).is_some_and(|start| {
                text.get(start..)
                    .is_some_and(|rest| rest.starts_with(other))
            })
        })
    })
}

/// Characters between the last `word` of a text and its end.
pub(super) fn distance(text: &str, word: &str) -> usize {
    text.rfind(word)
        .map_or(usize::MAX, |at| text[at + word.len()..].chars().count())
}

/// The first `count` characters.
pub(super) fn head(text: &str, count: usize) -> &str {
    let end = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The last `count` characters.
pub(super) fn tail(text: &str, count: usize) -> &str {
    let Some(skip) = count.checked_sub(1) else {
        return "";
    };
    let start = text.char_indices().rev().nth(skip).map_or(0, |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_two_words_at_one_place_is_meant() {
        assert_eq!(last_of("目前尚未", "negation"), Some("尚未"));
        assert_eq!(first_of("贯彻落实要求", "order"), Some("贯彻落实"));
        assert_eq!(starts_with("考察学习深圳", "learn"), Some("考察学习"));
        assert_eq!(starts_with("前往深圳", "learn"), None);
    }

    #[test]
    fn a_word_inside_another_is_not_that_word() {
        assert!(is_part_of_other("未来三年", "未", "not_negation"));
        assert!(!is_part_of_other("未来尚未", "未", "not_negation"));
    }

    #[test]
    fn ends_are_counted_in_characters() {
        let text = "免证办a";
        assert_eq!((head(text, 2), tail(text, 2)), ("免证", "办a"));
        assert_eq!((head(text, 9), tail(text, 9)), (text, text));
        assert_eq!((head(text, 0), tail(text, 0)), ("", ""));
        assert_eq!(distance("已推行", "已"), 2);
    }
}
