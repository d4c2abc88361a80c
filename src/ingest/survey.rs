//! What lies under the roots now: every file with its size and time, nothing opened.

use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::{Attachment, Manifest};
use super::moment::nanoseconds;
use super::options::{UpdateOptions, Vanished};
use super::selection::{Selection, Selector};
use super::{Beside, IngestError, METADATA_FILES, SkippedFile, is_metadata_file};
use crate::read::{Limits, display_path, walk};

/// What was found.
#[derive(Debug)]
pub(super) struct Survey {
    /// The files and folders that were given, absolute.
    pub(super) roots: Vec<PathBuf>,
    /// What was chosen of them.
    pub(super) selection: Selection,
    /// The metadata files that were given by name, absolute.
    pub(super) metadata: Vec<PathBuf>,
    /// What these and the metadata files of the folders state.
    pub(super) beside: Beside,
    /// The files, in the order of their paths.
    pub(super) files: Vec<Found>,
    /// Files that have gone, but are to stay in the index: their folder cannot be listed now.
    pub(super) out_of_sight: Vec<PathBuf>,
    /// What could not be listed.
    pub(super) skipped: Vec<SkippedFile>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) size: u64,
    /// Nanoseconds since 1970.
    pub(super) modified: i64,
}

impl Found {
    /// What a file is like now.
    pub(super) fn at(path: &Path) -> std::io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self {
            path: path.to_owned(),
            size: metadata.len(),
            modified: metadata.modified().map_or(i64::MAX, nanoseconds),
        })
    }
}

impl Survey {
    /// A digest of all beside the bytes of a file that decides what it gives; see
    /// [`FileRow::circumstances`](super::manifest::FileRow).
    pub(super) fn circumstances(&self, file: &Path, limits: &Limits) -> String {
        let mut digest = self.beside.digest(file);
        if *limits != Limits::default() {
            digest += &format!("{limits:?}");
        }
        digest
    }

    /// Looks at what was given, or else at what was given the last time.
    ///
    /// # Errors
    /// When a root is not there, or has nothing in it any more.
    pub(super) fn of(
        folder: &Path,
        given: &[PathBuf],
        options: &UpdateOptions,
        before: &Attachment,
        manifest: &Manifest,
    ) -> Result<Self, IngestError> {
        let last = before.roots();
        let (roots, selection, metadata) = asked(folder, given, options, before)?;
        let present = present(&roots, &last, options.vanished, manifest)?;
        let selector = Selector::new(&selection)?;
        let walked = walk(&present);
        let indexes = [fs::canonicalize(folder), std::path::absolute(folder)];
        let outside = |path: &&PathBuf| {
            let mut indexes = indexes.iter().flatten();
            !indexes.any(|index| path.starts_with(index))
        };
        let inside = |path: &Path, takes: &dyn Fn(&Path) -> bool| {
            let within = |root: &PathBuf| path.strip_prefix(root).is_ok_and(takes);
            present.iter().any(within)
        };
        let states = |path: &&PathBuf| is_metadata_file(path) || metadata.contains(path);
        let taken = |path: &&PathBuf| {
            !states(path) && outside(path) && inside(path, &|path| selector.takes(path))
        };
        let stating = metadata_files(&walked.files, &present)
            .into_iter()
            .filter(|path| {
                !metadata.contains(path)
                    && outside(&path)
                    && inside(path, &|path| !selector.excludes(path))
            });
        let stating: Vec<PathBuf> = stating.collect();
        let beside = Beside::of_folders(&present, &metadata, &stating, &options.limits)?;
        let mut survey = Self {
            roots,
            selection,
            metadata: metadata.clone(),
            beside,
            files: Vec::with_capacity(walked.files.len()),
            out_of_sight: Vec::new(),
            skipped: walked.skipped.iter().map(SkippedFile::from).collect(),
        };
        survey
            .skipped
            .extend(survey.beside.problems().iter().cloned());
        // What lies under two roots is looked at twice.
        survey.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        survey.skipped.dedup();
        for path in walked.files.iter().filter(taken) {
            match Found::at(path) {
                Ok(found) => survey.files.push(found),
                // Gone since it was listed: as if it had never been.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => survey.skipped.push(SkippedFile {
                    path: display_path(path),
                    reason: format!("cannot be read: {error}"),
                }),
            }
        }
        if options.vanished == Vanished::Refused {
            survey.out_of_sight = out_of_sight(&survey, manifest);
        }
        Ok(survey)
    }
}

