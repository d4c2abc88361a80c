//! The best-scored of some paragraphs, without scoring those that cannot be among them.
//!
//! Paragraphs are taken a window at a time. Lists whose tokens together cannot lift a paragraph
//! onto the page are not read through: they are asked only about paragraphs that the other lists
//! have brought near enough (MaxScore: H. Turtle, J. Flood, Query Evaluation: Strategies and
//! Optimizations, 1995).

use tantivy::DocId;

use super::best::{Best, Rank};
use super::docs::gallop;
use super::score::List;

/// How many document numbers are summed up at a time.
const WINDOW: u32 = 4096;
/// So few paragraphs of a window are asked for one by one.
const FEW: usize = 96;

/// What a paragraph and the sum of its scores make of a rank.
pub(super) trait Ranks {
    /// A rank that the paragraph does not exceed, found without looking at it.
    fn at_most(&self, doc: DocId, sum: u32) -> Rank;

    /// Its rank, of its sum. A smaller sum never gives a larger one.
    fn of(&self, doc: DocId) -> impl Fn(u32) -> Rank;
}

/// Offers every one of `members` that could be kept.
pub(super) fn offer_best(
    best: &mut Best,
    lists: Vec<List<'_>>,
    members: &[DocId],
    ranks: &impl Ranks,
) {
    let mut sums = Sums::of(lists);
    let mut rest = members;
    while let Some(&first) = rest.first() {
        let base = first - first % WINDOW;
        let here = gallop(rest, base + WINDOW);
        let (window, behind) = rest.split_at(here);
        rest = behind;
        let are_few = window.len() <= FEW;
        if !are_few {
            sums.read(base);
        }
        for &doc in window {
            let sum = match are_few {
                true => sums.of_one(doc),
                false => sums.of_window[(doc - base) as usize],
            };
            let limit = sum.saturating_add(sums.left_out);
            if !best.may_keep(ranks.at_most(doc, limit)) {
                continue;
            }
            let rank = ranks.of(doc);
            if let Some(sum) = sums.completed(doc, sum, |sum| best.may_keep(rank(sum))) {
                best.offer(rank(sum), doc);
            }
        }
        sums.leave_out(|sum| best.may_keep(ranks.at_most(first, sum)));
    }
}

/// Sums of scores over a window of paragraphs.
struct Sums<'w> {
    /// By the most that each can add, the least first.
    lists: Vec<(List<'w>, u32)>,
    /// How many of the lists, from the first, are not read through.
    skipped: usize,
    /// The most that those can add together.
    left_out: u32,
    of_window: Vec<u32>,
}

impl<'w> Sums<'w> {
    fn of(lists: Vec<List<'w>>) -> Self {
        let mut lists: Vec<_> = lists
            .into_iter()
            .map(|list| {
                let most = list.most();
                (list, most)
            })
            .collect();
        lists.sort_by_key(|&(_, most)| most);
        Self {
            lists,
            skipped: 0,
            left_out: 0,
            of_window: vec![0; WINDOW as usize],
        }
    }

    /// Sums up the lists that are read through.
    fn read(&mut self, base: DocId) {
        self.of_window.fill(0);
        for (list, _) in &mut self.lists[self.skipped..] {
            list.add_to(base, &mut self.of_window);
        }
    }

    /// The sum of a paragraph over the same lists.
    fn of_one(&mut self, doc: DocId) -> u32 {
        let lists = self.lists[self.skipped..].iter_mut();
        lists.filter_map(|(list, _)| list.score(doc)).sum()
    }

    /// The whole sum of a paragraph; `None` as soon as it cannot be kept.
    fn completed(&mut self, doc: DocId, mut sum: u32, keeps: impl Fn(u32) -> bool) -> Option<u32> {
        let mut left_out = self.left_out;
        for (list, most) in self.lists[..self.skipped].iter_mut().rev() {
            if !keeps(sum.saturating_add(left_out)) {
                return None;
            }
            sum += list.score(doc).unwrap_or(0);
            left_out -= *most;
        }
        Some(sum)
    }

    /// Stops reading through lists that cannot lift a paragraph onto the page by themselves.
    fn leave_out(&mut self, keeps: impl Fn(u32) -> bool) {
        while let Some((_, most)) = self.lists.get(self.skipped) {
            let together = self.left_out.saturating_add(*most);
            if keeps(together) {
                return;
            }
            self.left_out = together;
            self.skipped += 1;
        }
    }
}
