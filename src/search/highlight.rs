//! What of a paragraph to mark: every place of every match, longest first, merged.
//!
//! Comes in: a text and the leaves of a question. Goes out: ranges of its characters. Knows no
//! index: the same text and question are marked alike wherever the text comes from.

use std::ops::Range;

use super::leaf::{Leaf, Run};
use super::literal::occurrences;
use super::verify::runs;
use crate::text::{Unit, units};

/// The shortest run of a word's units that is marked where the word itself does not stand.
const SHORTEST: usize = 2;

/// Half-open ranges of the characters of `text`, in order and disjoint: of each leaf its literal
/// places; where it has none its terms; and of a term that does not stand there, the longest runs
/// of its characters that do.
pub(super) fn highlights<'l>(
    text: &str,
    leaves: impl Iterator<Item = &'l Leaf>,
) -> Vec<[usize; 2]> {
    let units = units(text);
    let mut marked: Vec<Range<usize>> = Vec::new();
    for leaf in leaves {
        let literal = runs(leaf, &units);
        if !literal.is_empty() {
            marked.extend(literal);
            continue;
        }
        for term in &leaf.terms {
            let places: Vec<_> = occurrences(&units, &term.forms).collect();
            if places.is_empty() {
                marked.extend(shared_runs(&units, term));
            } else {
                marked.extend(places);
            }
        }
    }
    in_characters(
        text,
        merged(marked.into_iter().map(|run| bytes(&units, run))),
    )
}

/// The bytes that a run of units stands on.
pub(super) fn bytes(units: &[Unit], run: Range<usize>) -> Range<usize> {
    units[run.start].range.start..units[run.end - 1].range.end
}

/// The longest runs that a text shares with a term, from left to right.
fn shared_runs(units: &[Unit], term: &Run) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < units.len() {
        let longest = (0..term.forms.len())
            .map(|from| {
                let shared = units[start..].iter().zip(&term.forms[from..]);
                shared
                    .take_while(|(unit, form)| unit.form == **form)
                    .count()
            })
            .max()
            .unwrap_or(0);
        if longest >= SHORTEST {
            found.push(start..start + longest);
            start += longest;
        } else {
            start += 1;
        }
    }
    found
}

/// Ranges that overlap or touch become one; of those that begin together the longest counts.
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut sorted: Vec<Range<usize>> = ranges.collect();
    sorted.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
    for range in sorted {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Byte ranges in order as ranges of characters.
fn in_characters(text: &str, ranges: Vec<Range<usize>>) -> Vec<[usize; 2]> {
    let (mut byte, mut character) = (0, 0);
    let mut place = |to: usize| {
        character += text[byte..to].chars().count();
        byte = to;
        character
    };
    let ranges = ranges.into_iter();
    ranges
        .map(|range| [place(range.start), place(range.end)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::Cutter;
    use proptest::prelude::*;

    fn marked(text: &str, leaves: &[Leaf]) -> String {
        let mut shown: Vec<char> = text.chars().collect();
        for [start, end] in highlights(text, leaves.iter()).into_iter().rev() {
            shown.insert(end, ']');
            shown.insert(start, '[');
        }
        shown.into_iter().collect()
    }

    fn term(text: &str) -> Leaf {
        Leaf::term(text, &Cutter::default())
    }

    #[test]
    fn literal_places_are_marked_whole_and_nothing_beside_them() {
        assert_eq!(
            marked("中华人民共和国国歌", &[term("中华人民共和国")]),
            "[中华人民共和国]国歌"
        );
        assert_eq!(
            marked("\u{3000}推進“放管服”改革", &[term("放管服改革")]),
            "\u{3000}推進“[放管服”改革]"
        );
        assert_eq!(marked("天天天", &[Leaf::phrase("天天")]), "[天天天]");
    }

    #[test]
    fn terms_are_marked_where_the_whole_does_not_stand() {
        assert_eq!(
            marked("推进政府数字化，数字惠民", &[term("数字政府")]),
            "推进[政府][数字]化，[数字]惠民"
        );
        assert_eq!(
            marked("推进政府建设", &[Leaf::phrase("数字政府")]),
            "推进政府建设"
        );
        assert_eq!(
            marked("个体的工商户", &[term("个体工商户")]),
            "[个体]的[工商户]"
        );
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_disjoint_and_inside(
            text in "[数字政府建设，。“” a1办]{0,30}", query in "[数字政府建设，。“” a1办]{1,8}"
        ) {
            let length = text.chars().count();
            let mut end = 0;
            for [from, to] in highlights(&text, [term(&query)].iter()) {
                prop_assert!(from >= end && to > from && to <= length);
                end = to;
            }
        }

        #[test]
        fn a_part_of_a_text_is_marked_and_folds_to_itself(
            text in "[数字政府建设，。“” a办]{1,30}", from in 0_usize..30, length in 1_usize..12
        ) {
            let part: String = text.chars().skip(from).take(length).collect();
            let forms = |text: &str| units(text).into_iter().map(|unit| unit.form).collect::<Vec<_>>();
            let wanted = forms(&part);
            prop_assume!(!wanted.is_empty());
            let found = highlights(&text, [Leaf::phrase(&part)].iter());
            prop_assert!(!found.is_empty());
            for [from, to] in found {
                let covered: String = text.chars().skip(from).take(to - from).collect();
                let covered = forms(&covered);
                // Overlapping places are one mark, which is then longer than what was asked.
                prop_assert!(covered.windows(wanted.len()).any(|run| run == wanted));
            }
        }
    }
}
