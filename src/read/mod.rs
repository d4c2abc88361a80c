//! One file to its [`Document`]s: walk, decode, formats, layout of headings.
//!
//! In come bytes and the name they were found under; out come documents whose lines have a kind, a
//! level and a heading path. The format is decided by the content, never by the name alone. Odd
//! text never fails; only having no text does. Knows nothing of regions, of years, or of the index.

#[cfg(feature = "office")]
mod archive;
mod binary;
mod decode;
mod error;
mod format;
#[cfg(any(feature = "office", feature = "pdf"))]
mod guarded;
mod html;
mod jsonl;
mod layout;
mod markdown;
mod mend;
#[cfg(feature = "office")]
mod office;
#[cfg(feature = "office")]
mod ofd;
#[cfg(any(feature = "office", feature = "pdf"))]
mod pages;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod rows;
#[cfg(feature = "office")]
mod rtf;
mod table;
mod walk;
#[cfg(feature = "office")]
mod zipped;

pub use error::{ReadError, Skipped};
pub use format::Format;
pub use rows::{At, Cell, Row, Rows, rows};
pub use walk::{Walk, display_path, walk};

use std::fs;
use std::path::Path;

use crate::document::{Document, Given};
use decode::Decoded;
use layout::RawLine;

/// How much one file may cost before it is given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is opened, in bytes; files of JSON lines may be sixteen times larger.
    pub file_bytes: u64,
    /// The most that the members of one archive may unfold to, in bytes.
    pub unpacked_bytes: u64,
    /// The most members of one archive that are read.
    pub members: usize,
    /// The most pages of one file that are read.
    pub pages: usize,
    /// How long a reader of a binary format may take with one file, in seconds.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 128 << 20,
            unpacked_bytes: 512 << 20,
            members: 20_000,
            pages: 5_000,
            seconds: 120,
        }
    }
}

/// What came out of one file.
#[derive(Debug, Default)]
pub struct Reading {
    /// The documents, in the order of the file: one for most formats.
    pub documents: Vec<Document>,
    /// The parts of the file that could not be read while others could.
    pub skipped: Vec<Skipped>,
}

/// Reads the file at `path`; its documents carry `path` as it was given.
///
/// # Errors
///
/// When nothing of the file can be read; see [`ReadError`].
pub fn read_file(path: &Path, limits: &Limits) -> Result<Reading, ReadError> {
    read_bytes(&display_path(path), &load_file(path, limits)?, limits)
}

/// The bytes of the file at `path`, for whoever needs them for more than reading.
///
/// # Errors
///
/// When it is no file, cannot be opened or is larger than the limit.
pub fn load_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(ReadError::NotAFile);
    }
    let size = metadata.len();
    let lines_of_json = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("jsonl") || end.eq_ignore_ascii_case("ndjson"));
    let limit = if lines_of_json {
        limits.file_bytes.saturating_mul(16)
    } else {
        limits.file_bytes
    };
    if size > limit {
        return Err(ReadError::TooLarge { bytes: size, limit });
    }
    Ok(fs::read(path)?)
}

/// Reads a file that is already in memory; `path` is the name that its documents will carry.
///
/// ```
/// use xianli::read::{Limits, read_bytes};
/// let text = "某局2021年工作总结\n一、工作成效\n（一）数字政府。办件量增长两成。\n".as_bytes();
/// let reading = read_bytes("a.txt", text, &Limits::default())?;
/// let last = reading.documents[0].lines.last().expect("the file has lines");
/// assert_eq!(last.text, "办件量增长两成。");
/// assert_eq!(last.path, ["一、工作成效", "（一）数字政府"]);
/// # Ok::<(), xianli::read::ReadError>(())
/// ```
///
/// # Errors
///
/// When nothing of the file can be read; see [`ReadError`].
pub fn read_bytes(path: &str, bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    read_at(path, bytes, limits, 0)
}

/// Reads a file that lies this deep in archives.
fn read_at(path: &str, bytes: &[u8], limits: &Limits, depth: usize) -> Result<Reading, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    match format::of_bytes(bytes) {
        Some(format) => binary::read(path, bytes, format, limits, depth),
        None => read_text(path, &decode::decode(bytes)?),
    }
}

/// Reads what turned out to be text of some kind.
fn read_text(path: &str, decoded: &Decoded) -> Result<Reading, ReadError> {
    let format = format::of_text(path, &decoded.text);
    let (given, lines) = match format {
        Format::JsonLines => return jsonl::read(path, decoded),
        Format::Markdown => markdown::read(&decoded.text),
        Format::Html => html::read(&decoded.text),
        #[cfg(feature = "office")]
        Format::WordXml => (Given::default(), office::word_xml(&decoded.text)?),
        Format::Text => (Given::default(), mend::mend(plain::lines(&decoded.text))),
        other => return Err(ReadError::Unsupported { format: other }),
    };
    let document = Document {
        path: path.to_owned(),
        format: format.name(),
        encoding: decoded.encoding,
        replaced: decoded.replaced,
        given,
        beside: Vec::new(),
        lines: laid_out(lines, format)?,
    };
    Ok(Reading {
        documents: vec![document],
        skipped: Vec::new(),
    })
}

/// Lays lines out, or says that there is no text among them.
fn laid_out(lines: Vec<RawLine>, format: Format) -> Result<Vec<crate::document::Line>, ReadError> {
    let lines = layout::lay_out(lines);
    if lines.is_empty() {
        return Err(ReadError::NoText { format });
    }
    Ok(lines)
}
