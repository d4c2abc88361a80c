//! Why an index could not be opened, read or written, each with what to type.

use std::io;
use std::path::PathBuf;

use super::freshness::Freshness;

/// Why an index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index, or none that this program can answer from.
    #[error("{}", freshness.sentence(folder))]
    NotCurrent {
        /// The folder of the index.
        folder: PathBuf,
        /// What it is instead.
        freshness: Freshness,
    },
    /// A file of the index cannot be read or written.
    #[error("cannot {attempt} {}: {source}{}", path.display(), hint(source))]
    File {
        /// What was tried: `read`, `write`, …
        attempt: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// tantivy could not do what it was asked.
    #[error("the index failed: {}", failure(.0))]
    Tantivy(#[from] tantivy::TantivyError),
    /// A file of the index is not what was written.
    #[error(
        "the file {file} is damaged: {wrong}\nhint: build the index anew with `xianli-index update --rebuild`"
    )]
    DamagedFile {
        /// The name of the file, in the folder of the index's generation.
        file: String,
        /// What is wrong with it.
        wrong: &'static str,
    },
    /// A stored paragraph does not have what every paragraph has.
    #[error(
        "the index is damaged: {what}\nhint: `xianli-index check` says where, `xianli-index update --rebuild` builds it anew"
    )]
    Damaged {
        /// What is missing or wrong.
        what: &'static str,
    },
}

/// What to type against an error of the system. tantivy wraps some in others, which hides their
/// kind but not their words.
fn hint(error: &io::Error) -> &'static str {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let words = error.to_string();
    let says = |kind, code: &str| error.kind() == kind || words.contains(code);
    if says(StorageFull, "(os error 28)") || says(QuotaExceeded, "(os error 122)") {
        "\nhint: free some space, or choose another disk with `--index DIR`"
    } else if says(PermissionDenied, "(os error 13)") || says(ReadOnlyFilesystem, "(os error 30)") {
        "\nhint: make the folder writable, or choose another with `--index DIR`"
    } else {
        ""
    }
}

/// What to type where the system is not to blame.
const CHECK: &str = "\nhint: `xianli-index check` says whether the index is whole, `xianli-index update --rebuild` builds it anew";

/// tantivy's failures in one line, without the names of its types where the system is to blame.
fn failure(error: &tantivy::TantivyError) -> String {
    use tantivy::TantivyError::{IoError, OpenWriteError};
    use tantivy::directory::error::OpenWriteError as Write;
    let told = match error {
        IoError(source)
        | OpenWriteError(Write::IoError {
            io_error: source, ..
        }) => {
            format!("{source}{}", hint(source))
        }
        other => other.to_string(),
    };
    if told.contains("\nhint: ") {
        told
    } else {
        format!("{told}{CHECK}")
    }
}
