//! The two views of a text that are made of its units: each by itself, and pairs of them.
//!
//! Comes in: the units of paragraphs, in order. Goes out: [`Inverted`] for both views. The
//! [numbers](super::numbering) of all units are kept once, side by side; what stands somewhere is
//! told by its place among them, so there is little memory to walk through. Most pairs are seen a
//! few times only, so they are not numbered: they are sorted by their second unit and then by their
//! first, which are few.

use tantivy::DocId;
use tantivy::tokenizer::MAX_TOKEN_LEN;

use super::numbering::{ByForm, Joint, Tokens};
use super::occurrences::{Inverted, Lengths, SideBySide, Terms};
use super::records::Places;
use crate::text::{Form, Unit};

/// A unit that is a mark, which is no token of the characters, and among the pairs one by itself.
const MARK: u32 = 1 << 31;

/// A unit that makes a pair with the one behind it.
const JOINED: u32 = 1 << 30;

/// What is left without both is the number of the unit.
const NUMBER: u32 = JOINED - 1;

/// In place of a number: behind the last unit of a paragraph, and where one is too long to be indexed.
const NONE: u32 = NUMBER;

/// Units as they come.
#[derive(Default)]
pub(super) struct UnitViews {
    numbers: ByForm,
    standing: Vec<u32>,
    /// The paragraph of each that stands there.
    paragraphs: Vec<DocId>,
    /// Where each paragraph begins.
    starts: Vec<u32>,
    chars: View,
    pairs: View,
    /// Kept for its room, as what the views have.
    by_second: SideBySide,
}

#[derive(Default)]
struct View {
    lengths: Lengths,
    /// Of each unit, or first unit of a pair.
    places: SideBySide,
    terms: Terms,
}

impl UnitViews {
    /// Takes the units of the next paragraph; the first is number 0.
    pub(super) fn push(&mut self, paragraph: DocId, units: &[Unit]) {
        self.starts.push(self.standing.len() as u32);
        let mut before: Option<Joint> = None;
        // A text is as long as it is, whatever of it is indexed: lengths enter scores.
        let (mut characters, mut neighbours) = (0, 0);
        for unit in units {
            if bytes(&unit.form) > MAX_TOKEN_LEN / 2 {
                // Ten pages of digits in a row: tantivy has no room for a pair of such.
                before = None;
                self.standing.push(NONE);
                continue;
            }
            let (number, joint) = self.numbers.number(&unit.form);
            characters += 1;
            if let Some(joint_before) = before {
                neighbours += 1;
                if joint_before.is_pair_with(joint)
                    && let Some(first) = self.standing.last_mut()
                {
                    *first |= JOINED;
                }
            }
            let mark = if joint.is_mark { MARK } else { 0 };
            self.standing.push(number | mark);
            before = Some(joint);
        }
        self.standing.push(NONE);
        self.paragraphs.resize(self.standing.len(), paragraph);
        if characters > 0 {
            self.chars.lengths.count(paragraph, characters);
        }
        if neighbours > 0 {
            self.pairs.lengths.count(paragraph, neighbours);
        }
    }

    /// Gives out characters and pairs, by term, and begins anew.
    pub(super) fn take(&mut self) -> [Inverted; 2] {
        let units = self.numbers.tokens();
        let mut in_order: Vec<u32> = (0..units.len() as u32).collect();
        in_order.sort_unstable_by_key(|&unit| units.of(unit as usize));
        rank(&mut self.standing, &in_order);
        let ranked = Ranked {
            units,
            in_order,
            standing: &self.standing,
            paragraphs: &self.paragraphs,
            starts: &self.starts,
        };
        let inverted = [
            ranked.chars(&mut self.chars),
            ranked.pairs(&mut self.pairs, &mut self.by_second),
        ];
        self.numbers.clear();
        self.standing.clear();
        self.paragraphs.clear();
        self.starts.clear();
        inverted
    }
}

/// Puts ranks, from 1, in place of numbers, and 0 where there is none: before all that it could make
/// a pair with, a unit is alone.
fn rank(standing: &mut [u32], in_order: &[u32]) {
    let mut ranks = vec![0; in_order.len()];
    for (rank, &number) in (1..).zip(in_order) {
        ranks[number as usize] = rank;
    }
    for unit in standing {
        let rank = ranks.get((*unit & NUMBER) as usize).copied().unwrap_or(0);
        *unit = *unit & !NUMBER | rank;
    }
}

/// Units by their ranks.
struct Ranked<'v> {
    units: &'v Tokens,
    /// The number of each, in the order of their bytes.
    in_order: Vec<u32>,
    standing: &'v [u32],
    paragraphs: &'v [DocId],
    starts: &'v [u32],
}

impl Ranked<'_> {
    fn chars(&self, view: &mut View) -> Inverted {
        let standing = self.standing.iter().zip(self.paragraphs);
        let rank = |&(&unit, _): &(&u32, _)| (unit & MARK == 0).then_some(unit & NUMBER);
        let paragraph = |(_, &paragraph): (_, &DocId)| paragraph;
        view.places.put(standing, self.edge(), rank, paragraph);
        for rank in 1..self.edge() {
            let unit = self.bytes(rank as u32);
            view.terms.push(&[unit], view.places.of(rank));
        }
        let place = |&paragraph: &DocId| (paragraph, 0);
        let terms = view.terms.pack(&view.places.items, place, Places::Dropped);
        view.lengths.take(terms)
    }

    fn pairs(&self, view: &mut View, by_second: &mut SideBySide) -> Inverted {
        let all = 0..self.standing.len() as u32;
        by_second.put(all, self.edge(), |&at| self.second(at), |at| at);
        let first = |&&at: &&u32| Some(self.standing[at as usize] & NUMBER);
        view.places
            .put(by_second.items.iter(), self.edge(), first, |&at| at);
        for rank in 1..self.edge() {
            let of_first = view.places.of(rank);
            let mut start = of_first.start;
            let places = &view.places.items[of_first];
            for same in places.chunk_by(|&a, &b| self.second(a) == self.second(b)) {
                let end = start + same.len();
                let second = self.second(same[0]).unwrap_or(0);
                let parts = [self.bytes(rank as u32), self.bytes(second)];
                view.terms.push(&parts, start..end);
                start = end;
            }
        }
        let place = |&at: &u32| {
            let paragraph = self.paragraphs[at as usize];
            (paragraph, at - self.starts[paragraph as usize])
        };
        let terms = view.terms.pack(&view.places.items, place, Places::Kept);
        view.lengths.take(terms)
    }

    /// Above all ranks.
    fn edge(&self) -> usize {
        self.in_order.len() + 1
    }

    /// The second unit of the pair that begins at a place; 0 for a mark, `None` where there is none.
    fn second(&self, at: u32) -> Option<u32> {
        let unit = self.standing[at as usize];
        match (unit & MARK, unit & JOINED) {
            (0, 0) => None,
            (0, _) => Some(self.standing[at as usize + 1] & NUMBER),
            _ => Some(0),
        }
    }

    fn bytes(&self, rank: u32) -> &[u8] {
        match rank.checked_sub(1) {
            Some(place) => self.units.of(self.in_order[place as usize] as usize),
            None => &[],
        }
    }
}

fn bytes(form: &Form) -> usize {
    match form {
        Form::Char(character) => character.len_utf8(),
        Form::Number(digits) => digits.len(),
    }
}
