//! Which of the labels that were found may be one reform: proposals for `families.tsv`, for a person
//! to judge.

use serde::Serialize;

use crate::lexicon::Family;
use crate::text::fold;

use super::FoundTerm;

/// A label that may belong to a family.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// The family: one that is known, or the label found in most places.
    pub family: String,
    /// The label.
    pub label: String,
    /// Why: the label that it is alike.
    pub like: String,
    /// Paragraphs that have the label.
    pub paragraphs: usize,
    /// Places that they are of.
    pub places: usize,
}

/// Labels that differ in one or two characters from a label of a known family, or from one that was
/// found in more places. Labels that a family has are not proposed.
pub fn proposals(terms: &[FoundTerm], families: &[Family]) -> Vec<Proposal> {
    let mut known: Vec<(String, String)> = families
        .iter()
        .flat_map(|family| {
            family
                .labels
                .iter()
                .map(|label| (family.name.clone(), label.clone()))
        })
        .collect();
    let mut found = Vec::new();
    for term in terms {
        let label = &term.label;
        if known.iter().any(|(_, other)| fold(other) == fold(label)) {
            continue;
        }
        let like = known
            .iter()
            .filter(|(_, other)| are_alike(other, label))
            .min_by_key(|(_, other)| distance(other, label));
        match like.cloned() {
            Some((family, like)) => {
                found.push(Proposal {
                    family: family.clone(),
                    label: label.clone(),
                    like,
                    paragraphs: term.paragraphs,
                    places: term.places,
                });
                known.push((family, label.clone()));
            }
            None => known.push((label.clone(), label.clone())),
        }
    }
    found
}

/// Whether two labels may name one reform: of equal or nearly equal length, with the same beginning
/// or end, the same numerals (六大行动 and 十大行动 are two), and no more than a third of their characters
/// changed.
fn are_alike(first: &str, second: &str) -> bool {
    let lengths = (first.chars().count(), second.chars().count());
    let longer = lengths.0.max(lengths.1);
    let edge = |forwards: bool| {
        let pair = |text: &str| -> String {
            let text = fold(text);
            if forwards {
                text.chars().take(2).collect()
            } else {
                text.chars().rev().take(2).collect()
            }
        };
        pair(first) == pair(second)
    };
    longer >= 4
        && lengths.0.abs_diff(lengths.1) <= 1
        && (edge(true) || edge(false))
        && numerals(first) == numerals(second)
        && distance(first, second) <= (longer / 3).max(1)
}

fn numerals(label: &str) -> String {
    let is_numeral =
        |c: &char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千万两双".contains(*c);
    label.chars().filter(is_numeral).collect()
}

/// How many characters must be changed, added or left out (V. Levenshtein, 1966).
fn distance(first: &str, second: &str) -> usize {
    let second: Vec<char> = fold(second).chars().collect();
    let mut row: Vec<usize> = (0..=second.len()).collect();
    for (i, a) in fold(first).chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in second.iter().enumerate() {
            let above = row[j + 1];
            let changed = diagonal + usize::from(a != *b);
            row[j + 1] = changed.min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[second.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_differ_in_a_character_are_alike() {
        assert!(are_alike("跨省通办", "跨域通办"));
        assert!(are_alike("免申即享", "免申即办"));
        assert!(are_alike("一件事一次办", "一类事一次办"));
        assert!(!are_alike("跨省通办", "一网通管"));
        assert!(!are_alike("六大行动", "十大行动"));
        assert!(!are_alike("秒批", "秒办"));
        assert_eq!(distance("一网通办", "一窗通办"), 1);
        assert_eq!(distance("", "办"), 1);
    }
}
