//! Some paragraphs of a part of the index: a sorted list, or bits where they are many.

use std::borrow::Cow;
use std::ops::Range;

use tantivy::DocId;

use super::bits::Bits;
use super::lists;

/// From one in so many paragraphs on, a set is kept as bits, where it is not a list already.
pub(super) const DENSE: usize = 64;

/// Some paragraphs of a part of the index.
#[derive(Debug, Clone)]
pub(super) enum Docs {
    List(Vec<DocId>),
    /// With how many they are.
    Bits(Bits, usize),
}

impl Default for Docs {
    /// None.
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Docs {
    /// All of a part.
    pub(super) fn all_of(part: Range<DocId>) -> Self {
        Self::of_ranges(&part, std::slice::from_ref(&part))
    }

    /// All of some ranges of a part.
    pub(super) fn of_ranges(part: &Range<DocId>, ranges: &[Range<DocId>]) -> Self {
        let together: usize = ranges.iter().map(Range::len).sum();
        if together < part.len() / DENSE {
            return Self::List(ranges.iter().cloned().flatten().collect());
        }
        let mut bits = Bits::none_of(part);
        ranges.iter().for_each(|range| bits.add_range(range));
        Self::of_bits(bits)
    }

    pub(super) fn of_bits(bits: Bits) -> Self {
        match bits.len() {
            few if few < bits.room() / DENSE => Self::List(bits.docs().collect()),
            many => Self::Bits(bits, many),
        }
    }

    /// Those in any of some sets of a part.
    pub(super) fn any_of(part: &Range<DocId>, mut sets: Vec<Self>) -> Self {
        sets.retain(|set| !set.is_empty());
        if sets.len() < 3 || are_few(part, &sets) {
            return sets.into_iter().fold(Self::default(), Self::either);
        }
        Self::of_bits(union(part, &sets))
    }

    /// The same, of sets that are kept; a list only if it is short.
    pub(super) fn all_together(part: &Range<DocId>, sets: &[Self]) -> Self {
        if are_few(part, sets) {
            return Self::any_of(part, sets.to_vec());
        }
        Self::of_bits(union(part, sets))
    }

    /// Adds all to some bits of the same part.
    pub(super) fn add_to(&self, bits: &mut Bits) {
        match self {
            Self::List(list) => bits.add(list),
            Self::Bits(own, _) => bits.join(own, |bits, own| bits | own),
        }
    }

    /// Whether any is in a range of the part.
    pub(super) fn has_any(&self, range: &Range<DocId>) -> bool {
        match self {
            Self::List(list) => {
                let next = list.partition_point(|&doc| doc < range.start);
                list.get(next).is_some_and(|doc| range.contains(doc))
            }
            Self::Bits(bits, _) => bits.has_any(range),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Bits(_, count) => *count,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those in both.
    pub(super) fn both(self, other: &Self) -> Self {
        match (self, other) {
            (Self::List(own), Self::List(other)) => Self::List(lists::both(&own, other)),
            (Self::List(mut own), Self::Bits(other, _)) => {
                own.retain(|&doc| other.has(doc));
                Self::List(own)
            }
            (Self::Bits(own, _), Self::List(other)) => {
                let shared = other.iter().copied().filter(|&doc| own.has(doc));
                Self::List(shared.collect())
            }
            (Self::Bits(mut own, _), Self::Bits(other, _)) => {
                own.join(other, |own, other| own & other);
                Self::of_bits(own)
            }
        }
    }

    /// Those in either.
    pub(super) fn either(self, other: Self) -> Self {
        match (self, other) {
            (Self::List(own), Self::List(other)) => Self::List(lists::either(own, &other)),
            (Self::List(list), Self::Bits(mut bits, _))
            | (Self::Bits(mut bits, _), Self::List(list)) => {
                bits.add(&list);
                let count = bits.len();
                Self::Bits(bits, count)
            }
            (Self::Bits(mut bits, _), Self::Bits(other, _)) => {
                bits.join(&other, |own, other| own | other);
                let count = bits.len();
                Self::Bits(bits, count)
            }
        }
    }

    /// Those that are not in the other.
    pub(super) fn without(self, other: &Self) -> Self {
        match (self, other) {
            (Self::List(own), Self::List(other)) => Self::List(lists::without(own, other)),
            (Self::List(mut own), Self::Bits(other, _)) => {
                own.retain(|&doc| !other.has(doc));
                Self::List(own)
            }
            (Self::Bits(mut own, _), Self::List(other)) => {
                own.remove(other);
                Self::of_bits(own)
            }
            (Self::Bits(mut own, _), Self::Bits(other, _)) => {
                own.join(other, |own, other| own & !other);
                Self::of_bits(own)
            }
        }
    }

    /// Those for which something holds.
    pub(super) fn retain(self, mut holds: impl FnMut(DocId) -> bool) -> Self {
        match self {
            Self::List(mut list) => {
                list.retain(|&doc| holds(doc));
                Self::List(list)
            }
            Self::Bits(mut bits, _) => {
                let gone: Vec<DocId> = bits.docs().filter(|&doc| !holds(doc)).collect();
                bits.remove(&gone);
                Self::of_bits(bits)
            }
        }
    }

    /// As a sorted list of its own.
    pub(super) fn into_list(self) -> Vec<DocId> {
        match self {
            Self::List(list) => list,
            Self::Bits(bits, _) => bits.docs().collect(),
        }
    }

    /// As a sorted list.
    pub(super) fn list(&self) -> Cow<'_, [DocId]> {
        match self {
            Self::List(list) => Cow::Borrowed(list),
            Self::Bits(bits, _) => Cow::Owned(bits.docs().collect()),
        }
    }
}

/// Whether all together they are a short list.
fn are_few(part: &Range<DocId>, sets: &[Docs]) -> bool {
    let together: usize = sets.iter().map(Docs::len).sum();
    together < part.len() / DENSE
}

fn union(part: &Range<DocId>, sets: &[Docs]) -> Bits {
    let mut union = Bits::none_of(part);
    sets.iter().for_each(|set| set.add_to(&mut union));
    union
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// So many that a few are a list, and many are bits.
    const PART: Range<DocId> = 70..1000;

    /// A set of the part, as a list or as bits.
    fn set() -> impl Strategy<Value = (BTreeSet<DocId>, Docs)> {
        let few = prop::collection::btree_set(PART, 0..20);
        let many = prop::collection::btree_set(PART, 0..400);
        (prop_oneof![few, many], any::<bool>()).prop_map(|(set, is_list)| {
            let list: Vec<DocId> = set.iter().copied().collect();
            let docs = match is_list {
                true => Docs::List(list),
                false => {
                    let mut bits = Bits::none_of(&PART);
                    bits.add(&list);
                    Docs::of_bits(bits)
                }
            };
            (set, docs)
        })
    }

    fn listed(set: &BTreeSet<DocId>) -> Vec<DocId> {
        set.iter().copied().collect()
    }

    proptest! {
        #[test]
        fn lists_and_bits_behave_as_sets(
            (left, l) in set(), (right, r) in set(), (third, t) in set(), start in PART, end in PART,
        ) {
            let check = |docs: &Docs, expected: &BTreeSet<DocId>| {
                prop_assert_eq!(&docs.list()[..], listed(expected));
                prop_assert_eq!(docs.len(), expected.len());
                Ok(())
            };
            check(&l, &left)?;
            check(&l.clone().both(&r), &(&left & &right))?;
            check(&l.clone().either(r.clone()), &(&left | &right))?;
            check(&l.clone().without(&r), &(&left - &right))?;
            let all = &(&left | &right) | &third;
            let sets = [l.clone(), r.clone(), t.clone()];
            check(&Docs::all_together(&PART, &sets), &all)?;
            check(&Docs::any_of(&PART, sets.to_vec()), &all)?;
            check(&Docs::any_of(&PART, vec![l.clone(), r]), &(&left | &right))?;
            let odd = left.iter().copied().filter(|doc| doc % 2 == 1).collect();
            check(&l.clone().retain(|doc| doc % 2 == 1), &odd)?;
            let range = start.min(end)..start.max(end) + 1;
            prop_assert_eq!(l.has_any(&range), left.range(range.clone()).next().is_some());
            if let Docs::Bits(bits, _) = &l {
                prop_assert_eq!(bits.len_within(&range), left.range(range).count());
            }
        }

        #[test]
        fn ranges_are_all_that_is_in_them(
            ends in prop::collection::btree_set(PART, 2..12), count in 1_usize..6,
        ) {
            let ends = listed(&ends);
            let ranges = ends.chunks_exact(2).take(count).map(|ends| ends[0]..ends[1]);
            let ranges: Vec<_> = ranges.collect();
            let expected: Vec<DocId> = ranges.iter().cloned().flatten().collect();
            let docs = Docs::of_ranges(&PART, &ranges);
            prop_assert_eq!(&docs.list()[..], &expected[..]);
        }
    }

    #[test]
    fn all_of_a_part_are_all() {
        assert_eq!(Docs::all_of(PART).len(), PART.len());
        assert_eq!(Docs::all_of(5..5).len(), 0);
    }
}
