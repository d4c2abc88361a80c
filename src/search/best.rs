//! The best paragraphs of a segment by rank, ties by document id and place in the document.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::DocId;
use tantivy::columnar::Column;

use super::error::SearchError;
use super::results::Tier;
use super::segment::Segment;
use crate::index::first_of;

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
    pub(super) tie: Reverse<(u64, u64)>,
    pub(super) doc: DocId,
}

/// Keeps the best.
pub(super) struct Best {
    wanted: usize,
    heap: BinaryHeap<Reverse<Ranked>>,
    keys: Column<u64>,
    ordinals: Column<u64>,
}

impl Best {
    /// Keeps so many of a segment.
    pub(super) fn of(segment: &Segment<'_>, wanted: usize) -> Result<Self, SearchError> {
        Ok(Self {
            wanted,
            heap: BinaryHeap::with_capacity(wanted.min(1024) + 1),
            keys: segment.columns.keys()?.clone(),
            ordinals: segment.columns.ordinals()?.clone(),
        })
    }

    /// Takes a paragraph in, if it is one of the best so far.
    pub(super) fn offer(&mut self, rank: Rank, doc: DocId) {
        if !self.may_keep(rank) {
            return;
        }
        let ordinal = self.ordinals.first(doc).unwrap_or(1);
        let first = u32::try_from(ordinal)
            .ok()
            .and_then(|ordinal| first_of(doc, ordinal));
        let key = first.and_then(|first| self.keys.first(first));
        let tie = Reverse((key.unwrap_or(u64::MAX), ordinal));
        self.heap.push(Reverse(Ranked { rank, tie, doc }));
        if self.heap.len() > self.wanted {
            self.heap.pop();
        }
    }

    /// Whether a paragraph of this rank could be kept.
    pub(super) fn may_keep(&self, rank: Rank) -> bool {
        self.heap.len() < self.wanted || self.heap.peek().is_some_and(|worst| worst.0.rank <= rank)
    }

    /// The least score with which a paragraph could be kept whose rank is at most `rank`, the score
    /// aside.
    pub(super) fn floor(&self, rank: Rank) -> u32 {
        let Some(Reverse(Ranked { rank: worst, .. })) = self.heap.peek() else {
            return 0;
        };
        if self.heap.len() < self.wanted {
            return 0;
        }
        let before_score = |rank: &Rank| (rank.year, rank.class, rank.is_aligned);
        match before_score(&rank).cmp(&before_score(worst)) {
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
