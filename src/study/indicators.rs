//! The figures near a term, each with the place to cite: a table to compare places by.
//!
//! Comes in: paragraphs, and a term or none. Goes out: a row for each figure that stands in a
//! sentence (or in a paragraph) with the term, by place and year, then as they stand there.

use serde::Serialize;

use super::figures::{Context, Figure, figures};
use super::occurrence::Term;
use super::passage::Passage;
use super::quote::Quote;

/// A figure and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indicator {
    /// What it says.
    #[serde(flatten)]
    pub figure: Figure,
    /// The sentence, with the place to cite.
    #[serde(flatten)]
    pub quote: Quote,
}

/// How near to the term a figure must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Near {
    /// In the same sentence.
    #[default]
    Sentence,
    /// In the same paragraph.
    Paragraph,
}

/// The figures near `term`; all of them where there is none.
pub fn indicators(passages: &[Passage], term: Option<&Term>, near: Near) -> Vec<Indicator> {
    let mut content: Vec<&Passage> = passages
        .iter()
        .filter(|passage| passage.is_content())
        .collect();
    content.sort_by_cached_key(|passage| {
        let document = &passage.document;
        (
            document.region_code.is_none(),
            document.region_code.clone(),
            document.region.clone(),
            document.year,
            document.id.clone(),
            passage.ordinal,
        )
    });
    content
        .into_iter()
        .flat_map(|passage| of_passage(passage, term, near))
        .collect()
}

fn of_passage(passage: &Passage, term: Option<&Term>, near: Near) -> Vec<Indicator> {
    let places = term.map(|term| term.occurrences(&passage.text));
    if places.as_ref().is_some_and(Vec::is_empty) {
        return Vec::new();
    }
    let mut found = figures(&passage.text, Context::of(passage));
    if let (Some(places), Near::Sentence) = (&places, near) {
        found.retain(|figure| {
            let sentence = &figure.sentence;
            let stands = |place: &std::ops::Range<usize>| {
                sentence.start <= place.start && place.end <= sentence.end
            };
            places.iter().any(stands)
        });
    }
    found
        .into_iter()
        .map(|figure| Indicator {
            quote: Quote::words(passage, passage.text[figure.sentence.clone()].trim()),
            figure,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};

    fn told(term: Option<&str>, near: Near) -> Vec<String> {
        let passage = Passage {
            document: Arc::new(Metadata {
                id: "k3v9".into(),
                year: Some(2022),
                ..Metadata::default()
            }),
            ordinal: 7,
            kind: LineKind::Paragraph,
            role: Some("measures".into()),
            path: Vec::new(),
            text: "推出48项“免申即享”事项。办结率98.6%。".into(),
        };
        indicators(
            &[passage],
            term.map(|term| Term::new([term])).as_ref(),
            near,
        )
        .into_iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row.figure.name, row.figure.written, row.quote.text
            )
        })
        .collect()
    }

    #[test]
    fn figures_stand_in_the_sentence_of_the_term_or_in_its_paragraph() {
        let first = "推出“免申即享”事项 48项 推出48项“免申即享”事项。";
        let second = "办结率 98.6% 办结率98.6%。";
        assert_eq!(told(Some("免申即享"), Near::Sentence), [first]);
        assert_eq!(told(Some("免申即享"), Near::Paragraph), [first, second]);
        assert_eq!(told(None, Near::Sentence), [first, second]);
        assert_eq!(told(Some("秒批"), Near::Paragraph), Vec::<String>::new());
    }
}
