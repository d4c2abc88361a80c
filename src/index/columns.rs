//! The columns of a segment that most questions look at, each opened once.
//!
//! Opening a column reads its description, which for one of a million paragraphs takes as long as a
//! small question. One process opens each at most once, when it is first looked at.

use std::sync::OnceLock;

use tantivy::SegmentReader;
use tantivy::columnar::Column;
use tantivy::fastfield::FastFieldReaders;

use super::error::IndexError;
use super::firsts::Firsts;

/// The columns of one segment, by the place of a paragraph in it. What each holds stands in the
/// table of fields.
pub struct Columns {
    columns: FastFieldReaders,
    keys: OnceLock<Column<u64>>,
    document_firsts: OnceLock<Firsts>,
    heading_firsts: OnceLock<Firsts>,
    sections: OnceLock<Column<u64>>,
    lines: OnceLock<Column<u64>>,
    says: OnceLock<Column<u64>>,
    years: OnceLock<Column<i64>>,
}

impl Columns {
    pub(super) fn of(segment: &SegmentReader) -> Self {
        Self {
            columns: segment.fast_fields().clone(),
            keys: OnceLock::new(),
            document_firsts: OnceLock::new(),
            heading_firsts: OnceLock::new(),
            sections: OnceLock::new(),
            lines: OnceLock::new(),
            says: OnceLock::new(),
            years: OnceLock::new(),
        }
    }

    /// `key`.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn keys(&self) -> Result<&Column<u64>, IndexError> {
        opened(&self.keys, || Ok(self.columns.u64("key")?))
    }

    /// The first paragraphs of documents, which have a `key`.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn document_firsts(&self) -> Result<&Firsts, IndexError> {
        opened(&self.document_firsts, || Firsts::of(self.keys()?))
    }

    /// The first paragraphs under their headings, which have an `under`.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn heading_firsts(&self) -> Result<&Firsts, IndexError> {
        opened(&self.heading_firsts, || {
            Firsts::of(&self.columns.u64("under")?)
        })
    }

    /// `section`.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn sections(&self) -> Result<&Column<u64>, IndexError> {
        opened(&self.sections, || Ok(self.columns.u64("section")?))
    }

    /// `line`.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn lines(&self) -> Result<&Column<u64>, IndexError> {
        opened(&self.lines, || Ok(self.columns.u64("line")?))
    }

    /// `says`.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn says(&self) -> Result<&Column<u64>, IndexError> {
        opened(&self.says, || Ok(self.columns.u64("says")?))
    }

    /// `year`.
    ///
    /// # Errors
    /// When the column is damaged.
    pub fn years(&self) -> Result<&Column<i64>, IndexError> {
        opened(&self.years, || Ok(self.columns.i64("year")?))
    }
}

fn opened<C>(
    column: &OnceLock<C>,
    open: impl FnOnce() -> Result<C, IndexError>,
) -> Result<&C, IndexError> {
    if let Some(opened) = column.get() {
        return Ok(opened);
    }
    let opened = open()?;
    Ok(column.get_or_init(|| opened))
}
