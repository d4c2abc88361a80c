//! The pairs of units of some paragraphs, as they come; and packed, term by term.
//!
//! Comes in: pairs of the [numbers](super::numbering) of units, in the order of their paragraphs.
//! Goes out: [`Inverted`]. Most pairs are seen a few times only, so they are not numbered: they are
//! sorted by their second unit and then by their first, which are few.

use super::numbering::Tokens;
use super::occurrences::{Inverted, Lengths, SideBySide, Terms};
use super::records::{Place, Places};

/// In place of the second unit of a pair: there is none.
const ALONE: u32 = u32::MAX;

/// Pairs of units as they come, each with where it stands.
#[derive(Default)]
pub(super) struct Pairs {
    pub(super) lengths: Lengths,
    /// In the order of their places.
    standing: Vec<Pair>,
    /// By their second unit, and by both; kept for their room, as all that follows.
    by_second: SideBySide<Pair>,
    by_both: SideBySide<Pair>,
    terms: Terms,
}

/// A pair and where it stands.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    first: u32,
    second: u32,
    place: Place,
}

impl Pairs {
    /// Takes a pair. Places come in order.
    pub(super) fn push(&mut self, first: u32, second: u32, place: Place) {
        self.standing.push(Pair {
            first,
            second,
            place,
        });
    }

    /// Takes a unit that is a token without another.
    pub(super) fn push_alone(&mut self, unit: u32, place: Place) {
        self.push(unit, ALONE, place);
    }

    /// Gives out all of them, by term, and begins anew. `units` are those that they are made of.
    pub(super) fn take(&mut self, units: &Tokens) -> Inverted {
        let mut in_order: Vec<u32> = (0..units.len() as u32).collect();
        in_order.sort_unstable_by_key(|&unit| units.of(unit as usize));
        // From 1: before all that it could make a pair with, a unit is alone.
        let mut ranks = vec![0; units.len()];
        for (rank, &unit) in (1..).zip(&in_order) {
            ranks[unit as usize] = rank;
        }
        let rank = |unit: u32| ranks.get(unit as usize).copied().unwrap_or(0);
        let ranked = |pair: &Pair| Pair {
            first: rank(pair.first),
            second: rank(pair.second),
            place: pair.place,
        };
        let edge = units.len() + 1;
        self.by_second.put(
            &self.standing,
            edge,
            |pair| rank(pair.second) as usize,
            ranked,
        );
        self.standing.clear();
        let first = |pair: &Pair| pair.first as usize;
        self.by_both
            .put(&self.by_second.items, edge, first, |&pair| pair);

        let unit = |rank: u32| match rank.checked_sub(1) {
            Some(place) => units.of(in_order[place as usize] as usize),
            None => &[],
        };
        let is_same = |a: &Pair, b: &Pair| (a.first, a.second) == (b.first, b.second);
        let mut start = 0;
        for same in self.by_both.items.chunk_by(is_same) {
            let end = start + same.len();
            let parts = [unit(same[0].first), unit(same[0].second)];
            self.terms.push(&parts, start..end);
            start = end;
        }
        let place = |pair: &Pair| pair.place;
        let terms = self.terms.pack(&self.by_both.items, place, Places::Kept);
        self.lengths.take(terms)
    }
}
