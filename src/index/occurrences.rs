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
#[derive(Default)]
pub(super) struct Occurrences {
    pub(super) lengths: Lengths,
    /// The number of each token, in the order of their places.
    standing: Vec<(u32, Place)>,
    /// Of each number; kept for its room, as all that follows.
    places: SideBySide<Place>,
    terms: Terms,
}

impl Occurrences {
    /// Takes a token that is not counted. Places come in order.
    pub(super) fn push(&mut self, number: u32, place: Place) {
        self.standing.push((number, place));
    }

    /// Gives out all of them, by term, and begins anew.
    pub(super) fn take(&mut self, places: Places, tokens: &Tokens) -> Inverted {
        let number = |&(number, _): &(u32, Place)| number as usize;
        let place = |&(_, place): &(u32, Place)| place;
        self.places.put(&self.standing, tokens.len(), number, place);
        self.standing.clear();
        for (number, token) in tokens.iter().enumerate() {
            self.terms.push(&[token], self.places.of(number));
        }
        let terms = self.terms.pack(&self.places.items, |&place| place, places);
        self.lengths.take(terms)
    }
}

/// Things sorted by number, those of one number side by side.
#[derive(Default)]
pub(super) struct SideBySide<T> {
    pub(super) items: Vec<T>,
    /// Where those of each number begin.
    starts: Vec<usize>,
}

impl<T: Copy + Default> SideBySide<T> {
    /// Puts things here in place of those that are here, by their numbers, which are below `numbers`.
    /// Those of one number stay in their order.
    pub(super) fn put<S>(
        &mut self,
        things: &[S],
        numbers: usize,
        number: impl Fn(&S) -> usize,
        item: impl Fn(&S) -> T,
    ) {
        let starts = &mut self.starts;
        starts.clear();
        starts.resize(numbers + 1, 0);
        for thing in things {
            starts[number(thing)] += 1;
        }
        let mut end = 0;
        for start in starts.iter_mut() {
            end += *start;
            *start = end;
        }
        self.items.resize(things.len(), T::default());
        // From behind, so that what counts how many are before moves to where they begin.
        for thing in things.iter().rev() {
            let start = &mut starts[number(thing)];
            *start -= 1;
            self.items[*start] = item(thing);
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
