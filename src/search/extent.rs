//! What stands above several paragraphs and is indexed once, with the first of them: a title, an
//! issuer, a number with the first paragraph of a document; headings with the first under them.
//!
//! Comes in: the paragraphs that a term was found with. Goes out: all that it stands above, and the
//! way back from a paragraph to the one that speaks for it.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use super::docs::Docs;
use super::error::SearchError;
use super::lists::gallop;
use super::segment::Segment;
use crate::index::{Fields, Firsts};

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

/// The paragraphs that one entry of a field speaks for. A clone shares what is known of paragraphs.
#[derive(Clone)]
pub(super) struct Extent {
    speakers: Rc<Speakers>,
    part: Range<DocId>,
    bound: DocId,
}

impl Extent {
    /// `None` where an entry of the field speaks for its own paragraph alone.
    pub(super) fn of(field: Field, segment: &Segment<'_>) -> Result<Option<Self>, SearchError> {
        if !Self::is_of(field, segment.fields) {
            return Ok(None);
        }
        let firsts = match field == segment.fields.headings {
            true => segment.columns.heading_firsts()?,
            false => segment.columns.document_firsts()?,
        };
        Ok(Some(Self {
            speakers: Rc::new(Speakers {
                firsts: firsts.clone(),
                known: [const { Cell::new((TERMINATED, 0)) }; KNOWN],
            }),
            part: segment.docs(),
            bound: segment.reader.max_doc(),
        }))
    }

    /// Whether an entry of a field speaks for several paragraphs.
    pub(super) fn is_of(field: Field, fields: &Fields) -> bool {
        [fields.title, fields.issuer, fields.number, fields.headings].contains(&field)
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

    /// The paragraph behind the last for which the same one speaks as for `doc`.
    pub(super) fn end(&self, doc: DocId) -> DocId {
        self.speakers.firsts.end(doc, self.bound)
    }

    /// The paragraphs that some speak for; where `within` is given, only those of it.
    pub(super) fn spread(&self, firsts: &[DocId], within: Option<&Docs>) -> Docs {
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
    fn ranges(&self, firsts: &[DocId]) -> Docs {
        let ranges: Vec<_> = firsts.iter().map(|&first| first..self.end(first)).collect();
        Docs::of_ranges(&self.part, &ranges)
    }
}
