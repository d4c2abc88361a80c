//! The postings of some paragraphs, term by term, packed; and read again, a term at a time.
//!
//! Comes in: a field's terms in the order of their bytes, each with where it stands. Goes out: the
//! same, from memory or from a file, and many lists of terms as one.
//!
//! Numbers are written seven bits to a byte, the low ones first. A term is
//!
//! | part | meaning |
//! |---|---|
//! | length | bytes of the term |
//! | size | bytes of the postings |
//! | term, postings | of that many bytes |
//!
//! and the postings have for each paragraph the distance from the one before (from 0), doubled, and
//! one more where the term stands there once; else how often; then, where places are kept, the
//! distance of each place from the one before.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::io::{self, Read};
use std::ops::Range;

use tantivy::DocId;

/// A place where a term stands: the paragraph, and the position in it.
pub(super) type Place = (DocId, u32);

/// Whether the places of terms in their paragraphs are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    Kept,
    Dropped,
}

/// Bytes that are read at a time; more for a longer term.
const CHUNK: usize = 16 << 10;

/// The most bytes that stand before a term.
const LONGEST_HEAD: usize = 2 * 5;

/// Packs the postings of terms, one behind the other.
#[derive(Default)]
pub(super) struct Packer {
    packed: Vec<u8>,
    postings: Vec<u8>,
}

impl Packer {
    /// A term and the places where it stands, in order. Each term is behind those before it.
    pub(super) fn push<T>(
        &mut self,
        term: &[u8],
        standing: &[T],
        place: impl Fn(&T) -> Place,
        places: Places,
    ) {
        self.postings.clear();
        let mut before = 0;
        for there in standing.chunk_by(|a, b| place(a).0 == place(b).0) {
            let doc = place(&there[0]).0;
            push_number(
                &mut self.postings,
                u64::from(doc - before) << 1 | u64::from(there.len() == 1),
            );
            if there.len() > 1 {
                push_number(&mut self.postings, there.len() as u64);
            }
            if places == Places::Kept {
                let mut last = 0;
                for here in there.iter().map(|here| place(here).1) {
                    push_number(&mut self.postings, u64::from(here - last));
                    last = here;
                }
            }
            before = doc;
        }
        push_number(&mut self.packed, term.len() as u64);
        push_number(&mut self.packed, self.postings.len() as u64);
        self.packed.extend_from_slice(term);
        self.packed.extend_from_slice(&self.postings);
    }

    /// Gives out what was packed, and begins anew.
    pub(super) fn take(&mut self) -> Box<[u8]> {
        let packed = self.packed.as_slice().into();
        self.packed.clear();
        packed
    }
}

/// Packed terms that are read one after the other.
struct Terms<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where the next term begins in the buffer.
    next: usize,
    postings: Range<usize>,
}

impl<R: Read> Terms<R> {
    fn new(source: R) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            next: 0,
            postings: 0..0,
        }
    }

    /// Reads the next term into `term`; false where there is none.
    fn advance(&mut self, term: &mut Vec<u8>) -> io::Result<bool> {
        self.fill(LONGEST_HEAD)?;
        let mut head = &self.buffer[self.next..];
        if head.is_empty() {
            return Ok(false);
        }
        let left = head.len();
        let [length, size] = std::array::from_fn(|_| number(&mut head));
        let at = left - head.len();
        let (length, size) = (length as usize, size as usize);
        self.fill(at + length + size)?;
        let start = self.next + at;
        let whole = self.buffer.get(start..start + length + size);
        let whole = whole.ok_or(io::ErrorKind::UnexpectedEof)?;
        term.clear();
        term.extend_from_slice(&whole[..length]);
        self.next = start + length + size;
        self.postings = start + length..self.next;
        Ok(true)
    }

    /// Has at least so many bytes in the buffer, or all that are left.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        if self.buffer.len() - self.next < wanted {
            self.buffer.drain(..self.next);
            self.next = 0;
            let missing = wanted.max(CHUNK) - self.buffer.len();
            let source = self.source.by_ref();
            source.take(missing as u64).read_to_end(&mut self.buffer)?;
        }
        Ok(())
    }

    /// Hands each paragraph of the term to `take`, with how often the term stands there and the
    /// distances of its places.
    fn each(
        &self,
        places: Places,
        scratch: &mut Vec<u32>,
        mut take: impl FnMut(DocId, u32, &[u32]),
    ) {
        let mut postings = &self.buffer[self.postings.clone()];
        let mut doc = 0;
        while !postings.is_empty() {
            let head = number(&mut postings);
            doc += (head >> 1) as DocId;
            let frequency = if head & 1 == 1 {
                1
            } else {
                number(&mut postings) as u32
            };
            scratch.clear();
            if places == Places::Kept {
                scratch.extend((0..frequency).map(|_| number(&mut postings) as u32));
            }
            take(doc, frequency, scratch);
        }
    }
}

