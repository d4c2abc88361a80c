//! Paragraphs a window of document numbers at a time.

use std::ops::Range;

use tantivy::DocId;

use super::bits::Bits;
use super::docs::Docs;
use super::lists::gallop;

/// How many document numbers are taken at a time.
pub(super) const WINDOW: u32 = 4096;

/// Something for each number of a window.
pub(super) type OfWindow = [u32; WINDOW as usize];

/// Those of a set that lie in one window; there is at least one.
pub(super) enum Window<'d> {
    List(&'d [DocId]),
    /// With the numbers of the window.
    Bits(&'d Bits, Range<DocId>),
}

impl Docs {
    /// Calls with each window that has some, in order.
    pub(super) fn each_window(&self, mut each: impl FnMut(&Window<'_>)) {
        let behind = |doc: DocId| (doc - doc % WINDOW).saturating_add(WINDOW);
        match self {
            Self::List(list) => {
                let mut rest = &list[..];
                while let Some(&first) = rest.first() {
                    let (window, others) = rest.split_at(gallop(rest, behind(first)));
                    each(&Window::List(window));
                    rest = others;
                }
            }
            Self::Bits(bits, _) => {
                let Range { mut start, end } = bits.range();
                while start < end {
                    let next = behind(start).min(end);
                    if bits.has_any(&(start..next)) {
                        each(&Window::Bits(bits, start..next));
                    }
                    start = next;
                }
            }
        }
    }
}

impl Window<'_> {
    /// A number of the window, not above any paragraph of it.
    pub(super) fn start(&self) -> DocId {
        match self {
            Self::List(list) => list[0],
            Self::Bits(_, range) => range.start,
        }
    }

    /// The first number of the window.
    pub(super) fn base(&self) -> DocId {
        let start = self.start();
        start - start % WINDOW
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Bits(bits, range) => bits.len_within(range),
        }
    }

    /// Calls with each.
    pub(super) fn each(&self, mut each: impl FnMut(DocId)) {
        match self {
            Self::List(list) => list.iter().for_each(|&doc| each(doc)),
            Self::Bits(bits, range) => bits.docs_within(range).for_each(each),
        }
    }

    /// Calls with each that has at least so much.
    pub(super) fn each_with(&self, sums: &OfWindow, least: u32, mut each: impl FnMut(DocId, u32)) {
        let mut check = |doc: DocId| match sums[(doc % WINDOW) as usize] {
            sum if sum >= least => each(doc, sum),
            _ => {}
        };
        let base = self.base();
        match self {
            Self::Bits(bits, range) if least > 0 => {
                for here in steps(range) {
                    // Few come that far: most steps are ruled out without a look at the bits.
                    let sums = &sums[(here.start - base) as usize..(here.end - base) as usize];
                    if sums.iter().fold(false, |any, &sum| any | (sum >= least)) {
                        bits.docs_within(&here).for_each(&mut check);
                    }
                }
            }
            _ => self.each(check),
        }
    }
}

/// A range cut into ranges of so many numbers.
fn steps(range: &Range<DocId>) -> impl Iterator<Item = Range<DocId>> + use<> {
    const STEP: u32 = 64;
    let Range { start, end } = *range;
    let starts = (start..end).step_by(STEP as usize);
    starts.map(move |start| start..end.min(start.saturating_add(STEP)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const PART: Range<DocId> = 70..9000;

    proptest! {
        #[test]
        fn windows_have_all_and_those_with_enough_are_told(
            set in prop::collection::btree_set(PART, 1..400),
            is_list in any::<bool>(),
            sums in prop::collection::vec(0..50_u32, WINDOW as usize),
            least in 0..50_u32,
        ) {
            let list: Vec<DocId> = set.iter().copied().collect();
            let docs = match is_list {
                true => Docs::List(list.clone()),
                false => {
                    let mut bits = Bits::none_of(&PART);
                    bits.add(&list);
                    Docs::Bits(bits, list.len())
                }
            };
            let (mut all, mut count, mut enough) = (Vec::new(), 0, Vec::new());
            docs.each_window(|window| {
                let from = all.len();
                window.each(|doc| all.push(doc));
                count += window.len();
                let windows: BTreeSet<u32> = all[from..].iter().map(|doc| doc / WINDOW).collect();
                assert_eq!(windows, BTreeSet::from([window.start() / WINDOW]));
                assert!(window.start() <= all[from]);
                let sums = sums[..].try_into().unwrap();
                window.each_with(sums, least, |doc, sum| enough.push((doc, sum)));
            });
            prop_assert_eq!(&all, &list);
            prop_assert_eq!(count, list.len());
            let with = list.iter().map(|&doc| (doc, sums[(doc % WINDOW) as usize]));
            let expected: Vec<_> = with.filter(|&(_, sum)| sum >= least).collect();
            prop_assert_eq!(enough, expected);
        }
    }
}
