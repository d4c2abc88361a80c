//! Paragraphs and documents as the index keeps them, read back.
//!
//! Comes in: a place in a commit, or a document's id. Goes out: plain values.

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
        let kind = columns.lines()?.first(address.doc_id).and_then(line_kind);
        let mut kept = self.kept(address)?;
        let first = columns.heading_firsts()?.first(address.doc_id);
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
            ordinal: columns.document_firsts()?.place(address.doc_id),
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
    pub fn document_of(&self, address: DocAddress) -> Result<Metadata, IndexError> {
        let documents = self.columns(address.segment_ord).document_firsts()?;
        let first = DocAddress {
            doc_id: documents.first(address.doc_id),
            ..address
        };
        let facts = facts(&self.stores.kept(first)?);
        let facts = facts.and_then(|facts| serde_json::from_str(&facts).ok());
        facts.ok_or(IndexError::Damaged {
            what: "the facts of a document are unreadable",
        })
    }

    /// The facts of a document; `None` where the index does not have it.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn document(&self, id: &str) -> Result<Option<Metadata>, IndexError> {
        let first = self.first_paragraph(id)?;
        first.map(|first| self.document_of(first)).transpose()
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
        let segment = self.searcher.segment_reader(first.segment_ord);
        let documents = self.columns(first.segment_ord).document_firsts()?;
        let docs = first.doc_id..documents.end(first.doc_id, segment.max_doc());
        docs.map(|doc| self.paragraph(DocAddress::new(first.segment_ord, doc)))
            .collect()
    }

    /// The first paragraph of every document, in the order of the segments.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn documents(&self) -> Result<Vec<DocAddress>, IndexError> {
        let mut firsts = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let documents = self.columns(segment).document_firsts()?;
            let is_alive = |&doc: &DocId| {
                let alive = reader.alive_bitset();
                alive.is_none_or(|alive| alive.is_alive(doc))
            };
            let alive = documents.all(reader.max_doc()).filter(is_alive);
            firsts.extend(alive.map(|doc| DocAddress::new(segment, doc)));
        }
        Ok(firsts)
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
