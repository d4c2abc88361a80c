//! The sentences of a paragraph that a reader wants to see first: those around what matched.

use std::ops::Range;

use crate::text::sentences;

/// Marks that end a clause.
const CLAUSE_ENDS: &str = "，、：,:";

/// The parts of `text` to show, as ranges of characters, in order and disjoint: the whole text
/// where it has at most `budget` characters, else whole sentences with matches, the richest in
/// matches first, and around a lonely short one its neighbours. A sentence longer than the budget
/// is cut at clauses. No range begins or ends inside a highlight, even where that costs more than
/// the budget.
///
/// ```
/// let text = "甲乙。丙丁戊己。庚辛。";
/// assert_eq!(xianli::render::excerpt(text, &[[4, 6]], 6), [3..8]);
/// ```
pub fn excerpt(text: &str, highlights: &[[usize; 2]], budget: usize) -> Vec<Range<usize>> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= budget {
        return std::iter::once(0..characters.len()).collect();
    }
    let inside = |highlight: &&[usize; 2]| highlight[1] <= characters.len();
    let highlights: Vec<[usize; 2]> = highlights.iter().filter(inside).copied().collect();
    let highlights = &highlights[..];
    let sentences = sentences_of(text, highlights);
    let mut chosen = choose(&sentences, highlights, budget);
    if let [only] = chosen[..]
        && sentences[only].len() > budget
    {
        let clauses = clauses(&characters, sentences[only].clone(), highlights);
        return vec![window(&clauses, highlights, budget)];
    }
    chosen.sort_unstable();
    join(chosen.into_iter().map(|place| sentences[place].clone()))
}

/// How many characters of `range` are highlighted.
fn weight(range: &Range<usize>, highlights: &[[usize; 2]]) -> usize {
    highlights
        .iter()
        .map(|&[start, end]| end.min(range.end).saturating_sub(start.max(range.start)))
        .sum()
}

/// The sentences of a text as ranges of characters; those that share a highlight are one.
fn sentences_of(text: &str, highlights: &[[usize; 2]]) -> Vec<Range<usize>> {
    let mut at = 0;
    let ends = sentences(text).into_iter().map(|sentence| {
        at += text[sentence].chars().count();
        at
    });
    cut_at(ends, 0, highlights)
}

/// A sentence cut after each clause, but not inside a highlight.
fn clauses(
    characters: &[char],
    sentence: Range<usize>,
    highlights: &[[usize; 2]],
) -> Vec<Range<usize>> {
    let last = sentence.end;
    let ends = sentence
        .clone()
        .filter(|&at| CLAUSE_ENDS.contains(characters[at]));
    let ends = ends
        .map(|at| at + 1)
        .filter(|&end| end < last)
        .chain([last]);
    cut_at(ends, sentence.start, highlights)
}

/// Ranges from `start` to each of `ends` that no highlight crosses. No highlight crosses the last.
fn cut_at(
    ends: impl Iterator<Item = usize>,
    mut start: usize,
    highlights: &[[usize; 2]],
) -> Vec<Range<usize>> {
    let crossed = |end: usize| highlights.iter().any(|&[from, to]| from < end && end < to);
    ends.filter(|&end| !crossed(end))
        .map(|end| std::mem::replace(&mut start, end)..end)
        .collect()
}

/// The places of the sentences to show: never none, over the budget only when alone.
fn choose(sentences: &[Range<usize>], highlights: &[[usize; 2]], budget: usize) -> Vec<usize> {
    let weights: Vec<usize> = sentences.iter().map(|s| weight(s, highlights)).collect();
    let mut ranked: Vec<usize> = (0..sentences.len()).collect();
    ranked.sort_by_key(|&place| std::cmp::Reverse(weights[place]));
    let best = ranked[0];
    let mut chosen = vec![best];
    let mut used = sentences[best].len();
    let matching = ranked.iter().skip(1).filter(|&&place| weights[place] > 0);
    for &place in matching {
        if used + sentences[place].len() <= budget {
            used += sentences[place].len();
            chosen.push(place);
        }
    }
    for neighbour in [best + 1, best.wrapping_sub(1)] {
        let Some(sentence) = sentences.get(neighbour) else {
            continue;
        };
        if used < budget / 2 && used + sentence.len() <= budget && !chosen.contains(&neighbour) {
            used += sentence.len();
            chosen.push(neighbour);
        }
    }
    chosen
}

