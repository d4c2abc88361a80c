//! One segment of the index: which of its paragraphs have some characters side by side, or a label.
//!
//! Comes in: units. Goes out: sets of tantivy's document numbers, removed
//! paragraphs among them. Does not know what a question is.

use std::ops::Range;

use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Term};

use super::bits::Bits;
use super::cover::Cover;
use super::docs::Docs;
use super::error::SearchError;
use super::extent::Extent;
use super::phrase::side_by_side;
use super::postings::Found;
use crate::index::{Columns, Fields, IndexReader};
use crate::text::Form;
use crate::tokenize::{is_pair, joined};

/// Where characters are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Text,
    Title,
    Headings,
    Issuer,
    Number,
}

/// A segment, or a part of one that begins and ends where documents do, with the handles of its
/// fields.
#[derive(Clone, Copy)]
pub(super) struct Segment<'r> {
    pub(super) ordinal: u32,
    /// Its first paragraph.
    start: DocId,
    /// The paragraph behind its last.
    pub(super) end: DocId,
    pub(super) index: &'r IndexReader,
    pub(super) reader: &'r SegmentReader,
    pub(super) columns: &'r Columns,
    pub(super) fields: &'r Fields,
}

impl<'r> Segment<'r> {
    /// A segment of an index.
    pub(super) fn of(reader: &'r IndexReader, ordinal: u32) -> Self {
        let segment = reader.searcher().segment_reader(ordinal);
        Self {
            ordinal,
            start: 0,
            end: segment.max_doc(),
            index: reader,
            reader: segment,
            columns: reader.columns(ordinal),
            fields: reader.fields(),
        }
    }

    /// All of an index, in about so many parts of one size; a segment is at least one of them.
    pub(super) fn parts(reader: &'r IndexReader, parts: usize) -> Result<Vec<Self>, SearchError> {
        let segments = reader.searcher().segment_readers();
        let all: u64 = segments.iter().map(|of| u64::from(of.max_doc())).sum();
        let mut cut = Vec::new();
        for (ordinal, _) in (0..).zip(segments) {
            let segment = Self::of(reader, ordinal);
            let share = u64::from(segment.end) * parts as u64;
            segment.cut_into((share + all / 2) / all.max(1), &mut cut)?;
        }
        Ok(cut)
    }

    /// Its parts, each from the first paragraph of a document.
    fn cut_into(self, parts: u64, cut: &mut Vec<Self>) -> Result<(), SearchError> {
        let mut rest = self;
        for part in 1..parts {
            let middle = u64::from(self.end) * part / parts;
            let middle = DocId::try_from(middle).unwrap_or(self.end);
            let first = self.columns.document_firsts()?.first(middle);
            if first > rest.start {
                cut.push(Self { end: first, ..rest });
                rest.start = first;
            }
        }
        cut.push(rest);
        Ok(())
    }

    /// All its paragraphs.
    pub(super) fn docs(&self) -> Range<DocId> {
        self.start..self.end
    }

    /// Whether a paragraph is one of it.
    pub(super) fn has(&self, address: DocAddress) -> bool {
        address.segment_ord == self.ordinal && self.docs().contains(&address.doc_id)
    }
}