/// What was given, or else was given the last time: roots, what is chosen of them, metadata files.
type Asked = (Vec<PathBuf>, Selection, Vec<PathBuf>);

fn asked(
    folder: &Path,
    given: &[PathBuf],
    options: &UpdateOptions,
    before: &Attachment,
) -> Result<Asked, IngestError> {
    let absolutes = |paths: &[PathBuf]| -> Result<Vec<PathBuf>, _> {
        paths.iter().map(|path| absolute(path)).collect()
    };
    let metadata = options.metadata.as_deref().map(absolutes).transpose()?;
    if !given.is_empty() {
        let selection = options.selection.clone().unwrap_or_default();
        return Ok((absolutes(given)?, selection, metadata.unwrap_or_default()));
    }
    let last = before.roots();
    if last.is_empty() {
        let index = folder.to_owned();
        return Err(IngestError::NoRoots { index });
    }
    let selection = options.selection.as_ref().unwrap_or(&before.selection);
    let metadata = metadata.unwrap_or_else(|| before.metadata());
    Ok((last, selection.clone(), metadata))
}

/// The metadata files among these, and those in the folders of roots that are files.
fn metadata_files(files: &[PathBuf], roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = files
        .iter()
        .filter(|path| is_metadata_file(path))
        .cloned()
        .collect();
    let of_files = roots.iter().filter(|root| root.is_file());
    let beside = of_files
        .filter_map(|root| root.parent())
        .flat_map(|folder| METADATA_FILES.map(|name| folder.join(name)));
    found.extend(beside.filter(|path| path.is_file()));
    found.sort();
    found.dedup();
    found
}

/// The roots that are there. One that was there the last time and is not, or is empty now, may be a
/// disk that is not mounted: that is an error unless it is to be pruned.
fn present(
    roots: &[PathBuf],
    last: &[PathBuf],
    vanished: Vanished,
    manifest: &Manifest,
) -> Result<Vec<PathBuf>, IngestError> {
    let mut present = Vec::new();
    for root in roots {
        let known = last.contains(root) && manifest.files.keys().any(|file| file.starts_with(root));
        let empty = fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_none());
        match fs::metadata(root) {
            Ok(found) if !found.is_file() && !found.is_dir() => {
                return Err(IngestError::NoFileOrFolder { path: root.clone() });
            }
            Ok(_) if !(known && empty) => present.push(root.clone()),
            Ok(_) if vanished == Vanished::Pruned => present.push(root.clone()),
            Ok(_) => return Err(IngestError::EmptiedRoot { path: root.clone() }),
            Err(_) if known && vanished == Vanished::Pruned => {}
            Err(_) if known => return Err(IngestError::VanishedRoot { path: root.clone() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(IngestError::MissingRoot { path: root.clone() });
            }
            Err(source) => {
                let path = root.clone();
                return Err(IngestError::Root { path, source });
            }
        }
    }
    Ok(present)
}

/// The files of the last run that lie under something that cannot be looked at now.
fn out_of_sight(survey: &Survey, manifest: &Manifest) -> Vec<PathBuf> {
    if survey.skipped.is_empty() {
        return Vec::new();
    }
    let hidden = |file: &&PathBuf| {
        let path = display_path(file);
        survey.skipped.iter().any(|skipped| {
            let rest = path.strip_prefix(&skipped.path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let found = |file: &&PathBuf| {
        let same = |found: &Found| found.path.cmp(file);
        survey.files.binary_search_by(same).is_ok()
    };
    let files = manifest.files.keys();
    files
        .filter(|file| hidden(file) && !found(file))
        .cloned()
        .collect()
}

/// A root as it is remembered: from any folder the same.
fn absolute(root: &Path) -> Result<PathBuf, IngestError> {
    let climbs = root
        .components()
        .any(|part| part == std::path::Component::ParentDir);
    let absolute = if climbs {
        fs::canonicalize(root)
    } else {
        std::path::absolute(root)
    };
    absolute.map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => IngestError::MissingRoot {
            path: root.to_owned(),
        },
        _ => IngestError::Root {
            path: root.to_owned(),
            source,
        },
    })
}
