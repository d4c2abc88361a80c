//! Sets as sorted lists: of tantivy's document numbers, or of any other numbers.

use super::bits::{Bits, Number};

/// Of a list, so many times as many numbers as are asked for are gone through; of a longer one each is
/// searched.
pub(super) const UNLIKE: usize = 16;
/// Of so many numbers at least a list becomes bits. Fewer fit into less memory than the bits would
/// touch for the first time.
const FEWEST: usize = 1 << 13;
/// Two lists, one of fewer numbers, are gone through step by step where the longer has less than so
/// many times the numbers of the shorter.
const ALIKE: usize = 8;
/// So many bits may be there for each number.
const SPARSEST: u64 = 256;

/// Those in both.
pub(super) fn both<N: Number>(left: &[N], right: &[N]) -> Vec<N> {
    let (few, many) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    if are_alike(few.len(), many.len()) {
        return both_by_steps(few, many);
    }
    let mut found = Vec::with_capacity(few.len());
    if let Some(bits) = bits_beside(many, few) {
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

/// Whether two lists of so many numbers are gone through step by step.
fn are_alike(few: usize, many: usize) -> bool {
    few < FEWEST && many < few * ALIKE
}

/// The same of lists of like length. Which number is the smaller cannot be foreseen, so no step
/// depends on it but in what it adds.
fn both_by_steps<N: Number>(left: &[N], right: &[N]) -> Vec<N> {
    let mut found = left.to_vec();
    let (mut l, mut r, mut count) = (0, 0, 0);
    while l < left.len() && r < right.len() {
        let (a, b) = (left[l], right[r]);
        found[count] = a;
        count += usize::from(a == b);
        l += usize::from(a <= b);
        r += usize::from(b <= a);
    }
    found.truncate(count);
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
    let (few, many) = (left.len().min(right.len()), left.len().max(right.len()));
    if are_alike(few, many) {
        return without_by_steps(left, right);
    }
    if let Some(bits) = bits_beside(right, &left) {
        left.retain(|&doc| !bits.has(doc));
        return left;
    }
    if right.len() / UNLIKE > left.len() {
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

/// The same of lists of like length.
fn without_by_steps<N: Number>(mut left: Vec<N>, right: &[N]) -> Vec<N> {
    let (mut l, mut r, mut count) = (0, 0, 0);
    while l < left.len() && r < right.len() {
        let (a, b) = (left[l], right[r]);
        left[count] = a;
        count += usize::from(a < b);
        l += usize::from(a <= b);
        r += usize::from(b <= a);
    }
    left.copy_within(l.., count);
    let kept = count + left.len() - l;
    left.truncate(kept);
    left
}

/// A list as bits, for another of like size to be held against; `None` where that does not pay.
fn bits_beside<N: Number>(list: &[N], other: &[N]) -> Option<Bits> {
    let (least, most) = (list.len().min(other.len()), list.len().max(other.len()));
    if least < FEWEST || most / UNLIKE > least {
        return None;
    }
    let (&first, &last) = (list.first()?, list.last()?);
    if last.into() - first.into() > list.len() as u64 * SPARSEST {
        return None;
    }
    let mut bits = Bits::none_between(first, last);
    bits.add(list);
    Some(bits)
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
        fn lists_behave_as_sets(
            left in prop::collection::btree_set(0_u32..60, 0..40),
            right in prop::collection::btree_set(0_u32..60, 0..40),
        ) {
            let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let (l, r) = (list(&left), list(&right));
            prop_assert_eq!(both(&l, &r), list(&(&left & &right)));
            prop_assert_eq!(either(l.clone(), &r), list(&(&left | &right)));
            prop_assert_eq!(without(l, &r), list(&(&left - &right)));
        }

        #[test]
        fn large_lists_do_too(
            step in 2_u32..5, start in 0_u32..4000, apart in 0_u32..100,
            more in prop_oneof![Just(2_000_u32), Just(20_000)],
        ) {
            let left: BTreeSet<u32> = (0..more).map(|number| start + number * step).collect();
            let right: BTreeSet<u32> = (apart..more - 300).map(|number| number * 3).collect();
            let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let (l, r) = (list(&left), list(&right));
            prop_assert_eq!(both(&l, &r), list(&(&left & &right)));
            prop_assert_eq!(either(l.clone(), &r), list(&(&left | &right)));
            prop_assert_eq!(without(l, &r), list(&(&left - &right)));
        }
    }
}
