//! Why nothing was found: a question cut into its terms with what stands where, what each filter
//! took away, what was perhaps meant, and what the corpus covers at all.

use std::collections::{BTreeMap, BTreeSet};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

use super::answer::{Answer, Offered};
use super::error::SearchError;
use super::hands::Hands;
use super::leaf::{Leaf, Run};
use super::page;
use super::plan::{Clause, Facet, Plan};
use super::request::{Match, Request};
use super::results::{Coverage, FilterEffect, Nothing, TermCount, Tier, WordCount};
use super::score::weighted;
use crate::index::IndexReader;
use crate::query::parse;
use crate::text::{Form, fold, units};
use crate::tokenize::Cutter;

/// How many nearest terms are named.
const NEAREST: usize = 5;
/// The most changes that a word of the index may be away.
const MOST_CHANGES: usize = 2;
/// The longest word, in units, to which near ones are looked for.
const LONGEST: usize = 12;

/// Explains why the closer tiers found nothing; and what is made meanwhile.
pub(super) fn nothing<O>(
    answer: &Answer<'_>,
    cutter: &Cutter,
    helpers: Hands,
    meanwhile: impl FnOnce() -> O,
) -> Result<(O, Nothing), SearchError> {
    let mut words = Vec::new();
    for leaf in answer.plan.wanted() {
        words.push(word(answer, leaf)?);
    }
    let unknown: Vec<Unknown> = words.iter().filter_map(Unknown::of).collect();
    let reader = answer.reader;
    // To walk the dictionary takes as long as everything else.
    let (near, others) = helpers.beside(
        || {
            unknown
                .iter()
                .map(|word| words_near(reader, word))
                .collect()
        },
        || {
            let made = meanwhile();
            let partial = unknown
                .iter()
                .map(|word| partial_matches(reader, cutter, word));
            let partial: Result<Vec<_>, SearchError> = partial.collect();
            let unfiltered = answer.count_without(&Facet::ALL)?;
            let told = (partial?, unfiltered, filters(answer)?, coverage(reader)?);
            Ok::<_, SearchError>((made, told))
        },
    );
    let near: Result<Vec<_>, SearchError> = near;
    let (made, (partial, paragraphs_unfiltered, filters, coverage)) = others?;
    let nothing = Nothing {
        paragraphs_unfiltered,
        nearest: nearest(&unknown, &partial, &near?),
        coverage,
        words,
        filters,
    };
    Ok((made, nothing))
}

/// What each filter took away.
fn filters(answer: &Answer<'_>) -> Result<Vec<FilterEffect>, SearchError> {
    let mut filters: Vec<FilterEffect> = Vec::new();
    for (facet, _) in &answer.plan.filters {
        if filters.iter().any(|effect| effect.filter == facet.name()) {
            continue;
        }
        filters.push(FilterEffect {
            filter: facet.name().to_owned(),
            paragraphs_without: answer.count_without(&[*facet])?,
        });
    }
    Ok(filters)
}

fn word(answer: &Answer<'_>, leaf: &Leaf) -> Result<WordCount, SearchError> {
    let count = |run: &Run, answer: &Answer<'_>| {
        let plan = Plan {
            root: Some(Clause::Leaf(0)),
            leaves: vec![Leaf {
                parts: vec![run.clone()],
                ..Leaf::phrase(&leaf.text)
            }],
            filters: Vec::new(),
        };
        answer.count_of(&plan)
    };
    let whole = Plan {
        root: Some(Clause::Leaf(0)),
        leaves: vec![leaf.clone()],
        filters: Vec::new(),
    };
    let mut terms = Vec::with_capacity(leaf.terms.len());
    for run in &leaf.terms {
        terms.push(TermCount {
            term: run.tokens.concat(),
            paragraphs: count(run, answer)?,
        });
    }
    Ok(WordCount {
        text: leaf.text.clone(),
        paragraphs: answer.count_of(&whole)?,
        terms,
    })
}

/// A word that stands nowhere.
struct Unknown {
    text: String,
    characters: Vec<char>,
    /// How many changes a near word may be away.
    most: usize,
}

impl Unknown {
    /// `None` where it stands somewhere, or has no near words.
    fn of(word: &WordCount) -> Option<Self> {
        let characters = characters(&word.text);
        let is_wanted = word.paragraphs == 0 && (2..=LONGEST).contains(&characters.len());
        is_wanted.then(|| Self {
            text: word.text.clone(),
            most: 1.max(characters.len() / 4),
            characters,
        })
    }

    /// How many changes a word is away, if it is near.
    fn apart(&self, candidate: &[char]) -> Option<usize> {
        if self.characters.len().abs_diff(candidate.len()) > self.most {
            return None;
        }
        let apart = distance(&self.characters, candidate);
        (1..=self.most).contains(&apart).then_some(apart)
    }
}

