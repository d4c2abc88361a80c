//! How far a reform spread by year: documents and places that name it or show it as done, each with
//! its denominator, and the curve of adoption.
//!
//! Comes in: the evidence for each of several terms, and all documents. Goes out: a [`Trend`] whose
//! shares are of what the corpus has in that year, and empty where it has nothing. Here every piece
//! counts in the year of its document, as the denominators do; only the curve of adoption counts a
//! place from the year that its first evidence speaks of, as the timeline does.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::Metadata;

use super::coverage::{Coverage, Place, coverage};
use super::evidence::Evidence;
use super::level::Rollup;
use super::stance::Stance;
use super::timeline::Basis;

/// Several terms side by side over the years of a corpus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The years, without a gap.
    pub years: Vec<i32>,
    /// A series for each term, in the order of the question.
    pub series: Vec<Series>,
    /// What the answer rests on.
    pub basis: Basis,
}

/// One term over the years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// The term.
    pub term: String,
    /// One point for each year.
    pub points: Vec<Point>,
    /// What each place says in each year, for a heat map; places without a word of it left out.
    pub cells: Vec<Cell>,
}

/// One term in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The year.
    pub year: i32,
    /// Documents of the year.
    pub documents: usize,
    /// Those of them that name the term.
    pub naming_documents: usize,
    /// Places with a document of the year.
    pub regions: usize,
    /// Those of them that name the term.
    pub naming_regions: usize,
    /// Those of them that show it as done.
    pub done_regions: usize,
    /// Places that have shown it as done in this year or before.
    pub adopted: usize,
    /// Places that the corpus knows in this year or before, by a document or by a later one that
    /// looks back: what `adopted` is out of.
    pub known: usize,
}

/// What one place says in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The place, full names from the province down.
    pub region: Vec<String>,
    /// Its division code.
    pub region_code: Option<String>,
    /// The year.
    pub year: i32,
    /// Documents of the place in the year; 0 says that nothing is known.
    pub documents: usize,
    /// Paragraphs that name the term.
    pub paragraphs: usize,
    /// The strongest stance among them.
    pub stance: Option<Stance>,
}

impl Point {
    /// Naming documents out of documents; `None` where the year has none.
    pub fn document_share(&self) -> Option<f64> {
        share(self.naming_documents, self.documents)
    }

    /// Naming places out of places with a document; `None` where the year has none.
    pub fn region_share(&self) -> Option<f64> {
        share(self.naming_regions, self.regions)
    }

    /// Adopters so far out of places known so far.
    pub fn adopted_share(&self) -> Option<f64> {
        share(self.adopted, self.known)
    }
}

