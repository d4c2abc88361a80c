//! Who says the same sentence, over a whole corpus: a list of edges.
//!
//! Comes in: all paragraphs. Goes out: pairs of paragraphs of different documents with what they
//! share. Each paragraph is sketched by its smallest shingle hashes (a bottom-s MinHash: A. Broder,
//! On the Resemblance and Containment of Documents, SEQUENCES 1997), all sketches are one sorted
//! list, and a paragraph meets only those that share several rare hashes of its sketch. So memory
//! grows with the text (8 bytes a shingle) and never with the number of pairs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::study::{Passage, Quote};

use super::direction::{Direction, direction};
use super::echo::{Echo, Reading, echo};
use super::rarity::{Frequencies, weight_of_crowd};
use super::similar::{Places, Similar, is_same_place};

/// How many hashes the sketch of a paragraph has at least: all of a paragraph up to this length.
const SKETCH: usize = 160;
/// Of a longer paragraph, one shingle in so many more.
const THINNED: usize = 2;
/// A shingle in more documents than this brings no two paragraphs together.
const MOST_DOCUMENTS: usize = 24;
/// What the shared hashes of two paragraphs must weigh, each by its rarity, to be looked at closely.
const LEAST_WEIGHT: f32 = 4.0;

/// Two paragraphs of different documents that say nearly the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// The place of the first paragraph in what was given: the older one, where dates say so.
    pub from: usize,
    /// The place of the other.
    pub to: usize,
    /// Which was first: `FirstToSecond`, or undecided.
    pub direction: Direction,
    /// In how many documents a paragraph is an echo of the first; what many say, none took from
    /// another, and the score of the echo is weighed down by it.
    pub documents: usize,
    /// What both say.
    pub echo: Echo,
}

impl Edge {
    /// The edge with both paragraphs to cite.
    pub fn cited(self, passages: &[Passage]) -> Similar {
        let quote = |place: usize| Quote::words(&passages[place], &passages[place].text);
        Similar {
            original: quote(self.from),
            found: quote(self.to),
            direction: self.direction,
            documents: self.documents,
            echo: self.echo,
        }
    }
}

/// The sketches of a corpus.
#[derive(Debug)]
struct Sketches {
    /// Hash and paragraph, sorted.
    entries: Vec<(u32, u32)>,
    /// The document of each paragraph, as a number.
    document_of: Vec<u32>,
    documents: usize,
}

/// All edges, the most telling first.
pub fn edges(passages: &[Passage], places: Places) -> Vec<Edge> {
    let sketches = Sketches::of(passages);
    let halves: Vec<Vec<Edge>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let sketches = &sketches;
                scope.spawn(move || sketches.edges_of_every(worker, passages, places))
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("a worker does not panic"))
            .collect()
    });
    let mut edges = sketches.weighed(halves.into_iter().flatten().collect());
    edges.sort_by(|a, b| {
        let by_score = b.echo.score.total_cmp(&a.echo.score);
        by_score.then_with(|| (a.from, a.to).cmp(&(b.from, b.to)))
    });
    edges
}

/// How many threads compare.
const WORKERS: usize = 2;

impl Sketches {
    fn of(passages: &[Passage]) -> Self {
        let mut entries = Vec::new();
        let mut document_of = Vec::with_capacity(passages.len());
        let mut documents = 0u32;
        for (place, passage) in (0u32..).zip(passages) {
            let is_new =
                place == 0 || passages[place as usize - 1].document.id != passage.document.id;
            documents += u32::from(is_new);
            document_of.push(documents);
            if passage.is_content() {
                let sketch = sketch(&Reading::of(&passage.text));
                entries.extend(sketch.into_iter().map(|hash| (hash, place)));
            }
        }
        entries.sort_unstable();
        Self {
            entries,
            document_of,
            documents: documents as usize,
        }
    }

    /// The edges of every paragraph whose place is `worker` modulo the number of workers, to those
    /// before it.
    fn edges_of_every(&self, worker: usize, passages: &[Passage], places: Places) -> Vec<Edge> {
        let mut weights = vec![0.0f32; passages.len()];
        let mut edges = Vec::new();
        for place in (worker..passages.len()).step_by(WORKERS) {
            let passage = &passages[place];
            if !passage.is_content() {
                continue;
            }
            let reading = Reading::of(&passage.text);
            for other in self.near(place, &reading, &mut weights) {
                let counterpart = &passages[other];
                if places == Places::Others
                    && is_same_place(&passage.document, &counterpart.document)
                {
                    continue;
                }
                edges.extend(self.edge(passages, place, &reading, other));
            }
        }
        edges
    }

