//! Files that are not text: each to the reader of its format, guarded, or to a reason.

use super::layout::RawLine;
use super::{Format, Limits, ReadError, Reading, laid_out};
use crate::document::{Document, Given};

/// Reads a file of a binary format that lies this deep in archives.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    format: Format,
    limits: &Limits,
    depth: usize,
) -> Result<Reading, ReadError> {
    #[cfg(feature = "office")]
    if format == Format::Zip {
        return super::zipped::read(path, bytes, limits, depth);
    }
    let _ = depth;
    let document = Document {
        path: path.to_owned(),
        format: format.name(),
        encoding: "UTF-8",
        replaced: 0,
        given: Given::default(),
        beside: Vec::new(),
        lines: laid_out(lines(bytes, format, limits)?, format)?,
    };
    Ok(Reading {
        documents: vec![document],
        skipped: Vec::new(),
    })
}

/// The raw lines of a file that is one document.
#[cfg(any(feature = "office", feature = "pdf"))]
fn lines(bytes: &[u8], format: Format, limits: &Limits) -> Result<Vec<RawLine>, ReadError> {
    type Reader = fn(Vec<u8>, &Limits) -> Result<Vec<RawLine>, ReadError>;
    let reader: Reader = match format {
        #[cfg(feature = "office")]
        Format::Docx => |bytes, limits| super::office::docx(&bytes, limits),
        #[cfg(feature = "office")]
        Format::Doc => |bytes, _| super::office::doc(&bytes),
        #[cfg(feature = "office")]
        Format::Rtf => |bytes, _| Ok(super::rtf::rtf(&bytes)),
        #[cfg(feature = "office")]
        Format::Ofd => |bytes, limits| super::ofd::ofd(&bytes, limits),
        #[cfg(feature = "pdf")]
        Format::Pdf => |bytes, limits| super::pdf::pdf(bytes, limits),
        _ => return Err(ReadError::Unsupported { format }),
    };
    let (bytes, own_limits) = (bytes.to_vec(), limits.clone());
    super::guarded::guarded(format, limits, move || reader(bytes, &own_limits))
}

#[cfg(not(any(feature = "office", feature = "pdf")))]
fn lines(_: &[u8], format: Format, _: &Limits) -> Result<Vec<RawLine>, ReadError> {
    Err(ReadError::Unsupported { format })
}
