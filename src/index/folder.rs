//! Where an index lies on disk, and how a new one takes the place of an old one.
//!
//! ```text
//! DIR/CURRENT          one line: the name of the generation that answers
//! DIR/generation-7/    a whole tantivy index, and what its writer keeps beside it
//! DIR/generation-8/    perhaps one that is being built; nobody reads it yet
//! ```
//!
//! `CURRENT` is replaced by a rename, so a reader finds the old generation or the new one, never
//! half of either. A generation that was replaced is removed; whoever has it open keeps reading.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::error::IndexError;

const CURRENT: &str = "CURRENT";
/// tantivy's list of segments, with the payload of the commit.
pub const METAS: &str = "meta.json";
/// tantivy's list of the files that are its own.
pub const MANAGED: &str = ".managed.json";
const GENERATION: &str = "generation-";

/// The folder of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFolder {
    root: PathBuf,
}

impl IndexFolder {
    /// The index in this folder, which need not exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the generation that answers; `None` where there is none.
    ///
    /// # Errors
    /// When `CURRENT` is there but cannot be read.
    pub fn current(&self) -> Result<Option<PathBuf>, IndexError> {
        let path = self.root.join(CURRENT);
        match fs::read_to_string(&path) {
            Ok(name) => Ok(Some(self.root.join(name.trim()))),
            Err(error) if is_absent(&error) => Ok(None),
            Err(source) => Err(failed("read", path, source)),
        }
    }

    /// Makes an empty folder for a generation that nobody reads yet.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new_generation(&self) -> Result<PathBuf, IndexError> {
        let highest = self
            .generations()?
            .into_iter()
            .map(|(number, _)| number)
            .max();
        let path = self
            .root
            .join(format!("{GENERATION}{}", highest.unwrap_or(0) + 1));
        fs::create_dir_all(&path).map_err(|source| failed("create", path.clone(), source))?;
        Ok(path)
    }

    /// Lets `generation` answer from now on, and removes all others.
    ///
    /// # Errors
    /// When `CURRENT` cannot be replaced; then the old generation goes on answering. A generation
    /// that cannot be removed is left for the next run.
    pub fn publish(&self, generation: &Path) -> Result<(), IndexError> {
        let name = generation.file_name().unwrap_or_default();
        let line = format!("{}\n", name.to_string_lossy());
        replace_file(&self.root.join(CURRENT), line.as_bytes())?;
        self.sweep_all_but(&[generation])
    }

    /// The generations that do not answer, newest first: begun, and perhaps committed to, by runs
    /// that did not end.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn unpublished(&self) -> Result<Vec<PathBuf>, IndexError> {
        let current = self.current()?;
        let mut generations = self.generations()?;
        generations.sort();
        let paths = generations.into_iter().rev().map(|(_, path)| path);
        Ok(paths
            .filter(|path| Some(path) != current.as_ref())
            .collect())
    }

    /// Removes every generation but these: leftovers of runs that did not end.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn sweep_all_but(&self, keep: &[&Path]) -> Result<(), IndexError> {
        for (_, path) in self.generations()? {
            if !keep.contains(&path.as_path()) {
                // What another process holds open cannot be removed everywhere; it is tried again.
                let _ = fs::remove_dir_all(path);
            }
        }
        Ok(())
    }

    /// Removes from a generation what writers that were killed had begun and not put in its place.
    /// Only for who holds the lock of the index.
    pub fn sweep_unfinished(generation: &Path) {
        let unfinished = |name: &str| name.starts_with(".tmp") || name.ends_with(".new");
        for entry in fs::read_dir(generation).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(unfinished) {
                // What cannot be removed now is removed by the next run.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// The numbers and folders of all generations.
    fn generations(&self) -> Result<Vec<(u64, PathBuf)>, IndexError> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            Err(source) => return Err(failed("list", self.root.clone(), source)),
        };
        let number = |name: &str| name.strip_prefix(GENERATION)?.parse().ok();
        Ok(entries
            .filter_map(Result::ok)
            .filter_map(|entry| Some((number(entry.file_name().to_str()?)?, entry.path())))
            .collect())
    }
}

/// Replaces a file in one step: a reader finds the old bytes or the new ones.
///
/// # Errors
/// When the new bytes cannot be written beside the old ones, or not put in their place.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    replace_file_with(path, |file| file.write_all(bytes))
}

/// Replaces a file in one step with what is written piece by piece.
///
/// # Errors
/// As [`replace_file`].
pub fn replace_file_with<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
) -> Result<T, IndexError> {
    let beside = path.with_extension("new");
    let replace = || -> io::Result<T> {
        let mut file = BufWriter::new(File::create(&beside)?);
        let written = write(&mut file)?;
        file.into_inner()?.sync_all()?;
        fs::rename(&beside, path)?;
        sync_folder(path.parent().unwrap_or(Path::new(".")))?;
        Ok(written)
    };
    replace().map_err(|source| failed("write", path.to_owned(), source))
}

/// Makes renames in a folder last through a power cut, where the system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Whether a file is not there, whatever stands in the way of it.
fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

fn failed(attempt: &'static str, path: PathBuf, source: io::Error) -> IndexError {
    IndexError::File {
        attempt,
        path,
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_generation_answers_when_it_is_published_and_not_before() {
        let root = tempfile::tempdir().unwrap();
        let folder = IndexFolder::new(root.path().join("index"));
        assert_eq!(folder.current().unwrap(), None);
        let first = folder.new_generation().unwrap();
        assert_eq!(folder.current().unwrap(), None);
        folder.publish(&first).unwrap();
        let second = folder.new_generation().unwrap();
        assert_eq!(folder.current().unwrap(), Some(first));
        folder.publish(&second).unwrap();
        assert_eq!(folder.current().unwrap(), Some(second));
        assert_eq!(names(folder.root()), ["CURRENT", "generation-2"]);
    }

    #[test]
    fn what_a_killed_writer_had_begun_is_swept_away() {
        let root = tempfile::tempdir().unwrap();
        for name in [
            ".tmpa1B2c3",
            "manifest-4.new",
            "manifest-3.jsonl",
            "meta.json",
        ] {
            fs::write(root.path().join(name), "").unwrap();
        }
        IndexFolder::sweep_unfinished(root.path());
        assert_eq!(names(root.path()), ["manifest-3.jsonl", "meta.json"]);
    }
}
