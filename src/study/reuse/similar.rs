//! Paragraphs that say nearly the same as some texts.
//!
//! Comes in: texts, and every paragraph of the corpus. Goes out: the echoes, the most telling first.
//! Beside the paragraphs themselves, what is kept in memory is the texts' own shingles.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::document::Metadata;
use crate::study::{Passage, Quote};

use super::content::Content;
use super::direction::{Direction, direction};
use super::echo::{Echo, Reading, echo};
use super::rarity::{Frequencies, weight_of_crowd};

/// A paragraph needs so many different shingles of a text to be looked at closely: a sixth of what is
/// left of 60 characters when every third was changed.
const LEAST_SHARED: u32 = 3;
/// How many paragraphs are looked at closely for each text: those with the most shared shingles.
const MOST_CANDIDATES: usize = 2_000;

/// A text that is looked for.
#[derive(Debug, Clone)]
pub struct Original {
    /// Its place to cite; of a text that was given, only its words.
    pub quote: Quote,
    /// Whether it stands in the corpus: then paragraphs of its own document do not count.
    pub origin: Origin,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A paragraph of the corpus.
    Corpus,
    /// A text that was given: no place, no date.
    Given,
}

/// Whose paragraphs count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Places {
    /// Those of other places only.
    #[default]
    Others,
    /// Those of the same place too, as long as they stand in another document.
    All,
}

/// A paragraph that says nearly the same as a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similar {
    /// The text that was looked for.
    pub original: Quote,
    /// The paragraph.
    pub found: Quote,
    /// Which of the two was first.
    pub direction: Direction,
    /// In how many documents of the answer a paragraph says it, the text's own among them; the score
    /// is weighed down by it.
    pub documents: usize,
    /// What both say.
    pub echo: Echo,
}

/// The paragraphs that say nearly the same as one of the texts, the most telling first.
pub fn similar(originals: &[Original], passages: &[Passage], places: Places) -> Vec<Similar> {
    let readings: Vec<Reading<'_>> = originals
        .iter()
        .map(|original| Reading::of(&original.quote.text))
        .collect();
    let survey = Survey::of(&readings, passages);
    let mut found: Vec<Similar> = originals
        .iter()
        .zip(&readings)
        .enumerate()
        .flat_map(|(place, (original, reading))| {
            survey.echoes(place, original, reading, passages, places)
        })
        .collect();
    found.sort_by(|a, b| {
        let by_score = b.echo.score.total_cmp(&a.echo.score);
        by_score.then_with(|| (&a.original.id, &a.found.id).cmp(&(&b.original.id, &b.found.id)))
    });
    found
}

/// What one look at the corpus tells.
struct Survey {
    /// For each shingle of a text, how many documents have it.
    having: HashMap<u32, usize>,
    documents: usize,
    /// For each text, the paragraphs that share shingles with it, those with the most first.
    candidates: Vec<Vec<usize>>,
}

impl Survey {
    fn of(readings: &[Reading<'_>], passages: &[Passage]) -> Self {
        let mut owners: HashMap<u32, Vec<usize>> = HashMap::new();
        for (place, reading) in readings.iter().enumerate() {
            let mut shingles: Vec<u32> = reading.telling_shingles().map(|(_, s)| s).collect();
            shingles.sort_unstable();
            shingles.dedup();
            for shingle in shingles {
                owners.entry(shingle).or_default().push(place);
            }
        }
        let mut survey = Self {
            having: HashMap::new(),
            documents: 0,
            candidates: Vec::new(),
        };
        let mut counted: Vec<Vec<(u32, usize)>> = vec![Vec::new(); readings.len()];
        let mut place = 0;
        for document in passages.chunk_by(|a, b| a.document.id == b.document.id) {
            survey.documents += 1;
            let mut in_document: BTreeSet<u32> = BTreeSet::new();
            for passage in document {
                let mut shared: Vec<u32> = Content::of(&passage.text)
                    .shingles()
                    .filter(|shingle| owners.contains_key(shingle))
                    .collect();
                shared.sort_unstable();
                shared.dedup();
                if passage.is_content() {
                    let mut counts: HashMap<usize, u32> = HashMap::new();
                    for owner in shared.iter().flat_map(|shingle| &owners[shingle]) {
                        *counts.entry(*owner).or_default() += 1;
                    }
                    for (owner, count) in counts {
                        if count >= LEAST_SHARED {
                            counted[owner].push((count, place));
                        }
                    }
                }
                in_document.extend(shared);
                place += 1;
            }
            for shingle in in_document {
                *survey.having.entry(shingle).or_default() += 1;
            }
        }
        survey.candidates = counted.into_iter().map(best).collect();
        survey
    }

    /// The echoes of one text.
    fn echoes(
        &self,
        place: usize,
        original: &Original,
        reading: &Reading<'_>,
        passages: &[Passage],
        places: Places,
    ) -> Vec<Similar> {
        let found: Vec<(&Passage, Echo)> = self.candidates[place]
            .iter()
            .map(|&candidate| &passages[candidate])
            .filter(|passage| counts(original, passage, places))
            .filter_map(|passage| {
                Some((passage, echo(reading, &Reading::of(&passage.text), self)?))
            })
            .collect();
        let saying: BTreeSet<&str> = found
            .iter()
            .map(|(passage, _)| passage.document.id.as_str())
            .collect();
        let documents = saying.len() + 1;
        let weight = weight_of_crowd(documents, self.documents);
        found
            .into_iter()
            .filter_map(|(passage, echo)| {
                Some(Similar {
                    original: original.quote.clone(),
                    found: Quote::words(passage, &passage.text),
                    direction: match original.origin {
                        Origin::Corpus => direction(&original.quote.document, &passage.document),
                        Origin::Given => Direction::Unknown,
                    },
                    documents,
                    echo: echo.weighed(weight)?,
                })
            })
            .collect()
    }
}

impl Frequencies for Survey {
    fn documents(&self) -> usize {
        self.documents
    }

