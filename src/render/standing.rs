//! What is indexed, and how fresh it is.

use serde::Serialize;

use super::ink::{Ink, Span};
use super::page::Page;
use super::wrap::{Margin, fill};

/// What an index holds. Its JSON is this struct, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The version of this shape: 1.
    pub schema: u32,
    /// The folder of the index.
    pub index: String,
    /// `current`, or why it cannot answer: `missing`, `corrupt`, `other-format`, `other-lexicon`.
    pub freshness: &'static str,
    /// Documents; `None` where the index cannot answer, here and below.
    pub documents: Option<u64>,
    /// Paragraphs.
    pub paragraphs: Option<u64>,
    /// Bytes of text.
    pub bytes: Option<u64>,
}

/// The standing for a person: a line for each fact.
pub fn standing_text(standing: &Standing, page: &Page) -> String {
    let count = |count: Option<u64>| count.map(|count| count.to_string());
    let facts = [
        ("index", Some(standing.index.clone())),
        ("freshness", Some(standing.freshness.to_owned())),
        ("documents", count(standing.documents)),
        ("paragraphs", count(standing.paragraphs)),
        ("bytes of text", count(standing.bytes)),
    ];
    let mut out = String::new();
    for (name, value) in facts {
        if let Some(value) = value {
            let spans = [
                Span::new(Ink::Faint, &format!("{name:<14} ")),
                Span::new(Ink::Plain, &value),
            ];
            fill(&spans, Margin { first: 0, rest: 15 }, page, &mut out);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_that_are_not_known_are_left_out() {
        let standing = Standing {
            schema: 1,
            index: "/data/xianli".into(),
            freshness: "missing",
            documents: None,
            paragraphs: None,
            bytes: None,
        };
        assert_eq!(
            standing_text(&standing, &Page::plain()),
            "index          /data/xianli\nfreshness      missing\n"
        );
    }
}