    /// The paragraphs before `place`, of other documents, that share enough rare shingles with it.
    fn near(&self, place: usize, reading: &Reading<'_>, weights: &mut [f32]) -> Vec<usize> {
        let own = self.document_of[place];
        let mut touched = Vec::new();
        for hash in sketch(reading) {
            let group = self.group(hash);
            let documents = self.documents_of(group);
            if !(2..=MOST_DOCUMENTS).contains(&documents) {
                continue;
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a weight needs no precision"
            )]
            let weight = self.rarity(hash) as f32;
            for &(_, other) in group {
                let other = other as usize;
                if other >= place {
                    break;
                }
                if self.document_of[other] != own {
                    if weights[other] == 0.0 {
                        touched.push(other);
                    }
                    weights[other] += weight;
                }
            }
        }
        touched.retain(|&other| std::mem::take(&mut weights[other]) >= LEAST_WEIGHT);
        touched.sort_unstable();
        touched
    }

    fn edge(
        &self,
        passages: &[Passage],
        place: usize,
        reading: &Reading<'_>,
        other: usize,
    ) -> Option<Edge> {
        let (earlier, later) = (&passages[other], &passages[place]);
        let direction = direction(&earlier.document, &later.document);
        let counterpart = Reading::of(&earlier.text);
        if direction == Direction::SecondToFirst {
            return Some(Edge {
                from: place,
                to: other,
                direction: direction.reversed(),
                documents: 2,
                echo: echo(reading, &counterpart, self)?,
            });
        }
        Some(Edge {
            from: other,
            to: place,
            direction,
            documents: 2,
            echo: echo(&counterpart, reading, self)?,
        })
    }

    /// Counts the documents that echo each paragraph, and weighs every score by how rare that is:
    /// a sentence that everyone words a little differently is a formula all the same.
    fn weighed(&self, edges: Vec<Edge>) -> Vec<Edge> {
        let mut echoing: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for edge in &edges {
            for (passage, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
                let documents = echoing.entry(passage).or_default();
                documents.extend([self.document_of[passage], self.document_of[other]]);
            }
        }
        let having = |passage: &usize| echoing.get(passage).map_or(2, BTreeSet::len);
        edges
            .into_iter()
            .filter_map(|edge| {
                let documents = having(&edge.from).max(having(&edge.to));
                Some(Edge {
                    documents,
                    echo: edge
                        .echo
                        .weighed(weight_of_crowd(documents, self.documents))?,
                    ..edge
                })
            })
            .collect()
    }

    /// The entries of a hash, in the order of the paragraphs.
    fn group(&self, hash: u32) -> &[(u32, u32)] {
        let start = self.entries.partition_point(|entry| entry.0 < hash);
        let length = self.entries[start..].partition_point(|entry| entry.0 == hash);
        &self.entries[start..start + length]
    }

    fn documents_of(&self, group: &[(u32, u32)]) -> usize {
        group
            .chunk_by(|a, b| self.document_of[a.1 as usize] == self.document_of[b.1 as usize])
            .count()
    }
}

impl Frequencies for Sketches {
    fn documents(&self) -> usize {
        self.documents
    }

    fn with(&self, shingle: u32) -> usize {
        self.documents_of(self.group(shingle))
    }
}

/// The smallest hashes of the telling shingles.
fn sketch(reading: &Reading<'_>) -> Vec<u32> {
    let mut hashes: Vec<u32> = reading
        .telling_shingles()
        .map(|(_, shingle)| shingle)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    let beyond = hashes.len().saturating_sub(SKETCH);
    hashes.truncate(SKETCH.min(hashes.len()) + beyond / THINNED);
    hashes
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};

    fn passage(document: &str, region: &str, signed: Option<&str>, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: document.into(),
                region: vec![region.into()],
                signed: signed.map(str::to_owned),
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: None,
            path: Vec::new(),
            text: text.into(),
        }
    }

    const WRITTEN: &str =
        "通过数据共享，让符合条件的企业和群众免予申办直接享受政策红利，实现补贴精准直达。";

    fn corpus() -> Vec<Passage> {
        vec![
            passage("a", "龙华区", Some("2022-12-01"), WRITTEN),
            passage(
                "b",
                "福田区",
                Some("2021-12-24"),
                &WRITTEN.replace("群众", "个人"),
            ),
            passage("c", "龙华区", Some("2020-12-01"), WRITTEN),
            passage(
                "d",
                "荔湾区",
                None,
                "推进各单位做好政务公开工作，及时回应社会关切。",
            ),
        ]
    }

    fn told(edges: &[Edge]) -> Vec<(usize, usize, Direction)> {
        edges
            .iter()
            .map(|edge| (edge.from, edge.to, edge.direction))
            .collect()
    }

    #[test]
    fn an_edge_goes_from_the_older_to_the_newer_between_places() {
        let mut found = told(&edges(&corpus(), Places::Others));
        found.sort_by_key(|edge| edge.0);
        assert_eq!(
            found,
            [
                (1, 0, Direction::FirstToSecond),
                (2, 1, Direction::FirstToSecond)
            ]
        );
    }

    #[test]
    fn a_place_that_repeats_itself_is_an_edge_only_where_asked_for() {
        let found = told(&edges(&corpus(), Places::All));
        assert!(
            found.contains(&(2, 0, Direction::FirstToSecond)),
            "{found:?}"
        );
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn what_everyone_says_weighs_less_however_it_is_worded() {
        let crowd: Vec<Passage> = (0..20)
            .map(|number| {
                let id = format!("d{number}");
                passage(
                    &id,
                    &id,
                    None,
                    &WRITTEN.replace("红利", ["红利", "福利"][number % 2]),
                )
            })
            .collect();
        let two = edges(&crowd[..2], Places::Others)[0].echo.score;
        assert!(two > 30.0);
        assert!(edges(&crowd, Places::Others).is_empty());
    }

    #[test]
    fn a_sketch_keeps_all_of_a_short_paragraph_and_part_of_a_long_one() {
        let long: String = (0x4E00..0x4E00 + 1000).filter_map(char::from_u32).collect();
        assert_eq!(sketch(&Reading::of(WRITTEN)).len(), 34);
        assert_eq!(
            sketch(&Reading::of(&long)).len(),
            SKETCH + (997 - SKETCH) / 2
        );
    }
}
