//! Why a run could not make the index equal to the folder. The old index stands.

use std::path::PathBuf;

use crate::index::IndexError;

/// Why a run ended without a new index. Files that cannot be read are no such reason: they are
/// skipped and reported.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The index could not be read or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Nothing was given, and nothing was given before.
    #[error("the index {} was never given a folder\nhint: `xianli-index update PATH` with the folder of your documents", index.display())]
    NoRoots {
        /// The folder of the index.
        index: PathBuf,
    },
    /// A file or folder to index is not there.
    #[error("{} does not exist\nhint: check the path, or the disk that it should be on", path.display())]
    MissingRoot {
        /// The file or folder.
        path: PathBuf,
    },
    /// The caller asked the run to end.
    #[error("stopped before the end; what was committed stays")]
    Stopped,
}
