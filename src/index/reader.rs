//! An index, opened for questions.
//!
//! Comes in: a folder (or an index in memory). Goes out: one commit of it, its statistics,
//! and tantivy's searcher for `search`. Starts no thread, watches nothing, writes nothing; sees the one
//! commit that it was opened on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::value::RawValue;
use tantivy::directory::MmapDirectory;
use tantivy::positions::PositionReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, Searcher};

use super::columns::Columns;
use super::commit::{Commit, fingerprint};
use super::directory::ReadOnly;
use super::error::IndexError;
use super::folder::{IndexFolder, METAS};
use super::freshness::Freshness;
use super::posting_blocks::PostingBlocks;
use super::schema::{FORMAT, Fields};
use super::statistics::Statistics;
use super::stores::Stores;
use super::term_files::TermFiles;

/// How often opening is tried again when a writer replaced what was just being opened.
const ATTEMPTS: usize = 20;

/// One commit of an index.
#[derive(Clone)]
pub struct IndexReader {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    commit: Commit,
    columns: Arc<[Columns]>,
    pub(super) stores: Arc<Stores>,
    terms: Arc<TermFiles>,
    pub(super) generation: Option<PathBuf>,
    pub(super) metas: Arc<[u8]>,
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
        let commit = match index.load_metas()?.payload {
            Some(payload) => commit_in(&payload).ok_or(IndexError::Damaged {
                what: "its commit does not say what it holds",
            })?,
            None => Commit::empty(),
        };
        Self::of_commit(index, commit)
    }

    /// The last commit of an index, which says of itself what it holds.
    fn of_commit(index: &Index, commit: Commit) -> Result<Self, IndexError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .num_warming_threads(0)
            .try_into()?;
        let searcher = reader.searcher();
        let columns = searcher.segment_readers().iter().map(Columns::of).collect();
        Ok(Self {
            stores: Arc::new(Stores::of(&searcher)),
            terms: Arc::new(TermFiles::of(&searcher)),
            searcher,
            fields: Fields::of(&index.schema())?,
            columns,
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
        let before: Arc<[u8]> = read()?.into();
        let told: Metas<'_> =
            serde_json::from_slice(&before).map_err(|e| corrupt(&format!("{METAS}: {e}")))?;
        let commit = check_commit(told.payload.as_deref().unwrap_or_default())?;
        let segments = Arc::default();
        let directory = ReadOnly {
            folder: MmapDirectory::open(generation).map_err(|e| corrupt(&e))?,
            metas: Arc::clone(&before),
            segments: Arc::clone(&segments),
        };
        let index = Index::open(directory).map_err(|e| corrupt(&e))?;
        // tantivy reads all of it again for the segments, and the schema is most of it.
        if let Some(known) = told.without_schema() {
            segments.get_or_init(|| known.into_bytes());
        }
        let mut reader = Self::of_commit(&index, commit).map_err(|e| corrupt(&e))?;
        reader.generation = Some(generation.to_owned());
        if let Some(name) = reader.terms.missing_in(generation) {
            return Err(corrupt(&format!("{name} is missing")));
        }
        if *read()? == *before {
            reader.metas = before;
            Ok(reader)
        } else {
            Err(corrupt(&"it changes faster than it can be opened"))
        }
    }

    /// tantivy's searcher, for `search`.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The columns of a segment.
    pub fn columns(&self, segment: u32) -> &Columns {
        &self.columns[segment as usize]
    }

    /// The positions of a term in a segment, to be read from the first paragraph that has it on: in each the
    /// first, and then how far it is from one to the next. `None` where only the searcher still has
    /// them.
    pub(crate) fn positions(
        &self,
        segment: u32,
        field: Field,
        term: &TermInfo,
    ) -> Option<PositionReader> {
        let searcher = &self.searcher;
        self.terms.positions(searcher, segment, field, term)
    }

    /// The postings of a term in a segment, of a field that keeps frequencies, to be read in order.
    pub(crate) fn postings(
        &self,
        segment: u32,
        field: Field,
        term: &TermInfo,
    ) -> Result<PostingBlocks, IndexError> {
        let searcher = &self.searcher;
        let postings = self.terms.postings(searcher, segment, field, term);
        postings.ok_or(IndexError::Damaged {
            what: "the postings of a term cannot be read",
        })
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
}

/// What tantivy writes down of a commit.
#[derive(serde::Deserialize)]
struct Metas<'m> {
    #[serde(borrow)]
    index_settings: Option<&'m RawValue>,
    #[serde(borrow)]
    segments: Option<&'m RawValue>,
    opstamp: Option<u64>,
    payload: Option<String>,
}

impl Metas<'_> {
    /// The same of an index without fields, in which tantivy finds the same segments.
    fn without_schema(&self) -> Option<String> {
        let (settings, segments) = (self.index_settings?, self.segments?);
        let opstamp = self.opstamp?;
        Some(format!(
            r#"{{"index_settings":{settings},"segments":{segments},"schema":[],"opstamp":{opstamp}}}"#
        ))
    }
}

/// The commit that a payload tells, if it is one that this program answers from.
fn check_commit(payload: &str) -> Result<Commit, Freshness> {
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let format: Option<Format> = serde_json::from_str(payload).ok();
    let commit = commit_in(payload);
    match (format, commit) {
        (Some(Format { format: FORMAT }), Some(commit)) if commit.lexicon == fingerprint() => {
            Ok(commit)
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