/// Several packed lists of one field as one, each with the number of its first paragraph. The
/// lists are in the order of their paragraphs.
pub(super) struct Merged<R> {
    lists: Vec<(DocId, Terms<R>)>,
    /// The next term of each list that has one.
    heads: BinaryHeap<Head>,
    /// Those that have the term that is handed out.
    here: Vec<Head>,
    places: Places,
    scratch: Vec<u32>,
}

/// The next term of a list. The greatest is the one that comes first.
struct Head {
    /// The first bytes of the term: see [`beginning`].
    begins: u64,
    term: Vec<u8>,
    list: usize,
}

impl Head {
    /// Compares the terms. Most are told apart by how they begin, or are not longer.
    fn cmp_term(&self, other: &Self) -> Ordering {
        let by_beginning = self.begins.cmp(&other.begins);
        by_beginning.then_with(|| match self.term.len().max(other.term.len()) {
            // What is equal with zeros behind it has only zeros more.
            0..=8 => self.term.len().cmp(&other.term.len()),
            _ => self.term.cmp(&other.term),
        })
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = other.cmp_term(self);
        order.then_with(|| other.list.cmp(&self.list))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}

impl<R: Read> Merged<R> {
    pub(super) fn of(lists: impl Iterator<Item = (DocId, R)>, places: Places) -> Self {
        let lists: Vec<_> = lists
            .map(|(first, source)| (first, Terms::new(source)))
            .collect();
        // None has handed out a term yet: all of them are asked for one.
        let here = (0..lists.len()).map(|list| Head {
            begins: 0,
            term: Vec::new(),
            list,
        });
        Self {
            here: here.collect(),
            lists,
            heads: BinaryHeap::new(),
            places,
            scratch: Vec::new(),
        }
    }

    /// The next term.
    pub(super) fn next_term(&mut self) -> io::Result<Option<&[u8]>> {
        for mut head in self.here.drain(..) {
            if self.lists[head.list].1.advance(&mut head.term)? {
                head.begins = beginning(&head.term);
                self.heads.push(head);
            }
        }
        while let Some(head) = self.heads.peek()
            && self
                .here
                .first()
                .is_none_or(|first| first.cmp_term(head) == Ordering::Equal)
        {
            self.here.extend(self.heads.pop());
        }
        Ok(self.here.first().map(|head| &head.term[..]))
    }

