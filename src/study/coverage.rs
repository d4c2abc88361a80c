//! What the corpus has: documents by place and year, and the risk set of an adoption study.
//!
//! Comes in: the facts of all documents. Goes out: a [`Coverage`], from which a reader sees where
//! silence means something. No data is never written as not adopted.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::Metadata;

use super::dates::Dates;
use super::level::Rollup;
use super::timeline::{Basis, Timeline};

/// A place of documents: a region, the centre, or unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Place {
    /// A region by its full names from the province down.
    Region(Vec<String>),
    /// The centre (中央).
    Centre,
    /// The text does not say, or says several.
    Unknown,
}

/// The documents of a corpus by place and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Every place with a document, by division code.
    pub places: Vec<CoveredPlace>,
    /// The years from the first to the last document, without a gap.
    pub years: Vec<i32>,
}

/// The documents of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoveredPlace {
    /// The place.
    pub place: Place,
    /// Its names.
    pub region: Vec<String>,
    /// Its division code.
    pub region_code: Option<String>,
    /// Documents by year.
    pub years: BTreeMap<i32, usize>,
    /// Documents without any date.
    pub undated: usize,
}

/// What the corpus has of a place, in short.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Covered {
    /// Documents.
    pub documents: usize,
    /// The year of the first.
    pub first_year: Option<i32>,
    /// The year of the last.
    pub last_year: Option<i32>,
    /// Years between them without any document.
    pub gaps: Vec<i32>,
}

/// One row of the risk set: a place in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelRow {
    /// The place, names joined by `/`.
    pub region: String,
    /// Its division code.
    pub code: String,
    /// The year.
    pub year: i32,
    /// Documents of the place in the year.
    pub documents: usize,
    /// 1: not shown as done before this year, so that it could be adopted in it; 0: done before;
    /// `None`: no document, nothing is known (unless a later one looks back on an adoption in it).
    pub at_risk: Option<u8>,
    /// 1: shown as done in or before this year; 0: not shown; `None`: no document.
    pub adopted: Option<u8>,
    /// 1: the first evidence falls into the first year that the corpus has of the place, so the
    /// adoption may be earlier.
    pub left_censored: u8,
}

impl Place {
    /// The place of a document, rolled up.
    pub fn of(region: &[String], level: Option<&str>, rollup: Rollup) -> Self {
        match (region.is_empty(), level) {
            (false, _) => Self::Region(rollup.cut(region).to_vec()),
            (true, Some("国家")) => Self::Centre,
            (true, _) => Self::Unknown,
        }
    }

    /// Its names from the province down; a word for what is no region.
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Region(path) => path.clone(),
            Self::Centre => vec!["中央".to_owned()],
            Self::Unknown => vec!["地区不详".to_owned()],
        }
    }
}

/// The coverage that documents give.
pub fn coverage(documents: &[Metadata], rollup: Rollup) -> Coverage {
    let mut places: BTreeMap<Place, CoveredPlace> = BTreeMap::new();
    for document in documents {
        let place = Place::of(&document.region, document.level.as_deref(), rollup);
        let entry = places.entry(place.clone()).or_insert_with(|| CoveredPlace {
            region: place.names(),
            region_code: rollup.code(document),
            place,
            years: BTreeMap::new(),
            undated: 0,
        });
        match Dates::of(document, "").used() {
            Some((year, _)) => *entry.years.entry(year).or_default() += 1,
            None => entry.undated += 1,
        }
    }
    let mut places: Vec<CoveredPlace> = places.into_values().collect();
    places.sort_by(|a, b| {
        let key =
            |covered: &CoveredPlace| (covered.region_code.is_none(), covered.region_code.clone());
        key(a).cmp(&key(b)).then_with(|| a.region.cmp(&b.region))
    });
    let years = places.iter().flat_map(|place| place.years.keys().copied());
    let (first, last) = (years.clone().min(), years.max());
    Coverage {
        places,
        years: first
            .zip(last)
            .map_or_else(Vec::new, |(first, last)| (first..=last).collect()),
    }
}

impl Coverage {
    /// What the corpus has of a place.
    pub fn of(&self, place: &Place) -> Covered {
        self.places
            .iter()
            .find(|covered| covered.place == *place)
            .map_or_else(Covered::default, CoveredPlace::summary)
    }

