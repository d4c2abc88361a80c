//! An index, opened for questions.
//!
//! Comes in: a folder (or an index in memory). Goes out: paragraphs, documents, statistics, and
//! tantivy's searcher for `search`. Starts no thread, watches nothing, writes nothing; sees the one
//! commit that it was opened on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocId, DocSet, Index, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term,
};

use super::commit::{Commit, fingerprint};
use super::entry::{Entry, Shared, stored_entries};
use super::error::IndexError;
use super::folder::{IndexFolder, ReadOnly};
use super::freshness::Freshness;
use super::schema::{FORMAT, Fields, line_kind};
use super::statistics::Statistics;
use crate::document::{LineKind, Metadata};

/// How often opening is tried again when a writer replaced what was just being opened.
const ATTEMPTS: usize = 20;

/// tantivy's list of segments, with the payload of the commit.
const METAS: &str = "meta.json";

/// One commit of an index.
#[derive(Clone)]
pub struct IndexReader {
    searcher: Searcher,
    fields: Fields,
    commit: Commit,
    pub(super) generation: Option<PathBuf>,
    pub(super) metas: Arc<[u8]>,
}

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
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`IndexError::NotCurrent`] when there is none, or none that this program can answer from;
    /// its message says what to type.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        match Self::open_or_state(&IndexFolder::new(folder))? {
            Ok(reader) => Ok(reader),
            Err(freshness) => Err(IndexError::NotCurrent {
                folder: folder.to_owned(),
                freshness,
            }),
        }
    }

    /// What the index in a folder is to this program.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn freshness(folder: &Path) -> Result<Freshness, IndexError> {
        let opened = Self::open_or_state(&IndexFolder::new(folder))?;
        Ok(opened.err().unwrap_or(Freshness::Current))
    }

    /// Opens one generation of an index, whether it answers or not.
    ///
    /// # Errors
    /// As [`IndexReader::open`].
    pub fn open_generation_in(generation: &Path) -> Result<Self, IndexError> {
        Self::open_generation(generation).map_err(|freshness| IndexError::NotCurrent {
            folder: generation.to_owned(),
            freshness,
        })
    }

    /// What one generation of an index is to this program.
    pub fn freshness_of(generation: &Path) -> Freshness {
        let opened = Self::open_generation(generation);
        opened.err().unwrap_or(Freshness::Current)
    }

    /// The attachment of the last commit of a generation, also where this program cannot read
    /// anything else of it; `None` where there is none.
    pub fn attachment_in(generation: &Path) -> Option<String> {
        let metas = fs::read(generation.join(METAS)).ok()?;
        let metas: serde_json::Value = serde_json::from_slice(&metas).ok()?;
        let payload = metas.get("payload")?.as_str()?;
        let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
        Some(payload.get("attachment")?.as_str()?.to_owned())
    }

    /// The last commit of an index that this process holds.
    pub(super) fn over(index: &Index) -> Result<Self, IndexError> {
        let fields = Fields::of(&index.schema())?;
        let commit = match index.load_metas()?.payload {
            Some(payload) => commit_in(&payload).ok_or(IndexError::Damaged {
                what: "its commit does not say what it holds",
            })?,
            None => Commit::empty(),
        };
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .num_warming_threads(0)
            .try_into()?;
        Ok(Self {
            searcher: reader.searcher(),
            fields,
            commit,
            generation: None,
            metas: Arc::default(),
        })
    }

    fn open_or_state(folder: &IndexFolder) -> Result<Result<Self, Freshness>, IndexError> {
        let mut last = Freshness::Missing;
        for _ in 0..ATTEMPTS {
            let Some(generation) = folder.current()? else {
                return Ok(Err(Freshness::Missing));
            };
            last = match Self::open_generation(&generation) {
                Ok(reader) => return Ok(Ok(reader)),
                // Files that are gone were replaced by a newer commit, or they are lost.
                Err(state @ Freshness::Corrupt { .. }) => state,
                Err(state) => return Ok(Err(state)),
            };
        }
        Ok(Err(last))
    }

    fn open_generation(generation: &Path) -> Result<Self, Freshness> {
        let corrupt = |reason: &dyn std::fmt::Display| Freshness::Corrupt {
            reason: reason.to_string(),
        };
        let metas = generation.join(METAS);
        let read = || fs::read(&metas).map_err(|e| corrupt(&format!("{}: {e}", metas.display())));
        let before = read()?;
        check_commit(&before)?;
        let directory = MmapDirectory::open(generation).map_err(|e| corrupt(&e))?;
        let index = Index::open(ReadOnly(directory)).map_err(|e| corrupt(&e))?;
        let mut reader = Self::over(&index).map_err(|e| corrupt(&e))?;
        reader.generation = Some(generation.to_owned());
        if read()? == before {
            reader.metas = before.into();
            Ok(reader)
        } else {
            Err(corrupt(&"it changes faster than it can be opened"))
        }
    }

    /// tantivy's searcher, for `search`.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The handles of the fields.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What the commit says of itself: how many documents, paragraphs, tokens.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

    /// The statistics that scores are made of, exact whatever was removed and merged before.
    pub fn statistics(&self) -> Statistics<'_> {
        Statistics::new(self)
    }

    /// A paragraph.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn paragraph(&self, address: DocAddress) -> Result<StoredParagraph, IndexError> {
        let stored: TantivyDocument = self.searcher.doc(address)?;
        let fields = &self.fields;
        let number = |field| stored.get_first(field).and_then(|value| value.as_u64());
        let words = |field| stored.get_first(field).and_then(|value| value.as_str());
        let damaged = |what| move || IndexError::Damaged { what };
        let ordinal = number(fields.ordinal).and_then(|ordinal| u32::try_from(ordinal).ok());
        Ok(StoredParagraph {
            address,
            ordinal: ordinal.ok_or_else(damaged("a paragraph has no ordinal"))?,
            kind: number(fields.line)
                .and_then(line_kind)
                .ok_or_else(damaged("a paragraph has no kind of line"))?,
            role: words(fields.role).map(str::to_owned),
            headings: stored
                .get_all(fields.headings)
                .filter_map(|heading| heading.as_str().map(str::to_owned))
                .collect(),
            text: words(fields.text)
                .ok_or_else(damaged("a paragraph has no text"))?
                .to_owned(),
        })
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
        docs.into_iter()
            .map(|doc| self.paragraph(DocAddress::new(first.segment_ord, doc)))
            .collect()
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
    pub fn ordinals(&self, segment: u32) -> Result<Column<u64>, IndexError> {
        Ok(self
            .searcher
            .segment_reader(segment)
            .fast_fields()
            .u64("ordinal")?)
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

/// The first paragraph of the document that a paragraph stands in, in the same segment.
///
/// ```
/// assert_eq!(xianli::index::first_of(107, 8), Some(100));
/// ```
pub fn first_of(doc: DocId, ordinal: u32) -> Option<DocId> {
    (doc + 1).checked_sub(ordinal)
}

/// Whether the commit in `meta.json` is one that this program answers from.
fn check_commit(metas: &[u8]) -> Result<(), Freshness> {
    #[derive(serde::Deserialize)]
    struct Metas {
        payload: Option<String>,
    }
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let metas: Metas = serde_json::from_slice(metas).map_err(|error| Freshness::Corrupt {
        reason: format!("meta.json: {error}"),
    })?;
    let payload = metas.payload.unwrap_or_default();
    let format: Option<Format> = serde_json::from_str(&payload).ok();
    let commit = commit_in(&payload);
    match (format, commit) {
        (Some(Format { format: FORMAT }), Some(commit)) if commit.lexicon == fingerprint() => {
            Ok(())
        }
        (Some(Format { format: FORMAT }), Some(commit)) => Err(Freshness::OtherLexicon {
            expected: fingerprint().to_owned(),
            found: commit.lexicon,
        }),
        (found, _) => Err(Freshness::OtherFormat {
            expected: FORMAT,
            found: found.map(|found| found.format),
        }),
    }
}

fn commit_in(payload: &str) -> Option<Commit> {
    serde_json::from_str(payload).ok()
}
