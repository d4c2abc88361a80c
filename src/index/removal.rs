//! The removal of a document from the segments that are there when it is removed.
//!
//! tantivy applies a removal to every segment that is added to a commit as a whole, before it or
//! behind it; so a document that is removed and added again would be lost. A [`Removal`] knows which
//! segments came behind it and leaves them alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Term};

/// Segments and removals in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Sequence(Arc<Mutex<Counted>>);

#[derive(Debug, Default)]
struct Counted {
    removals: usize,
    /// How many removals there were before each segment.
    before: HashMap<SegmentId, usize>,
}

/// Finds what one removal removes.
#[derive(Debug, Clone)]
pub(super) struct Removal {
    query: TermQuery,
    /// How many removals there were before it.
    place: usize,
    sequence: Sequence,
}

struct RemovalWeight {
    weight: Box<dyn Weight>,
    removal: Removal,
}

impl Sequence {
    /// A segment comes next.
    pub(super) fn segment(&self, segment: SegmentId) {
        let mut counted = self.lock();
        let removals = counted.removals;
        counted.before.insert(segment, removals);
    }

    /// A removal of all that has a term comes next.
    pub(super) fn removal(&self, term: Term) -> Removal {
        let mut counted = self.lock();
        counted.removals += 1;
        Removal {
            query: TermQuery::new(term, IndexRecordOption::Basic),
            place: counted.removals - 1,
            sequence: self.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Removal {
    /// Whether a segment was there before it.
    fn concerns(&self, segment: SegmentId) -> bool {
        let counted = self.sequence.lock();
        let before = counted.before.get(&segment);
        before.is_none_or(|&removals| removals <= self.place)
    }
}

impl Query for Removal {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(RemovalWeight {
            weight: self.query.weight(scoring)?,
            removal: self.clone(),
        }))
    }
}

impl Weight for RemovalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        match self.removal.concerns(reader.segment_id()) {
            true => self.weight.scorer(reader, boost),
            false => Ok(Box::new(EmptyScorer)),
        }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}
