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
    /// Of so many numbers at least a list becomes bits.
    const FEWEST: usize = 1024;
    /// So many bits may be there for each number.
    const SPARSEST: usize = 256;
    /// A list that has so many times as many numbers as the one that it is held against is searched.
    const UNLIKE: usize = 16;

    /// None of some paragraphs.
    pub(super) fn none_of(docs: &Range<DocId>) -> Self {
        Self {
            first: docs.start.into(),
            words: vec![0; docs.len() / 64 + 1],
        }
    }

    /// A list that another of like size is held against; `None` where bits do not pay.
    pub(super) fn beside<N: Number>(list: &[N], other: &[N]) -> Option<Self> {
        let (least, most) = (list.len().min(other.len()), list.len().max(other.len()));
        if least < Self::FEWEST || most / Self::UNLIKE > least {
            return None;
        }
        let (first, last): (u64, u64) = ((*list.first()?).into(), (*list.last()?).into());
        let words = usize::try_from((last - first) / 64).ok()? + 1;
        if words > list.len() * Self::SPARSEST / 64 {
            return None;
        }
        let mut bits = Self {
            first,
            words: vec![0; words],
        };
        bits.add(list);
        Some(bits)
    }

    pub(super) fn has<N: Number>(&self, number: N) -> bool {
        let place = number.into().wrapping_sub(self.first);
        let word = self.words.get((place / 64) as usize);
        word.is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    pub(super) fn add<N: Number>(&mut self, list: &[N]) {
        for &number in list {
            let place = number.into() - self.first;
            self.words[(place / 64) as usize] |= 1 << (place % 64);
        }
    }

    /// Adds all of a range that is not empty.
    pub(super) fn add_range(&mut self, range: &Range<DocId>) {
        let (start, last) = (
            u64::from(range.start) - self.first,
            u64::from(range.end - 1) - self.first,
        );
        let (from, to) = ((start / 64) as usize, (last / 64) as usize);
        let (above, below) = (!0 << (start % 64), !0 >> (63 - last % 64));
        if from == to {
            self.words[from] |= above & below;
            return;
        }
        self.words[from] |= above;
        self.words[from + 1..to].fill(!0);
        self.words[to] |= below;
    }

    pub(super) fn remove<N: Number>(&mut self, list: &[N]) {
        for &number in list {
            let place = number.into() - self.first;
            self.words[(place / 64) as usize] &= !(1 << (place % 64));
        }
    }

    /// Adds all of another set of the same paragraphs.
    pub(super) fn add_all(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Makes each word of it and the one of another set of the same paragraphs one.
    pub(super) fn with(mut self, other: &Self, make: impl Fn(u64, u64) -> u64) -> Self {
        debug_assert_eq!(
            (self.first, self.words.len()),
            (other.first, other.words.len())
        );
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word = make(*word, *other);
        }
        self
    }

    pub(super) fn len(&self) -> usize {
        let ones = self.words.iter().map(|word| word.count_ones() as usize);
        ones.sum()
    }

    /// How many it has of a range of its paragraphs that is not empty.
    pub(super) fn len_within(&self, range: &Range<DocId>) -> usize {
        let (start, last) = (
            u64::from(range.start) - self.first,
            u64::from(range.end - 1) - self.first,
        );
        let (from, to) = ((start / 64) as usize, (last / 64) as usize);
        let (above, below) = (!0 << (start % 64), !0 >> (63 - last % 64));
        if from == to {
            return (self.words[from] & above & below).count_ones() as usize;
        }
        let between = self.words[from + 1..to].iter();
        let ends = (self.words[from] & above).count_ones() + (self.words[to] & below).count_ones();
        ends as usize
            + between
                .map(|word| word.count_ones() as usize)
                .sum::<usize>()
    }

    /// How many bits it takes.
    pub(super) fn room(&self) -> usize {
        self.words.len() * 64
    }

    /// All paragraphs of a set that was begun with [`none_of`](Self::none_of) some, in order.
    pub(super) fn docs(&self) -> impl Iterator<Item = DocId> {
        let first = DocId::try_from(self.first).unwrap_or(DocId::MAX);
        let words = (first..).step_by(64).zip(&self.words);
        words.flat_map(|(base, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| base + rest.trailing_zeros());
                rest &= rest.wrapping_sub(1);
                next
            })
        })
    }
}
