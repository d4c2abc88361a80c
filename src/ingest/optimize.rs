//! All segments into one: a little faster to ask, and nothing kept of what was removed.

use std::path::Path;
use std::time::SystemTime;

use serde::Serialize;

use super::IngestError;
use super::lock::Lock;
use crate::index::{IndexReader, IndexWriter, Resources, Segment};

/// What merging has saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptimizeReport {
    /// The version of this shape: 1.
    pub schema: u32,
    /// Segments before.
    pub segments_before: u64,
    /// Segments after.
    pub segments: u64,
    /// Bytes on disk before.
    pub bytes_before: u64,
    /// Bytes on disk after.
    pub bytes: u64,
}

/// Merges the segments of the index in `folder` into one. Answers stay the same, to the last bit;
/// whoever asks meanwhile is answered from the old segments.
///
/// # Errors
/// When another process writes the index, or the disk has no room for a second copy.
pub fn optimize(
    folder: &Path,
    resources: Resources,
    now: SystemTime,
) -> Result<OptimizeReport, IngestError> {
    let _lock = Lock::acquire(folder, now)?;
    let before = IndexReader::open(folder)?;
    let generation = before.generation().expect("it was opened from a folder");
    let mut writer = IndexWriter::open(generation, resources)?;
    writer.merge_all()?;
    writer.finish()?;
    let after = IndexReader::open(folder)?;
    let bytes = |segments: &[Segment]| {
        let files = segments.iter().flat_map(|segment| &segment.files);
        files.map(|file| file.bytes).sum()
    };
    let (before, after) = (before.segments(), after.segments());
    Ok(OptimizeReport {
        schema: 1,
        segments_before: before.len() as u64,
        segments: after.len() as u64,
        bytes_before: bytes(&before),
        bytes: bytes(&after),
    })
}
