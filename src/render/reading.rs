//! A document's outline, or a paragraph with its surroundings.

use serde::Serialize;

use crate::document::{LineKind, Metadata};
use crate::search::Section;

use super::ink::{Ink, Span};
use super::page::Page;
use super::text::{write_header, write_path};
use super::wrap::{Margin, fill};

/// A document, whole or in part. Its JSON is this struct, field by field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The version of this shape: 1.
    pub schema: u32,
    /// The document.
    pub document: Metadata,
    /// The id of the paragraph that was asked for; `None` where it was the document.
    pub asked: Option<String>,
    /// The paragraphs of the document, or those around the one that was asked for.
    pub paragraphs: Vec<Passage>,
}

/// One paragraph of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// `document/ordinal`.
    pub id: String,
    /// What its line is for.
    pub kind: LineKind,
    /// Where in the document.
    pub section: Section,
    /// The text as written.
    pub text: String,
}

/// How many characters of a paragraph an outline shows.
const OPENING: usize = 36;

/// The reading for a person: the facts, then the outline of a document or the paragraphs.
pub fn reading_text(reading: &Reading, page: &Page) -> String {
    let mut out = String::new();
    write_header(&reading.document, page, &mut out);
    write_facts(&reading.document, page, &mut out);
    out.push('\n');
    match &reading.asked {
        Some(asked) => write_passages(&reading.paragraphs, asked, page, &mut out),
        None => write_outline(&reading.paragraphs, page, &mut out),
    }
    out
}

fn write_facts(document: &Metadata, page: &Page, out: &mut String) {
    let facts = [
        ("id", Some(document.id.clone())),
        ("source id", document.source_id.clone()),
        ("number", document.number.clone()),
        ("published", document.published.clone()),
        ("signed", document.signed.clone()),
        ("kind", document.kind.clone()),
        ("path", Some(document.path.clone())),
        (
            "also",
            Some(document.other_paths.join(" ")).filter(|paths| !paths.is_empty()),
        ),
        ("url", document.url.clone()),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            let spans = [
                Span::new(Ink::Faint, &format!("{name:<10} ")),
                Span::new(Ink::Plain, &value),
            ];
            fill(&spans, Margin { first: 2, rest: 13 }, page, out);
        }
    }
}

/// Each paragraph in full, the one that was asked for marked with `▶`.
fn write_passages(passages: &[Passage], asked: &str, page: &Page, out: &mut String) {
    let mut path: Option<&[String]> = None;
    for passage in passages {
        if path != Some(&passage.section.path) {
            write_path(&passage.section.path, page, out);
            path = Some(&passage.section.path);
        }
        let (mark, ink) = if passage.id == asked {
            ("▶ ", Ink::Title)
        } else {
            ("  ", Ink::Plain)
        };
        let spans = [Span::new(Ink::Match, mark), Span::new(ink, &passage.text)];
        fill(&spans, Margin { first: 0, rest: 2 }, page, out);
        write_id(passage, page, out);
        out.push('\n');
    }
}

/// One line for each paragraph: its ordinal, and its beginning under its headings.
fn write_outline(passages: &[Passage], page: &Page, out: &mut String) {
    for passage in passages {
        let ordinal = passage.id.rsplit('/').next().unwrap_or_default();
        let depth = passage.section.path.len();
        let (ink, text) = match passage.kind {
            LineKind::Title => (Ink::Title, passage.text.clone()),
            LineKind::Heading => (Ink::Heading, passage.text.clone()),
            _ => (Ink::Plain, opening(&passage.text)),
        };
        let spans = [
            Span::new(Ink::Id, &format!("{ordinal:>4}  ")),
            Span::new(Ink::Plain, &"  ".repeat(depth)),
            Span::new(ink, &text),
        ];
        let margin = Margin {
            first: 0,
            rest: 6 + 2 * depth,
        };
        fill(&spans, margin, page, out);
    }
}

/// The beginning of a paragraph.
fn opening(text: &str) -> String {
    let opening: String = text.chars().take(OPENING).collect();
    if opening.len() < text.len() {
        opening + "…"
    } else {
        opening
    }
}

fn write_id(passage: &Passage, page: &Page, out: &mut String) {
    let mut spans = vec![Span::new(Ink::Id, &passage.id)];
    if let Some(role) = &passage.section.role {
        spans.push(Span::new(Ink::Faint, &format!(" · {}", page.role(role))));
    }
    fill(&spans, Margin::all(2), page, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(ordinal: u32, kind: LineKind, path: &[&str], text: &str) -> Passage {
        Passage {
            id: format!("k3v9/{ordinal}"),
            kind,
            section: Section {
                path: path.iter().map(|&heading| heading.to_owned()).collect(),
                role: (!path.is_empty()).then(|| "plan".to_owned()),
            },
            text: text.into(),
        }
    }

    fn reading(asked: Option<&str>) -> Reading {
        Reading {
            schema: 1,
            document: Metadata {
                id: "k3v9".into(),
                title: "年度报告".into(),
                year: Some(2021),
                path: "a.txt".into(),
                ..Metadata::default()
            },
            asked: asked.map(str::to_owned),
            paragraphs: vec![
                passage(1, LineKind::Title, &[], "年度报告"),
                passage(2, LineKind::Heading, &[], "一、计划"),
                passage(3, LineKind::Paragraph, &["一、计划"], "明年继续。"),
            ],
        }
    }

    #[test]
    fn a_document_is_shown_as_its_outline() {
        assert_eq!(
            reading_text(&reading(None), &Page::plain()),
            "\
年度报告 · 2021
  id         k3v9
  path       a.txt

   1  年度报告
   2  一、计划
   3    明年继续。
"
        );
    }

    #[test]
    fn a_paragraph_is_shown_among_its_neighbours() {
        assert_eq!(
            reading_text(&reading(Some("k3v9/3")), &Page::plain()),
            "\
年度报告 · 2021
  id         k3v9
  path       a.txt

  年度报告
  k3v9/1

  一、计划
  k3v9/2

  一、计划
▶ 明年继续。
  k3v9/3 · plan

"
        );
    }
}
