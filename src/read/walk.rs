//! Files and folders to the list of files in them, in an order that is always the same.
//!
//! What cannot be listed is reported beside the files and never stops the walk. Hidden files and the
//! lock files of office programs are passed over without a word.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{ReadError, Skipped};

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, sorted by path, each once.
    pub files: Vec<PathBuf>,
    /// What could not be listed, and why.
    pub skipped: Vec<Skipped>,
}

/// Lists the files under `roots`, each a file or a folder. Links are followed, loops are reported.
pub fn walk<P: AsRef<Path>>(roots: &[P]) -> Walk {
    let mut found = Walk::default();
    for root in roots {
        let entries = WalkDir::new(root)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_file() => found.files.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => found.skipped.push(skipped(root.as_ref(), error)),
            }
        }
    }
    found.files.sort();
    found.files.dedup();
    found
}

/// A path as it is shown and stored: `/`-separated, bytes that are not UTF-8 as U+FFFD.
pub fn display_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db"
}

fn skipped(root: &Path, error: walkdir::Error) -> Skipped {
    let path = display_path(error.path().unwrap_or(root));
    let reason = match error.loop_ancestor() {
        Some(ancestor) => ReadError::Loop {
            ancestor: display_path(ancestor),
        },
        None => ReadError::Io(error.into()),
    };
    Skipped { path, reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_come_sorted_and_once_and_hidden_ones_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("乙")).unwrap();
        for name in ["b.txt", "乙/二 零.txt", ".hidden", "~$lock.docx", "a.txt"] {
            fs::write(folder.path().join(name), "文").unwrap();
        }
        let walk = walk(&[folder.path().to_path_buf(), folder.path().join("a.txt")]);
        let names: Vec<_> = walk
            .files
            .iter()
            .map(|path| display_path(path.strip_prefix(folder.path()).unwrap()))
            .collect();
        assert_eq!(names, ["a.txt", "b.txt", "乙/二 零.txt"]);
        assert!(walk.skipped.is_empty());
    }

    #[test]
    fn a_missing_root_is_reported_and_the_others_are_walked() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "文").unwrap();
        let walk = walk(&[folder.path().join("none"), folder.path().to_path_buf()]);
        assert_eq!(walk.files.len(), 1);
        assert!(walk.skipped[0].path.ends_with("/none"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_loops_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "文").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let walk = walk(&[folder.path()]);
        assert_eq!(walk.files.len(), 1);
        assert!(matches!(walk.skipped[0].reason, ReadError::Loop { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf8_is_listed() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"\xb9\xab\xb8\xe6.txt");
        fs::write(folder.path().join(name), "文").unwrap();
        assert_eq!(walk(&[folder.path()]).files.len(), 1);
    }
}
