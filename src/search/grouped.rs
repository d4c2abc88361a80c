//! Paragraphs by the documents that they stand in.

use std::ops::Range;

use tantivy::DocId;

use super::bits::Bits;
use super::docs::Docs;
use super::error::SearchError;
use super::lists::gallop;
use super::segment::Segment;

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
    let documents = segment.columns.document_firsts()?;
    let mut found = Vec::new();
    let mut rest = docs;
    while let Some(&first) = rest.first() {
        let document = first..documents.end(first, segment.end);
        rest = &rest[gallop(rest, document.end)..];
        found.push(document);
    }
    Ok(found)
}

/// The documents of many paragraphs: all documents are gone through.
fn many(segment: &Segment<'_>, docs: &Bits) -> Result<Vec<Range<DocId>>, SearchError> {
    let Range { start, end } = segment.docs();
    let documents = segment.columns.document_firsts()?;
    let firsts = documents.all(end).skip_while(|&first| first < start);
    let mut firsts = firsts.take_while(|&first| first < end).peekable();
    let mut found = Vec::new();
    while let Some(first) = firsts.next() {
        let document = first..firsts.peek().copied().unwrap_or(end);
        if docs.has_any(&document) {
            found.push(document);
        }
    }
    Ok(found)
}
