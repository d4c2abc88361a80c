//! Sets of paragraphs of one segment: sorted lists of tantivy's document numbers, or of any other
//! numbers.

use tantivy::DocId;

/// Those in both.
pub(super) fn both<N: Ord + Copy>(left: &[N], right: &[N]) -> Vec<N> {
    let (few, many) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    let mut rest = many;
    let mut found = Vec::with_capacity(few.len());
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
pub(super) fn either<N: Ord + Copy>(left: Vec<N>, right: &[N]) -> Vec<N> {
    if right.is_empty() {
        return left;
    }
    if left.is_empty() {
        return right.to_vec();
    }
    let mut found = Vec::with_capacity(left.len() + right.len());
    let (mut l, mut r) = (0, 0);
    while l < left.len() && r < right.len() {
        let (a, b) = (left[l], right[r]);
        found.push(a.min(b));
        l += usize::from(a <= b);
        r += usize::from(b <= a);
    }
    found.extend_from_slice(&left[l..]);
    found.extend_from_slice(&right[r..]);
    found
}

/// Those on the left that are not on the right.
pub(super) fn without<N: Ord + Copy>(mut left: Vec<N>, right: &[N]) -> Vec<N> {
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

/// Those in any of some sets of documents below `bound`.
pub(super) fn any_of(bound: DocId, mut sets: Vec<Vec<DocId>>) -> Vec<DocId> {
    sets.retain(|set| !set.is_empty());
    if sets.len() < 3 {
        let last = sets.pop().unwrap_or_default();
        return either(last, &sets.pop().unwrap_or_default());
    }
    let mut bits = vec![0_u64; bound as usize / 64 + 1];
    for doc in sets.iter().flatten() {
        bits[*doc as usize / 64] |= 1 << (doc % 64);
    }
    let most = sets.iter().map(Vec::len).sum::<usize>();
    let mut found = Vec::with_capacity(most.min(bound as usize));
    for (base, &word) in (0..).step_by(64).zip(&bits) {
        let mut rest = word;
        while rest != 0 {
            found.push(base + rest.trailing_zeros());
            rest &= rest - 1;
        }
    }
    found
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
            prop_assert_eq!(any_of(60, vec![l.clone(), r.clone()]), union.clone());
            prop_assert_eq!(any_of(60, vec![l.clone(), r.clone(), r, l]), union);
        }
    }
}
