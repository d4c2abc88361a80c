//! A term of a part of the index: the paragraphs that have it, and where in them it stands.

use std::ops::Range;
use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::positions::PositionReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Term};

use super::bits::Bits;
use super::docs::{DENSE, Docs};
use super::error::SearchError;
use super::lists::{UNLIKE, both, gallop};
use super::segment::Segment;

/// A term that the segment has.
pub(super) struct Found<'r> {
    segment: Segment<'r>,
    field: Field,
    index: Arc<InvertedIndexReader>,
    pub(super) info: TermInfo,
}

impl<'r> Found<'r> {
    /// `None` where the segment does not have it.
    pub(super) fn of(segment: &Segment<'r>, term: &Term) -> Result<Option<Self>, SearchError> {
        let index = segment.reader.inverted_index(term.field())?;
        let info = index.get_term_info(term)?;
        Ok(info.map(|info| Self {
            segment: *segment,
            field: term.field(),
            index,
            info,
        }))
    }

    /// All: as bits where they are many, which then are never written down as a list.
    pub(super) fn all(&self) -> Result<Docs, SearchError> {
        let part = self.segment.docs();
        if self.about_how_many() < part.len() / DENSE {
            return Ok(Docs::List(self.docs()?));
        }
        let mut bits = Bits::none_of(&part);
        self.add_to(&mut bits)?;
        Ok(Docs::of_bits(bits))
    }

    fn docs(&self) -> Result<Vec<DocId>, SearchError> {
        let mut docs = Vec::with_capacity(self.about_how_many());
        self.each_block(|block| docs.extend_from_slice(block))?;
        Ok(docs)
    }

    /// Adds all to some bits of the part.
    pub(super) fn add_to(&self, bits: &mut Bits) -> Result<(), SearchError> {
        self.each_block(|block| bits.add(block))
    }

    /// Calls with the paragraphs of the part that have it, block by block as they are kept.
    fn each_block(&self, mut each: impl FnMut(&[DocId])) -> Result<(), SearchError> {
        let Range { start, end } = self.segment.docs();
        let mut postings = self
            .index
            .read_block_postings_from_terminfo(&self.info, IndexRecordOption::Basic)?;
        let mut place = postings.seek(start);
        loop {
            let block = &postings.docs()[place..];
            match block.last() {
                None => return Ok(()),
                Some(&last) if last < end => each(block),
                Some(_) => {
                    each(&block[..block.partition_point(|&doc| doc < end)]);
                    return Ok(());
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
    pub(super) fn docs_within(&self, within: Option<&Docs>) -> Result<Vec<DocId>, SearchError> {
        match within {
            None => self.docs(),
            Some(Docs::Bits(within, _)) => {
                let mut docs = self.docs()?;
                docs.retain(|&doc| within.has(doc));
                Ok(docs)
            }
            Some(Docs::List(within)) if within.len() * UNLIKE > self.about_how_many() => {
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

    /// Reads the positions of some paragraphs that all have it.
    pub(super) fn positions(
        &self,
        docs: &[DocId],
        mut each: impl FnMut(DocId, &[u32]),
    ) -> Result<(), SearchError> {
        let Segment { index, ordinal, .. } = self.segment;
        // From the beginning of the list on.
        let (end, whole) = (self.segment.end, self.segment.reader.max_doc());
        let on_the_way = u64::from(self.info.doc_freq) * u64::from(end) / u64::from(whole.max(1));
        let are_many = (docs.len() * UNLIKE) as u64 > on_the_way;
        let in_one_go = are_many.then(|| index.positions(ordinal, self.field, &self.info));
        if let Some(positions) = in_one_go.flatten() {
            return self.positions_in_one_go(docs, positions, each);
        }
        let mut postings = self.postings(IndexRecordOption::WithFreqsAndPositions)?;
        let mut positions = Vec::new();
        for &doc in docs {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            postings.positions(&mut positions);
            each(doc, &positions);
        }
        Ok(())
    }

    /// The same, from the beginning of the list on: how many positions lie before a paragraph is
    /// summed up on the way.
    fn positions_in_one_go(
        &self,
        docs: &[DocId],
        mut positions: PositionReader,
        mut each: impl FnMut(DocId, &[u32]),
    ) -> Result<(), SearchError> {
        let mut postings = self
            .index
            .read_block_postings_from_terminfo(&self.info, IndexRecordOption::WithFreqs)?;
        let mut before = 0;
        let mut read = Vec::new();
        let mut rest = docs;
        while let (Some(_), Some(&last)) = (rest.first(), postings.docs().last()) {
            let (block, frequencies) = (postings.docs(), postings.freqs());
            let (here, behind) = rest.split_at(gallop(rest, last + 1));
            rest = behind;
            let mut place = 0;
            for &doc in here {
                // Most are near the last: a step each is less than to look for the place.
                while block[place] < doc {
                    before += u64::from(frequencies[place]);
                    place += 1;
                }
                read.resize(frequencies[place] as usize, 0);
                positions.read(before, &mut read);
                let mut position = 0;
                for step in &mut read {
                    position += *step;
                    *step = position;
                }
                each(doc, &read);
            }
            before += u64::from(frequencies[place..].iter().sum::<u32>());
            postings.advance();
        }
        Ok(())
    }

    fn postings(&self, option: IndexRecordOption) -> Result<SegmentPostings, SearchError> {
        Ok(self.index.read_postings_from_terminfo(&self.info, option)?)
    }
}
