//! What words keep company with a term.
//!
//! Comes in: paragraphs, a term, a window, and how texts are cut into words. Goes out: the words
//! that stand near the term, each with its counts, log-likelihood and logDice, and one place to look
//! at.
//!
//! Surface co-occurrence as in S. Evert, Corpora and Collocations, 2008, section 4.1: the windows
//! reach some words to the left and to the right of every occurrence, but not into another sentence;
//! a word in two windows counts once; the term's own words count nowhere.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::association::{Contingency, log_dice};
use super::occurrence::Term;
use super::passage::Passage;
use super::quote::Quote;
use super::words::{Cut, Word, in_halves, parts_sentences};

/// How many words on each side of a term keep it company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// To the left.
    pub left: usize,
    /// To the right.
    pub right: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self { left: 5, right: 5 }
    }
}

/// The company of a term.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collocates {
    /// How often the term stands in the paragraphs.
    pub occurrences: u64,
    /// The window.
    pub window: Window,
    /// Words in the windows: R1 of the tables.
    pub window_words: u64,
    /// Words in all paragraphs, those of the term left out: N.
    pub words: u64,
    /// The words that stand in the windows at least as often as asked, the strongest first.
    pub rows: Vec<Collocate>,
}

/// A word near a term.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collocate {
    /// The word, folded.
    pub word: String,
    /// How often it stands in the windows: O11.
    pub together: u64,
    /// How often to the left of the term.
    pub left: u64,
    /// How often to the right.
    pub right: u64,
    /// How often it stands in all paragraphs: C1.
    pub frequency: u64,
    /// How often it would stand in the windows by chance: E11.
    pub expected: f64,
    /// G², see [`Contingency::log_likelihood`].
    pub log_likelihood: f64,
    /// See [`log_dice`].
    pub log_dice: f64,
    /// In how many documents it stands near the term.
    pub documents: usize,
    /// Of how many places.
    pub places: usize,
    /// The first place where it does.
    pub example: Quote,
}

/// By which measure collocates are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CollocateOrder {
    /// How certain it is that the two belong together.
    #[default]
    LogLikelihood,
    /// How exclusively they do.
    LogDice,
    /// How often they stand together.
    Frequency,
}

/// The company that `term` keeps in `passages`: words that stand near it at least `least` times and
/// more often than by chance.
pub fn collocates(
    passages: &[Passage],
    term: &Term,
    window: Window,
    least: u64,
    order: CollocateOrder,
    cut: Cut<'_>,
) -> Collocates {
    let counts = in_halves(
        passages,
        |half| {
            let mut counts = Counts::default();
            for passage in half.iter().filter(|passage| passage.is_content()) {
                counts.add(passage, term, window, &cut(&passage.text));
            }
            counts
        },
        Counts::merge,
    );
    let mut rows: Vec<Collocate> = counts
        .near
        .iter()
        .filter(|(_, near)| near.left + near.right >= least)
        .map(|(word, near)| counts.row(word, near))
        .filter(|row| row.log_likelihood > 0.0)
        .collect();
    rows.sort_by(|a, b| {
        let by_measure = match order {
            CollocateOrder::LogLikelihood => b.log_likelihood.total_cmp(&a.log_likelihood),
            CollocateOrder::LogDice => b.log_dice.total_cmp(&a.log_dice),
            CollocateOrder::Frequency => b.together.cmp(&a.together),
        };
        by_measure.then_with(|| a.word.cmp(&b.word))
    });
    Collocates {
        occurrences: counts.occurrences,
        window,
        window_words: counts.window_words,
        words: counts.words,
        rows,
    }
}

/// What is counted of a word near the term.
#[derive(Debug)]
struct Near {
    left: u64,
    right: u64,
    documents: HashSet<String>,
    places: BTreeSet<Vec<String>>,
    example: Quote,
}

#[derive(Debug, Default)]
struct Counts {
    occurrences: u64,
    words: u64,
    window_words: u64,
    frequency: HashMap<String, u64>,
    near: HashMap<String, Near>,
}

/// On which side of the nearest occurrence a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Far,
    Left,
    Right,
    /// Part of the term.
    Own,
}

impl Counts {
    fn add(&mut self, passage: &Passage, term: &Term, window: Window, words: &[Word]) {
        let (places, occurrences) = places(&passage.text, term, window, words);
        self.occurrences += occurrences;
        for (word, place) in words.iter().zip(places) {
            if place == Place::Own {
                continue;
            }
            self.words += 1;
            let is_telling = word.is_telling();
            if is_telling {
                match self.frequency.get_mut(&word.token) {
                    Some(count) => *count += 1,
                    None => {
                        self.frequency.insert(word.token.clone(), 1);
                    }
                }
            }
            if place != Place::Far {
                self.window_words += 1;
                if is_telling {
                    self.add_near(passage, word, place);
                }
            }
        }
    }

    fn add_near(&mut self, passage: &Passage, word: &Word, place: Place) {
        let near = self.near.entry(word.token.clone()).or_insert_with(|| Near {
            left: 0,
            right: 0,
            documents: HashSet::new(),
            places: BTreeSet::new(),
            example: Quote::sentence(passage, &word.range),
        });
        *match place {
            Place::Left => &mut near.left,
            _ => &mut near.right,
        } += 1;
        if near.documents.insert(passage.document.id.clone()) {
            near.places.insert(passage.document.region.clone());
        }
    }

