//! Paragraphs by the documents that they stand in.

use std::ops::Range;

use tantivy::{DocId, Term};

use super::bits::Bits;
use super::docs::Docs;
use super::error::SearchError;
use super::extent::Extent;
use super::lists::gallop;
use super::segment::Segment;
use crate::index::DOCUMENT_STARTS;

/// Some paragraphs of a part of the index, and the documents that they stand in.
#[derive(Default)]
pub(super) struct Grouped {
    pub(super) docs: Docs,
    /// In the order of the part, each from a paragraph no later than the first of those to the one
    /// behind its last.
    pub(super) documents: Vec<Range<DocId>>,
}

impl Grouped {
    pub(super) fn of(segment: &Segment<'_>, docs: Docs) -> Result<Self, SearchError> {
        let documents = match &docs {
            Docs::List(list) => few(segment, list)?,
            Docs::Bits(bits, _) => many(segment, bits)?,
        };
        Ok(Self { docs, documents })
    }

    /// The documents, each with how many of the paragraphs stand in it.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&Range<DocId>, usize)> {
        let mut rest = match &self.docs {
            Docs::List(list) => &list[..],
            Docs::Bits(..) => &[],
        };
        self.documents.iter().map(move |document| {
            let found = match &self.docs {
                Docs::List(_) => gallop(rest, document.end),
                Docs::Bits(bits, _) => bits.len_within(document),
            };
            rest = &rest[found.min(rest.len())..];
            (document, found)
        })
    }
}

/// The documents of few paragraphs: the end of each is looked for.
fn few(segment: &Segment<'_>, docs: &[DocId]) -> Result<Vec<Range<DocId>>, SearchError> {
    let mut found = Vec::new();
    let Some(mut documents) = Extent::of(segment.fields.title, segment)? else {
        return Ok(found);
    };
    let mut rest = docs;
    while let Some(&first) = rest.first() {
        let document = first..documents.end(first);
        rest = &rest[gallop(rest, document.end)..];
        found.push(document);
    }
    Ok(found)
}

/// The documents of many paragraphs: all documents are gone through.
fn many(segment: &Segment<'_>, docs: &Bits) -> Result<Vec<Range<DocId>>, SearchError> {
    let term = Term::from_field_text(segment.fields.starts, DOCUMENT_STARTS);
    let starts = segment.with_term(&term, None)?;
    let ends = starts.iter().skip(1).copied();
    let ends = ends.chain([segment.end]);
    let documents = starts.iter().zip(ends).map(|(&start, end)| start..end);
    Ok(documents.filter(|all| docs.has_any(all)).collect())
}
