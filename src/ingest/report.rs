//! What a run has done, as values.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::{Census, IngestError, MetadataReport};
use crate::read::Skipped;

/// What a run has done. Its JSON is this struct, field by field.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct UpdateReport {
    /// The version of this shape: 1.
    pub schema: u32,
    /// Files that are in the index now and were not before.
    pub added: u64,
    /// Files that say something else than before.
    pub changed: u64,
    /// Files that say the same as before in another place.
    pub moved: u64,
    /// Files that were in the index and are no longer.
    pub removed: u64,
    /// Files that are as they were.
    pub unchanged: u64,
    /// Files, or parts of files, that could not become documents.
    pub skipped: Vec<SkippedFile>,
    /// Documents in the index.
    pub documents: u64,
    /// Paragraphs in the index.
    pub paragraphs: u64,
    /// Bytes of the paragraphs' text, in UTF-8.
    pub bytes: u64,
    /// What the documents of the index are like.
    #[serde(flatten)]
    pub census: Census,
    /// How far the metadata files fit the documents.
    pub metadata: Vec<MetadataReport>,
    /// How long it took; filled by whoever has a clock.
    pub seconds: f64,
}

/// A file, or a part of one, that could not become a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedFile {
    /// The path; a part of a file is named after it: `corpus.jsonl:17`.
    pub path: String,
    /// Why, in words.
    pub reason: String,
}

impl From<&Skipped> for SkippedFile {
    fn from(skipped: &Skipped) -> Self {
        Self {
            path: skipped.path.clone(),
            reason: skipped.reason.to_string(),
        }
    }
}

/// Something that happened in a run, for whoever shows its progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'e> {
    /// There is no index to go on from, and all files are read.
    Anew(&'e str),
    /// The files to read are known.
    Listed {
        /// How many.
        files: u64,
        /// Their sizes together.
        bytes: u64,
    },
    /// A file was read.
    Read {
        /// Its path.
        path: &'e str,
        /// Its size.
        bytes: u64,
    },
    /// A file differs from what the index was made of. A file that was moved is gone in one place
    /// and new in another.
    Differs {
        /// Its path.
        path: &'e str,
        /// How.
        change: Change,
    },
    /// A file, or a part of one, was passed over.
    Skipped(&'e SkippedFile),
    /// All files were read; the index is being written out.
    Writing,
}

/// How a file differs from what the index was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It was not there.
    Added,
    /// It says something else.
    Changed,
    /// It is not there any more, or can no longer be read.
    Removed,
}

/// Is told what happens, and may ask the run to end.
pub(super) type Observer<'o> = &'o mut dyn FnMut(Event<'_>) -> ControlFlow<()>;

/// Tells what happens.
pub(super) fn tell(observer: Observer<'_>, event: Event<'_>) -> Result<(), IngestError> {
    match observer(event) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(IngestError::Stopped),
    }
}
