//! Files that are not text: each to the reader of its format, guarded, or to a reason.

use super::layout::RawLine;
use super::{Format, Limits, ReadError, Reading, Skipped, laid_out};
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
    let (lines, pages) = lines(bytes, format, limits)?;
    let skipped = (pages > limits.pages).then(|| Skipped {
        path: path.to_owned(),
        reason: ReadError::TooManyPages {
            pages,
            limit: limits.pages,
        },
    });
    let document = Document {
        path: path.to_owned(),
        format: format.name(),
        encoding: "UTF-8",
        replaced: 0,
        given: Given::default(),
        beside: Vec::new(),
        lines: laid_out(lines, format)?,
    };
    Ok(Reading {
        documents: vec![document],
        skipped: skipped.into_iter().collect(),
    })
}

/// The raw lines of a file that is one document, and how many pages it has where that is known.
type Lines = (Vec<RawLine>, usize);

#[cfg(any(feature = "office", feature = "pdf"))]
fn lines(bytes: &[u8], format: Format, limits: &Limits) -> Result<Lines, ReadError> {
    type Reader = fn(Vec<u8>, &Limits) -> Result<Lines, ReadError>;
    let reader: Reader = match format {
        #[cfg(feature = "office")]
        Format::Docx => |bytes, limits| Ok((super::office::docx(&bytes, limits)?, 0)),
        #[cfg(feature = "office")]
        Format::Doc => |bytes, _| Ok((super::office::doc(&bytes)?, 0)),
        #[cfg(feature = "office")]
        Format::Rtf => |bytes, _| Ok((super::rtf::rtf(&bytes), 0)),
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
fn lines(_: &[u8], format: Format, _: &Limits) -> Result<Lines, ReadError> {
    Err(ReadError::Unsupported { format })
}
