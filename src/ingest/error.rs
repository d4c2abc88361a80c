//! Why a run could not make the index equal to the folder. The old index stands.

use std::io;
use std::path::PathBuf;

use crate::index::IndexError;

/// Why a run ended without a new index. Files that cannot be read are no such reason: they are
/// skipped and reported.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The index could not be read or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Another process writes the index.
    #[error("the index {} is being written: {holder}\nhint: wait for it to end, then try again", folder.display())]
    Locked {
        /// The folder of the index.
        folder: PathBuf,
        /// Who holds the lock, and since when.
        holder: String,
    },
    /// Nothing was given, and nothing was given before.
    #[error("the index {} was never given a folder\nhint: `xianli-index update PATH` with the folder of your documents", index.display())]
    NoRoots {
        /// The folder of the index.
        index: PathBuf,
    },
    /// A file or folder to index is not there.
    #[error("{} does not exist\nhint: check the spelling of the path", path.display())]
    MissingRoot {
        /// The file or folder.
        path: PathBuf,
    },
    /// What was given to be indexed is a pipe, a socket or a device.
    #[error("{} is neither a file nor a folder\nhint: write what it gives into a file first", path.display())]
    NoFileOrFolder {
        /// What was given.
        path: PathBuf,
    },
    /// A folder that was indexed before is not there any more.
    #[error("{} is gone, its documents stay indexed\nhint: mount its disk, or remove its documents with `xianli-index update --prune`", path.display())]
    VanishedRoot {
        /// The file or folder.
        path: PathBuf,
    },
    /// A folder that was indexed before has nothing in it any more.
    #[error("{} is empty, its documents stay indexed\nhint: mount its disk, or remove its documents with `xianli-index update --prune`", path.display())]
    EmptiedRoot {
        /// The folder.
        path: PathBuf,
    },
    /// A file or folder to index cannot be looked at.
    #[error("cannot look at {}: {source}\nhint: check the permissions of the folders above it", path.display())]
    Root {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A metadata file that was given by name cannot be used.
    #[error("{}: {problem}\nhint: a table with a header row, as in `path,region,year`, or JSON lines", path.display())]
    Metadata {
        /// The file.
        path: PathBuf,
        /// Why not.
        problem: String,
    },
    /// A pattern of `--include` or `--exclude` is none.
    #[error("`{pattern}` is not a pattern: {reason}\nhint: `*.docx`, `drafts`, `2024/**/*.pdf`")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file to restore from is none.
    #[error("{} is no backup of an index\nhint: backups are written by `xianli-index backup FILE`", path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
    },
    /// A backup is not what was written.
    #[error("{} is damaged: {problem}\nhint: restore another backup, or build the index with `xianli-index update PATH`", path.display())]
    DamagedBackup {
        /// The file.
        path: PathBuf,
        /// The first thing that is wrong with it.
        problem: String,
    },
    /// The system does not tell about changes.
    #[error(
        "the folders cannot be watched: {reason}\nhint: raise fs.inotify.max_user_watches, or run `xianli-index update` from time to time"
    )]
    NotWatched {
        /// What the system said.
        reason: String,
    },
    /// The caller asked the run to end.
    #[error("stopped before the end; what was committed stays")]
    Stopped,
}