impl Segment<'_> {
    /// The field that holds the only unit of a run, and the one that holds pairs.
    fn fields_of(&self, place: Place, forms: &[Form]) -> (Field, Field) {
        match place {
            Place::Text if matches!(forms, [mark] if mark.is_mark()) => {
                (self.fields.text_pairs, self.fields.text_pairs)
            }
            Place::Text => (self.fields.text_chars, self.fields.text_pairs),
            Place::Title => (self.fields.title, self.fields.title),
            Place::Headings => (self.fields.headings, self.fields.headings),
            Place::Issuer => (self.fields.issuer, self.fields.issuer),
            Place::Number => (self.fields.number, self.fields.number),
        }
    }

    /// The paragraphs that have these units side by side in a place; where `within` is given, only
    /// those of it. For some runs others too, which the text tells apart
    /// ([`Run::must_be_read`](super::leaf::Run::must_be_read)).
    pub(super) fn literal(
        &self,
        place: Place,
        forms: &[Form],
        within: Option<&Docs>,
    ) -> Result<Docs, SearchError> {
        if let (Some(term), None) = (self.only_term(place, forms), within) {
            return Found::of(self, &term)?.map_or(Ok(Docs::default()), |found| found.all());
        }
        let (single, pair) = self.fields_of(place, forms);
        let is_wide = Extent::is_of(single, self.fields);
        let entries = if is_wide { None } else { within };
        let found = match forms {
            [] => Vec::new(),
            [form] => self.with_term(&Term::from_field_text(single, &joined([form])), entries)?,
            _ => self.side_by_side(pair, self.cover(place, forms), entries)?,
        };
        if !is_wide || found.is_empty() {
            return Ok(Docs::List(found));
        }
        match Extent::of(single, self)? {
            Some(extent) => Ok(extent.spread(&found, within)),
            None => Ok(Docs::List(found)),
        }
    }

    /// Adds to some bits the paragraphs that [`literal`](Self::literal) gives.
    pub(super) fn add_literal(
        &self,
        place: Place,
        forms: &[Form],
        within: Option<&Docs>,
        bits: &mut Bits,
    ) -> Result<(), SearchError> {
        if let (Some(term), None) = (self.only_term(place, forms), within) {
            let found = Found::of(self, &term)?;
            return found.map_or(Ok(()), |found| found.add_to(bits));
        }
        self.literal(place, forms, within)?.add_to(bits);
        Ok(())
    }

    /// The term that alone tells which paragraphs have these units side by side in a place.
    fn only_term(&self, place: Place, forms: &[Form]) -> Option<Term> {
        let (single, pair) = self.fields_of(place, forms);
        match forms {
            _ if place != Place::Text => None,
            [form] => Some(Term::from_field_text(single, &joined([form]))),
            [first, second] if is_pair(first, second) => {
                Some(Term::from_field_text(pair, &joined(forms)))
            }
            _ => None,
        }
    }

    /// At most how many paragraphs have these units side by side.
    pub(super) fn at_most(&self, place: Place, forms: &[Form]) -> Result<u32, SearchError> {
        let (single, pair) = self.fields_of(place, forms);
        if let [form] = forms {
            return self.frequency(&Term::from_field_text(single, &joined([form])));
        }
        let mut least = u32::MAX;
        for (_, token) in self.cover(place, forms).tokens {
            least = least.min(self.frequency(&Term::from_field_text(pair, &token))?);
        }
        Ok(least)
    }

    fn cover(&self, place: Place, forms: &[Form]) -> Cover {
        match place {
            Place::Text => Cover::of_text(forms),
            _ => Cover::of_short(forms),
        }
    }

    /// The paragraphs that have a term; where `within` is given, only those of it.
    pub(super) fn with_term(
        &self,
        term: &Term,
        within: Option<&Docs>,
    ) -> Result<Vec<DocId>, SearchError> {
        match Found::of(self, term)? {
            Some(found) => found.docs_within(within),
            None => Ok(Vec::new()),
        }
    }

    /// At most how many paragraphs have a term.
    pub(super) fn frequency(&self, term: &Term) -> Result<u32, SearchError> {
        Ok(self.reader.inverted_index(term.field())?.doc_freq(term)?)
    }

    fn side_by_side(
        &self,
        field: Field,
        cover: Cover,
        within: Option<&Docs>,
    ) -> Result<Vec<DocId>, SearchError> {
        let mut loose: Option<Docs> = None;
        for token in &cover.loose {
            let term = Term::from_field_text(self.fields.text_chars, token);
            let docs = self.with_term(&term, loose.as_ref().or(within))?;
            loose = Some(Docs::List(docs));
        }
        let within = loose.as_ref().or(within);
        let mut pairs = Vec::new();
        for (offset, token) in cover.tokens {
            match Found::of(self, &Term::from_field_text(field, &token))? {
                Some(found) => pairs.push((found, offset)),
                None => return Ok(Vec::new()),
            }
        }
        side_by_side(pairs, within)
    }
}
