//! The tokens of one field of some paragraphs, as they come; and packed, term by term.
//!
//! Comes in: tokens in the order of their paragraphs, by [number](super::numbering). Goes out:
//! [`Inverted`].

use std::cmp::Ordering;
use std::ops::Range;

use tantivy::DocId;

use super::numbering::Tokens;
use super::records::{Packer, Place, Places, beginning};

/// A field of some paragraphs.
#[derive(Default)]
pub(super) struct Inverted {
    /// Its terms with their postings; see [`records`](super::records).
    pub(super) terms: Box<[u8]>,
    /// How many tokens it has.
    pub(super) tokens: u64,
    /// The paragraphs that have tokens, each with how many.
    pub(super) lengths: Vec<(DocId, u32)>,
}

/// How many tokens there are: as many as stand somewhere, unless others are counted.
#[derive(Default)]
pub(super) struct Lengths {
    tokens: u64,
    of_paragraphs: Vec<(DocId, u32)>,
}

impl Lengths {
    /// Counts so many tokens of a paragraph. Paragraphs come in order.
    pub(super) fn count(&mut self, doc: DocId, tokens: u32) {
        self.tokens += u64::from(tokens);
        match self.of_paragraphs.last_mut() {
            Some((last, length)) if *last == doc => *length += tokens,
            _ => self.of_paragraphs.push((doc, tokens)),
        }
    }

    /// Gives them out with the terms that they are of, and begins anew.
    pub(super) fn take(&mut self, terms: Box<[u8]>) -> Inverted {
        Inverted {
            terms,
            tokens: std::mem::take(&mut self.tokens),
            lengths: std::mem::take(&mut self.of_paragraphs),
        }
    }
}

/// Tokens as they come, each with where it stands.
pub(super) struct Occurrences {
    pub(super) lengths: Lengths,
    kept: Places,
    /// The number of each token and its paragraph, in the order of their places.
    standing: Vec<(u32, DocId)>,
    /// The place of each in its paragraph, where places are kept.
    positions: Vec<u32>,
    /// The paragraphs of each number, or where it stands among all; kept for its room, as what follows.
    places: SideBySide,
    terms: Terms,
}

impl Occurrences {
    pub(super) fn new(kept: Places) -> Self {
        Self {
            lengths: Lengths::default(),
            kept,
            standing: Vec::new(),
            positions: Vec::new(),
            places: SideBySide::default(),
            terms: Terms::default(),
        }
    }

    /// Takes a token that is not counted. Places come in order.
    pub(super) fn push(&mut self, number: u32, (paragraph, position): Place) {
        self.standing.push((number, paragraph));
        if self.kept == Places::Kept {
            self.positions.push(position);
        }
    }

    /// Gives out all of them, by term, and begins anew.
    pub(super) fn take(&mut self, tokens: &Tokens) -> Inverted {
        let (standing, positions) = (&self.standing, &self.positions);
        let (keeps, all) = (self.kept == Places::Kept, 0..standing.len() as u32);
        let number = |&at: &u32| Some(standing[at as usize].0);
        let paragraph = |at: u32| standing[at as usize].1;
        let item = |at| if keeps { at } else { paragraph(at) };
        self.places.put(all, tokens.len(), number, item);
        for (number, token) in tokens.iter().enumerate() {
            self.terms.push(&[token], self.places.of(number));
        }
        let items = &self.places.items;
        let terms = match self.kept {
            Places::Kept => {
                let place = |&at: &u32| (paragraph(at), positions[at as usize]);
                self.terms.pack(items, place, Places::Kept)
            }
            Places::Dropped => {
                let place = |&paragraph: &DocId| (paragraph, 0);
                self.terms.pack(items, place, Places::Dropped)
            }
        };
        self.standing.clear();
        self.positions.clear();
        self.lengths.take(terms)
    }
}

/// Places or paragraphs sorted by number, those of one number side by side.
#[derive(Default)]
pub(super) struct SideBySide {
    pub(super) items: Vec<u32>,
    /// Where those of each number begin.
    starts: Vec<usize>,
}