    /// The division code of a place.
    pub fn code_of(&self, place: &Place) -> Option<String> {
        self.places
            .iter()
            .find(|covered| covered.place == *place)?
            .region_code
            .clone()
    }

    /// What an answer over these documents rests on.
    pub fn basis(&self) -> Basis {
        let of = |unknown: bool| {
            self.places
                .iter()
                .filter(move |covered| (covered.place == Place::Unknown) == unknown)
        };
        Basis {
            documents: self.places.iter().map(CoveredPlace::documents).sum(),
            regions: of(false).count(),
            first_year: self.years.first().copied(),
            last_year: self.years.last().copied(),
            without_region: of(true).map(CoveredPlace::documents).sum(),
            without_year: self.places.iter().map(|covered| covered.undated).sum(),
        }
    }

    /// The risk set of a timeline over the same documents and level: a row for each region and each
    /// year of the corpus.
    pub fn panel(&self, timeline: &Timeline) -> Vec<PanelRow> {
        let mut rows = Vec::new();
        for covered in &self.places {
            if covered.place == Place::Unknown {
                continue;
            }
            let row = timeline
                .rows
                .iter()
                .find(|row| row.region == covered.region);
            let done = row.and_then(|row| row.done.as_ref()?.year);
            let left_censored = u8::from(row.is_some_and(|row| row.left_censored));
            for &year in &self.years {
                let documents = covered.years.get(&year).copied().unwrap_or(0);
                // A work report tells of the year before it, of which there may be no document.
                let is_known = documents > 0 || done == Some(year);
                let known = |value: bool| is_known.then_some(u8::from(value));
                rows.push(PanelRow {
                    region: covered.region.join("/"),
                    code: covered.region_code.clone().unwrap_or_default(),
                    year,
                    documents,
                    at_risk: known(done.is_none_or(|done| year <= done)),
                    adopted: known(done.is_some_and(|done| done <= year)),
                    left_censored,
                });
            }
        }
        rows
    }
}

impl CoveredPlace {
    /// All documents, dated or not.
    pub fn documents(&self) -> usize {
        self.years.values().sum::<usize>() + self.undated
    }

    fn summary(&self) -> Covered {
        let (first, last) = (self.years.keys().min(), self.years.keys().max());
        let span = first
            .zip(last)
            .map_or(0..0, |(&first, &last)| first..last + 1);
        Covered {
            documents: self.documents(),
            first_year: first.copied(),
            last_year: last.copied(),
            gaps: span.filter(|year| !self.years.contains_key(year)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::{evidence, tests::hit};
    use super::super::timeline::timeline;
    use super::*;

    #[test]
    fn a_year_without_a_document_is_unknown_and_never_not_adopted() {
        let labels = ["免申即享".to_owned()];
        let hits = [
            hit(
                "a/1",
                "广东省/深圳市/福田区",
                2021,
                "measures",
                "推行免申即享。",
            ),
            hit(
                "b/1",
                "广东省/深圳市/龙华区",
                2019,
                "measures",
                "推行容缺受理。",
            ),
            hit(
                "c/1",
                "广东省/深圳市/龙华区",
                2022,
                "measures",
                "推行免申即享。",
            ),
        ];
        let documents: Vec<Metadata> = hits.iter().map(|hit| hit.document.clone()).collect();
        let coverage = coverage(&documents, Rollup::Own);
        let timeline = timeline(&labels, evidence(&hits, &labels), &documents, Rollup::Own);
        let panel: Vec<String> = coverage
            .panel(&timeline)
            .into_iter()
            .map(|row| {
                let known = |value: Option<u8>| value.map_or("?".to_owned(), |v| v.to_string());
                let (risk, adopted) = (known(row.at_risk), known(row.adopted));
                let (code, year, documents) = (row.code, row.year, row.documents);
                format!(
                    "{code} {year} {documents} {risk} {adopted} {}",
                    row.left_censored
                )
            })
            .collect();
        assert_eq!(
            panel,
            [
                "440304 2019 0 ? ? 1",
                "440304 2020 0 ? ? 1",
                "440304 2021 1 1 1 1",
                "440304 2022 0 ? ? 1",
                "440309 2019 1 1 0 0",
                "440309 2020 0 ? ? 0",
                "440309 2021 0 ? ? 0",
                "440309 2022 1 1 1 0",
            ]
        );
        assert_eq!(coverage.places[1].summary().gaps, [2020, 2021]);
    }
}
