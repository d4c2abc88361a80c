//! Sets of paragraphs of one segment: sorted lists of tantivy's document numbers, or of any other
//! numbers.

use std::ops::Range;

use tantivy::DocId;

/// Those in both.
pub(super) fn both<N: Number>(left: &[N], right: &[N]) -> Vec<N> {
    let (few, many) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    let mut found = Vec::with_capacity(few.len());
    if let Some(bits) = Bits::beside(many, few) {
        found.extend(few.iter().filter(|&&doc| bits.has(doc)));
        return found;
    }
    let mut rest = many;
    for &doc in few {
        rest = &rest[gallop(rest, doc)..];
        match rest.first() {
            Some(&first) if first == doc => found.push(doc),
            Some(_) => {}
            None => break,
        }
    }
    found
}

/// Those in either.
pub(super) fn either<N: Number>(left: Vec<N>, right: &[N]) -> Vec<N> {
    if right.is_empty() {
        return left;
    }
    if left.is_empty() {
        return right.to_vec();
    }
    let mut found = Vec::with_capacity(left.len() + right.len());
    let (mut l, mut r) = (&left[..], right);
    while let (Some(&a), Some(&b)) = (l.first(), r.first()) {
        // What stands above sections comes in runs.
        let before = if a <= b {
            let before;
            (before, l) = l.split_at(1 + gallop(&l[1..], b));
            r = r.strip_prefix(&[a]).unwrap_or(r);
            before
        } else {
            let before;
            (before, r) = r.split_at(gallop(r, a));
            before
        };
        found.extend_from_slice(before);
    }
    found.extend_from_slice(l);
    found.extend_from_slice(r);
    found
}

/// Those on the left that are not on the right.
pub(super) fn without<N: Number>(mut left: Vec<N>, right: &[N]) -> Vec<N> {
    if right.is_empty() {
        return left;
    }
    if let Some(bits) = Bits::beside(right, &left) {
        left.retain(|&doc| !bits.has(doc));
        return left;
    }
    if right.len() / 16 > left.len() {
        let mut rest = right;
        left.retain(|&doc| {
            rest = &rest[gallop(rest, doc)..];
            rest.first() != Some(&doc)
        });
        return left;
    }
    let mut kept = Vec::with_capacity(left.len());
    let mut rest = &left[..];
    for &doc in right {
        let (before, from) = rest.split_at(gallop(rest, doc));
        kept.extend_from_slice(before);
        rest = from.strip_prefix(&[doc]).unwrap_or(from);
    }
    kept.extend_from_slice(rest);
    kept
}

/// What sets are made of.
pub(super) trait Number: Ord + Copy + Into<u64> {}
impl<N: Ord + Copy + Into<u64>> Number for N {}

/// A set as a bit for each number from the first on.
pub(super) struct Bits {
    first: u64,
    words: Vec<u64>,
}

impl Bits {
    /// Of so many numbers at least a set becomes bits.
    const FEWEST: usize = 1024;
    /// So many bits may be there for each number.
    const SPARSEST: usize = 256;
    /// A set that has so many times as many numbers as the one that it is held against is searched.
    const UNLIKE: usize = 16;

    /// None of some documents.
    pub(super) fn none_of(docs: Range<DocId>) -> Self {
        Self {
            first: docs.start.into(),
            words: vec![0; docs.len() / 64 + 1],
        }
    }

    /// A set that another of like size is held against; `None` where bits do not pay.
    fn beside<N: Number>(set: &[N], other: &[N]) -> Option<Self> {
        let (least, most) = (set.len().min(other.len()), set.len().max(other.len()));
        if least < Self::FEWEST || most / Self::UNLIKE > least {
            return None;
        }
        let (first, last): (u64, u64) = ((*set.first()?).into(), (*set.last()?).into());
        let words = usize::try_from((last - first) / 64).ok()? + 1;
        if words > set.len() * Self::SPARSEST / 64 {
            return None;
        }
        let mut bits = Self {
            first,
            words: vec![0; words],
        };
        bits.add(set);
        Some(bits)
    }

    pub(super) fn add<N: Number>(&mut self, set: &[N]) {
        for &number in set {
            let place = number.into() - self.first;
            self.words[(place / 64) as usize] |= 1 << (place % 64);
        }
    }

    fn has<N: Number>(&self, number: N) -> bool {
        let place = number.into().wrapping_sub(self.first);
        let word = self.words.get((place / 64) as usize);
        word.is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// All documents of a set that was begun with [`none_of`](Self::none_of) some, in order.
    pub(super) fn into_docs(self) -> Vec<DocId> {
        let count: u32 = self.words.iter().map(|word| word.count_ones()).sum();
        let mut found = Vec::with_capacity(count as usize);
        let first = DocId::try_from(self.first).unwrap_or(DocId::MAX);
        for (base, &word) in (first..).step_by(64).zip(&self.words) {
            let mut rest = word;
            while rest != 0 {
                found.push(base + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
        found
    }
}

/// Those in any of some sets, each of some of `docs`.
pub(super) fn any_of(docs: Range<DocId>, mut sets: Vec<Vec<DocId>>) -> Vec<DocId> {
    sets.retain(|set| !set.is_empty());
    if sets.len() < 3 {
        let last = sets.pop().unwrap_or_default();
        return either(last, &sets.pop().unwrap_or_default());
    }
    let mut union = Bits::none_of(docs);
    sets.iter().for_each(|set| union.add(set));
    union.into_docs()
}

/// The place of the first of `docs` that is not below `target`, found by doubling steps: cheap
/// where it is near the start.
pub(super) fn gallop<N: Ord + Copy>(docs: &[N], target: N) -> usize {
    let mut step = 1;
    let mut low = 0;
    while low + step < docs.len() && docs[low + step] < target {
        low += step;
        step *= 2;
    }
    let high = (low + step + 1).min(docs.len());
    low + docs[low..high].partition_point(|&doc| doc < target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn sets_of_documents_behave_as_sets(
            left in prop::collection::btree_set(0_u32..60, 0..40),
            right in prop::collection::btree_set(0_u32..60, 0..40),
        ) {
            let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let (l, r) = (list(&left), list(&right));
            prop_assert_eq!(both(&l, &r), list(&(&left & &right)));
            prop_assert_eq!(either(l.clone(), &r), list(&(&left | &right)));
            prop_assert_eq!(without(l.clone(), &r), list(&(&left - &right)));
            let union = list(&(&left | &right));
            prop_assert_eq!(any_of(0..60, vec![l.clone(), r.clone()]), union.clone());
            prop_assert_eq!(any_of(0..60, vec![l.clone(), r.clone(), r, l]), union);
        }

        #[test]
        fn large_sets_do_too(step in 2_u32..5, start in 0_u32..4000, apart in 0_u32..100) {
            let left: BTreeSet<u32> = (0..2000).map(|number| start + number * step).collect();
            let right: BTreeSet<u32> = (apart..1700).map(|number| number * 3).collect();
            let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let (l, r) = (list(&left), list(&right));
            prop_assert_eq!(both(&l, &r), list(&(&left & &right)));
            prop_assert_eq!(either(l.clone(), &r), list(&(&left | &right)));
            prop_assert_eq!(without(l, &r), list(&(&left - &right)));
        }
    }
}
