//! The best paragraphs of a segment by rank, ties by document id and place in the document.

use std::cell::OnceCell;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::{Mutex, PoisonError};

use tantivy::DocId;
use tantivy::columnar::Column;

use super::error::SearchError;
use super::results::Tier;
use super::segment::Segment;
use crate::index::Firsts;

/// What orders the hits: the larger first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// The year, where hits are ordered by it; larger is earlier on the page.
    pub(super) year: u16,
    /// The tier as far as it orders hits: in the answer to a sentence, all terms and some of them are
    /// one class.
    pub(super) class: Reverse<Tier>,
    /// Whether no literal match lies across the join of two words only.
    pub(super) is_aligned: bool,
    pub(super) score: u32,
    pub(super) tier: Reverse<Tier>,
}

/// A paragraph with its rank. The better is the larger.
#[derive(Debug)]
pub(super) struct Ranked<'s> {
    pub(super) rank: Rank,
    pub(super) doc: DocId,
    identities: Identities<'s>,
    identity: OnceCell<(u64, u32)>,
}

impl Ranked<'_> {
    /// The key of the document, and the place of the paragraph in it. Looked up when first asked for:
    /// of the many that are offered, few are kept, and few of those are of the same rank.
    pub(super) fn identity(&self) -> (u64, u32) {
        *self.identity.get_or_init(|| self.identities.of(self.doc))
    }
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_rank = self.rank.cmp(&other.rank);
        by_rank.then_with(|| other.identity().cmp(&self.identity()))
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked<'_> {}

/// What tells paragraphs of a segment apart however the index is cut into segments.
#[derive(Debug, Clone, Copy)]
struct Identities<'s> {
    keys: &'s Column<u64>,
    documents: &'s Firsts,
}

impl Identities<'_> {
    fn of(self, doc: DocId) -> (u64, u32) {
        let first = self.documents.first(doc);
        let key = self.keys.first(first).unwrap_or(u64::MAX);
        (key, doc - first + 1)
    }
}

/// The rank that nothing below is shown of, as far as the parts of an index have found: one of
/// them has as many as are wanted that are no worse.
#[derive(Debug, Default)]
pub(super) struct Bar(Mutex<Option<Rank>>);

/// Keeps the best.
pub(super) struct Best<'b> {
    wanted: usize,
    shared: &'b Bar,
    /// What was last seen of it.
    bar: Option<Rank>,
    heap: BinaryHeap<Reverse<Ranked<'b>>>,
    identities: Identities<'b>,
}

impl<'b> Best<'b> {
    /// Keeps so many of a segment, and of those none below the bar.
    pub(super) fn of(
        segment: &'b Segment<'_>,
        wanted: usize,
        shared: &'b Bar,
    ) -> Result<Self, SearchError> {
        Ok(Self {
            wanted,
            shared,
            bar: None,
            heap: BinaryHeap::with_capacity(wanted.min(1024) + 1),
            identities: Identities {
                keys: segment.columns.keys()?,
                documents: segment.columns.document_firsts()?,
            },
        })
    }

    /// Takes a paragraph in, if it is one of the best so far.
    pub(super) fn offer(&mut self, rank: Rank, doc: DocId) {
        if !self.may_keep(rank) {
            return;
        }
        self.heap.push(Reverse(Ranked {
            rank,
            doc,
            identities: self.identities,
            identity: OnceCell::new(),
        }));
        if self.heap.len() > self.wanted {
            self.heap.pop();
        }
    }

    /// Raises the bar to the worst of its own, and sees how high others have raised it.
    pub(super) fn raise_bar(&mut self) {
        let own = self.worst();
        let shared = self.shared.0.lock();
        let mut shared = shared.unwrap_or_else(PoisonError::into_inner);
        *shared = (*shared).max(own);
        self.bar = *shared;
    }

    /// The worst that is kept, where there are as many as are wanted.
    fn worst(&self) -> Option<Rank> {
        let worst = self.heap.peek().map(|worst| worst.0.rank);
        worst.filter(|_| self.heap.len() >= self.wanted)
    }

    /// Whether a paragraph of this rank could be kept.
    fn may_keep(&self, rank: Rank) -> bool {
        self.worst().max(self.bar).is_none_or(|worst| worst <= rank)
    }

    /// The least score with which a paragraph could be kept whose rank is at most `rank`, the score
    /// aside.
    pub(super) fn floor(&self, rank: Rank) -> u32 {
        let Some(worst) = self.worst().max(self.bar) else {
            return 0;
        };
        let before_score = |rank: Rank| (rank.year, rank.class, rank.is_aligned);
        match before_score(rank).cmp(&before_score(worst)) {
            Ordering::Less => u32::MAX,
            Ordering::Greater => 0,
            Ordering::Equal if rank.tier < worst.tier => worst.score.saturating_add(1),
            Ordering::Equal => worst.score,
        }
    }

    /// The best, the best first.
    pub(super) fn into_sorted(self) -> Vec<Ranked<'b>> {
        let sorted = self.heap.into_sorted_vec();
        sorted.into_iter().map(|Reverse(ranked)| ranked).collect()
    }
}
