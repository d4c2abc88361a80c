//! Where a term stands in a text, by match units: script, width, brackets and inner marks make no
//! difference, and the edges of numbers are kept.

use std::ops::Range;

use crate::text::{Form, units};

/// A term that is looked for, under one or more labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    labels: Vec<Vec<Form>>,
}

impl Term {
    /// A term with its labels. A label without a unit (spaces, brackets only) is left out.
    pub fn new<'l>(labels: impl IntoIterator<Item = &'l str>) -> Self {
        let mut labels: Vec<Vec<Form>> = labels
            .into_iter()
            .map(|label| units(label).into_iter().map(|unit| unit.form).collect())
            .filter(|forms: &Vec<Form>| !forms.is_empty())
            .collect();
        // The longest first, so that 一网通办 is found before 通办.
        labels.sort_by_key(|forms| std::cmp::Reverse(forms.len()));
        labels.dedup();
        Self { labels }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The places in `text`, in order, as half-open ranges of bytes that do not overlap.
    ///
    /// ```
    /// use xianli::study::Term;
    /// let term = Term::new(["免证办"]);
    /// assert_eq!(term.occurrences("推進“免證辦”"), [9..18]);
    /// ```
    pub fn occurrences(&self, text: &str) -> Vec<Range<usize>> {
        let units = units(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < units.len() {
            let label = self.labels.iter().find(|label| {
                units.len() - at >= label.len()
                    && units[at..]
                        .iter()
                        .zip(*label)
                        .all(|(unit, form)| unit.form == *form)
            });
            match label {
                Some(label) => {
                    let last = at + label.len() - 1;
                    found.push(units[at].range.start..units[last].range.end);
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_label_wins_and_places_do_not_overlap() {
        let term = Term::new(["通办", "一网通办", "（）"]);
        let text = "一网通办、跨省通办";
        let found: Vec<&str> = term
            .occurrences(text)
            .into_iter()
            .map(|place| &text[place])
            .collect();
        assert_eq!(found, ["一网通办", "通办"]);
    }

    #[test]
    fn the_edge_of_a_number_is_kept() {
        assert!(Term::new(["8.6%"]).occurrences("达98.6%").is_empty());
        assert!(Term::new([""]).is_empty());
    }
}