    /// Hands each paragraph of the term to `take`, in order: its number, how often the term stands
    /// there, and the distances of its places.
    pub(super) fn each(&mut self, mut take: impl FnMut(DocId, u32, &[u32])) {
        for head in &self.here {
            let (first, list) = &self.lists[head.list];
            list.each(
                self.places,
                &mut self.scratch,
                |doc, frequency, distances| {
                    take(first + doc, frequency, distances);
                },
            );
        }
    }
}

/// The first eight bytes of a term as a number that sorts as they do.
pub(super) fn beginning(term: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = term.len().min(8);
    first[..length].copy_from_slice(&term[..length]);
    u64::from_be_bytes(first)
}

fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 1 << 7 {
        bytes.push(number as u8 | 1 << 7);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The number that begins `bytes`, which then begin behind it. Most take one byte.
#[inline]
fn number(bytes: &mut &[u8]) -> u64 {
    match bytes.split_first() {
        Some((&byte, rest)) if byte < 1 << 7 => {
            *bytes = rest;
            byte.into()
        }
        _ => long_number(bytes),
    }
}

fn long_number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    let mut shift = 0;
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 1 << 7 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Where each term stands.
    type Index = BTreeMap<Vec<u8>, Vec<Place>>;

    fn packed(index: &Index, places: Places) -> Vec<u8> {
        let mut packer = Packer::default();
        for (term, standing) in index {
            packer.push(term, standing, |&place| place, places);
        }
        packer.take().into_vec()
    }

    /// All that several lists hold, of so many paragraphs each.
    fn read(lists: &[Vec<u8>], paragraphs: DocId, places: Places) -> Index {
        let lists = (0..)
            .step_by(paragraphs as usize)
            .zip(lists.iter().map(Vec::as_slice));
        let mut merged = Merged::of(lists, places);
        let mut index = Index::new();
        while let Some(term) = merged.next_term().unwrap() {
            let term = term.to_vec();
            let standing = index.entry(term).or_default();
            merged.each(|doc, frequency, distances| {
                let mut place = 0;
                match places {
                    Places::Dropped => standing.extend((0..frequency).map(|_| (doc, 0))),
                    Places::Kept => standing.extend(distances.iter().map(|distance| {
                        place += distance;
                        (doc, place)
                    })),
                }
            });
        }
        index
    }

    proptest! {
        #[test]
        fn lists_come_out_as_one_with_every_place(
            lists in prop::collection::vec(
                prop::collection::btree_map(
                    prop::collection::vec(prop_oneof![0_u8..3, any::<u8>()], 0..11),
                    prop::collection::btree_set((0_u32..300, 0_u32..70_000), 1..9),
                    0..6,
                ),
                0..5,
            ),
        ) {
            let lists: Vec<Index> = lists
                .into_iter()
                .map(|list| {
                    let list = list.into_iter();
                    list.map(|(term, places)| (term, places.into_iter().collect())).collect()
                })
                .collect();
            let mut expected = Index::new();
            for (first, list) in (0..).step_by(300).zip(&lists) {
                for (term, standing) in list {
                    let shifted = standing.iter().map(|&(doc, place)| (first + doc, place));
                    expected.entry(term.clone()).or_default().extend(shifted);
                }
            }
            let kept: Vec<_> = lists.iter().map(|list| packed(list, Places::Kept)).collect();
            prop_assert_eq!(&read(&kept, 300, Places::Kept), &expected);

            for standing in expected.values_mut() {
                standing.iter_mut().for_each(|(_, place)| *place = 0);
            }
            let dropped: Vec<_> = lists.iter().map(|list| packed(list, Places::Dropped)).collect();
            prop_assert_eq!(&read(&dropped, 300, Places::Dropped), &expected);
        }
    }

    #[test]
    fn a_term_longer_than_what_is_read_at_a_time_is_read_whole() {
        let standing: Vec<Place> = (0..30_000).map(|doc| (doc, doc % 7)).collect();
        let index = Index::from([(vec![b'a'], standing.clone()), (vec![b'b'; 100], standing)]);
        assert_eq!(
            read(&[packed(&index, Places::Kept)], 30_000, Places::Kept),
            index
        );
    }

    #[test]
    fn a_list_that_breaks_off_is_an_error() {
        let index = Index::from([(b"abc".to_vec(), vec![(1, 2), (5, 4)])]);
        let mut half = packed(&index, Places::Kept);
        half.pop();
        let mut merged = Merged::of([(0, &half[..])].into_iter(), Places::Kept);
        let error = merged.next_term().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
