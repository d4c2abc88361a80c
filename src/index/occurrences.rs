//! The tokens of one field of some paragraphs, as they come; and packed, term by term.
//!
//! Comes in: tokens in the order of their paragraphs. Goes out: [`Inverted`]. What a token is made
//! of is up to whoever brings it: a pair of numbers is found faster than six bytes.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::tokenizer::MAX_TOKEN_LEN;

use super::records::{Packer, Place, Places};

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

/// Tokens as they come, each with where it stands.
pub(super) struct Occurrences<K> {
    numbers: FxHashMap<K, u32>,
    /// The number of each token, in the order of their places.
    standing: Vec<(u32, Place)>,
    /// How many tokens there are: as many as stand somewhere, unless others are counted.
    tokens: u64,
    lengths: Vec<(DocId, u32)>,
    /// The places of each number side by side, and where they begin; kept for its room.
    by_number: (Vec<usize>, Vec<Place>),
    packer: Packer,
}

/// A term of which the bytes stand in a common buffer.
struct Term {
    /// The first of them, so that most are told apart without looking there.
    begins: u64,
    start: usize,
    end: usize,
    number: usize,
}

impl<K> Default for Occurrences<K> {
    fn default() -> Self {
        Self {
            numbers: FxHashMap::default(),
            standing: Vec::new(),
            tokens: 0,
            lengths: Vec::new(),
            by_number: Default::default(),
            packer: Packer::default(),
        }
    }
}

impl<K: Hash + Eq> Occurrences<K> {
    /// Takes a token; gives its number. Places come in order.
    pub(super) fn push(&mut self, token: K, place: Place) -> u32 {
        self.count(place.0, 1);
        self.push_uncounted(token, place)
    }

    /// Takes a token that is not counted; gives its number.
    pub(super) fn push_uncounted(&mut self, token: K, place: Place) -> u32 {
        let number = self.number(token);
        self.standing.push((number, place));
        number
    }

    /// The number of a token, whether it stands anywhere or not.
    pub(super) fn number(&mut self, token: K) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(token).or_insert(next)
    }

    /// Counts so many tokens of a paragraph.
    pub(super) fn count(&mut self, doc: DocId, tokens: u32) {
        self.tokens += u64::from(tokens);
        match self.lengths.last_mut() {
            Some((last, length)) if *last == doc => *length += tokens,
            _ => self.lengths.push((doc, tokens)),
        }
    }

    /// The tokens by their numbers.
    pub(super) fn by_number(&self) -> Vec<&K> {
        let mut tokens: Vec<(u32, &K)> = self.numbers.iter().map(|(key, &at)| (at, key)).collect();
        tokens.sort_unstable_by_key(|&(number, _)| number);
        tokens.into_iter().map(|(_, key)| key).collect()
    }

    /// Gives out all of them, by term, and begins anew. `write` writes the bytes of a token.
    pub(super) fn take(&mut self, places: Places, write: impl Fn(&K, &mut Vec<u8>)) -> Inverted {
        let mut bytes = Vec::new();
        let mut terms: Vec<Term> = Vec::with_capacity(self.numbers.len());
        for (token, &number) in &self.numbers {
            let start = bytes.len();
            write(token, &mut bytes);
            terms.push(Term {
                begins: beginning(&bytes[start..]),
                start,
                end: bytes.len(),
                number: number as usize,
            });
        }
        let text = |term: &Term| &bytes[term.start..term.end];
        terms.sort_unstable_by(|a, b| {
            let by_beginning = a.begins.cmp(&b.begins);
            by_beginning.then_with(|| text(a).cmp(text(b)))
        });
        put_side_by_side(&self.standing, self.numbers.len(), &mut self.by_number);
        let (starts, standing) = &self.by_number;
        let packer = &mut self.packer;
        for same in terms.chunk_by(|a, b| a.begins == b.begins && text(a) == text(b)) {
            let of = |term: &Term| &standing[starts[term.number]..starts[term.number + 1]];
            match same {
                [term] if of(term).is_empty() => {}
                [term] => packer.push(text(term), of(term), places),
                // Different tokens may be written alike: 2021 and 12, 202 and 112.
                _ => {
                    let mut together: Vec<Place> = same.iter().flat_map(of).copied().collect();
                    together.sort_unstable();
                    packer.push(text(&same[0]), &together, places);
                }
            }
        }
        let tokens = std::mem::take(&mut self.tokens);
        self.numbers.clear();
        self.standing.clear();
        Inverted {
            terms: packer.take(),
            tokens,
            lengths: std::mem::take(&mut self.lengths),
        }
    }
}

impl Occurrences<Box<[u8]>> {
    /// Takes a token by its bytes.
    pub(super) fn push_bytes(&mut self, token: &[u8], place: Place) {
        if token.len() > MAX_TOKEN_LEN {
            return; // tantivy has no room for it
        }
        match self.numbers.get(token) {
            Some(&number) => {
                self.count(place.0, 1);
                self.standing.push((number, place));
            }
            None => {
                self.push(token.into(), place);
            }
        }
    }
}

/// Sorts places by number: where those of each begin, and the places.
fn put_side_by_side(
    standing: &[(u32, Place)],
    numbers: usize,
    (starts, places): &mut (Vec<usize>, Vec<Place>),
) {
    starts.clear();
    starts.resize(numbers + 1, 0);
    for &(number, _) in standing {
        starts[number as usize] += 1;
    }
    let mut end = 0;
    for start in starts.iter_mut() {
        end += *start;
        *start = end;
    }
    places.resize(standing.len(), (0, 0));
    // From behind, so that what counts how many are before moves to where they begin.
    for &(number, place) in standing.iter().rev() {
        let start = &mut starts[number as usize];
        *start -= 1;
        places[*start] = place;
    }
}

/// The first eight bytes as a number that sorts as they do.
fn beginning(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = bytes.len().min(8);
    first[..length].copy_from_slice(&bytes[..length]);
    u64::from_be_bytes(first)
}