/// Words of the corpus that differ little from those that stand nowhere: what stands in the texts of
/// the best partial matches of each, and words of the index.
fn nearest(unknown: &[Unknown], partial: &[Vec<String>], words: &[Vec<String>]) -> Vec<String> {
    let mut scored: BTreeSet<(usize, String)> = BTreeSet::new();
    for ((word, texts), words) in unknown.iter().zip(partial).zip(words) {
        let mut take = |candidate: &[char]| {
            if let Some(apart) = word.apart(candidate) {
                scored.insert((apart, candidate.iter().collect()));
            }
        };
        let length = word.characters.len();
        for text in texts {
            let text = characters(text);
            for length in length.saturating_sub(1).max(2)..=length + 1 {
                text.windows(length).for_each(&mut take);
            }
        }
        for word in words {
            take(&word.chars().collect::<Vec<char>>());
        }
    }
    let nearest = scored.into_iter().take(NEAREST);
    nearest.map(|(_, word)| word).collect()
}

/// The texts of the best partial matches of a word.
fn partial_matches(
    reader: &IndexReader,
    cutter: &Cutter,
    word: &Unknown,
) -> Result<Vec<String>, SearchError> {
    let request = Request {
        matching: Match::Any,
        limit: 20,
        ..Request::of(parse(&word.text))
    };
    let plan = Plan::of(&request.query, &request.filters, cutter);
    let weighted = weighted(&plan, cutter, reader)?;
    let answer = Answer::of(reader, &plan, &request, Offered::of(Hands::ONE), None)?;
    let hits = page::hits(&answer, &weighted, &request, &[])?;
    Ok(hits.into_iter().map(|hit| hit.text).collect())
}

/// The words of the index that are near one.
fn words_near(reader: &IndexReader, word: &Unknown) -> Result<Vec<String>, SearchError> {
    let most = u8::try_from(word.most.min(MOST_CHANGES)).unwrap_or(1);
    let wanted: String = word.characters.iter().collect();
    let near = Near(LevenshteinAutomatonBuilder::new(most, false).build_dfa(&wanted));
    let mut found = Vec::new();
    for segment in reader.searcher().segment_readers() {
        let index = segment.inverted_index(reader.fields().text_words)?;
        let mut words = index.terms().search(&near).into_stream()?;
        while words.advance() {
            found.extend(std::str::from_utf8(words.key()).map(str::to_owned));
        }
    }
    Ok(found)
}

/// What is near a word, as the dictionary of an index is walked by.
struct Near(DFA);

impl Automaton for Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// The letters, digits and Han characters of a text, folded.
fn characters(text: &str) -> Vec<char> {
    units(&fold(text))
        .into_iter()
        .filter(|unit| !unit.is_mark())
        .flat_map(|unit| match unit.form {
            Form::Char(character) => vec![character],
            Form::Number(digits) => digits.chars().collect(),
        })
        .collect()
}

/// How many characters must be put in, taken out or changed to make one of the other.
/// V. Levenshtein, 1966.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

/// What the corpus covers.
pub(super) fn coverage(reader: &IndexReader) -> Result<Coverage, SearchError> {
    let mut provinces: BTreeMap<String, ()> = BTreeMap::new();
    let mut years: Option<[i64; 2]> = None;
    for segment in reader.searcher().segment_readers() {
        let index = segment.inverted_index(reader.fields().region)?;
        let mut regions = index.terms().stream()?;
        while regions.advance() {
            // A facet is written as the names of its path, with a zero between two.
            let province = regions.key().split(|&byte| byte == 0).next();
            let province = province.and_then(|name| std::str::from_utf8(name).ok());
            if let Some(province) = province.filter(|name| !name.is_empty()) {
                provinces.insert(province.to_owned(), ());
            }
        }
        let column = segment.fast_fields().i64("year")?;
        if column.values.num_vals() > 0 {
            let [first, last] = years.unwrap_or([i64::MAX, i64::MIN]);
            years = Some([first.min(column.min_value()), last.max(column.max_value())]);
        }
    }
    let commit = reader.commit();
    let year = |year: i64| i32::try_from(year).unwrap_or(0);
    Ok(Coverage {
        documents: usize::try_from(commit.documents).unwrap_or(usize::MAX),
        paragraphs: usize::try_from(commit.paragraphs).unwrap_or(usize::MAX),
        regions: provinces.into_keys().collect(),
        years: years.map(|[first, last]| [year(first), year(last)]),
    })
}

impl Answer<'_> {
    /// How many paragraphs the tiers exact and all have without the filters of some facets.
    fn count_without(&self, facets: &[Facet]) -> Result<usize, SearchError> {
        let mut count = 0;
        for matching in self.matchings() {
            let docs = super::scope::matches(matching, Tier::All, self.within)?;
            count += matching.filtered(docs, facets)?.len();
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_changes() {
        let apart = |a: &str, b: &str| distance(&characters(a), &characters(b));
        assert_eq!(apart("免申即享", "免申既享"), 1);
        assert_eq!(apart("一网通办", "一网统办"), 1);
        assert_eq!(apart("秒批", "秒报秒批"), 2);
        assert_eq!(apart("", "秒批"), 2);
    }
}
