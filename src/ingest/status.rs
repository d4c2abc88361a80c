//! What is indexed, how fresh it is, and what the last runs did.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::manifest::Attachment;
use super::{IngestError, Selection, UpdateReport, utc};
use crate::index::{Freshness, IndexReader, Segment, replace_file};
use crate::read::display_path;

/// What is known of an index. Its JSON is this struct, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The version of this shape: 1.
    pub schema: u32,
    /// The folder of the index.
    pub index: String,
    /// `current`, `missing`, `corrupt`, `other-format` or `other-lexicon`.
    pub freshness: &'static str,
    /// One sentence on it, and what to type where it is not current.
    pub says: String,
    /// Documents in the index; `None` where it cannot be read, here and below.
    pub documents: Option<u64>,
    /// Paragraphs in the index.
    pub paragraphs: Option<u64>,
    /// Bytes of the paragraphs' text, in UTF-8.
    pub bytes: Option<u64>,
    /// The files and folders that it was last given.
    pub roots: Vec<String>,
    /// What was chosen of them.
    pub selection: Selection,
    /// Its segments, largest first.
    pub segments: Vec<SegmentStatus>,
    /// Bytes on disk, by what they hold: `terms`, `postings`, `positions`, `lengths`, `columns`,
    /// `text`, `removals`, `manifest`.
    pub sizes: BTreeMap<&'static str, u64>,
    /// The last runs, latest first.
    pub runs: Vec<RunRecord>,
}

/// A segment of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SegmentStatus {
    /// Paragraphs in it.
    pub paragraphs: u32,
    /// Paragraphs that were removed and still take room.
    pub removed: u32,
    /// Bytes on disk.
    pub bytes: u64,
}

/// What a run did, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// When it began, in UTC.
    pub at: String,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// Files added.
    pub added: u64,
    /// Files changed.
    pub changed: u64,
    /// Files moved.
    pub moved: u64,
    /// Files removed.
    pub removed: u64,
    /// Files unchanged.
    pub unchanged: u64,
    /// Files skipped.
    pub skipped: u64,
    /// Why it failed; `None` where it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

/// The runs that are remembered.
const REMEMBERED: usize = 50;

const RUNS: &str = "runs.jsonl";

/// What is known of the index in `folder`.
///
/// # Errors
/// When the folder is there but cannot be read.
pub fn status(folder: &Path) -> Result<Status, IngestError> {
    let freshness = IndexReader::freshness(folder)?;
    let mut status = Status {
        schema: 1,
        index: display_path(folder),
        freshness: freshness.name(),
        says: freshness.sentence(folder),
        documents: None,
        paragraphs: None,
        bytes: None,
        roots: Vec::new(),
        selection: Selection::default(),
        segments: Vec::new(),
        sizes: BTreeMap::new(),
        runs: runs(folder),
    };
    if freshness == Freshness::Current {
        describe(&IndexReader::open(folder)?, &mut status);
    }
    Ok(status)
}

/// Remembers a run, for [`status`]. `outcome` is its report, or why it failed.
///
/// # Errors
/// When the folder of the index cannot be written.
pub fn remember_run(
    folder: &Path,
    began: std::time::SystemTime,
    took: std::time::Duration,
    outcome: Result<&UpdateReport, &IngestError>,
) -> Result<(), IngestError> {
    let nothing = UpdateReport::default();
    let report = outcome.unwrap_or(&nothing);
    let record = RunRecord {
        at: utc(began),
        milliseconds: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        added: report.added,
        changed: report.changed,
        moved: report.moved,
        removed: report.removed,
        unchanged: report.unchanged,
        skipped: report.skipped.len() as u64,
        failure: outcome.err().map(ToString::to_string),
    };
    let mut runs = runs(folder);
    runs.insert(0, record);
    runs.truncate(REMEMBERED);
    let line = |run: &RunRecord| serde_json::to_string(run).expect("its keys are strings") + "\n";
    let text: String = runs.iter().map(line).collect();
    Ok(replace_file(&folder.join(RUNS), text.as_bytes())?)
}

/// The runs that are remembered, latest first; what cannot be read is forgotten.
fn runs(folder: &Path) -> Vec<RunRecord> {
    let text = fs::read_to_string(folder.join(RUNS)).unwrap_or_default();
    let runs = text
        .lines()
        .map_while(|line| serde_json::from_str(line).ok());
    runs.collect()
}

fn describe(reader: &IndexReader, status: &mut Status) {
    let commit = reader.commit();
    status.documents = Some(commit.documents);
    status.paragraphs = Some(commit.paragraphs);
    status.bytes = Some(commit.bytes);
    let segments = reader.segments();
    for file in segments.iter().flat_map(|segment| &segment.files) {
        *status.sizes.entry(file.part).or_default() += file.bytes;
    }
    let described = |segment: &Segment| SegmentStatus {
        paragraphs: segment.paragraphs,
        removed: segment.removed,
        bytes: segment.files.iter().map(|file| file.bytes).sum(),
    };
    status.segments = segments.iter().map(described).collect();
    if let Some(attachment) = Attachment::parse(&commit.attachment) {
        let manifest = reader
            .generation()
            .map(|folder| folder.join(&attachment.manifest));
        let size = manifest.and_then(|path| fs::metadata(path).ok());
        status
            .sizes
            .insert("manifest", size.map_or(0, |metadata| metadata.len()));
        status.roots = attachment
            .roots()
            .iter()
            .map(|root| display_path(root))
            .collect();
        status.selection = attachment.selection;
    }
}