    fn with(&self, shingle: u32) -> usize {
        self.having.get(&shingle).copied().unwrap_or(0)
    }
}

/// The paragraphs with the most shared shingles, in the order of the corpus.
fn best(mut counted: Vec<(u32, usize)>) -> Vec<usize> {
    counted.sort_by_key(|&(count, place)| (std::cmp::Reverse(count), place));
    counted.truncate(MOST_CANDIDATES);
    let mut places: Vec<usize> = counted.into_iter().map(|(_, place)| place).collect();
    places.sort_unstable();
    places
}

fn counts(original: &Original, passage: &Passage, places: Places) -> bool {
    if original.origin == Origin::Given {
        return true;
    }
    let own = &original.quote.document;
    own.id != passage.document.id
        && (places == Places::All || !is_same_place(own, &passage.document))
}

/// Whether two documents are of one place. A place that is not known is the same as no other.
pub(super) fn is_same_place(first: &Metadata, second: &Metadata) -> bool {
    !first.region.is_empty() && first.region == second.region
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::LineKind;

    const WRITTEN: &str =
        "通过数据共享，让符合条件的企业和群众免予申办直接享受政策红利，实现补贴精准直达企业。";

    fn passage(document: &str, region: &str, kind: LineKind, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: document.into(),
                region: vec![region.into()],
                year: Some(2022),
                ..Metadata::default()
            }),
            ordinal: 3,
            kind,
            role: None,
            path: Vec::new(),
            text: text.into(),
        }
    }

    fn corpus() -> [Passage; 4] {
        [
            passage("a", "龙华区", LineKind::Paragraph, WRITTEN),
            passage(
                "b",
                "福田区",
                LineKind::Paragraph,
                &WRITTEN.replace("群众", "個人"),
            ),
            passage("c", "龙华区", LineKind::Paragraph, WRITTEN),
            passage("d", "福田区", LineKind::Title, WRITTEN),
        ]
    }

    fn found(origin: Origin, places: Places) -> Vec<String> {
        let [own, ..] = corpus();
        let original = Original {
            quote: Quote::words(&own, WRITTEN),
            origin,
        };
        similar(&[original], &corpus(), places)
            .into_iter()
            .map(|similar| similar.found.id)
            .collect()
    }

    #[test]
    fn a_paragraph_finds_its_like_in_other_places() {
        assert_eq!(found(Origin::Corpus, Places::Others), ["b/3"]);
        assert_eq!(found(Origin::Corpus, Places::All), ["c/3", "b/3"]);
    }

    #[test]
    fn a_text_of_ones_own_is_compared_with_every_paragraph() {
        assert_eq!(found(Origin::Given, Places::Others), ["a/3", "c/3", "b/3"]);
    }

    #[test]
    fn several_texts_are_looked_for_at_once() {
        let [own, other, ..] = corpus();
        let originals = [&own, &other].map(|passage| Original {
            quote: Quote::words(passage, &passage.text),
            origin: Origin::Corpus,
        });
        let found = similar(&originals, &corpus(), Places::Others);
        let pairs: Vec<(&str, &str)> = found
            .iter()
            .map(|similar| (similar.original.id.as_str(), similar.found.id.as_str()))
            .collect();
        assert_eq!(pairs, [("a/3", "b/3"), ("b/3", "a/3"), ("b/3", "c/3")]);
    }
}
