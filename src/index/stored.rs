//! Paragraphs and documents as the index keeps them, read back.
//!
//! Comes in: a place in a commit, or a document's id. Goes out: plain values. What a document has
//! once lies with its first paragraph, headings with the first paragraph under them.

use tantivy::columnar::Column;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, TantivyDocument, Term};

use super::entry::{Entry, Shared, stored_entries};
use super::error::IndexError;
use super::reader::IndexReader;
use super::schema::line_kind;
use crate::document::{LineKind, Metadata};

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
        let (paragraph, under) = self.without_headings(address)?;
        let headings = self.headings(address, under)?;
        Ok(StoredParagraph {
            headings,
            ..paragraph
        })
    }

    /// A paragraph, its headings left out, with its place under them.
    fn without_headings(&self, address: DocAddress) -> Result<(StoredParagraph, u32), IndexError> {
        let stored: TantivyDocument = self.searcher.doc(address)?;
        let fields = &self.fields;
        let number = |field| stored.get_first(field).and_then(|value| value.as_u64());
        let place = |field| number(field).and_then(|place| u32::try_from(place).ok());
        let words = |field| stored.get_first(field).and_then(|value| value.as_str());
        let damaged = |what| move || IndexError::Damaged { what };
        let paragraph = StoredParagraph {
            address,
            ordinal: place(fields.ordinal).ok_or_else(damaged("a paragraph has no ordinal"))?,
            kind: number(fields.line)
                .and_then(line_kind)
                .ok_or_else(damaged("a paragraph has no kind of line"))?,
            role: words(fields.role).map(str::to_owned),
            headings: Vec::new(),
            text: words(fields.text)
                .ok_or_else(damaged("a paragraph has no text"))?
                .to_owned(),
        };
        let under = place(fields.under).ok_or_else(damaged("a paragraph has lost its headings"))?;
        Ok((paragraph, under))
    }

    /// The headings above a paragraph, outermost first.
    fn headings(&self, address: DocAddress, under: u32) -> Result<Vec<String>, IndexError> {
        let damaged = IndexError::Damaged {
            what: "a place under headings is larger than that in the segment",
        };
        let stored: TantivyDocument = self.searcher.doc(DocAddress {
            doc_id: first_of(address.doc_id, under).ok_or(damaged)?,
            ..address
        })?;
        let headings = stored.get_all(self.fields.headings);
        Ok(headings
            .filter_map(|heading| heading.as_str().map(str::to_owned))
            .collect())
    }

    /// The facts of the document that a paragraph stands in.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn document_of(&self, address: DocAddress, ordinal: u32) -> Result<Metadata, IndexError> {
        let damaged = |what| IndexError::Damaged { what };
        let first = first_of(address.doc_id, ordinal)
            .ok_or_else(|| damaged("an ordinal is larger than its place"))?;
        let stored: TantivyDocument = self.searcher.doc(DocAddress {
            doc_id: first,
            ..address
        })?;
        let bytes = stored.get_first(self.fields.metadata);
        let bytes = bytes.and_then(|value| value.as_bytes());
        let bytes = bytes.ok_or_else(|| damaged("a document has no facts"))?;
        serde_json::from_slice(bytes).map_err(|_| damaged("the facts of a document are unreadable"))
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
            let address = DocAddress::new(first.segment_ord, doc);
            let (paragraph, under) = self.without_headings(address)?;
            let headings = match paragraphs.last() {
                Some(above) if under > 1 => above.headings.clone(),
                _ => self.headings(address, under)?,
            };
            paragraphs.push(StoredParagraph {
                headings,
                ..paragraph
            });
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
