//! Two texts side by side: the spans that both say, what was changed in them, and how much that
//! tells.
//!
//! Comes in: two texts and how frequent shingles are. Goes out: an [`Echo`], or nothing where what
//! they share is less than a sentence, or only formulas.

use std::ops::Range;

use serde::Serialize;

use super::alignment::{Alignment, LONGEST, Side, Step, align};
use super::content::{Content, SHINGLE};
use super::formulas::idle_units;
use super::rarity::Frequencies;
use super::{as_ratio, ratio};

/// Spans that share less are no echo: about a short sentence that stands nowhere else. In 48 work
/// reports, what shares from 14 to 20 is mostly a slogan of the year or a list of offices.
pub const LEAST_RARE: f64 = 20.0;
/// Spans of which less is the same are no echo.
pub const LEAST_IDENTITY: f64 = 0.5;
/// How many spans of two texts are looked for.
const MOST_SPANS: usize = 4;
/// No code point and no number: stands for a unit that is already part of a span.
const SPENT: [u32; 2] = [0x7FFF_FFFE, 0x7FFF_FFFF];

/// What two texts have in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Echo {
    /// What it is ranked by: `rare`, and half of it where the spans are a small part of both texts.
    pub score: f64,
    /// How many units are the same, each weighted by how rare its surroundings are: 1 where only
    /// two documents have them, 0 for what all have and for formulas.
    pub rare: f64,
    /// How much of the spans is the same, 0 to 1.
    pub identity: f64,
    /// How much of the first text the spans cover, and how much of the second, 0 to 1.
    pub coverage: [f64; 2],
    /// The spans, in the order of the first text.
    pub spans: Vec<Span>,
}

/// A span that both texts say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Span {
    /// The bytes of the first text.
    #[serde(skip)]
    pub first: Range<usize>,
    /// The bytes of the second text.
    #[serde(skip)]
    pub second: Range<usize>,
    /// As for the whole.
    pub rare: f64,
    /// As for the whole.
    pub identity: f64,
    /// The span piece by piece, so that both texts and what was changed can be shown.
    pub pieces: Vec<Piece>,
}

/// A piece of a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Whether both say the same, but for marks and script.
    pub same: bool,
    /// As the first text has it; empty where it was added in the second.
    pub first: String,
    /// As the second text has it; empty where it was left out there.
    pub second: String,
}

impl Echo {
    /// Weighs the echo down by how many documents have it; `None` where that leaves too little.
    pub fn weighed(mut self, weight: f64) -> Option<Self> {
        self.rare *= weight;
        self.score *= weight;
        (self.rare >= LEAST_RARE).then_some(self)
    }
}

/// What is needed of a text to compare it.
#[derive(Debug, Clone)]
pub struct Reading<'t> {
    text: &'t str,
    content: Content,
    idle: Vec<bool>,
}

impl<'t> Reading<'t> {
    /// Reads a text.
    pub fn of(text: &'t str) -> Self {
        let content = Content::of(text);
        let idle = idle_units(text, &content);
        Self {
            text,
            content,
            idle,
        }
    }

    /// Its content.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The hash of every shingle that is not wholly formula, with its place.
    pub fn telling_shingles(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.content
            .shingles()
            .enumerate()
            .filter(|(at, _)| self.idle[*at..at + SHINGLE].contains(&false))
    }

    /// The part of the reading around unit `middle` that can be aligned at once.
    fn window(&self, middle: usize) -> Range<usize> {
        let start = middle
            .saturating_sub(LONGEST / 2)
            .min(self.content.len().saturating_sub(LONGEST));
        start..self.content.len().min(start + LONGEST)
    }
}

/// What `first` and `second` have in common; `None` where that tells nothing.
pub fn echo(
    first: &Reading<'_>,
    second: &Reading<'_>,
    frequencies: &impl Frequencies,
) -> Option<Echo> {
    let (middle_of_first, middle_of_second) = middles(first, second)?;
    let windows = (
        first.window(middle_of_first),
        second.window(middle_of_second),
    );
    let mut codes = (
        first.content.codes[windows.0.clone()].to_vec(),
        second.content.codes[windows.1.clone()].to_vec(),
    );
    let idle = (
        &first.idle[windows.0.clone()],
        &second.idle[windows.1.clone()],
    );
    let mut spans = Vec::new();
    for _ in 0..MOST_SPANS {
        let left = Side {
            codes: &codes.0,
            idle: idle.0,
        };
        let right = Side {
            codes: &codes.1,
            idle: idle.1,
        };
        let Some(found) = align(left, right) else {
            break;
        };
        codes.0[found.first.clone()].fill(SPENT[0]);
        codes.1[found.second.clone()].fill(SPENT[1]);
        let found = moved(found, windows.0.start, windows.1.start);
        let rare = rare(&found, first, second, frequencies);
        if rare < LEAST_RARE {
            break;
        }
        if found.identity() >= LEAST_IDENTITY {
            spans.push((found, rare));
        }
    }
    (!spans.is_empty()).then(|| summed(first, second, spans))
}

