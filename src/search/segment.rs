//! One segment of the index: which of its paragraphs have some characters side by side, or a label.
//!
//! Comes in: units. Goes out: sorted lists of tantivy's document numbers, removed
//! paragraphs among them. Does not know what a question is.

use std::ops::Range;
use std::sync::Arc;

use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};

use super::cover::Cover;
use super::docs::Docs;
use super::error::SearchError;
use super::extent::Extent;
use super::lists::both;
use crate::index::{Columns, Fields, IndexReader, first_of};
use crate::text::Form;
use crate::tokenize::joined;

/// How many pairs of a long run of characters are looked up, the rarest; the rest is left to
/// whoever reads the text.
pub(super) const MOST_PAIRS: usize = 64;

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
    pub(super) reader: &'r SegmentReader,
    pub(super) columns: &'r Columns,
    pub(super) fields: &'r Fields,
}

/// A term that the segment has.
struct Found<'r> {
    segment: Segment<'r>,
    index: Arc<InvertedIndexReader>,
    info: TermInfo,
}

impl Found<'_> {
    fn docs(&self) -> Result<Vec<DocId>, SearchError> {
        let Segment { start, end, .. } = self.segment;
        let mut docs = Vec::with_capacity(self.about_how_many());
        let mut postings = self
            .index
            .read_block_postings_from_terminfo(&self.info, IndexRecordOption::Basic)?;
        let mut place = postings.seek(start);
        loop {
            let block = &postings.docs()[place..];
            match block.last() {
                None => return Ok(docs),
                Some(&last) if last < end => docs.extend_from_slice(block),
                Some(_) => {
                    docs.extend_from_slice(&block[..block.partition_point(|&doc| doc < end)]);
                    return Ok(docs);
                }
            }
            postings.advance();
            place = 0;
        }
    }

    /// How many paragraphs of the part have it, if it stands in all parts alike.
    fn about_how_many(&self) -> usize {
        let (part, whole) = (self.segment.docs().len(), self.segment.reader.max_doc());
        self.info.doc_freq as usize * part / whole.max(1) as usize
    }

    /// All, or those of some.
    fn docs_within(&self, within: Option<&Docs>) -> Result<Vec<DocId>, SearchError> {
        match within {
            None => self.docs(),
            Some(Docs::Bits(within, _)) => {
                let mut docs = self.docs()?;
                docs.retain(|&doc| within.has(doc));
                Ok(docs)
            }
            Some(Docs::List(within)) if within.len() * 16 > self.about_how_many() => {
                Ok(both(&self.docs()?, within))
            }
            Some(Docs::List(within)) => {
                let mut postings = self.postings(IndexRecordOption::Basic)?;
                let mut docs = within.clone();
                docs.retain(|&doc| postings.doc() <= doc && postings.seek(doc) == doc);
                Ok(docs)
            }
        }
    }

    fn postings(&self, option: IndexRecordOption) -> Result<SegmentPostings, SearchError> {
        Ok(self.index.read_postings_from_terminfo(&self.info, option)?)
    }
}

impl<'r> Segment<'r> {
    /// A segment of an index.
    pub(super) fn of(reader: &'r IndexReader, ordinal: u32) -> Self {
        let segment = reader.searcher().segment_reader(ordinal);
        Self {
            ordinal,
            start: 0,
            end: segment.max_doc(),
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
            let ordinal = self.columns.ordinals()?.first(middle);
            let ordinal = ordinal.and_then(|ordinal| ordinal.try_into().ok());
            let first = ordinal.and_then(|ordinal| first_of(middle, ordinal));
            if let Some(first) = first.filter(|&first| first > rest.start) {
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

    fn find(&self, term: &Term) -> Result<Option<Found<'r>>, SearchError> {
        let index = self.reader.inverted_index(term.field())?;
        let info = index.get_term_info(term)?;
        Ok(info.map(|info| Found {
            segment: *self,
            index,
            info,
        }))
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
        match self.find(term)? {
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
            match self.find(&Term::from_field_text(field, &token))? {
                Some(found) => pairs.push((found, offset)),
                None => return Ok(Vec::new()),
            }
        }
        if let [(only, _)] = &pairs[..] {
            return only.docs_within(within);
        }
        pairs.sort_by_key(|(found, _)| found.info.doc_freq);
        pairs.truncate(MOST_PAIRS);
        let mut run = Run::default();
        for (found, offset) in &pairs {
            let option = IndexRecordOption::WithFreqsAndPositions;
            run.lists.push((found.postings(option)?, *offset));
        }
        Ok(run.docs(self.docs(), within))
    }
}

/// Lists of pairs that must follow each other, the shortest first, each with its place in the run.
#[derive(Default)]
struct Run {
    lists: Vec<(SegmentPostings, u32)>,
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Run {
    /// Of `all`, or of those of them within which it is asked for, the paragraphs that have the run.
    fn docs(&mut self, all: Range<DocId>, within: Option<&Docs>) -> Vec<DocId> {
        let mut docs = Vec::new();
        let is_wanted = |doc| match within {
            Some(Docs::Bits(within, _)) => within.has(doc),
            _ => true,
        };
        match within {
            Some(Docs::List(within)) => {
                for &doc in within {
                    if self.next_shared(doc) == doc && self.follow_each_other() {
                        docs.push(doc);
                    }
                }
            }
            _ => {
                let mut doc = self.next_shared(all.start);
                while doc < all.end {
                    if is_wanted(doc) && self.follow_each_other() {
                        docs.push(doc);
                    }
                    doc = self.next_shared(doc + 1);
                }
            }
        }
        docs
    }

    /// Moves every list to the first paragraph from `target` on that all have.
    fn next_shared(&mut self, mut target: DocId) -> DocId {
        'target: loop {
            for (list, _) in &mut self.lists {
                let doc = if list.doc() < target {
                    list.seek(target)
                } else {
                    list.doc()
                };
                if doc == TERMINATED {
                    return TERMINATED;
                }
                if doc > target {
                    target = doc;
                    continue 'target;
                }
            }
            return target;
        }
    }

    /// Whether in the paragraph that all lists stand on, the pairs follow each other somewhere.
    fn follow_each_other(&mut self) -> bool {
        let Some(((first, offset), others)) = self.lists.split_first_mut() else {
            return false;
        };
        first.positions(&mut self.positions);
        self.starts.clear();
        let places = self.positions.iter();
        self.starts
            .extend(places.filter_map(|&place| place.checked_sub(*offset)));
        for (list, offset) in others {
            list.positions(&mut self.positions);
            let mut rest = &self.positions[..];
            self.starts.retain(|&start| {
                let wanted = start + *offset;
                rest = &rest[rest.partition_point(|&place| place < wanted)..];
                rest.first() == Some(&wanted)
            });
            if self.starts.is_empty() {
                return false;
            }
        }
        !self.starts.is_empty()
    }
}