/// The trend of several terms, each with its evidence, over `documents`, all under the filters.
pub fn trend(terms: Vec<(String, Vec<Evidence>)>, documents: &[Metadata], rollup: Rollup) -> Trend {
    let covered = coverage(documents, rollup);
    let series = terms
        .into_iter()
        .map(|(term, evidence)| {
            let said = said(&evidence, rollup);
            Series {
                points: points(&said, &adopted(&evidence, rollup), &evidence, &covered),
                cells: cells(&said, &covered),
                term,
            }
        })
        .collect();
    Trend {
        basis: covered.basis(),
        years: covered.years,
        series,
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The stances of each place in each year, one for each paragraph.
type Said = BTreeMap<Place, BTreeMap<i32, Vec<Stance>>>;

fn said(evidence: &[Evidence], rollup: Rollup) -> Said {
    let mut said = Said::new();
    for piece in evidence {
        let Some((year, _)) = piece.dates.of_document() else {
            continue;
        };
        let place = Place::of(
            &piece.document.region,
            piece.document.level.as_deref(),
            rollup,
        );
        if place != Place::Unknown {
            said.entry(place)
                .or_default()
                .entry(year)
                .or_default()
                .push(piece.stance);
        }
    }
    said
}

/// The year of each place's first evidence that it was done.
fn adopted(evidence: &[Evidence], rollup: Rollup) -> BTreeMap<Place, i32> {
    let mut adopted: BTreeMap<Place, i32> = BTreeMap::new();
    let done = evidence.iter().filter(|piece| piece.stance == Stance::Done);
    for piece in done {
        let source = &piece.document;
        let place = Place::of(&source.region, source.level.as_deref(), rollup);
        if let (Some(year), false) = (piece.year, place == Place::Unknown) {
            let first = adopted.entry(place).or_insert(year);
            *first = year.min(*first);
        }
    }
    adopted
}

fn points(
    said: &Said,
    adopted: &BTreeMap<Place, i32>,
    evidence: &[Evidence],
    covered: &Coverage,
) -> Vec<Point> {
    let mut naming: BTreeMap<i32, BTreeSet<&str>> = BTreeMap::new();
    for piece in evidence {
        if let Some((year, _)) = piece.dates.of_document() {
            naming.entry(year).or_default().insert(&piece.document.id);
        }
    }
    let is_done = |stances: &Vec<Stance>| stances.contains(&Stance::Done);
    let placed = || {
        covered
            .places
            .iter()
            .filter(|place| place.place != Place::Unknown)
    };
    let all = |year| {
        covered
            .places
            .iter()
            .filter_map(move |place| place.years.get(&year))
    };
    covered
        .years
        .iter()
        .map(|&year| Point {
            year,
            documents: all(year).sum(),
            naming_documents: naming.get(&year).map_or(0, BTreeSet::len),
            regions: placed()
                .filter(|place| place.years.contains_key(&year))
                .count(),
            naming_regions: said
                .values()
                .filter(|years| years.contains_key(&year))
                .count(),
            done_regions: said
                .values()
                .filter(|years| years.get(&year).is_some_and(is_done))
                .count(),
            adopted: adopted.values().filter(|first| **first <= year).count(),
            known: placed()
                .filter(|place| {
                    let has_document = place.years.range(..=year).next().is_some();
                    has_document
                        || adopted
                            .get(&place.place)
                            .is_some_and(|first| *first <= year)
                })
                .count(),
        })
        .collect()
}

fn cells(said: &Said, covered: &Coverage) -> Vec<Cell> {
    let speaking = covered
        .places
        .iter()
        .filter(|place| said.contains_key(&place.place));
    speaking
        .flat_map(|place| {
            covered.years.iter().map(|&year| {
                let stances = said[&place.place].get(&year).map_or(&[][..], Vec::as_slice);
                Cell {
                    region: place.region.clone(),
                    region_code: place.region_code.clone(),
                    year,
                    documents: place.years.get(&year).copied().unwrap_or(0),
                    paragraphs: stances.len(),
                    stance: stances.iter().min().copied(),
                }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::evidence::{evidence, tests::hit};
    use super::*;

    #[test]
    fn shares_have_their_denominators_and_adoption_only_grows() {
        let hits = [
            hit("a/1", "安徽省/合肥市", 2020, "plan", "推行免申即享。"),
            hit("b/1", "安徽省/合肥市", 2022, "measures", "推行免申即享。"),
            hit("c/1", "江西省/南昌市", 2020, "measures", "推行免申即享。"),
        ];
        let silent = hit("d/1", "江西省/南昌市", 2022, "measures", "无关。");
        let documents: Vec<Metadata> = hits
            .iter()
            .chain([&silent])
            .map(|hit| hit.document.clone())
            .collect();
        let pieces = evidence(&hits, &["免申即享".to_owned()]);
        let trend = trend(vec![("免申即享".into(), pieces)], &documents, Rollup::Own);
        assert_eq!(trend.years, [2020, 2021, 2022]);
        let shown: Vec<String> = trend.series[0]
            .points
            .iter()
            .map(|p| {
                format!(
                    "{} {}/{} {}/{} {} {}/{} {:?}",
                    p.year,
                    p.naming_documents,
                    p.documents,
                    p.naming_regions,
                    p.regions,
                    p.done_regions,
                    p.adopted,
                    p.known,
                    p.document_share()
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "2020 2/2 2/2 1 1/2 Some(1.0)",
                "2021 0/0 0/0 0 1/2 None",
                "2022 1/2 1/2 1 2/2 Some(0.5)",
            ]
        );
        let hefei: Vec<_> = trend.series[0].cells[..3]
            .iter()
            .map(|c| (c.documents, c.stance))
            .collect();
        assert_eq!(
            hefei,
            [
                (1, Some(Stance::Planned)),
                (0, None),
                (1, Some(Stance::Done))
            ]
        );
    }
}
