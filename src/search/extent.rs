//! What stands above several paragraphs and is indexed once, with the first of them: a title, an
//! issuer, a number with the first paragraph of a document; headings with the first under them.
//!
//! Comes in: the paragraphs that a term was found with. Goes out: all that it stands above, and the
//! way back from a paragraph to the one that speaks for it.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::docs::Docs;
use super::error::SearchError;
use super::lists::gallop;
use super::segment::Segment;
use crate::index::{DOCUMENT_STARTS, Fields, Firsts, SECTION_STARTS};

/// The way from a paragraph to the one that speaks for it.
pub(super) struct Speakers {
    /// The paragraphs that speak for others.
    firsts: Firsts,
    /// Paragraphs that were asked about, and the one that speaks for each: many tokens ask about the
    /// same, one token after the other. Each has its place by its number.
    known: [Cell<(DocId, DocId)>; KNOWN],
}

/// How many paragraphs are remembered: some for each of a window of candidates.
const KNOWN: usize = 256;

/// The paragraphs that one entry of a field speaks for.
pub(super) struct Extent {
    speakers: Rc<Speakers>,
    /// The paragraphs that speak for others; `None` where there are none.
    starts: Option<SegmentPostings>,
    /// The term of those.
    start: &'static str,
    part: Range<DocId>,
    bound: DocId,
}

impl Extent {
    /// `None` where an entry of the field speaks for its own paragraph alone.
    pub(super) fn of(field: Field, segment: &Segment<'_>) -> Result<Option<Self>, SearchError> {
        let fields = segment.fields;
        let Some(start) = start_of(field, fields) else {
            return Ok(None);
        };
        let firsts = match start {
            SECTION_STARTS => segment.columns.heading_firsts()?,
            _ => segment.columns.document_firsts()?,
        };
        Ok(Some(Self {
            speakers: Rc::new(Speakers {
                firsts: firsts.clone(),
                known: [const { Cell::new((TERMINATED, 0)) }; KNOWN],
            }),
            starts: starts(segment, start)?,
            start,
            part: segment.docs(),
            bound: segment.reader.max_doc(),
        }))
    }

    /// Whether an entry of a field speaks for several paragraphs.
    pub(super) fn is_of(field: Field, fields: &Fields) -> bool {
        start_of(field, fields).is_some()
    }

    /// The paragraph that speaks for one.
    pub(super) fn first(&self, doc: DocId) -> DocId {
        let Speakers { firsts, known } = &*self.speakers;
        let known = &known[doc as usize % KNOWN];
        if let (asked, first) = known.get()
            && asked == doc
        {
            return first;
        }
        let first = firsts.first(doc);
        known.set((doc, first));
        first
    }

    /// Another with a place of its own, that shares what is known of paragraphs.
    pub(super) fn beside(&self, segment: &Segment<'_>) -> Result<Self, SearchError> {
        Ok(Self {
            speakers: Rc::clone(&self.speakers),
            starts: starts(segment, self.start)?,
            start: self.start,
            part: self.part.clone(),
            bound: self.bound,
        })
    }

    /// The paragraph behind the last for which the same one speaks as for `doc`. Asked for in rising
    /// order.
    pub(super) fn end(&mut self, doc: DocId) -> DocId {
        let Some(starts) = &mut self.starts else {
            return doc + 1;
        };
        let next = if starts.doc() <= doc {
            starts.seek(doc + 1)
        } else {
            starts.doc()
        };
        if next == TERMINATED { self.bound } else { next }
    }

    /// The paragraphs that some speak for; where `within` is given, only those of it.
    pub(super) fn spread(mut self, firsts: &[DocId], within: Option<&Docs>) -> Docs {
        let within = match within {
            None => return self.ranges(firsts),
            Some(Docs::List(within)) => within,
            Some(bits) => return self.ranges(firsts).both(bits),
        };
        let mut found = Vec::new();
        if firsts.len() < within.len() {
            let mut rest = &within[..];
            for &first in firsts {
                rest = &rest[gallop(rest, first)..];
                if rest.is_empty() {
                    break;
                }
                let (under, behind) = rest.split_at(gallop(rest, self.end(first)));
                found.extend_from_slice(under);
                rest = behind;
            }
        } else {
            let mut rest = firsts;
            for &doc in within {
                let first = self.first(doc);
                rest = &rest[gallop(rest, first)..];
                if rest.first() == Some(&first) {
                    found.push(doc);
                }
            }
        }
        Docs::List(found)
    }

    /// All paragraphs that some speak for.
    fn ranges(&mut self, firsts: &[DocId]) -> Docs {
        let ranges: Vec<_> = firsts.iter().map(|&first| first..self.end(first)).collect();
        Docs::of_ranges(&self.part, &ranges)
    }
}

fn starts(segment: &Segment<'_>, start: &str) -> Result<Option<SegmentPostings>, SearchError> {
    let field = segment.fields.starts;
    let term = Term::from_field_text(field, start);
    let index = segment.reader.inverted_index(field)?;
    Ok(index.read_postings(&term, IndexRecordOption::Basic)?)
}

/// The term of the paragraphs that speak for others; `None` where each speaks for itself.
fn start_of(field: Field, fields: &Fields) -> Option<&'static str> {
    if [fields.title, fields.issuer, fields.number].contains(&field) {
        Some(DOCUMENT_STARTS)
    } else if field == fields.headings {
        Some(SECTION_STARTS)
    } else {
        None
    }
}
