//! What a claim to be first is of, as far as it has a name that can be looked up.
//!
//! Comes in: a paragraph, the place of the claim, and the labels of reforms. Goes out: the label or the
//! quoted name that is claimed. A name that is only part of a longer one is none.

use std::ops::Range;

use crate::lexicon::cues;
use crate::text::{Form, fold, is_han};

use super::evidence::occurrences;
use super::near::starts_with;
use super::surroundings::Surroundings;

/// What is claimed: the reform label nearest to the claim in its clause, or else a quoted name there.
pub(super) fn subject(
    text: &str,
    range: &Range<usize>,
    around: &Surroundings,
    labels: &[(&str, Vec<Form>)],
) -> Option<String> {
    let shown = &text[around.clause.clone()];
    let claim = range.start - around.clause.start;
    let head = if cues("claim_adverb").contains(&&*fold(&text[range.clone()])) {
        Head::Anywhere
    } else {
        Head::Last
    };
    nearest_label(shown, claim, labels, head)
        .or_else(|| quoted(&shown[claim..], head))
        .or_else(|| last_quoted(&shown[..claim]))
        .or_else(|| {
            (head == Head::Anywhere)
                .then(|| object(&around.after))
                .flatten()
        })
}

/// The object of 首创 or 率先推行 that is a name by its ending and nothing more: 首创河长制.
fn object(after: &str) -> Option<String> {
    let mut rest = after;
    while let Some(word) = ["acts", "scope"]
        .into_iter()
        .find_map(|kind| starts_with(rest, kind))
        .or_else(|| rest.starts_with('在').then_some("在"))
    {
        rest = &rest[word.len()..];
    }
    let end = rest.find(|c| !is_han(c)).unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches("改革").trim_end_matches("度");
    let is_name =
        name.ends_with(['制', '办', '批', '享']) && !name.contains(['的', '和', '与', '了']);
    (is_name && (3..=8).contains(&name.chars().count())).then(|| name.to_owned())
}

/// What stands before a claim that is a clause of its own: 推行“免申即享”，属全省首创.
pub(super) fn before_the_clause(
    text: &str,
    around: &Surroundings,
    labels: &[(&str, Vec<Form>)],
) -> Option<String> {
    let names_nothing = !around.after.contains(is_han);
    let before = &text[around.sentence.start..around.clause.start];
    let label = || nearest_label(before, before.len(), labels, Head::Anywhere);
    names_nothing
        .then(|| label().or_else(|| last_quoted(before)))
        .flatten()
}

/// Where what is claimed stands in its words: 率先推行“亩均论英雄”改革 claims the reform, 首个“亩均论英雄”改革服务联盟 an
/// alliance.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// A name counts with other words behind it that make no other thing of it.
    Anywhere,
    /// A name counts where nothing but a word like 改革 or a verb stands behind it.
    Last,
}

fn nearest_label(
    text: &str,
    place: usize,
    labels: &[(&str, Vec<Form>)],
    head: Head,
) -> Option<String> {
    occurrences(text, labels)
        .into_iter()
        .filter(|(_, found)| {
            let behind = text[found.end..].trim_start_matches(['”', '」']);
            head == Head::Anywhere || found.end <= place || is_last(&fold(behind))
        })
        .min_by_key(|(_, found)| found.start.abs_diff(place))
        .map(|(label, _)| labels[label].0.to_owned())
}

/// The last whole quoted name of a text.
fn last_quoted(text: &str) -> Option<String> {
    let starts = text.char_indices().filter(|(_, c)| "“「".contains(*c));
    starts
        .rev()
        .find_map(|(at, _)| quoted(&text[at..], Head::Anywhere))
}

/// The first quoted name of 3 to 20 characters that is whole: “两山实践”自然教育中心 names something else, and so
/// does “三线一单”与国土空间规划衔接试点.
fn quoted(text: &str, head: Head) -> Option<String> {
    let (open, close) = [('“', '”'), ('「', '」')]
        .into_iter()
        .find(|(open, _)| text.contains(*open))?;
    let start = text.find(open)? + open.len_utf8();
    let end = start + text[start..].find(close)?;
    let name = &text[start..end];
    let behind = fold(&text[end + close.len_utf8()..]);
    let joined = behind.strip_prefix(['和', '与', '及']);
    let is_whole = match (joined, head) {
        (Some(rest), _) => rest.starts_with(['“', '「', '《']),
        (None, Head::Last) => is_last(&behind),
        (None, Head::Anywhere) => {
            !behind.starts_with(is_han)
                || starts_with(&behind, "name_end").is_some()
                || starts_with(&behind, "verb_behind").is_some()
        }
    };
    (is_whole && (3..=20).contains(&name.chars().count())).then(|| name.to_owned())
}

/// Whether nothing stands at the start of a text that makes another thing of the name before it.
fn is_last(behind: &str) -> bool {
    let mut rest = behind;
    while let Some(word) = starts_with(rest, "name_end").filter(|word| *word != "的") {
        rest = &rest[word.len()..];
    }
    !rest.starts_with(is_han) || starts_with(rest, "verb_behind").is_some()
}
