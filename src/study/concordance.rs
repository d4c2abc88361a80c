//! A term in its contexts, one line for each place where it stands (keyword in context).
//!
//! Comes in: paragraphs, a term, a width in columns of a terminal (a Han character takes two). Goes
//! out: lines in the order that was asked for, each with the place to cite.

use std::cmp::Ordering;
use std::ops::Range;

use serde::Serialize;
use unicode_width::UnicodeWidthChar;

use crate::text::fold;

use super::occurrence::Term;
use super::passage::Passage;
use super::quote::Quote;

/// A place where the term stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConcordanceLine {
    /// What stands before it in the paragraph, as much as fits the width.
    pub left: String,
    /// The term as written.
    pub keyword: String,
    /// What stands behind it.
    pub right: String,
    /// The sentence, with the place to cite.
    #[serde(flatten)]
    pub quote: Quote,
}

/// The order of a concordance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConcordanceOrder {
    /// As the paragraphs came.
    #[default]
    Corpus,
    /// By what stands before the term, read from the term backwards.
    Left,
    /// By what stands behind it.
    Right,
    /// By division code, then year.
    Region,
    /// By year, earliest first, then region.
    Year,
}

/// The places where `term` stands, with up to `width` columns of context on each side.
pub fn concordance(
    passages: &[Passage],
    term: &Term,
    width: usize,
    order: ConcordanceOrder,
) -> Vec<ConcordanceLine> {
    let mut lines: Vec<ConcordanceLine> = passages
        .iter()
        .flat_map(|passage| {
            let places = term.occurrences(&passage.text);
            places.into_iter().map(|place| line(passage, place, width))
        })
        .collect();
    lines.sort_by(|a, b| compared(a, b, order));
    lines
}

fn line(passage: &Passage, place: Range<usize>, width: usize) -> ConcordanceLine {
    let text = &passage.text;
    ConcordanceLine {
        left: last_columns(&text[..place.start], width).to_owned(),
        keyword: text[place.clone()].to_owned(),
        right: first_columns(&text[place.end..], width).to_owned(),
        quote: Quote::sentence(passage, &place),
    }
}

/// As much of the end of a text as fits into so many columns.
fn last_columns(text: &str, width: usize) -> &str {
    let mut used = 0;
    let start = text
        .char_indices()
        .rev()
        .take_while(|&(_, character)| {
            used += columns(character);
            used <= width
        })
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// As much of the start of a text as fits into so many columns.
fn first_columns(text: &str, width: usize) -> &str {
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|&(_, character)| {
            used += columns(character);
            used > width
        })
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn columns(character: char) -> usize {
    character.width().unwrap_or(1)
}

fn compared(a: &ConcordanceLine, b: &ConcordanceLine, order: ConcordanceOrder) -> Ordering {
    let region = |line: &ConcordanceLine| {
        let document = &line.quote.document;
        (
            document.region_code.is_none(),
            document.region_code.clone(),
            document.region.clone(),
        )
    };
    let year = |line: &ConcordanceLine| line.quote.document.year.unwrap_or(i32::MAX);
    match order {
        ConcordanceOrder::Corpus => Ordering::Equal,
        ConcordanceOrder::Left => {
            let backwards = |line: &ConcordanceLine| -> String {
                let telling = |c: &char| c.is_alphanumeric();
                fold(&line.left).chars().rev().filter(telling).collect()
            };
            backwards(a).cmp(&backwards(b))
        }
        ConcordanceOrder::Right => {
            let forwards = |line: &ConcordanceLine| -> String {
                fold(&line.right)
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect()
            };
            forwards(a).cmp(&forwards(b))
        }
        ConcordanceOrder::Region => region(a).cmp(&region(b)).then(year(a).cmp(&year(b))),
        ConcordanceOrder::Year => year(a).cmp(&year(b)).then(region(a).cmp(&region(b))),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};

    fn passage(code: &str, year: i32, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: format!("{code}-{year}"),
                region_code: Some(code.into()),
                year: Some(year),
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: None,
            path: Vec::new(),
            text: text.into(),
        }
    }

    fn corpus() -> Vec<Passage> {
        vec![
            passage("4403", 2022, "全面推行“免申即享”，让政策直达。又推免申即享"),
            passage("1101", 2023, "扩大免申即享范围"),
        ]
    }

    fn told(width: usize, order: ConcordanceOrder) -> Vec<String> {
        concordance(&corpus(), &Term::new(["免申即享"]), width, order)
            .into_iter()
            .map(|line| format!("{}|{}|{}", line.left, line.keyword, line.right))
            .collect()
    }

    #[test]
    fn a_han_character_takes_two_columns_of_the_width() {
        assert_eq!(
            told(5, ConcordanceOrder::Corpus),
            [
                "推行“|免申即享|”，让",
                "又推|免申即享|",
                "扩大|免申即享|范围"
            ]
        );
        assert_eq!(told(1, ConcordanceOrder::Corpus)[2], "|免申即享|");
    }

    #[test]
    fn lines_are_sorted_by_context_region_or_year() {
        let first = |order| told(8, order)[0].clone();
        assert_eq!(first(ConcordanceOrder::Left), "扩大|免申即享|范围");
        assert_eq!(first(ConcordanceOrder::Right), "达。又推|免申即享|");
        assert_eq!(first(ConcordanceOrder::Region), "扩大|免申即享|范围");
        assert_eq!(told(8, ConcordanceOrder::Year)[2], "扩大|免申即享|范围");
    }

    #[test]
    fn every_line_quotes_its_sentence() {
        let lines = concordance(
            &corpus(),
            &Term::new(["免申即享"]),
            4,
            ConcordanceOrder::Corpus,
        );
        assert_eq!(lines[1].quote.text, "又推免申即享");
        assert_eq!(lines[1].quote.id, "4403-2022/1");
    }
}
