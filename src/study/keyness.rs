//! Which words set a part of the corpus apart from the rest.
//!
//! Comes in: paragraphs, which of them are the part, and how texts are cut into words. Goes out:
//! words with their counts on both sides, log-likelihood, effect size, and one place to look at.
//! Words inside formulas, inside titles in 《》, and inside runs that a fifth of the documents share
//! are counted on neither side; headers, titles and signatures are not looked at.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::association::{Contingency, as_f64};
use super::passage::Passage;
use super::quote::Quote;
use super::reuse::{Content, idle_units};
use super::words::{Cut, Word, in_halves};

/// A run of so many units in many documents is a formula.
const RUN: usize = 12;
/// It needs so many documents at least.
const LEAST_DOCUMENTS: usize = 5;
/// And one document in so many.
const SHARE: usize = 5;

/// A part of the corpus against the rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Keyness {
    /// Words of the part that were counted.
    pub part_words: u64,
    /// Words of the rest that were counted.
    pub rest_words: u64,
    /// Words inside formulas, on both sides, that were not counted.
    pub formula_words: u64,
    /// Words that are more frequent in the part, the surest first, then those that are less
    /// frequent in it, the surest last.
    pub rows: Vec<Keyword>,
}

/// A word that sets the part apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Keyword {
    /// The word, folded.
    pub word: String,
    /// How often it stands in the part.
    pub part: u64,
    /// How often it stands in the rest.
    pub rest: u64,
    /// The same for each million words.
    pub part_per_million: f64,
    /// The same for each million words.
    pub rest_per_million: f64,
    /// See [`Contingency::log_likelihood`]: over 6.63 by chance once in a hundred words, over 15.13
    /// once in ten thousand; negative where the word is less frequent in the part.
    pub log_likelihood: f64,
    /// See [`Contingency::log_ratio`].
    pub log_ratio: f64,
    /// See [`Contingency::percent_difference`].
    pub percent_difference: Option<f64>,
    /// Documents of the part (of the rest, where it is less frequent in the part) that have it.
    pub documents: usize,
    /// Of how many places.
    pub places: usize,
    /// The first of them.
    pub example: Quote,
}

/// Which side a paragraph is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In the part that is asked for.
    Part,
    /// In the rest.
    Rest,
    /// On neither side.
    Neither,
}

/// The words that set the paragraphs on the side of the part apart, of those that stand at least
/// `least` times.
pub fn keyness(
    passages: &[Passage],
    side: &(dyn Fn(&Passage) -> Side + Sync),
    least: u64,
    cut: Cut<'_>,
) -> Keyness {
    let common = common_runs(passages);
    let counts = in_halves(
        passages,
        |half| {
            let mut counts = Counts::default();
            for passage in half.iter().filter(|passage| passage.is_content()) {
                let side = side(passage);
                if side != Side::Neither {
                    counts.add(passage, side, &common, &cut(&passage.text));
                }
            }
            counts
        },
        Counts::merge,
    );
    let mut rows: Vec<Keyword> = counts
        .words
        .iter()
        .filter(|(_, sides)| sides[0].count + sides[1].count >= least)
        .filter_map(|(word, sides)| counts.row(word, sides))
        .collect();
    rows.sort_by(|a, b| {
        let by_likelihood = b.log_likelihood.total_cmp(&a.log_likelihood);
        by_likelihood.then_with(|| a.word.cmp(&b.word))
    });
    Keyness {
        part_words: counts.totals[0],
        rest_words: counts.totals[1],
        formula_words: counts.formulas,
        rows,
    }
}

/// The hashes of runs of [`RUN`] units that many documents share.
fn common_runs(passages: &[Passage]) -> HashSet<u32> {
    let mut runs: Vec<u32> = Vec::new();
    let mut documents = 0;
    for document in passages.chunk_by(|a, b| a.document.id == b.document.id) {
        documents += 1;
        let mut own: Vec<u32> = document
            .iter()
            .flat_map(|passage| {
                let content = Content::of(&passage.text);
                content.runs(RUN).collect::<Vec<_>>()
            })
            .collect();
        own.sort_unstable();
        own.dedup();
        runs.extend(own);
    }
    let enough = LEAST_DOCUMENTS.max(documents / SHARE);
    runs.sort_unstable();
    runs.chunk_by(|a, b| a == b)
        .filter(|same| same.len() >= enough)
        .map(|same| same[0])
        .collect()
}

/// What is counted of a word on one side.
#[derive(Debug, Default)]
struct Counted {
    count: u64,
    documents: HashSet<String>,
    places: BTreeSet<Vec<String>>,
    example: Option<Quote>,
}

#[derive(Debug, Default)]
struct Counts {
    totals: [u64; 2],
    formulas: u64,
    words: HashMap<String, [Counted; 2]>,
}

