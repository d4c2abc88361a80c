//! Paragraphs that say nearly the same as one text.
//!
//! Comes in: a text, then every paragraph of the corpus, one document after the other. Goes out: the
//! echoes, the most telling first. One pass; what is kept in memory is the text's own shingles and
//! the paragraphs that share some of them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::document::Metadata;
use crate::study::Passage;

use super::direction::{Direction, direction};
use super::echo::{Echo, Reading, echo};
use super::rarity::{Frequencies, weight_of_crowd};

/// A paragraph needs so many different shingles of the text to be looked at closely: a sixth of
/// what is left of 60 characters when every third was changed.
pub(super) const LEAST_SHARED: usize = 3;
/// How many paragraphs are kept to be looked at closely: those with the most shared shingles.
const MOST_CANDIDATES: usize = 2_000;

/// A paragraph that says nearly the same as the text asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similar {
    /// The paragraph.
    pub passage: Passage,
    /// Which of the two was first: the text asked for is the first, the paragraph the second.
    pub direction: Direction,
    /// In how many documents of the answer a paragraph says it, the text asked for among them; the
    /// score is weighed down by it.
    pub documents: usize,
    /// What both say.
    pub echo: Echo,
}

/// Where the text that is asked for comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'m> {
    /// The facts of its document; `None` for a text that was given.
    pub document: Option<&'m Metadata>,
    /// Whether paragraphs of the same place count.
    pub places: Places,
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

/// A text that is compared with every paragraph of a corpus.
#[derive(Debug)]
pub struct Probe<'t> {
    reading: Reading<'t>,
    /// For each shingle of the text: in how many documents it was seen, and in which last.
    seen: HashMap<u32, Seen>,
    documents: usize,
    last_document: String,
    candidates: Vec<(usize, Passage)>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    documents: usize,
    last: usize,
}

impl<'t> Probe<'t> {
    /// A probe for a text.
    pub fn new(text: &'t str) -> Self {
        let reading = Reading::of(text);
        let seen = reading
            .telling_shingles()
            .map(|(_, shingle)| (shingle, Seen::default()))
            .collect();
        Self {
            reading,
            seen,
            documents: 0,
            last_document: String::new(),
            candidates: Vec::new(),
        }
    }

    /// Looks at the next paragraph. Those of one document follow each other.
    pub fn look_at(&mut self, passage: &Passage) {
        if self.documents == 0 || self.last_document != passage.document.id {
            self.last_document.clone_from(&passage.document.id);
            self.documents += 1;
        }
        let mut shared: Vec<u32> = super::content::Content::of(&passage.text)
            .shingles()
            .filter(|shingle| self.seen.contains_key(shingle))
            .collect();
        shared.sort_unstable();
        shared.dedup();
        for shingle in &shared {
            let seen = self.seen.entry(*shingle).or_default();
            if seen.last != self.documents {
                *seen = Seen {
                    documents: seen.documents + 1,
                    last: self.documents,
                };
            }
        }
        if shared.len() >= LEAST_SHARED && passage.is_content() {
            self.candidates.push((shared.len(), passage.clone()));
        }
        if self.candidates.len() >= 2 * MOST_CANDIDATES {
            self.candidates.sort_by_key(|(shared, _)| Reverse(*shared));
            self.candidates.truncate(MOST_CANDIDATES);
        }
    }

    /// The paragraphs that say nearly the same, the most telling first.
    pub fn found(mut self, origin: Origin<'_>) -> Vec<Similar> {
        let candidates = std::mem::take(&mut self.candidates);
        let found: Vec<Similar> = candidates
            .into_iter()
            .filter(|(_, passage)| counts(origin, &passage.document))
            .filter_map(|(_, passage)| {
                let echo = echo(&self.reading, &Reading::of(&passage.text), &self)?;
                let direction = match origin.document {
                    Some(document) => direction(document, &passage.document),
                    None => Direction::Unknown,
                };
                Some(Similar {
                    passage,
                    direction,
                    documents: 2,
                    echo,
                })
            })
            .collect();
        let documents: BTreeSet<&str> = found
            .iter()
            .map(|similar| similar.passage.document.id.as_str())
            .collect();
        let having = documents.len() + 1;
        let weight = weight_of_crowd(having, self.documents);
        let mut found: Vec<Similar> = found
            .into_iter()
            .filter_map(|similar| {
                Some(Similar {
                    documents: having,
                    echo: similar.echo.weighed(weight)?,
                    ..similar
                })
            })
            .collect();
        found.sort_by(|a, b| {
            let by_score = b.echo.score.total_cmp(&a.echo.score);
            by_score.then_with(|| a.passage.id().cmp(&b.passage.id()))
        });
        found
    }
}

impl Frequencies for Probe<'_> {
    fn documents(&self) -> usize {
        self.documents
    }

    fn with(&self, shingle: u32) -> usize {
        self.seen.get(&shingle).map_or(0, |seen| seen.documents)
    }
}

fn counts(origin: Origin<'_>, document: &Metadata) -> bool {
    let Some(own) = origin.document else {
        return true;
    };
    own.id != document.id && (origin.places == Places::All || !is_same_place(own, document))
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
        "通过数据共享，让符合条件的企业和群众免予申办直接享受政策红利，实现补贴精准直达。";

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

    fn found(origin: Origin<'_>) -> Vec<String> {
        let mut probe = Probe::new(WRITTEN);
        for passage in &corpus() {
            probe.look_at(passage);
        }
        let found = probe.found(origin);
        found.iter().map(|similar| similar.passage.id()).collect()
    }

    #[test]
    fn a_paragraph_finds_its_like_in_other_places() {
        let [own, ..] = corpus();
        let document = Some(&*own.document);
        let others = Origin {
            document,
            places: Places::Others,
        };
        assert_eq!(found(others), ["b/3"]);
        let all = Origin {
            document,
            places: Places::All,
        };
        assert_eq!(found(all), ["c/3", "b/3"]);
    }

    #[test]
    fn a_text_of_ones_own_is_compared_with_every_paragraph() {
        let given = Origin {
            document: None,
            places: Places::Others,
        };
        assert_eq!(found(given), ["a/3", "c/3", "b/3"]);
    }
}
