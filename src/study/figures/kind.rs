//! Whether a figure was reached, is estimated, or is meant to be reached.

use serde::Serialize;

use crate::lexicon::{cues, quantity_words};
use crate::text::dates;

/// What a figure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It was counted.
    Done,
    /// The author expects it.
    Estimate,
    /// It is to be reached.
    Target,
}

impl Kind {
    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Estimate => "estimate",
            Self::Target => "target",
        }
    }

    /// The word for a person.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Done => "已达",
            Self::Estimate => "预计",
            Self::Target => "目标",
        }
    }
}

/// The kind of a figure, and why.
///
/// `before` is its sentence up to it, `clause` its clause; `role` is the role of its section.
pub(super) fn kind(
    before: &str,
    clause: &str,
    role: Option<&str>,
    year: Option<i32>,
) -> (Kind, String) {
    let is_plan = role == Some("plan");
    let to_come = year_to_come(before, year);
    if let Some((_, word)) = last_of(before, quantity_words("target")) {
        return (Kind::Target, format!("{word} stands before it"));
    }
    let estimate =
        last_of(before, cues("estimate")).or(last_of(before, quantity_words("estimate")));
    if let Some((_, word)) = estimate {
        return match is_plan || to_come.is_some() {
            true => (Kind::Target, format!("{word} of what is to come")),
            false => (Kind::Estimate, format!("{word} stands before it")),
        };
    }
    if is_plan {
        return match last_of(clause, quantity_words("done")) {
            Some((_, word)) => (Kind::Done, format!("{word} in the section on plans")),
            None => (Kind::Target, "in the section on plans".into()),
        };
    }
    if let Some((at, word)) = last_of(before, cues("future")) {
        let after = &before[at + word.len()..];
        // 力争完成 is still to come.
        let is_done = last_of(after, quantity_words("done")).is_some_and(|(place, _)| place > 0);
        if !is_done {
            return (Kind::Target, format!("{word} stands before it"));
        }
    }
    match to_come {
        Some(year) => (
            Kind::Target,
            format!("{year}年 is after the year of the document"),
        ),
        None => (Kind::Done, "nothing says that it is to come".into()),
    }
}

/// The last of some words in a text that is not part of another word, and where it stands.
fn last_of(text: &str, words: &[&'static str]) -> Option<(usize, &'static str)> {
    let is_other = |at: usize, word: &str| {
        let others = cues("not_future")
            .iter()
            .chain(quantity_words("not_target"));
        others.into_iter().any(|other| {
            let mut inside = other.match_indices(word);
            inside.any(|(offset, _)| {
                at.checked_sub(offset)
                    .and_then(|start| text.get(start..))
                    .is_some_and(|rest| rest.starts_with(other))
            })
        })
    };
    words
        .iter()
        .filter_map(|word| {
            let places = text.match_indices(*word).map(|(at, _)| at);
            let last = places.filter(|&at| !is_other(at, word)).last()?;
            Some((last, *word))
        })
        .max_by_key(|&(at, word)| (at, word.len()))
}

/// A year after that of the document in the words before a figure.
fn year_to_come(before: &str, year: Option<i32>) -> Option<i32> {
    let year = year?;
    dates(before)
        .into_iter()
        .map(|dated| dated.date.year)
        .find(|&named| named > year && named < year + 30)
}
