//! The report of a run as it grows.

use std::collections::HashMap;
use std::path::Path;

use super::manifest::FileRow;
use super::report::{Observer, tell};
use super::{Change, Event, IngestError, SkippedFile, UpdateReport};
use crate::index::Commit;
use crate::read::display_path;

/// What a run has found so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    report: UpdateReport,
    /// How many files came and went, of each content.
    arrivals: HashMap<String, Arrivals>,
}

#[derive(Debug, Default)]
struct Arrivals {
    came: u64,
    went: u64,
}

impl Tally {
    /// A file, or a part of one, could not become a document.
    pub(super) fn skip(
        &mut self,
        skipped: &SkippedFile,
        observer: Observer<'_>,
    ) -> Result<(), IngestError> {
        tell(observer, Event::Skipped(skipped))?;
        self.report.skipped.push(skipped.clone());
        Ok(())
    }

    /// A file is as it was.
    pub(super) fn keep(&mut self, row: &FileRow) {
        self.report.unchanged += u64::from(!row.documents.is_empty());
    }

    /// A file may have changed from what one row says to what another says.
    pub(super) fn change(
        &mut self,
        file: &Path,
        old: Option<&FileRow>,
        new: Option<&FileRow>,
        observer: Observer<'_>,
    ) -> Result<(), IngestError> {
        let with_documents = |row: &&FileRow| !row.documents.is_empty();
        let change = match (old.filter(with_documents), new.filter(with_documents)) {
            (None, None) => return Ok(()),
            (None, Some(new)) => {
                self.report.added += 1;
                self.arrivals.entry(new.hash.clone()).or_default().came += 1;
                Change::Added
            }
            (Some(_), Some(_)) => {
                self.report.changed += 1;
                Change::Changed
            }
            (Some(old), None) => {
                self.report.removed += 1;
                self.arrivals.entry(old.hash.clone()).or_default().went += 1;
                Change::Removed
            }
        };
        let path = &display_path(file);
        tell(observer, Event::Differs { path, change })
    }

    /// The report: a file that came with the content of one that went was moved.
    pub(super) fn report(self, documents: u64, commit: &Commit) -> UpdateReport {
        let moved = |arrivals: &Arrivals| arrivals.came.min(arrivals.went);
        let moved: u64 = self.arrivals.values().map(moved).sum();
        UpdateReport {
            schema: 1,
            added: self.report.added - moved,
            removed: self.report.removed - moved,
            moved,
            documents,
            paragraphs: commit.paragraphs,
            bytes: commit.bytes,
            ..self.report
        }
    }
}
