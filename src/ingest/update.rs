//! Files and folders to an index of exactly these.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::index::{IndexFolder, IndexWriter, Resources, document_id};
use crate::read::{Limits, Skipped, display_path, read_file, walk};

use super::report::Observer;
use super::{Event, IngestError, SkippedFile, UpdateReport, understand};

/// What a run may be told beside its files.
#[derive(Debug, Clone, Default)]
pub struct UpdateOptions {
    /// How much of the machine it may take.
    pub resources: Resources,
    /// How much one file may cost.
    pub limits: Limits,
}

/// Makes the index in `folder` equal to `roots`; without any, to those it was last given.
///
/// The new index is built beside the old one and takes its place in one step: whoever asks
/// meanwhile is answered from the old one.
///
/// # Errors
/// When a root does not exist or the index cannot be written; then the old index stands.
pub fn update(
    folder: &Path,
    roots: &[PathBuf],
    options: &UpdateOptions,
    observer: Observer<'_>,
) -> Result<UpdateReport, IngestError> {
    let folder = IndexFolder::new(folder);
    let roots = roots_of(&folder, roots)?;
    let generation = folder.new_generation()?;
    let mut writer = IndexWriter::create(&generation, options.resources)?;
    let found = walk(&roots);
    let mut report = UpdateReport {
        schema: 1,
        ..UpdateReport::default()
    };
    tell(
        observer,
        Event::Listed {
            files: found.files.len() as u64,
            bytes: found.files.iter().map(|file| size(file)).sum(),
        },
    )?;
    for skipped in &found.skipped {
        skip(SkippedFile::from(skipped), &mut report, observer)?;
    }
    let mut first_paths: HashMap<String, String> = HashMap::new();
    for file in &found.files {
        let path = display_path(file);
        match read_file(file, &options.limits) {
            Ok(reading) => {
                for skipped in &reading.skipped {
                    skip(SkippedFile::from(skipped), &mut report, observer)?;
                }
                for document in &reading.documents {
                    let id = document_id(document).unwrap_or_default();
                    if first_paths.insert(id, path.clone()).is_none() {
                        writer.add(document, &understand(document), &[])?;
                    }
                }
                report.added += 1;
            }
            Err(reason) => {
                let path = path.clone();
                let reason = reason.to_string();
                skip(SkippedFile { path, reason }, &mut report, observer)?;
            }
        }
        let bytes = size(file);
        tell(observer, Event::Read { path: &path, bytes })?;
    }
    tell(observer, Event::Writing)?;
    let commit = writer.commit(&remembered(&roots))?;
    writer.finish()?;
    folder.publish(&generation)?;
    (report.documents, report.paragraphs) = (commit.documents, commit.paragraphs);
    report.bytes = commit.bytes;
    Ok(report)
}

impl From<&Skipped> for SkippedFile {
    fn from(skipped: &Skipped) -> Self {
        Self {
            path: skipped.path.clone(),
            reason: skipped.reason.to_string(),
        }
    }
}

fn skip(
    skipped: SkippedFile,
    report: &mut UpdateReport,
    observer: Observer<'_>,
) -> Result<(), IngestError> {
    tell(observer, Event::Skipped(&skipped))?;
    report.skipped.push(skipped);
    Ok(())
}

fn tell(observer: Observer<'_>, event: Event<'_>) -> Result<(), IngestError> {
    match observer(event) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(IngestError::Stopped),
    }
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len())
}

/// The roots as absolute paths: those given, or else those of the last run.
fn roots_of(folder: &IndexFolder, given: &[PathBuf]) -> Result<Vec<PathBuf>, IngestError> {
    let roots = if given.is_empty() {
        remembered_in(folder)?
    } else {
        given.to_vec()
    };
    let absolute = |root: &PathBuf| {
        let missing = |_: io::Error| IngestError::MissingRoot { path: root.clone() };
        fs::canonicalize(root).map_err(missing)
    };
    roots.iter().map(absolute).collect()
}

/// The roots as the commit keeps them.
fn remembered(roots: &[PathBuf]) -> String {
    serde_json::to_string(roots).unwrap_or_default()
}

fn remembered_in(folder: &IndexFolder) -> Result<Vec<PathBuf>, IngestError> {
    let reader = crate::index::IndexReader::open(folder.root())?;
    match serde_json::from_str(&reader.commit().attachment) {
        Ok(roots) => Ok(roots),
        Err(_) => Err(IngestError::NoRoots {
            index: folder.root().to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexReader;

    #[test]
    fn a_run_indexes_the_folder_and_the_next_one_remembers_it() {
        let place = tempfile::tempdir().unwrap();
        let corpus = place.path().join("corpus");
        let index = place.path().join("index");
        fs::create_dir(&corpus).unwrap();
        fs::write(corpus.join("a.txt"), "一网通办全面推行。").unwrap();
        fs::write(corpus.join("b.txt"), "").unwrap();
        let run = |roots: &[PathBuf]| {
            let observer = &mut |_: Event<'_>| ControlFlow::Continue(());
            update(&index, roots, &UpdateOptions::default(), observer).unwrap()
        };
        let report = run(std::slice::from_ref(&corpus));
        assert_eq!((report.added, report.documents), (1, 1));
        assert_eq!(report.skipped[0].reason, "the file is empty");
        fs::write(corpus.join("c.txt"), "秒批秒报。").unwrap();
        assert_eq!(run(&[]).documents, 2);
        assert_eq!(
            IndexReader::open(&index)
                .unwrap()
                .documents()
                .unwrap()
                .len(),
            2
        );
    }
}
