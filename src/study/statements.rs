//! Paragraphs as statements, and how alike two statements are.
//!
//! Comes in: paragraphs. Goes out: their sentences, each a statement that can be quoted, and a
//! measure over the shared pairs of units, in which what every statement says weighs little.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::sentences;

use super::passage::Passage;
use super::quote::Quote;
use super::reuse::{Content, idle_units};

/// Fewer statements do not show what is commonly said, and count as if they were so many.
const ENOUGH: usize = 20;

/// Shorter sentences say nothing of their own: 特此报告。
const SHORTEST: usize = 8;

/// A sentence of a paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'p> {
    /// The paragraph.
    pub passage: &'p Passage,
    /// The sentence, as written.
    pub text: &'p str,
    /// The byte of the paragraph that it begins at.
    pub start: usize,
}

impl Statement<'_> {
    /// The statement as a place to cite.
    pub fn quote(&self) -> Quote {
        Quote::words(self.passage, self.text)
    }

    /// The bytes of the paragraph that it stands on.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The statements of a paragraph that are more than a formula or a remark in brackets.
pub fn statements(passage: &Passage) -> impl Iterator<Item = Statement<'_>> {
    sentences(&passage.text).into_iter().filter_map(|range| {
        let whole = &passage.text[range.clone()];
        let text = whole.trim();
        let content = Content::of(text);
        let idle = idle_units(text, &content);
        let telling = idle.iter().filter(|idle| !**idle).count();
        let start = range.start + (whole.len() - whole.trim_start().len());
        (telling >= SHORTEST && !is_remark(text)).then_some(Statement {
            passage,
            text,
            start,
        })
    })
}

/// Whether a sentence is wholly in brackets: （责任单位：省财政厅、省商务厅）
fn is_remark(text: &str) -> bool {
    let inner = text
        .trim_end_matches('。')
        .strip_prefix(['（', '('])
        .and_then(|rest| rest.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| !inner.contains(['）', ')']))
}

/// How much the pairs of units weigh that statements are compared by.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// In how many statements each pair stands.
    having: HashMap<u32, usize>,
    statements: usize,
}

/// The pairs of units of one statement, each once, sorted, with their weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    pairs: Vec<(u32, f64)>,
    total: f64,
}

impl Weights {
    /// Weights over some statements.
    pub fn over<'s>(texts: impl IntoIterator<Item = &'s str>) -> Self {
        let mut weights = Self::default();
        for text in texts {
            weights.statements += 1;
            for pair in pairs(text) {
                *weights.having.entry(pair).or_default() += 1;
            }
        }
        weights
    }

    /// The features of a statement.
    pub fn features(&self, text: &str) -> Features {
        let weigh = |pair| {
            let having = self.having.get(&pair).copied().unwrap_or(0);
            super::reuse::ratio(self.statements.max(ENOUGH) + 1, having + 1)
                .ln()
                .max(0.0)
        };
        let pairs: Vec<(u32, f64)> = pairs(text)
            .into_iter()
            .map(|pair| (pair, weigh(pair)))
            .collect();
        let total = pairs.iter().map(|(_, weight)| weight).sum();
        Features { pairs, total }
    }
}

impl Features {
    /// How much of these features the others have too, by weight, 0 to 1.
    pub fn covered_by(&self, other: &Self) -> f64 {
        if self.total == 0.0 {
            0.0
        } else {
            self.shared(other) / self.total
        }
    }

    /// How alike both are, by weight, 0 to 1 (the Dice coefficient).
    pub fn likeness(&self, other: &Self) -> f64 {
        let both = self.total + other.total;
        if both == 0.0 {
            0.0
        } else {
            2.0 * self.shared(other) / both
        }
    }

    fn shared(&self, other: &Self) -> f64 {
        let (mut a, mut b, mut shared) = (0, 0, 0.0);
        while a < self.pairs.len() && b < other.pairs.len() {
            match self.pairs[a].0.cmp(&other.pairs[b].0) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    shared += self.pairs[a].1;
                    (a, b) = (a + 1, b + 1);
                }
            }
        }
        shared
    }
}

/// The pairs of neighbouring units that are not wholly formula, each once, sorted.
fn pairs(text: &str) -> Vec<u32> {
    let content = Content::of(text);
    let idle = idle_units(text, &content);
    let mut pairs: Vec<u32> = content
        .runs(2)
        .enumerate()
        .filter(|(at, _)| !(idle[*at] && idle[at + 1]))
        .map(|(_, pair)| pair)
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};

    #[test]
    fn formulas_and_scraps_are_no_statements() {
        let passage = Passage {
            document: Arc::new(Metadata::default()),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: None,
            path: Vec::new(),
            text: "坚持以习近平新时代中国特色社会主义思想为指导。 新增跨域通办合作地区15个。特此报告。（责任单位：市教育局、市财政局）".into(),
        };
        let found: Vec<&str> = statements(&passage)
            .map(|statement| statement.text)
            .collect();
        assert_eq!(found, ["新增跨域通办合作地区15个。"]);
        let statement = statements(&passage).next().unwrap();
        assert_eq!(&passage.text[statement.range()], statement.text);
    }

    #[test]
    fn what_every_statement_says_makes_none_alike() {
        let mut all = vec!["我局积极推进秒批改革", "我局积极推进案卷评查"];
        all.resize(ENOUGH, "我局积极推进证照联办");
        let weights = Weights::over(all.iter().copied());
        let features = [all[0], all[1]].map(|text| weights.features(text));
        assert!(features[0].likeness(&features[1]) < 0.3);
        let same = weights.features("秒批改革进一步深化");
        assert!(features[0].covered_by(&same) > 0.3);
        assert_eq!(Features::default().likeness(&Features::default()), 0.0);
    }
}
