//! Paragraphs by the documents that they stand in.

use std::ops::Range;

use tantivy::{DocId, Term};

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
    /// In the order of the part.
    pub(super) documents: Vec<Document>,
}

/// A document with some of its paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// From one of its paragraphs, not behind the first of those, to the one behind its last.
    pub(super) all: Range<DocId>,
    /// How many they are.
    pub(super) found: usize,
}

impl Grouped {
    pub(super) fn of(segment: &Segment<'_>, docs: Docs) -> Result<Self, SearchError> {
        let documents = match &docs {
            Docs::List(list) => few(segment, list)?,
            Docs::Bits(..) => many(segment, &docs)?,
        };
        Ok(Self { docs, documents })
    }
}

/// The documents of few paragraphs: the end of each is looked for.
fn few(segment: &Segment<'_>, docs: &[DocId]) -> Result<Vec<Document>, SearchError> {
    let mut found = Vec::new();
    let Some(mut documents) = Extent::of(segment.fields.title, segment)? else {
        return Ok(found);
    };
    let mut rest = docs;
    while let Some(&first) = rest.first() {
        let all = first..documents.end(first);
        let (here, behind) = rest.split_at(gallop(rest, all.end));
        rest = behind;
        found.push(Document {
            all,
            found: here.len(),
        });
    }
    Ok(found)
}

/// The documents of many paragraphs: all documents are gone through.
fn many(segment: &Segment<'_>, docs: &Docs) -> Result<Vec<Document>, SearchError> {
    let term = Term::from_field_text(segment.fields.starts, DOCUMENT_STARTS);
    let starts = segment.with_term(&term, None)?;
    let ends = starts.iter().skip(1).copied();
    let ends = ends.chain([segment.end]);
    let documents = starts.iter().zip(ends).map(|(&start, end)| Document {
        found: docs.len_within(&(start..end)),
        all: start..end,
    });
    Ok(documents.filter(|document| document.found > 0).collect())
}