impl SideBySide {
    /// Puts things here in place of those that are here, by their numbers, which are below `numbers`;
    /// those without a number are left out. Those of one number stay in their order.
    pub(super) fn put<S>(
        &mut self,
        things: impl DoubleEndedIterator<Item = S> + Clone,
        numbers: usize,
        number: impl Fn(&S) -> Option<u32>,
        item: impl Fn(S) -> u32,
    ) {
        let starts = &mut self.starts;
        starts.clear();
        starts.resize(numbers + 1, 0);
        for number in things.clone().filter_map(|thing| number(&thing)) {
            starts[number as usize] += 1;
        }
        let mut end = 0;
        for start in starts.iter_mut() {
            end += *start;
            *start = end;
        }
        if self.items.capacity() < end {
            // Nothing that is here would have to be moved there.
            self.items = Vec::with_capacity(end + end / 8);
        }
        self.items.resize(end, 0);
        // From behind, so that what counts how many are before moves to where they begin.
        for thing in things.rev() {
            if let Some(number) = number(&thing) {
                let start = &mut starts[number as usize];
                *start -= 1;
                self.items[*start] = item(thing);
            }
        }
    }

    /// Where those of a number stand.
    pub(super) fn of(&self, number: usize) -> Range<usize> {
        self.starts[number]..self.starts[number + 1]
    }
}

/// Terms, each with which of the things side by side say where it stands.
#[derive(Default)]
pub(super) struct Terms {
    terms: Vec<Term>,
    /// Of all terms.
    bytes: Vec<u8>,
    packer: Packer,
}

/// A term of which the bytes stand in a common buffer.
struct Term {
    /// The first of them, so that most are told apart without looking there.
    begins: u64,
    bytes: Range<usize>,
    standing: Range<usize>,
}

impl Terms {
    /// Takes a term that is made of some parts.
    pub(super) fn push(&mut self, parts: &[&[u8]], standing: Range<usize>) {
        if standing.is_empty() {
            return;
        }
        let start = self.bytes.len();
        parts
            .iter()
            .for_each(|part| self.bytes.extend_from_slice(part));
        self.terms.push(Term {
            begins: beginning(&self.bytes[start..]),
            bytes: start..self.bytes.len(),
            standing,
        });
    }

    /// Gives out all of them in their order, packed, and begins anew.
    pub(super) fn pack<T: Copy>(
        &mut self,
        standing: &[T],
        place: impl Fn(&T) -> Place + Copy,
        places: Places,
    ) -> Box<[u8]> {
        let bytes = &self.bytes;
        let text = |term: &Term| &bytes[term.bytes.clone()];
        sort(&mut self.terms, |a, b| {
            let by_beginning = a.begins.cmp(&b.begins);
            by_beginning.then_with(|| text(a).cmp(text(b)))
        });
        let of = |term: &Term| &standing[term.standing.clone()];
        let packer = &mut self.packer;
        let is_same = |a: &Term, b: &Term| a.begins == b.begins && text(a) == text(b);
        for same in self.terms.chunk_by(is_same) {
            match same {
                [term] => packer.push(text(term), of(term), place, places),
                // Different tokens may be written alike: 2021 and 12, 202 and 112.
                _ => {
                    let mut together: Vec<Place> = same.iter().flat_map(of).map(place).collect();
                    together.sort_unstable();
                    packer.push(text(&same[0]), &together, |&place| place, places);
                }
            }
        }
        self.terms.clear();
        self.bytes.clear();
        self.packer.take()
    }
}

/// Sorts terms of which many may stand in their order already, at the beginning and at the end.
fn sort<T>(terms: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let is_behind = |pair: &[T]| compare(&pair[0], &pair[1]) == Ordering::Greater;
    let Some(first) = terms.windows(2).position(is_behind) else {
        return;
    };
    let last = terms.windows(2).rposition(is_behind);
    let (mut start, mut end) = (first, last.map_or(terms.len(), |last| last + 2));
    let middle = &terms[start..end];
    // What is before and behind may have to stand among the others.
    if let Some(least) = middle.iter().min_by(|a, b| compare(a, b)) {
        start = terms[..start].partition_point(|term| compare(term, least) != Ordering::Greater);
    }
    if let Some(greatest) = terms[start..end].iter().max_by(|a, b| compare(a, b)) {
        end += terms[end..].partition_point(|term| compare(term, greatest) == Ordering::Less);
    }
    terms[start..end].sort_unstable_by(compare);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_stands_in_order_already_all_is_sorted(
            mut numbers in prop::collection::vec(0_u8..40, 0..40),
            start in 0_usize..40, end in 0_usize..40,
        ) {
            let mut expected = numbers.clone();
            expected.sort_unstable();
            let (start, end) = (start.min(numbers.len()), end.min(numbers.len()));
            numbers[..start].sort_unstable();
            numbers[end..].sort_unstable();
            sort(&mut numbers, Ord::cmp);
            prop_assert_eq!(numbers, expected);
        }
    }
}
