//! Files that are not text: each to the reader of its format, guarded, or to a reason.

use super::layout::RawLine;
use super::{Format, Limits, ReadError, Reading, laid_out};
use crate::document::{Document, Given};

/// Reads a file of a binary format.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    format: Format,
    limits: &Limits,
) -> Result<Reading, ReadError> {
    one(path, format, lines(bytes, format, limits)?)
}

/// The raw lines of a file that is one document.
fn lines(bytes: &[u8], format: Format, limits: &Limits) -> Result<Vec<RawLine>, ReadError> {
    #[cfg(feature = "office")]
    {
        let owned = bytes.to_vec();
        let own_limits = limits.clone();
        match format {
            Format::Docx => {
                return super::guarded::guarded(format, limits, move || {
                    super::office::docx(&owned, &own_limits)
                });
            }
            Format::Doc => {
                return super::guarded::guarded(format, limits, move || super::office::doc(&owned));
            }
            _ => {}
        }
    }
    let _ = (bytes, limits);
    Err(ReadError::Unsupported { format })
}

/// One document of lines whose format fixes the encoding.
pub(super) fn one(path: &str, format: Format, lines: Vec<RawLine>) -> Result<Reading, ReadError> {
    let document = Document {
        path: path.to_owned(),
        format: format.name(),
        encoding: "UTF-8",
        replaced: 0,
        given: Given::default(),
        lines: laid_out(lines, format)?,
    };
    Ok(Reading {
        documents: vec![document],
        skipped: Vec::new(),
    })
}
