//! Whether a text says that a term is not there: 尚未 before it, 没有真正落实 behind it.
//!
//! Comes in: what stands around a term. Goes out: a judgement, or nothing. A negation reaches its term
//! only over a short verb, and what could not be done and was solved is no negation.

use crate::lexicon::cues;

use super::near::{first_of, head, is_part_at, is_part_of_other, last_of, starts_with, tail};
use super::stance::{Judgement, Stance, judgement};
use super::surroundings::Surroundings;

/// How far a negation may stand before its term, in characters.
const NEGATION_REACH: usize = 8;
/// How far a negation may stand behind its term.
const BEHIND_REACH: usize = 8;

/// 尚未 before the term, or 尚未 behind it. What could not be done and was solved is no negation.
pub(super) fn by_negation(around: &Surroundings) -> Option<Judgement> {
    let before = negation_before(&around.before);
    let behind = negation_behind(&around.after);
    let (word, side) = match (before, behind) {
        (Some(word), _) => (word, "before"),
        (None, Some(word)) => (word, "behind"),
        (None, None) => return None,
    };
    let is_solved =
        last_of(&around.before, "remedy").is_some() && first_of(&around.after, "trouble").is_some();
    if is_solved {
        return None;
    }
    let partly = last_of(&around.before, "partial");
    Some(match partly {
        Some(part) => judgement(Stance::Problem, format!("{part}…{word}: not there in part")),
        None => judgement(Stance::Negated, format!("{word} stands {side} it")),
    })
}

/// A negation whose reach ends at the term: nothing but a short verb between them.
fn negation_before(before: &str) -> Option<&'static str> {
    let near = tail(before, NEGATION_REACH + 4);
    cues("negation")
        .iter()
        .copied()
        .filter(|word| !is_part_of_other(near, word, "not_negation"))
        .filter_map(|word| near.rfind(word).map(|at| (at, word)))
        .filter(|&(at, word)| {
            let between = &near[at + word.len()..];
            between.chars().count() <= NEGATION_REACH
                && !between.contains(['的', '、', '地', '后', '时'])
                && first_of(between, "ends_negation").is_none()
                && !(between.contains('到')
                    && before[..before.len() - near.len() + at].contains('从'))
        })
        .min_by_key(|&(at, word)| (at, std::cmp::Reverse(word.len())))
        .map(|(_, word)| word)
}

fn negation_behind(after: &str) -> Option<&'static str> {
    let near = head(after, BEHIND_REACH);
    cues("lack_after")
        .iter()
        .copied()
        .filter_map(|word| near.find(word).map(|at| (at, word)))
        .filter(|&(at, word)| !is_part_at(after, at, word, "not_negation"))
        .filter(|&(at, word)| {
            let has_none = ["没有", "未"].contains(&word);
            !has_none || starts_with(&after[at + word.len()..], "negated_verb").is_some()
        })
        .filter(|&(at, _)| !near[..at].contains('的'))
        .max_by_key(|(_, word)| word.len())
        .map(|(_, word)| word)
}