    fn merge(&mut self, other: Self) {
        self.occurrences += other.occurrences;
        self.words += other.words;
        self.window_words += other.window_words;
        for (word, count) in other.frequency {
            *self.frequency.entry(word).or_default() += count;
        }
        for (word, more) in other.near {
            match self.near.get_mut(&word) {
                Some(near) => {
                    near.left += more.left;
                    near.right += more.right;
                    near.documents.extend(more.documents);
                    near.places.extend(more.places);
                }
                None => {
                    self.near.insert(word, more);
                }
            }
        }
    }

    fn row(&self, word: &str, near: &Near) -> Collocate {
        let together = near.left + near.right;
        let frequency = self.frequency.get(word).copied().unwrap_or(together);
        let table = Contingency {
            inside: together,
            part: self.window_words,
            outside: frequency - together,
            rest: self.words - self.window_words,
        };
        Collocate {
            word: word.to_owned(),
            together,
            left: near.left,
            right: near.right,
            frequency,
            expected: table.expected(),
            log_likelihood: table.log_likelihood(),
            log_dice: log_dice(together, self.occurrences, frequency),
            documents: near.documents.len(),
            places: near.places.len(),
            example: near.example.clone(),
        }
    }
}

/// Where each word stands to the occurrences of the term, and how many of these there are.
fn places(text: &str, term: &Term, window: Window, words: &[Word]) -> (Vec<Place>, u64) {
    let mut places = vec![Place::Far; words.len()];
    let occurrences = term.occurrences(text);
    let mut spans = Vec::with_capacity(occurrences.len());
    for occurrence in &occurrences {
        let first = words.partition_point(|word| word.range.end <= occurrence.start);
        let after = words.partition_point(|word| word.range.start < occurrence.end);
        places[first..after.max(first)].fill(Place::Own);
        spans.push((first, after.max(first)));
    }
    let joined = |left: usize, right: usize| {
        !parts_sentences(&text[words[left].range.end..words[right].range.start])
    };
    for (first, after) in spans {
        // A sentence that ends next to a word ends the window.
        let left = (first.saturating_sub(window.left)..first)
            .rev()
            .take_while(|&at| at + 1 == words.len() || joined(at, at + 1))
            .last()
            .unwrap_or(first);
        let right = (after..words.len().min(after + window.right))
            .take_while(|&at| at == 0 || joined(at - 1, at))
            .last()
            .map_or(after, |at| at + 1);
        for (range, side) in [(left..first, Place::Left), (after..right, Place::Right)] {
            for place in &mut places[range] {
                if *place == Place::Far {
                    *place = side;
                }
            }
        }
    }
    (places, occurrences.len() as u64)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::words::tests::at_spaces;
    use super::*;
    use crate::document::{LineKind, Metadata};

    fn passage(document: &str, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: document.into(),
                region: vec![document.into()],
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: None,
            path: Vec::new(),
            text: text.into(),
        }
    }

    fn corpus() -> Vec<Passage> {
        vec![
            passage("a", "推行 免证办 改革 推行 服务。推行 监管"),
            passage("a", "改革 服务 改革 监管 监管 服务"),
            passage("b", "深化 免证办 改革；服务 监管 服务 监管"),
        ]
    }

    fn found(window: Window) -> Collocates {
        let term = Term::new(["免证办"]);
        collocates(
            &corpus(),
            &term,
            window,
            1,
            CollocateOrder::LogDice,
            &at_spaces,
        )
    }

    #[test]
    fn words_are_counted_once_inside_the_sentence_and_the_window() {
        let found = found(Window { left: 2, right: 2 });
        assert_eq!(
            (found.occurrences, found.window_words, found.words),
            (2, 5, 18)
        );
        let rows: Vec<_> = found
            .rows
            .iter()
            .map(|row| {
                (
                    row.word.as_str(),
                    row.left,
                    row.right,
                    row.frequency,
                    row.documents,
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("推行", 1, 1, 3, 1),
                ("改革", 0, 2, 4, 2),
                ("深化", 1, 0, 1, 1),
            ]
        );
        assert_eq!(found.rows[1].example.text, "推行 免证办 改革 推行 服务。");
    }

    #[test]
    fn the_tables_are_those_of_a_count_by_hand() {
        let found = found(Window { left: 2, right: 2 });
        let reform = &found.rows[1];
        // In the windows 改革 stands 2 of 5 times, outside 2 of 13.
        let by_hand = 2.0
            * (2.0 * (2.0_f64 / (5.0 * 4.0 / 18.0)).ln()
                + 3.0 * (3.0_f64 / (5.0 * 14.0 / 18.0)).ln()
                + 2.0 * (2.0_f64 / (13.0 * 4.0 / 18.0)).ln()
                + 11.0 * (11.0_f64 / (13.0 * 14.0 / 18.0)).ln());
        assert!((reform.log_likelihood - by_hand).abs() < 1e-9);
        assert!((reform.log_dice - (14.0 + (4.0_f64 / 6.0).log2())).abs() < 1e-9);
    }
}
