//! Files to understood documents, on several threads, handed on in the order of the files.
//!
//! Comes in: files to look at, with what is known of them. Goes out, for each: that it is the same
//! after all, or what it says now, or why it cannot be read. Writes nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::SkippedFile;
use super::manifest::{About, DocumentRow, FileRow, hash_of};
use super::moment::nanoseconds;
use super::options::UpdateOptions;
use super::survey::{Found, Survey};
use crate::classify::{Labels, classify};
use crate::document::{Document, Metadata};
use crate::index::{document_digest, facts};
use crate::read::{ReadError, Reading, display_path, load_file, read_bytes};

/// A document, read and labelled.
#[derive(Debug)]
pub(super) struct Understood {
    pub(super) document: Document,
    pub(super) labels: Labels,
    /// Without its other paths.
    pub(super) facts: Metadata,
}

/// What has become of a file.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Its content is what it was; only its row has changed, if anything.
    Same(FileRow),
    /// Its content was read; a file of which nothing could be read has no documents and says why.
    Read(FileRow, Vec<Understood>),
    /// It could not be opened, which may be otherwise tomorrow.
    Unreadable(SkippedFile),
    /// It is no longer there.
    Gone,
}

/// Looks at one file, of which `known` was true the last time.
pub(super) fn look_at(
    found: &Found,
    known: Option<&FileRow>,
    survey: &Survey,
    options: &UpdateOptions,
) -> Outcome {
    let circumstances = survey.circumstances(&found.path, &options.limits);
    let bytes = match load_file(&found.path, &options.limits) {
        Ok(bytes) => bytes,
        Err(ReadError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            return Outcome::Gone;
        }
        Err(error @ ReadError::Io(_)) => return Outcome::Unreadable(skipped(&found.path, &error)),
        Err(error) => return Outcome::Read(failed(found, circumstances, &error, options), vec![]),
    };
    let row = FileRow {
        size: bytes.len() as u64,
        modified: trusted(found, options),
        hash: hash_of(&bytes),
        circumstances,
        documents: Vec::new(),
        skipped: Vec::new(),
    };
    let known = known.filter(|known| known.hash == row.hash);
    let as_before =
        |known: &&FileRow| known.circumstances == row.circumstances && known.is_described();
    if let Some(known) = known.filter(as_before) {
        return Outcome::Same(FileRow {
            documents: known.documents.clone(),
            skipped: known.skipped.clone(),
            ..row
        });
    }
    let (understood, row) = match read(&found.path, &bytes, survey, options) {
        Ok((understood, skipped)) => {
            let documents = understood.iter().map(|each| row_of(each, &found.path));
            let documents = documents.collect();
            (
                understood,
                FileRow {
                    documents,
                    skipped,
                    ..row
                },
            )
        }
        Err(reason) => {
            let skipped = vec![skipped(&found.path, &reason)];
            (Vec::new(), FileRow { skipped, ..row })
        }
    };
    match known {
        Some(known) if known.documents == row.documents && known.skipped == row.skipped => {
            Outcome::Same(row)
        }
        _ => Outcome::Read(row, understood),
    }
}

/// Reads and labels the documents of a file again; none where it cannot be read now.
pub(super) fn look_again(file: &Path, survey: &Survey, options: &UpdateOptions) -> Vec<Understood> {
    let Ok(bytes) = load_file(file, &options.limits) else {
        return Vec::new();
    };
    let read = read(file, &bytes, survey, options);
    read.map_or_else(|_| Vec::new(), |(documents, _)| documents)
}

/// Reads and labels the documents of a file; also gives what of it could not become a document.
/// Whatever goes wrong in reading it is no reason to end a run.
fn read(
    file: &Path,
    bytes: &[u8],
    survey: &Survey,
    options: &UpdateOptions,
) -> Result<(Vec<Understood>, Vec<SkippedFile>), String> {
    let read = AssertUnwindSafe(|| {
        let mut reading = read_bytes(&display_path(file), bytes, &options.limits)?;
        survey.beside.state(file, &mut reading.documents);
        Ok::<_, ReadError>(understood(reading))
    });
    match catch_unwind(read) {
        Ok(Ok(understood)) => Ok(understood),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("its reader gave up on it".to_owned()),
    }
}

fn understood(reading: Reading) -> (Vec<Understood>, Vec<SkippedFile>) {
    let mut skipped: Vec<_> = reading.skipped.iter().map(SkippedFile::from).collect();
    let mut documents = Vec::with_capacity(reading.documents.len());
    for document in reading.documents {
        let labels = classify(&document);
        match facts(&document, &labels) {
            Some(facts) => documents.push(Understood {
                document,
                labels,
                facts,
            }),
            None => skipped.push(SkippedFile {
                path: document.path,
                reason: "no text but page furniture".to_owned(),
            }),
        }
    }
    (documents, skipped)
}

fn row_of(understood: &Understood, file: &Path) -> DocumentRow {
    let Understood {
        document,
        labels,
        facts,
    } = understood;
    DocumentRow {
        id: facts.id.clone(),
        digest: document_digest(document, labels, facts),
        path: (document.path != display_path(file)).then(|| document.path.clone()),
        about: Some(about(document, labels)),
    }
}

fn about(document: &Document, labels: &Labels) -> About {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    About {
        format: document.format.to_owned(),
        encoding: document.encoding.to_owned(),
        replaced: document.replaced as u64,
        missing: owned(labels.missing()),
        guessed: owned(labels.guessed()),
        conflicts: labels.conflicts.len() as u64,
    }
}

fn skipped(file: &Path, reason: &impl ToString) -> SkippedFile {
    SkippedFile {
        path: display_path(file),
        reason: reason.to_string(),
    }
}

/// The row of a file that is not even loaded.
fn failed(
    found: &Found,
    circumstances: String,
    reason: &impl ToString,
    options: &UpdateOptions,
) -> FileRow {
    FileRow {
        size: found.size,
        modified: trusted(found, options),
        hash: String::new(),
        circumstances,
        documents: Vec::new(),
        skipped: vec![skipped(&found.path, reason)],
    }
}

/// The time of a file, where it will tell whether the file has been changed after this run read it.
///
/// A file that is changed twice within one tick of the clock that stamps it has the same time after
/// both. So a time that is not clearly before the run is not relied on; the next run reads the file
/// again. Stamps of whole seconds come from file systems that keep no more, or two seconds only.
fn trusted(found: &Found, options: &UpdateOptions) -> Option<i64> {
    const TICK: i64 = 20_000_000;
    const COARSE_TICK: i64 = 2_000_000_000;
    let whole_seconds = found.modified % 1_000_000_000 == 0;
    let tick = if whole_seconds { COARSE_TICK } else { TICK };
    let clearly_before = nanoseconds(options.now).saturating_sub(tick);
    let unchanged_since = || Found::at(&found.path).is_ok_and(|now| now == *found);
    (found.modified < clearly_before && unchanged_since()).then_some(found.modified)
}
