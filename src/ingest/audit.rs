//! Files and folders to how each is read, without an index.

use std::path::{Path, PathBuf};

use super::beside::{Beside, is_metadata_file};
use super::pool::{Bounds, in_order};
use super::{IngestError, SkippedFile};
use crate::classify::{Labels, classify};
use crate::document::Document;
use crate::index::Resources;
use crate::read::{Limits, display_path, load_file, read_bytes, walk};

/// How a document was read, or why it was not.
#[derive(Debug)]
pub enum Audited<'a> {
    /// It was read and understood.
    Read(&'a Document, &'a Labels),
    /// It was passed over.
    Skipped(&'a SkippedFile),
}

/// What came out of one file.
type Found = (Vec<(Document, Labels)>, Vec<SkippedFile>);

/// Reads every file under `roots` as a run would, with the metadata files among them and those given
/// by name, and hands on what it found in the order of paths. Ends early when `take` fails.
///
/// # Errors
/// When a root is not there or a metadata file given by name cannot be used; and what `take` says.
pub fn audit<E: From<IngestError>>(
    roots: &[PathBuf],
    metadata: &[PathBuf],
    limits: &Limits,
    resources: Resources,
    take: &mut dyn FnMut(Audited<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut wrong = roots
        .iter()
        .filter(|root| !root.is_file() && !root.is_dir());
    if let Some(path) = wrong.next().cloned() {
        let error = if path.exists() {
            IngestError::NoFileOrFolder { path }
        } else {
            IngestError::MissingRoot { path }
        };
        return Err(error.into());
    }
    let walked = walk(roots);
    let states = |path: &&PathBuf| is_metadata_file(path) || metadata.contains(path);
    let stating: Vec<PathBuf> = walked
        .files
        .iter()
        .filter(|path| is_metadata_file(path))
        .cloned()
        .collect();
    let beside = Beside::of_folders(roots, metadata, &stating, limits)?;
    let listed = walked.skipped.iter().map(SkippedFile::from);
    for skipped in listed.chain(beside.problems().iter().cloned()) {
        take(Audited::Skipped(&skipped))?;
    }
    let files: Vec<&PathBuf> = walked.files.iter().filter(|path| !states(path)).collect();
    let bounds = Bounds {
        threads: resources.threads,
        weight: (resources.memory / 8) as u64,
    };
    let size = |file: &&PathBuf| std::fs::metadata(file).map_or(0, |file| file.len()) + 4096;
    in_order(
        &files,
        bounds,
        size,
        |file| read(file, &beside, limits),
        |_, (documents, skipped)| {
            for (document, labels) in &documents {
                take(Audited::Read(document, labels))?;
            }
            skipped
                .iter()
                .try_for_each(|skipped| take(Audited::Skipped(skipped)))
        },
    )
}

fn read(file: &Path, beside: &Beside, limits: &Limits) -> Found {
    let path = display_path(file);
    let read = load_file(file, limits).and_then(|bytes| read_bytes(&path, &bytes, limits));
    let mut reading = match read {
        Ok(reading) => reading,
        Err(reason) => {
            let reason = reason.to_string();
            return (Vec::new(), vec![SkippedFile { path, reason }]);
        }
    };
    beside.state(file, &mut reading.documents);
    let labelled = |document: Document| {
        let labels = classify(&document);
        (document, labels)
    };
    let documents = reading.documents.into_iter().map(labelled).collect();
    let skipped = reading.skipped.iter().map(SkippedFile::from).collect();
    (documents, skipped)
}
