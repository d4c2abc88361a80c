//! A PDF file with a text layer to pieces of text at places on its pages, through the pdf_oxide crate,
//! which knows the Chinese CMaps of fonts that are not embedded.
//!
//! A scanned PDF has no text and is reported as such.

use pdf_oxide::PdfDocument;
use pdf_oxide::error::Error;

use super::layout::RawLine;
use super::pages::{self, Piece};
use super::{Format, Limits, ReadError};

/// The lines of a PDF file, and how many pages it has.
pub(super) fn pdf(bytes: Vec<u8>, limits: &Limits) -> Result<(Vec<RawLine>, usize), ReadError> {
    let document = PdfDocument::from_bytes(bytes).map_err(|error| reason(&error))?;
    let count = document.page_count().map_err(|error| reason(&error))?;
    let mut found = Vec::new();
    let mut first_error = None;
    for page in 0..count.min(limits.pages) {
        match document.extract_text_lines(page) {
            Ok(lines) => found.push(lines.iter().map(piece).collect()),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    match first_error {
        Some(error) if found.is_empty() => Err(reason(&error)),
        _ => Ok((pages::lines(found), count)),
    }
}

/// A line of a page; in a PDF, y grows upwards.
fn piece(line: &pdf_oxide::layout::TextLine) -> Piece {
    Piece {
        left: line.bbox.x,
        right: line.bbox.x + line.bbox.width,
        base: -line.bbox.y,
        size: line.bbox.height,
        text: line.text.clone(),
    }
}

fn reason(error: &Error) -> ReadError {
    let format = Format::Pdf;
    match error {
        Error::EncryptedPdf => ReadError::Encrypted { format },
        error => ReadError::Broken {
            format,
            detail: error.to_string(),
        },
    }
}
