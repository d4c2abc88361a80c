//! The best-scored of some paragraphs, without scoring those that cannot be among them.
//!
//! Paragraphs are taken a window at a time. Lists whose tokens together cannot lift a paragraph
//! onto the page are not read through: they are asked only about paragraphs that the other lists
//! have brought near enough (MaxScore: H. Turtle, J. Flood, Query Evaluation: Strategies and
//! Optimizations, 1995).

use std::cmp::Reverse;

use tantivy::DocId;

use super::best::{Best, Rank};
use super::docs::Docs;
use super::score_list::List;
use super::window::{OfWindow, WINDOW};

/// So few paragraphs of a window are asked for one by one.
const FEW: usize = 96;
/// The part of the floor that lists may come to that are not read through. The nearer they came to
/// the floor, the fewer paragraphs they would rule out, and each of those is looked up in all of them.
const LEFT_OUT: u32 = 2;

/// What a paragraph and the sum of its scores make of a rank.
pub(super) trait Ranks {
    /// A rank that the paragraph's does not exceed, the score aside, found without looking at it.
    fn at_most(&self, doc: DocId) -> Rank;

    /// Whether that is the same for every paragraph.
    fn are_alike(&self) -> bool;

    /// Its rank; the score is at most the sum. Asked for in rising order.
    fn of(&self, doc: DocId, sum: u32) -> Rank;
}

/// A paragraph of a window.
struct Candidate {
    doc: DocId,
    /// What is known of its sum.
    sum: u32,
    /// What its sum must come to.
    floor: u32,
}

impl Candidate {
    /// Whether its sum comes to its floor with so much more.
    fn can_reach(&self, left_out: u64) -> bool {
        u64::from(self.sum) + left_out >= self.floor.into()
    }
}

/// Offers every one of `members` that could be kept.
pub(super) fn offer_best(
    best: &mut Best<'_>,
    lists: Vec<List<'_>>,
    members: &Docs,
    ranks: &impl Ranks,
) {
    let mut sums = Sums::of(lists, members.len());
    let mut candidates = Vec::new();
    members.each_window(|window| {
        let start = window.start();
        best.raise_bar();
        let floor = best.floor(ranks.at_most(start));
        let candidate = |doc, sum| Candidate {
            doc,
            sum,
            floor: match ranks.are_alike() {
                true => floor,
                false => best.floor(ranks.at_most(doc)),
            },
        };
        if window.len() > FEW {
            let left_out = u32::try_from(sums.left_out).unwrap_or(u32::MAX);
            let least = match ranks.are_alike() {
                true => floor.saturating_sub(left_out),
                false => 0,
            };
            window.each_with(sums.read(window.base()), least, |doc, sum| {
                candidates.push(candidate(doc, sum));
            });
            candidates.retain(|of| of.can_reach(sums.left_out));
            sums.complete(&mut candidates, sums.skipped, sums.left_out);
        } else {
            window.each(|doc| candidates.push(candidate(doc, 0)));
            sums.complete(&mut candidates, sums.lists.len(), sums.together);
        }
        for Candidate { doc, sum, .. } in candidates.drain(..) {
            if sum >= best.floor(ranks.at_most(doc)) {
                best.offer(ranks.of(doc, sum), doc);
            }
        }
        sums.leave_out(best.floor(ranks.at_most(start)));
    });
}

/// What it brings to have asked a list: the most that it can add, for what it takes. To find a
/// paragraph in a block at hand is one part of that; to unpack another block is the rest.
fn worth(list: &List<'_>, most: u64, asked: u64) -> u64 {
    const UNPACK: u64 = 8;
    const BLOCK: u64 = 128;
    if list.is_at_hand() {
        return u64::MAX;
    }
    let blocks = u64::from(list.len()) / BLOCK;
    most * asked / (asked + UNPACK * blocks.min(asked))
}

/// Sums of scores over a window of paragraphs.
struct Sums<'w> {
    /// By the most that each can add for each of its postings, the least first.
    lists: Vec<(List<'w>, u64)>,
    /// Their places in the order in which paragraphs ask them.
    order: Vec<usize>,
    /// How many of the lists, from the first, are not read through.
    skipped: usize,
    /// The most that those can add together.
    left_out: u64,
    /// The most that all lists can add.
    together: u64,
    /// Made when a window is first read through.
    of_window: Option<Box<OfWindow>>,
}

impl<'w> Sums<'w> {
    fn of(lists: Vec<List<'w>>, members: usize) -> Self {
        let mut lists: Vec<(List<'_>, u64)> = lists
            .into_iter()
            .map(|list| {
                let most = list.weighted.most().into();
                (list, most)
            })
            .collect();
        lists.sort_by(|(a, a_most), (b, b_most)| {
            let (a_len, b_len) = (u64::from(a.len()), u64::from(b.len()));
            (a_most * b_len).cmp(&(b_most * a_len))
        });
        let mut order: Vec<usize> = (0..lists.len()).collect();
        order.sort_by_key(|&place| {
            let (list, most) = &lists[place];
            Reverse(worth(list, *most, members as u64))
        });
        Self {
            order,
            together: lists.iter().map(|&(_, most)| most).sum(),
            lists,
            skipped: 0,
            left_out: 0,
            of_window: None,
        }
    }

    /// Sums up the lists that are read through, from `base` on.
    fn read(&mut self, base: DocId) -> &OfWindow {
        let of_window = self
            .of_window
            .get_or_insert_with(|| Box::new([0; WINDOW as usize]));
        of_window.fill(0);
        for (list, _) in &mut self.lists[self.skipped..] {
            list.add_to(base, of_window);
        }
        of_window
    }

    /// Adds what the first so many lists add, at most `left_out` together, and drops those that
    /// cannot come to their floor.
    fn complete(&mut self, candidates: &mut Vec<Candidate>, lists: usize, mut left_out: u64) {
        for &place in self.order.iter().filter(|&&place| place < lists) {
            let (list, most) = &mut self.lists[place];
            left_out -= *most;
            candidates.retain_mut(|of| {
                of.sum = of.sum.saturating_add(list.score(of.doc).unwrap_or(0));
                of.can_reach(left_out)
            });
        }
    }

    /// Stops reading through lists that by themselves lift no paragraph near to `floor`.
    fn leave_out(&mut self, floor: u32) {
        while let Some((_, most)) = self.lists.get(self.skipped) {
            let together = self.left_out + *most;
            if together >= u64::from(floor / LEFT_OUT) {
                return;
            }
            self.left_out = together;
            self.skipped += 1;
        }
    }
}