/// The middle ones of the shingles that both have, by their place in each text.
fn middles(first: &Reading<'_>, second: &Reading<'_>) -> Option<(usize, usize)> {
    let mut places: Vec<(u32, usize)> = first
        .telling_shingles()
        .map(|(at, shingle)| (shingle, at))
        .collect();
    places.sort_unstable();
    let mut shared: Vec<(usize, usize)> = second
        .telling_shingles()
        .filter_map(|(at, shingle)| {
            let found = places
                .binary_search_by_key(&shingle, |place| place.0)
                .ok()?;
            Some((places[found].1, at))
        })
        .collect();
    shared.sort_unstable();
    shared.get(shared.len() / 2).copied()
}

fn moved(mut alignment: Alignment, first: usize, second: usize) -> Alignment {
    alignment.first = alignment.first.start + first..alignment.first.end + first;
    alignment.second = alignment.second.start + second..alignment.second.end + second;
    alignment
}

/// The units that are the same, each weighted by the mean rarity of the shingles that it is part of:
/// a common phrase in uncommon company stays common. What is the same in runs shorter than a shingle
/// counts half of what the others count on average.
fn rare(
    alignment: &Alignment,
    first: &Reading<'_>,
    second: &Reading<'_>,
    frequencies: &impl Frequencies,
) -> f64 {
    let (mut in_runs, mut weight, mut scattered) = (0usize, 0.0, 0usize);
    let (mut a, mut b) = (alignment.first.start, alignment.second.start);
    for run in alignment.steps.chunk_by(|x, y| x == y) {
        let length = run.len();
        if run[0] == Step::Same {
            let rarities: Vec<f64> = Content::shingles_of(&first.content.codes[a..a + length])
                .map(|shingle| frequencies.rarity(shingle))
                .collect();
            for at in 0..length {
                if first.idle[a + at] || second.idle[b + at] {
                    continue;
                }
                if rarities.is_empty() {
                    scattered += 1;
                    continue;
                }
                let from = (at + 1).saturating_sub(SHINGLE);
                let around = &rarities[from..rarities.len().min(at + 1)];
                weight += around.iter().sum::<f64>() / as_ratio(around.len(), 1);
                in_runs += 1;
            }
        }
        a += if run[0] == Step::Right { 0 } else { length };
        b += if run[0] == Step::Left { 0 } else { length };
    }
    weight + weight * ratio(scattered, 2 * in_runs)
}

fn summed(first: &Reading<'_>, second: &Reading<'_>, mut found: Vec<(Alignment, f64)>) -> Echo {
    found.sort_by_key(|(alignment, _)| alignment.first.start);
    let sum = |of: fn(&Alignment) -> usize| -> usize {
        found.iter().map(|(alignment, _)| of(alignment)).sum()
    };
    let coverage = [
        ratio(sum(|a| a.first.len()), first.content.len()),
        ratio(sum(|a| a.second.len()), second.content.len()),
    ];
    let rare: f64 = found.iter().map(|(_, rare)| rare).sum();
    Echo {
        score: rare * (1.0 + coverage[0].max(coverage[1])) / 2.0,
        rare,
        identity: ratio(
            sum(Alignment::same),
            sum(|a| a.first.len().max(a.second.len())),
        ),
        coverage,
        spans: found
            .into_iter()
            .map(|(alignment, rare)| Span {
                first: first.content.bytes(&alignment.first),
                second: second.content.bytes(&alignment.second),
                rare,
                identity: alignment.identity(),
                pieces: pieces(&alignment, first, second),
            })
            .collect(),
    }
}

/// The texts of a span, cut where they begin or cease to be the same. Marks go with the unit before
/// them.
fn pieces(alignment: &Alignment, first: &Reading<'_>, second: &Reading<'_>) -> Vec<Piece> {
    pieces_of(
        &alignment.steps,
        (first.text, &first.content, alignment.first.start),
        (second.text, &second.content, alignment.second.start),
    )
}

