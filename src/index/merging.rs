//! Which segments are merged: those of like size, and never one that is damaged.
//!
//! A merge of a damaged file gives a new file with a right checksum, and what is wrong in it can no
//! longer be found. So each segment that this process did not write itself is read through before
//! it is merged, which costs less than the merge.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::SegmentMeta;
use tantivy::directory::ManagedDirectory;
use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

use super::error::IndexError;
use super::files::{damage, files_of};
use super::reader::IndexReader;

/// Merges segments of like size eight at a time, and rewrites one that has lost a fifth of its
/// paragraphs, so that removals cost in proportion and do not pile up.
pub(super) struct CarefulMerging {
    by_size: LogMergePolicy,
    directory: ManagedDirectory,
    suspects: Arc<Suspects>,
}

/// A file and what is wrong with it.
type Damage = (String, &'static str);

/// The segments of which it is not known whether they are whole.
#[derive(Debug)]
pub(super) struct Suspects {
    /// The files of each segment that was not yet read through.
    files: Mutex<HashMap<SegmentId, Vec<String>>>,
    /// The first file that is not what was written, and what is wrong with it.
    damaged: Mutex<Option<Damage>>,
}

impl CarefulMerging {
    /// Trusts no segment of `base`.
    pub(super) fn over(base: &IndexReader) -> (Self, Arc<Suspects>) {
        let directory = base.searcher().index().directory().clone();
        let (mut files, mut damaged) = (HashMap::new(), None);
        for reader in base.searcher().segment_readers() {
            let names = files_of(reader).into_iter().map(|(name, _)| name);
            // A list of removed paragraphs is small, and every further removal makes a new one of it.
            let (removals, parts): (Vec<_>, _) = names.partition(|name| name.ends_with(".del"));
            damaged = damaged.or_else(|| first_damaged(&directory, &removals));
            files.insert(reader.segment_id(), parts);
        }
        let suspects = Arc::new(Suspects {
            files: Mutex::new(files),
            damaged: Mutex::new(damaged),
        });
        let mut by_size = LogMergePolicy::default();
        by_size.set_del_docs_ratio_before_merge(0.2);
        let merging = Self {
            by_size,
            directory,
            suspects: Arc::clone(&suspects),
        };
        (merging, suspects)
    }

    /// Whether a segment may be merged: it is whole.
    fn is_whole(&self, segment: SegmentId) -> bool {
        let mut files = lock(&self.suspects.files);
        let Some(names) = files.get(&segment) else {
            return true;
        };
        match first_damaged(&self.directory, names) {
            Some(wrong) => {
                lock(&self.suspects.damaged).get_or_insert(wrong);
                false
            }
            None => {
                files.remove(&segment);
                true
            }
        }
    }
}

impl MergePolicy for CarefulMerging {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.by_size.compute_merge_candidates(segments);
        candidates.retain(|candidate| candidate.0.iter().all(|&segment| self.is_whole(segment)));
        candidates
    }
}

impl Suspects {
    /// # Errors
    /// When a segment was to be merged and is damaged.
    pub(super) fn verdict(&self) -> Result<(), IndexError> {
        match lock(&self.damaged).clone() {
            Some((file, wrong)) => Err(IndexError::DamagedFile { file, wrong }),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for CarefulMerging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CarefulMerging")
            .field("by_size", &self.by_size)
            .finish_non_exhaustive()
    }
}

fn first_damaged(directory: &ManagedDirectory, names: &[String]) -> Option<Damage> {
    names.iter().find_map(|name| match damage(directory, name) {
        Ok(None) => None,
        Ok(Some(wrong)) => Some((name.clone(), wrong)),
        Err(_) => Some((name.clone(), "it cannot be read")),
    })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