/// The clause with the most matches, grown to both sides while it fits the budget.
fn window(clauses: &[Range<usize>], highlights: &[[usize; 2]], budget: usize) -> Range<usize> {
    let weights = clauses.iter().map(|clause| weight(clause, highlights));
    let best = weights
        .enumerate()
        .max_by_key(|&(place, weight)| (weight, std::cmp::Reverse(place)))
        .map_or(0, |(place, _)| place);
    if clauses[best].len() > budget {
        return around_a_match(&clauses[best], highlights, budget);
    }
    let (mut first, mut last) = (best, best);
    loop {
        let fits = |first: usize, last: usize| clauses[last].end - clauses[first].start <= budget;
        if last + 1 < clauses.len() && fits(first, last + 1) {
            last += 1;
        } else if first > 0 && fits(first - 1, last) {
            first -= 1;
        } else {
            return clauses[first].start..clauses[last].end;
        }
    }
}

/// A part of one endless clause: its first match with more text after it than before.
fn around_a_match(clause: &Range<usize>, highlights: &[[usize; 2]], budget: usize) -> Range<usize> {
    let inside = |&&[start, end]: &&[usize; 2]| start < clause.end && end > clause.start;
    let first = highlights.iter().find(inside).copied();
    let [from, to] = first.unwrap_or([clause.start, clause.start]);
    let mut start = from.saturating_sub(budget / 3).max(clause.start);
    let mut end = (start + budget).max(to).min(clause.end);
    for &[from, to] in highlights {
        if from < start && start < to {
            start = from;
        }
        if from < end && end < to {
            end = to;
        }
    }
    start..end
}

/// Ranges that touch become one.
fn join(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, highlights: &[[usize; 2]], budget: usize) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        excerpt(text, highlights, budget)
            .into_iter()
            .map(|range| characters[range].iter().collect())
            .collect()
    }

    #[test]
    fn a_short_paragraph_is_shown_whole() {
        assert_eq!(shown("甲。乙。", &[], 10), ["甲。乙。"]);
    }

    #[test]
    fn sentences_with_matches_are_shown_and_those_between_are_not() {
        let text = "一是甲甲甲甲。二是乙乙乙乙。三是丙丙丙丙。四是丁丁丁丁。";
        assert_eq!(
            shown(text, &[[2, 4], [23, 25]], 14),
            ["一是甲甲甲甲。", "四是丁丁丁丁。"]
        );
    }

    #[test]
    fn a_lonely_short_sentence_brings_its_neighbour() {
        let text = "甲甲甲甲甲甲甲。乙乙。丙丙丙。丁丁丁丁丁丁丁丁。";
        assert_eq!(shown(text, &[[8, 10]], 12), ["乙乙。丙丙丙。"]);
    }

    #[test]
    fn sentences_that_share_a_match_are_shown_together() {
        let text = "甲甲甲。乙乙乙。丙丙丙。丁丁丁丁丁。";
        assert_eq!(shown(text, &[[6, 9]], 8), ["乙乙乙。丙丙丙。"]);
    }

    #[test]
    fn a_sentence_longer_than_the_budget_is_cut_at_clauses() {
        let text = "甲甲甲甲，乙乙乙乙，丙丙丙丙，丁丁丁丁，戊戊戊戊。";
        assert_eq!(shown(text, &[[10, 12]], 11), ["丙丙丙丙，丁丁丁丁，"]);
    }

    #[test]
    fn a_clause_longer_than_the_budget_is_cut_around_its_match() {
        let text = "办".repeat(100);
        let ranges = excerpt(&text, &[[50, 52]], 12);
        assert_eq!((ranges.len(), &ranges[0]), (1, &(46..58)));
    }

    #[test]
    fn a_match_in_a_heading_only_shows_the_beginning() {
        assert_eq!(
            shown("甲甲甲甲。乙乙乙乙。丙丙丙丙。", &[], 10),
            ["甲甲甲甲。"]
        );
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_cut_no_highlight(
            text in "[甲乙，。；”]{1,80}",
            marks in prop::collection::vec((0usize..80, 1usize..6), 0..5),
            budget in 1usize..40,
        ) {
            let length = text.chars().count();
            let mut at = 0;
            let highlights: Vec<[usize; 2]> = marks
                .into_iter()
                .filter_map(|(skip, count)| {
                    let start = at + skip % 20;
                    at = start + count;
                    (at <= length).then_some([start, at])
                })
                .collect();
            let ranges = excerpt(&text, &highlights, budget);
            prop_assert!(!ranges.is_empty());
            prop_assert!(ranges.iter().all(|r| r.start < r.end && r.end <= length));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
            for &[from, to] in &highlights {
                for edge in ranges.iter().flat_map(|r| [r.start, r.end]) {
                    prop_assert!(!(from < edge && edge < to), "{edge} in {from}..{to}");
                }
            }
        }
    }
}
