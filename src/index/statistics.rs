//! The counts that scores are made of, over the paragraphs that are there and no others.
//!
//! tantivy counts removed paragraphs until their segment is merged. An updated index must score as
//! a rebuilt one does, so these counts leave them out.

use tantivy::postings::TermInfo;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

use super::reader::IndexReader;

/// The statistics of one commit.
#[derive(Clone, Copy)]
pub struct Statistics<'r> {
    reader: &'r IndexReader,
}

impl<'r> Statistics<'r> {
    pub(super) fn new(reader: &'r IndexReader) -> Self {
        Self { reader }
    }

    /// How many texts a field has: a title for each document, headings once for all paragraphs
    /// under them, everything else for each paragraph.
    pub fn texts(&self, field: Field) -> u64 {
        let fields = self.reader.fields();
        let commit = self.reader.commit();
        if field == fields.title {
            commit.documents
        } else if field == fields.headings {
            commit.sections
        } else {
            commit.paragraphs
        }
    }

    /// Where the postings of a term lie in each segment.
    ///
    /// # Errors
    /// When a dictionary cannot be read.
    pub fn places(&self, term: &Term) -> tantivy::Result<Vec<Option<TermInfo>>> {
        let segments = self.reader.searcher().segment_readers().iter();
        segments
            .map(|segment| Ok(segment.inverted_index(term.field())?.get_term_info(term)?))
            .collect()
    }

    /// How many texts of a field have the term that lies at these places of each segment.
    ///
    /// # Errors
    /// When postings cannot be read.
    pub fn frequency(&self, field: Field, places: &[Option<TermInfo>]) -> tantivy::Result<u64> {
        let segments = self.reader.searcher().segment_readers().iter();
        let found = segments
            .zip(places)
            .filter_map(|(s, info)| Some((s, info.as_ref()?)));
        found
            .map(|(segment, info)| alive(segment, field, info))
            .sum()
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let scored = self.reader.fields().scored();
        match scored.iter().position(|&each| each == field) {
            Some(place) => Ok(self.reader.commit().tokens.0[place]),
            None => self.reader.searcher().total_num_tokens(field),
        }
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.reader.commit().paragraphs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.frequency(term.field(), &self.places(term)?)
    }
}

/// How many entries of a segment have the term and were not removed.
fn alive(segment: &SegmentReader, field: Field, info: &TermInfo) -> tantivy::Result<u64> {
    let Some(bitset) = segment.alive_bitset() else {
        return Ok(info.doc_freq.into());
    };
    let inverted = segment.inverted_index(field)?;
    let postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    Ok(postings.doc_freq_given_deletes(bitset).into())
}
