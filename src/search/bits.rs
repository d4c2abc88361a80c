//! Sets as a bit for each number.

use std::ops::Range;

use tantivy::DocId;

/// What sets are made of.
pub(super) trait Number: Ord + Copy + Into<u64> {}
impl<N: Ord + Copy + Into<u64>> Number for N {}

/// A set as a bit for each number from the first on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    first: u64,
    words: Vec<u64>,
}

impl Bits {
    /// None of some paragraphs.
    pub(super) fn none_of(docs: &Range<DocId>) -> Self {
        Self {
            first: docs.start.into(),
            words: vec![0; docs.len() / 64 + 1],
        }
    }

    /// None of the numbers from the first to the last.
    pub(super) fn none_between<N: Number>(first: N, last: N) -> Self {
        let (first, last) = (first.into(), last.into());
        Self {
            first,
            words: vec![0; (last - first) as usize / 64 + 1],
        }
    }

    pub(super) fn has<N: Number>(&self, number: N) -> bool {
        let place = number.into().wrapping_sub(self.first);
        let word = self.words.get((place / 64) as usize);
        word.is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    pub(super) fn add<N: Number>(&mut self, list: &[N]) {
        self.by_word(list, |word, bits| word | bits);
    }

    pub(super) fn remove<N: Number>(&mut self, list: &[N]) {
        self.by_word(list, |word, bits| word & !bits);
    }

    /// Changes the words in which a sorted list has bits: each once, as the numbers of one word would
    /// wait for each other.
    fn by_word<N: Number>(&mut self, list: &[N], make: impl Fn(u64, u64) -> u64) {
        let (mut at, mut bits) = (0, 0);
        for &number in list {
            let place = number.into() - self.first;
            let word = (place / 64) as usize;
            if word != at {
                self.words[at] = make(self.words[at], bits);
                (at, bits) = (word, 0);
            }
            bits |= 1 << (place % 64);
        }
        self.words[at] = make(self.words[at], bits);
    }

    /// Adds all of a range of its paragraphs.
    pub(super) fn add_range(&mut self, range: &Range<DocId>) {
        for (place, bits) in self.places(range) {
            self.words[place] |= bits;
        }
    }

    /// Makes each word of it and the one of another set of the same paragraphs one.
    pub(super) fn join(&mut self, other: &Self, make: impl Fn(u64, u64) -> u64) {
        debug_assert_eq!(
            (self.first, self.words.len()),
            (other.first, other.words.len())
        );
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word = make(*word, *other);
        }
    }

    pub(super) fn len(&self) -> usize {
        let ones = self.words.iter().map(|word| word.count_ones() as usize);
        ones.sum()
    }

    /// How many it has of a range of its paragraphs.
    pub(super) fn len_within(&self, range: &Range<DocId>) -> usize {
        let words = self.places(range).map(|(place, of)| self.words[place] & of);
        words.map(|word| word.count_ones() as usize).sum()
    }

    /// Whether it has one of a range of its paragraphs.
    pub(super) fn has_any(&self, range: &Range<DocId>) -> bool {
        let mut places = self.places(range);
        places.any(|(place, of)| self.words[place] & of != 0)
    }

    /// The words in which a range of its paragraphs lies, and which bits of each are of it.
    fn places(&self, range: &Range<DocId>) -> impl Iterator<Item = (usize, u64)> + use<> {
        let (start, end) = (
            u64::from(range.start) - self.first,
            u64::from(range.end) - self.first,
        );
        (start / 64..end.div_ceil(64)).map(move |place| {
            let (before, behind) = (
                start.saturating_sub(place * 64),
                (place * 64 + 64).saturating_sub(end),
            );
            (place as usize, !0 << before & !0 >> behind)
        })
    }

    /// How many bits it takes.
    pub(super) fn room(&self) -> usize {
        self.words.len() * 64
    }

    /// All paragraphs of a set that was begun with [`none_of`](Self::none_of) some, in order.
    pub(super) fn docs(&self) -> impl Iterator<Item = DocId> {
        self.in_words(self.words.iter().copied().enumerate())
    }

    /// Those of a range of its paragraphs, in order.
    pub(super) fn docs_within(&self, range: &Range<DocId>) -> impl Iterator<Item = DocId> {
        let words = self.places(range);
        self.in_words(words.map(|(place, of)| (place, self.words[place] & of)))
    }

    /// The paragraphs of some words, each with its place.
    fn in_words(&self, words: impl Iterator<Item = (usize, u64)>) -> impl Iterator<Item = DocId> {
        let first = DocId::try_from(self.first).unwrap_or(DocId::MAX);
        words.flat_map(move |(place, word)| {
            let base = first + place as DocId * 64;
            let mut rest = word;
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| base + rest.trailing_zeros());
                rest &= rest.wrapping_sub(1);
                next
            })
        })
    }

    /// The range of paragraphs that it has room for.
    pub(super) fn range(&self) -> Range<DocId> {
        let first = DocId::try_from(self.first).unwrap_or(DocId::MAX);
        first..first + self.room() as DocId
    }
}