impl Counts {
    fn add(&mut self, passage: &Passage, side: Side, common: &HashSet<u32>, words: &[Word]) {
        let formula = formula_bytes(&passage.text, common);
        let place = usize::from(side == Side::Rest);
        for word in words {
            if formula[word.range.start] {
                self.formulas += 1;
                continue;
            }
            self.totals[place] += 1;
            if !word.is_telling() {
                continue;
            }
            if !self.words.contains_key(&word.token) {
                self.words.insert(word.token.clone(), Default::default());
            }
            let Some(sides) = self.words.get_mut(&word.token) else {
                continue;
            };
            let counted = &mut sides[place];
            counted.count += 1;
            if !counted.documents.contains(&passage.document.id) {
                counted.documents.insert(passage.document.id.clone());
                counted.places.insert(passage.document.region.clone());
            }
            if counted.example.is_none() {
                counted.example = Some(Quote::sentence(passage, &word.range));
            }
        }
    }

    fn merge(&mut self, other: Self) {
        for place in 0..2 {
            self.totals[place] += other.totals[place];
        }
        self.formulas += other.formulas;
        for (word, more) in other.words {
            let sides = self.words.entry(word).or_default();
            for (counted, more) in sides.iter_mut().zip(more) {
                counted.count += more.count;
                counted.documents.extend(more.documents);
                counted.places.extend(more.places);
                counted.example = counted.example.take().or(more.example);
            }
        }
    }

    fn row(&self, word: &str, sides: &[Counted; 2]) -> Option<Keyword> {
        let [part, rest] = sides;
        let table = Contingency {
            inside: part.count,
            part: self.totals[0],
            outside: rest.count,
            rest: self.totals[1],
        };
        let log_likelihood = table.log_likelihood();
        let shown = if log_likelihood < 0.0 { rest } else { part };
        let per_million = |count: u64, all: u64| 1e6 * as_f64(count) / as_f64(all.max(1));
        Some(Keyword {
            word: word.to_owned(),
            part: part.count,
            rest: rest.count,
            part_per_million: per_million(part.count, self.totals[0]),
            rest_per_million: per_million(rest.count, self.totals[1]),
            log_likelihood,
            log_ratio: table.log_ratio(),
            percent_difference: table.percent_difference(),
            documents: shown.documents.len(),
            places: shown.places.len(),
            example: shown.example.clone()?,
        })
    }
}

/// For each byte of a text, whether it is part of a formula.
fn formula_bytes(text: &str, common: &HashSet<u32>) -> Vec<bool> {
    let content = Content::of(text);
    let mut idle = idle_units(text, &content);
    let shared: Vec<usize> = content
        .runs(RUN)
        .enumerate()
        .filter(|(_, run)| common.contains(run))
        .map(|(at, _)| at)
        .collect();
    for at in shared {
        idle[at..at + RUN].fill(true);
    }
    let mut bytes = vec![false; text.len()];
    for (range, _) in content.ranges.iter().zip(&idle).filter(|(_, idle)| **idle) {
        bytes[range.clone()].fill(true);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::words::tests::at_spaces;
    use super::*;
    use crate::document::{LineKind, Metadata};

    fn passage(document: &str, kind: LineKind, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: document.into(),
                region: vec![document.into()],
                ..Metadata::default()
            }),
            ordinal: 1,
            kind,
            role: None,
            path: Vec::new(),
            text: text.into(),
        }
    }

    fn compared(passages: &[Passage]) -> Keyness {
        let side = |passage: &Passage| match passage.document.id.as_str() {
            "a" => Side::Part,
            "x" => Side::Neither,
            _ => Side::Rest,
        };
        keyness(passages, &side, 1, &at_spaces)
    }

    #[test]
    fn words_are_compared_with_the_rest_and_formulas_left_out() {
        let found = compared(&[
            passage("a", LineKind::Title, "秒批 秒批"),
            passage(
                "a",
                LineKind::Paragraph,
                "秒批 改革 秒批 以人民为中心的发展思想",
            ),
            passage(
                "b",
                LineKind::Paragraph,
                "服务 改革 落实《 秒批 办法》 服务",
            ),
            passage("x", LineKind::Paragraph, "秒批 秒批"),
        ]);
        assert_eq!(
            (found.part_words, found.rest_words, found.formula_words),
            (3, 4, 3)
        );
        let rows: Vec<_> = found
            .rows
            .iter()
            .map(|row| (row.word.as_str(), row.part, row.rest))
            .collect();
        assert_eq!(
            rows,
            [
                ("秒批", 2, 0),
                ("改革", 1, 1),
                ("落实", 0, 1),
                ("服务", 0, 2)
            ]
        );
        assert_eq!(found.rows[0].percent_difference, None);
        assert!((found.rows[0].log_ratio - (2.0 / 3.0 / (0.5 / 4.0_f64)).log2()).abs() < 1e-9);
        assert_eq!(found.rows[0].example.id, "a/1");
        assert_eq!(found.rows[3].example.id, "b/1");
    }

    #[test]
    fn a_run_that_many_documents_share_is_a_formula() {
        let shared = "加快建设全市统一的服务标准体系";
        let corpus: Vec<Passage> = (0..LEAST_DOCUMENTS)
            .map(|number| {
                let id = if number == 0 {
                    "a".to_owned()
                } else {
                    format!("d{number}")
                };
                passage(&id, LineKind::Paragraph, &format!("{shared}，{number}号"))
            })
            .collect();
        assert_eq!(compared(&corpus).formula_words, LEAST_DOCUMENTS as u64);
        assert_eq!(compared(&corpus[1..]).formula_words, 0);
    }
}
