//! Why a file, or a part of one, could not become a document.

use super::Format;

/// Why one file could not become a document. A run skips it, reports this, and goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The system did not let the file be read.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A pipe, a socket or a device. It is never opened: it may have no end.
    #[error("neither a file nor a folder")]
    NotAFile,
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file was understood, but no text stands in it: a scan, a drawing, white space.
    #[error("no text in this {format} file")]
    NoText {
        /// The format that was looked for text.
        format: Format,
    },
    /// The format is known but not read.
    #[error("{format} files are not read")]
    Unsupported {
        /// The format that the content shows.
        format: Format,
    },
    /// The bytes are no text and no known format. `at` is the offset of the first byte that is not.
    #[error("neither text nor a known format (byte {at})")]
    NotText {
        /// A byte offset.
        at: usize,
    },
    /// The archive holds more files than the limit.
    #[error("{files} files in it, more than the limit of {limit}")]
    TooMany {
        /// How many files the archive holds.
        files: usize,
        /// The limit in force.
        limit: usize,
    },
    /// The file has more pages than the limit; those up to the limit were read.
    #[error("{pages} pages in it, more than the limit of {limit}; the others are not read")]
    TooManyPages {
        /// How many pages the file has.
        pages: usize,
        /// The limit in force.
        limit: usize,
    },
    /// The file, or what it unfolds to, is larger than the limit.
    #[error("{bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// The size found, in bytes.
        bytes: u64,
        /// The limit in force, in bytes.
        limit: u64,
    },
    /// The format is right, but the content does not follow it.
    #[error("broken {format} file: {detail}")]
    Broken {
        /// The format that the content shows.
        format: Format,
        /// What its reader said.
        detail: String,
    },
    /// The reader of the format did not come to an end in time.
    #[error("not read within {seconds} seconds")]
    TooSlow {
        /// The limit in force, in seconds.
        seconds: u64,
    },
    /// The file cannot be opened without a password.
    #[error("this {format} file is encrypted")]
    Encrypted {
        /// The format that the content shows.
        format: Format,
    },
    /// A link or a folder leads back to itself.
    #[error("a loop: leads back to {ancestor}")]
    Loop {
        /// The folder that it leads back to.
        ancestor: String,
    },
}

/// A file, or a part of one, that was passed over.
#[derive(Debug)]
pub struct Skipped {
    /// The path as it was given; a part of a file is named after it: `corpus.jsonl:17`.
    pub path: String,
    /// Why.
    pub reason: ReadError,
}
