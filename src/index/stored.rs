//! Paragraphs and documents as the index keeps them, read back.
//!
//! Comes in: a place in a commit, or a document's id. Goes out: plain values.

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};

use super::entry::{Entry, Shared, stored_entries};
use super::error::IndexError;
use super::kept::{Kept, facts, headings};
use super::reader::IndexReader;
use super::schema::line_kind;
use crate::document::{LineKind, Metadata};

const UNREADABLE: &str = "what is kept of a paragraph is unreadable";

/// A paragraph as the index keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredParagraph {
    /// Where it lies in this commit.
    pub address: DocAddress,
    /// Its place in its document, from 1; the second half of its id.
    pub ordinal: u32,
    /// What its line is for.
    pub kind: LineKind,
    /// Its section role by name.
    pub role: Option<String>,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Its text as printed.
    pub text: String,
}

impl IndexReader {
    /// A paragraph.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn paragraph(&self, address: DocAddress) -> Result<StoredParagraph, IndexError> {
        let damaged = |what| IndexError::Damaged { what };
        let columns = self.columns(address.segment_ord);
        let of = |column: &Column<u64>| column.first(address.doc_id);
        let ordinal = of(columns.ordinals()?).and_then(|ordinal| u32::try_from(ordinal).ok());
        let ordinal = ordinal.ok_or_else(|| damaged("a paragraph has no ordinal"))?;
        let kind = of(columns.lines()?).and_then(line_kind);
        let mut kept = self.kept(address)?;
        let under = of(columns.under()?).and_then(|under| u32::try_from(under).ok());
        let first = under.and_then(|under| first_of(address.doc_id, under));
        let first = first.ok_or_else(|| damaged("a paragraph is under no headings"))?;
        if first != address.doc_id {
            let first = DocAddress {
                doc_id: first,
                ..address
            };
            let above = headings(&self.stores.kept(first)?);
            kept.headings = above.ok_or_else(|| damaged(UNREADABLE))?;
        }
        Ok(StoredParagraph {
            address,
            ordinal,
            kind: kind.ok_or_else(|| damaged("a paragraph has no kind of line"))?,
            role: kept.role.map(|role| role.name().to_owned()),
            headings: kept.headings,
            text: kept.text,
        })
    }

    /// The text of a paragraph as printed, for whoever needs nothing else of it.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn text(&self, address: DocAddress) -> Result<String, IndexError> {
        Ok(self.kept(address)?.text)
    }

    fn kept(&self, address: DocAddress) -> Result<Kept, IndexError> {
        Kept::read(&self.stores.kept(address)?).ok_or(IndexError::Damaged { what: UNREADABLE })
    }

    /// The facts of the document that a paragraph stands in.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn document_of(&self, address: DocAddress, ordinal: u32) -> Result<Metadata, IndexError> {
        let damaged = |what| IndexError::Damaged { what };
        let first = first_of(address.doc_id, ordinal)
            .ok_or_else(|| damaged("an ordinal is larger than its place"))?;
        let first = DocAddress {
            doc_id: first,
            ..address
        };
        let facts = facts(&self.stores.kept(first)?);
        let facts = facts.and_then(|facts| serde_json::from_str(&facts).ok());
        facts.ok_or_else(|| damaged("the facts of a document are unreadable"))
    }

    /// The facts of a document; `None` where the index does not have it.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn document(&self, id: &str) -> Result<Option<Metadata>, IndexError> {
        let first = self.first_paragraph(id)?;
        first.map(|first| self.document_of(first, 1)).transpose()
    }

    /// The first paragraph of a document; `None` where the index does not have the document.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn first_paragraph(&self, id: &str) -> Result<Option<DocAddress>, IndexError> {
        let term = Term::from_field_text(self.fields.id, id);
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let inverted = reader.inverted_index(self.fields.id)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
            let postings = postings.map_err(tantivy::TantivyError::from)?;
            let Some(mut postings) = postings else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if reader
                    .alive_bitset()
                    .is_none_or(|alive| alive.is_alive(doc))
                {
                    return Ok(Some(DocAddress::new(segment, doc)));
                }
                doc = postings.advance();
            }
        }
        Ok(None)
    }

    /// The paragraphs of a document, in order; none where the index does not have it.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn paragraphs_of(&self, id: &str) -> Result<Vec<StoredParagraph>, IndexError> {
        let Some(first) = self.first_paragraph(id)? else {
            return Ok(Vec::new());
        };
        let ordinals = self.ordinals(first.segment_ord)?;
        let mut docs = vec![first.doc_id];
        docs.extend(
            (first.doc_id + 1..ordinals.num_docs())
                .take_while(|&doc| ordinals.first(doc).is_some_and(|ordinal| ordinal > 1)),
        );
        let mut paragraphs: Vec<StoredParagraph> = Vec::with_capacity(docs.len());
        for doc in docs {
            paragraphs.push(self.paragraph(DocAddress::new(first.segment_ord, doc))?);
        }
        Ok(paragraphs)
    }

    /// The first paragraph of every document, in the order of the segments.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn documents(&self) -> Result<Vec<DocAddress>, IndexError> {
        let mut firsts = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let ordinals = self.ordinals(segment)?;
            firsts.extend(
                reader
                    .doc_ids_alive()
                    .filter(|&doc| ordinals.first(doc) == Some(1))
                    .map(|doc| DocAddress::new(segment, doc)),
            );
        }
        Ok(firsts)
    }

    /// The ordinals of a segment's paragraphs, by their place in it.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn ordinals(&self, segment: u32) -> Result<&Column<u64>, IndexError> {
        self.columns(segment).ordinals()
    }

    /// The entries of a document as they were added.
    pub(super) fn entries_of(&self, id: &str) -> Result<Vec<Entry>, IndexError> {
        let Some(metadata) = self.document(id)? else {
            return Ok(Vec::new());
        };
        let paragraphs = self.paragraphs_of(id)?;
        let shared = Shared::new(self.fields, &metadata);
        Ok(stored_entries(shared, paragraphs))
    }
}

/// The first paragraph of the document that a paragraph stands in, in the same segment; or the
/// first under its headings, by its place under them.
///
/// ```
/// assert_eq!(xianli::index::first_of(107, 8), Some(100));
/// ```
pub fn first_of(doc: DocId, ordinal: u32) -> Option<DocId> {
    (doc + 1).checked_sub(ordinal)
}
