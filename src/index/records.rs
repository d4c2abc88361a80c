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
use std::io::{self, Read};
use std::ops::Range;

use tantivy::DocId;

use super::tournament::Tournament;

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

    /// Puts the paragraphs of the term behind others; the first of the list has this number.
    fn put(&self, first: DocId, places: Places, into: &mut Postings) {
        let mut postings = &self.buffer[self.postings.clone()];
        let mut doc = first;
        while !postings.is_empty() {
            let head = number(&mut postings);
            doc += (head >> 1) as DocId;
            let frequency = match head & 1 {
                1 => 1,
                _ => number(&mut postings) as u32,
            };
            into.paragraphs.push((doc, frequency));
            if places == Places::Kept {
                for _ in 0..frequency {
                    into.distances.push(number(&mut postings) as u32);
                }
            }
        }
    }
}

/// Where terms stand, one behind the other.
#[derive(Default)]
pub(super) struct Postings {
    /// For each paragraph of each term how often the term stands there.
    pub(super) paragraphs: Vec<(DocId, u32)>,
    /// Where places are kept, the distances of all of them.
    pub(super) distances: Vec<u32>,
}

/// Several packed lists of one field as one, each with the number of its first paragraph. The
/// lists are in the order of their paragraphs.
pub(super) struct Merged<R> {
    lists: Vec<List<R>>,
    /// How the next term of each list compares.
    heads: Vec<Head>,
    /// Who of the lists has the first term.
    tournament: Tournament,
    places: Places,
    /// The term that is handed out.
    term: Vec<u8>,
}

struct List<R> {
    first: DocId,
    terms: Terms<R>,
    /// The term that was read last.
    term: Vec<u8>,
}

/// How a term compares: by its first bytes, and by how many there are. What is equal to another with
/// zeros behind it has only zeros more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    begins: u64,
    /// At most [`LONG`], or [`END`].
    length: u8,
}

/// In place of any length from which on terms may differ behind their first bytes.
const LONG: u8 = 9;

/// In place of a length: there is no term, which comes behind all terms.
const END: u8 = 10;

impl<R: Read> List<R> {
    /// Goes to the next term.
    fn advance(&mut self) -> io::Result<Head> {
        let has_term = self.terms.advance(&mut self.term)?;
        Ok(match has_term {
            true => Head {
                begins: beginning(&self.term),
                length: self.term.len().min(LONG.into()) as u8,
            },
            false => Head {
                begins: u64::MAX,
                length: END,
            },
        })
    }
}

impl<R: Read> Merged<R> {
    pub(super) fn of(lists: impl Iterator<Item = (DocId, R)>, places: Places) -> io::Result<Self> {
        let lists = lists.map(|(first, source)| List {
            first,
            terms: Terms::new(source),
            term: Vec::new(),
        });
        let mut lists: Vec<List<R>> = lists.collect();
        let heads: io::Result<Vec<Head>> = lists.iter_mut().map(List::advance).collect();
        let heads = heads?;
        let is_first = |a, b| is_first(&lists, &heads, a, b);
        Ok(Self {
            tournament: Tournament::new(lists.len(), is_first),
            lists,
            heads,
            places,
            term: Vec::new(),
        })
    }

    /// The next term, of which the postings are put behind others.
    pub(super) fn next(&mut self, postings: &mut Postings) -> io::Result<Option<&[u8]>> {
        let Some(first) = self.tournament.first() else {
            return Ok(None);
        };
        let head = self.heads[first];
        if head.length == END {
            return Ok(None);
        }
        self.term.clear();
        self.term.extend_from_slice(&self.lists[first].term);
        while let Some(place) = self.tournament.first() {
            let list = &mut self.lists[place];
            if self.heads[place] != head || head.length == LONG && list.term != self.term {
                break;
            }
            list.terms.put(list.first, self.places, postings);
            self.heads[place] = list.advance()?;
            let (lists, heads) = (&self.lists, &self.heads);
            self.tournament
                .play_again(|a, b| is_first(lists, heads, a, b));
        }
        Ok(Some(&self.term))
    }
}

/// Whether the next term of one list comes before that of another; of equal ones that of the first.
fn is_first<R>(lists: &[List<R>], heads: &[Head], one: usize, other: usize) -> bool {
    let order = heads[one].cmp(&heads[other]);
    let order = order.then_with(|| match heads[one].length {
        LONG => lists[one].term.cmp(&lists[other].term),
        _ => Ordering::Equal,
    });
    order.then(one.cmp(&other)) == Ordering::Less
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
        let mut merged = Merged::of(lists, places).unwrap();
        let mut index = Index::new();
        let mut postings = Postings::default();
        while let Some(term) = merged.next(&mut postings).unwrap() {
            let standing = index.entry(term.to_vec()).or_default();
            let mut distances = postings.distances.drain(..);
            for (doc, frequency) in postings.paragraphs.drain(..) {
                let mut place = 0;
                standing.extend((0..frequency).map(|_| {
                    place += distances.next().unwrap_or(0);
                    (doc, place)
                }));
            }
            assert_eq!(distances.next(), None);
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
        let merged = Merged::of([(0, &half[..])].into_iter(), Places::Kept);
        let error = merged.err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
