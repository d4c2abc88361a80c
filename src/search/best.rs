//! The best paragraphs of a segment by rank, ties by document id and place in the document.

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

/// A paragraph with its rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    pub(super) rank: Rank,
    /// The key of the document, and the place of the paragraph in it.
    pub(super) tie: Reverse<(u64, u32)>,
    pub(super) doc: DocId,
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
    heap: BinaryHeap<Reverse<Ranked>>,
    keys: Column<u64>,
    documents: Firsts,
}

impl<'b> Best<'b> {
    /// Keeps so many of a segment, and of those none below the bar.
    pub(super) fn of(
        segment: &Segment<'_>,
        wanted: usize,
        shared: &'b Bar,
    ) -> Result<Self, SearchError> {
        Ok(Self {
            wanted,
            shared,
            bar: None,
            heap: BinaryHeap::with_capacity(wanted.min(1024) + 1),
            keys: segment.columns.keys()?.clone(),
            documents: segment.columns.document_firsts()?.clone(),
        })
    }

    /// Takes a paragraph in, if it is one of the best so far.
    pub(super) fn offer(&mut self, rank: Rank, doc: DocId) {
        if !self.may_keep(rank) {
            return;
        }
        let first = self.documents.first(doc);
        let key = self.keys.first(first).unwrap_or(u64::MAX);
        let tie = Reverse((key, doc - first + 1));
        self.heap.push(Reverse(Ranked { rank, tie, doc }));
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
    pub(super) fn into_sorted(self) -> Vec<Ranked> {
        let sorted = self.heap.into_sorted_vec();
        sorted.into_iter().map(|Reverse(ranked)| ranked).collect()
    }
}