/// The pieces that some steps make of two texts, each read from one of its units on.
pub(super) fn pieces_of(
    steps: &[Step],
    first: (&str, &Content, usize),
    second: (&str, &Content, usize),
) -> Vec<Piece> {
    let taken = |without: Step| steps.iter().filter(|&&step| step != without).count();
    let ends = (first.2 + taken(Step::Right), second.2 + taken(Step::Left));
    let (mut a, mut b) = (first.2, second.2);
    let mut pieces = Vec::new();
    for run in steps.chunk_by(|x, y| (*x == Step::Same) == (*y == Step::Same)) {
        let with_first = run.iter().filter(|&&step| step != Step::Right).count();
        let with_second = run.iter().filter(|&&step| step != Step::Left).count();
        pieces.push(Piece {
            same: run[0] == Step::Same,
            first: written(first.0, first.1, a..a + with_first, ends.0),
            second: written(second.0, second.1, b..b + with_second, ends.1),
        });
        a += with_first;
        b += with_second;
    }
    pieces
}

/// The text of some units and the marks behind them, up to unit `end`.
fn written(text: &str, content: &Content, units: Range<usize>, end: usize) -> String {
    if units.is_empty() {
        return String::new();
    }
    let ranges = &content.ranges;
    let stop = if units.end < end {
        ranges[units.end].start
    } else {
        ranges[units.end - 1].end
    };
    text[ranges[units.start].start..stop].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every shingle stands in the two texts and nowhere else.
    struct OnlyHere;

    impl Frequencies for OnlyHere {
        fn documents(&self) -> usize {
            100
        }
        fn with(&self, _: u32) -> usize {
            2
        }
    }

    fn compared(first: &str, second: &str) -> Option<Echo> {
        echo(&Reading::of(first), &Reading::of(second), &OnlyHere)
    }

    const WRITTEN: &str =
        "通过数据共享，让符合条件的企业和群众免予申办直接享受政策红利，实现补贴精准直达企业。";

    #[test]
    fn a_copy_with_a_change_shows_the_change() {
        let found = compared(
            WRITTEN,
            "我市通過數據共享，讓符合條件的企業和個人免於申辦就直接享受政策紅利，實現補貼直達企業。",
        )
        .unwrap();
        let changes: Vec<(&str, &str)> = found.spans[0]
            .pieces
            .iter()
            .filter(|piece| !piece.same)
            .map(|piece| (piece.first.as_str(), piece.second.as_str()))
            .collect();
        assert_eq!(
            changes,
            [("群众", "個人"), ("予", "於"), ("", "就"), ("精准", "")]
        );
        assert!(
            found.identity > 0.8 && found.coverage[0] == 1.0,
            "{found:?}"
        );
        let first: String = found.spans[0]
            .pieces
            .iter()
            .map(|p| p.first.as_str())
            .collect();
        assert_eq!(first, WRITTEN.trim_end_matches('。'));
    }

    #[test]
    fn two_sentences_in_another_order_are_two_spans() {
        let other = "建设“证照联办”服务专区，实行一窗受理、并联审批、一窗出件，让办事少跑腿。";
        let found = compared(&format!("{WRITTEN}{other}"), &format!("{other}{WRITTEN}")).unwrap();
        let spans: Vec<&str> = found
            .spans
            .iter()
            .map(|span| span.pieces[0].first.as_str())
            .collect();
        assert_eq!(spans.len(), 2, "{spans:?}");
        assert!(spans[0].starts_with("通过数据共享") && spans[1].starts_with("建设“证照联办"));
    }

    #[test]
    fn formulas_and_titles_are_no_echo() {
        let formula = "坚持以习近平新时代中国特色社会主义思想为指导，落实《法治政府建设实施纲要(2021-2025年)》，\
                       运用法治思维和法治方式深化改革、推动发展、化解矛盾、维护稳定";
        assert_eq!(compared(formula, formula), None);
    }

    #[test]
    fn texts_longer_than_can_be_aligned_meet_where_they_agree() {
        let filler =
            |from: u32| -> String { (from..from + 6000).filter_map(char::from_u32).collect() };
        let first = format!("{}{WRITTEN}", filler(0x4E00));
        let second = format!("{}{WRITTEN}{}", filler(0x7000), filler(0x9000));
        let found = compared(&first, &second).unwrap();
        assert_eq!(found.spans[0].identity, 1.0);
    }
}
