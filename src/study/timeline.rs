//! The adoption timeline: for each place, the first document that shows a reform as done, what
//! stood before it, and since when the corpus knows the place at all.
//!
//! Comes in: evidence and the list of all documents. Goes out: a [`Timeline`] in which a first is a
//! first of this corpus, ties share a rank, and a place that is only covered since the year of its
//! first evidence is said to be left-censored.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::Metadata;

use super::coverage::{Covered, Place, coverage};
use super::evidence::Evidence;
use super::level::Rollup;
use super::stance::Stance;

/// The adoption timeline of a reform.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The labels that were looked for.
    pub labels: Vec<String>,
    /// A row for each place that says anything of it: adopters by year, then the others.
    pub rows: Vec<Row>,
    /// Places with documents that never name the reform: silent, which is not without it.
    pub silent: usize,
    /// What the answer rests on.
    pub basis: Basis,
}

/// What an answer rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// Documents under the filters.
    pub documents: usize,
    /// Places that they are of.
    pub regions: usize,
    /// The earliest year of a document.
    pub first_year: Option<i32>,
    /// The latest.
    pub last_year: Option<i32>,
    /// Documents whose place the corpus does not tell.
    pub without_region: usize,
    /// Documents without any date.
    pub without_year: usize,
}

/// One place on the timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The place, full names from the province down.
    pub region: Vec<String>,
    /// Its division code.
    pub region_code: Option<String>,
    /// 1 for the earliest adopters; those of one year share a rank. `None` without adoption.
    pub rank: Option<usize>,
    /// How many other places have the same rank.
    pub tied_with: usize,
    /// The first evidence that it was done.
    pub done: Option<Evidence>,
    /// The first evidence of each other stance that is earlier, or, where nothing was done, at all.
    pub before: Vec<Evidence>,
    /// How many paragraphs take each stance, in the order of [`Stance::ALL`].
    pub paragraphs: Vec<(Stance, usize)>,
    /// What the corpus has of the place.
    pub covered: Covered,
    /// The corpus has nothing of the place before the year of its first evidence: it may have
    /// been done earlier.
    pub left_censored: bool,
}

/// The timeline that `evidence` gives, over `documents`, all that were under the filters.
pub fn timeline(
    labels: &[String],
    evidence: Vec<Evidence>,
    documents: &[Metadata],
    rollup: Rollup,
) -> Timeline {
    let covered = coverage(documents, rollup);
    let mut by_place: BTreeMap<Place, Vec<Evidence>> = BTreeMap::new();
    for piece in evidence {
        let place = Place::of(
            &piece.document.region,
            piece.document.level.as_deref(),
            rollup,
        );
        by_place.entry(place).or_default().push(piece);
    }
    let silent = covered
        .places
        .iter()
        .filter(|covered| !by_place.contains_key(&covered.place))
        .count();
    let mut rows: Vec<Row> = by_place
        .into_iter()
        .map(|(place, pieces)| Row {
            region_code: covered.code_of(&place),
            ..row(&place, pieces, covered.of(&place))
        })
        .collect();
    rows.sort_by_cached_key(|row| (order(row), row.region_code.clone(), row.region.clone()));
    rank(&mut rows);
    Timeline {
        labels: labels.to_vec(),
        rows,
        silent,
        basis: covered.basis(),
    }
}

fn row(place: &Place, mut pieces: Vec<Evidence>, covered: Covered) -> Row {
    pieces.sort_by_cached_key(|piece| {
        let precise = piece
            .dates
            .signed
            .clone()
            .or_else(|| piece.dates.published.clone());
        (
            year_or_last(piece.year),
            piece.is_heading,
            precise,
            document_order(&piece.id),
        )
    });
    let first = |stance| pieces.iter().find(|piece| piece.stance == stance).cloned();
    let done = first(Stance::Done);
    let before = Stance::ALL
        .into_iter()
        .filter(|&stance| stance != Stance::Done)
        .filter_map(first)
        .filter(|piece| done.as_ref().is_none_or(|done| is_before(piece, done)))
        .collect();
    let paragraphs = Stance::ALL
        .into_iter()
        .map(|stance| {
            (
                stance,
                pieces.iter().filter(|piece| piece.stance == stance).count(),
            )
        })
        .collect();
    let first_year = done.as_ref().and_then(|done| done.year);
    Row {
        region: place.names(),
        region_code: None,
        rank: None,
        tied_with: 0,
        left_censored: first_year
            .is_some_and(|year| covered.first_year.is_none_or(|first| year <= first)),
        done,
        before,
        paragraphs,
        covered,
    }
}

/// Of an earlier year, or in the same year from an earlier document: the plan of a session stands
/// before the review that the next session was given.
fn is_before(piece: &Evidence, done: &Evidence) -> bool {
    let key = |piece: &Evidence| {
        let of_document = piece.dates.of_document().map(|(year, _)| year);
        (year_or_last(piece.year), year_or_last(of_document))
    };
    key(piece) < key(done)
}

/// What is not dated stands behind everything that is.
fn year_or_last(year: Option<i32>) -> i32 {
    year.unwrap_or(i32::MAX)
}

/// Adopters by year, then those with a plan, then the rest, each by their first year.
fn order(row: &Row) -> (u8, i32) {
    if let Some(done) = &row.done {
        return (0, year_or_last(done.year));
    }
    let first = row
        .before
        .iter()
        .map(|piece| year_or_last(piece.year))
        .min();
    let planned = row
        .before
        .iter()
        .any(|piece| piece.stance == Stance::Planned);
    (if planned { 1 } else { 2 }, first.unwrap_or(i32::MAX))
}

/// `k3v9/17` as (`k3v9`, 17), so that 2 stands before 10.
fn document_order(id: &str) -> (String, u32) {
    let (document, ordinal) = id.rsplit_once('/').unwrap_or((id, ""));
    (document.to_owned(), ordinal.parse().unwrap_or(u32::MAX))
}

/// Competition ranks: 1, 2, 2, 4. What is not dated has none.
fn rank(rows: &mut [Row]) {
    let years: Vec<Option<i32>> = rows
        .iter()
        .map(|row| row.done.as_ref().and_then(|done| done.year))
        .collect();
    for (row, year) in rows.iter_mut().zip(&years) {
        if year.is_none() {
            continue;
        }
        row.rank = Some(
            1 + years
                .iter()
                .filter(|other| other.is_some() && *other < year)
                .count(),
        );
        row.tied_with = years.iter().filter(|other| *other == year).count() - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::{evidence, tests::hit};
    use super::*;
    use crate::search::Hit;

    fn of(hits: &[Hit], others: &[Hit], rollup: Rollup) -> Timeline {
        let labels = ["免申即享".to_owned()];
        let documents: Vec<Metadata> = hits
            .iter()
            .chain(others)
            .map(|hit| hit.document.clone())
            .collect();
        timeline(&labels, evidence(hits, &labels), &documents, rollup)
    }

    fn short(timeline: &Timeline) -> Vec<String> {
        timeline
            .rows
            .iter()
            .map(|row| {
                let rank = row.rank.map_or("-".to_owned(), |rank| rank.to_string());
                let done = row.done.as_ref().and_then(|done| done.year);
                let before: Vec<_> = row
                    .before
                    .iter()
                    .map(|piece| format!("{} {}", piece.stance.name(), piece.year.unwrap()))
                    .collect();
                let censored = if row.left_censored { "≤" } else { "" };
                format!(
                    "{rank} {} {censored}{done:?} {}",
                    row.region.last().unwrap(),
                    before.join(" ")
                )
            })
            .collect()
    }

    const DONE: &str = "推行免申即享，兑付一亿元。";

    #[test]
    fn firsts_tie_plans_stand_before_and_a_place_first_seen_that_year_is_censored() {
        let hits = [
            hit("a/1", "安徽省/合肥市", 2021, "measures", DONE),
            hit("b/1", "安徽省/合肥市", 2020, "plan", "推行免申即享。"),
            hit("c/1", "江西省/南昌市", 2021, "measures", DONE),
            hit(
                "d/1",
                "广东省/潮州市",
                2023,
                "problems",
                "尚未推行免申即享。",
            ),
            hit("e/1", "四川省/成都市", 2022, "measures", DONE),
        ];
        let silent = [
            hit("f/1", "四川省/成都市", 2019, "measures", ""),
            hit("g/1", "湖南省/常德市", 2019, "", ""),
        ];
        let found = of(&hits, &silent, Rollup::Own);
        assert_eq!(
            short(&found),
            [
                "1 合肥市 Some(2021) planned 2020",
                "1 南昌市 ≤Some(2021) ",
                "3 成都市 Some(2022) ",
                "- 潮州市 None negated 2023",
            ]
        );
        assert_eq!(
            (
                found.rows[0].tied_with,
                found.rows[2].tied_with,
                found.silent
            ),
            (1, 0, 1)
        );
    }

    #[test]
    fn an_earlier_document_moves_the_row_and_removing_it_moves_it_back() {
        let later = hit("a/1", "广东省/深圳市/龙华区", 2022, "measures", DONE);
        let earlier = hit("b/1", "广东省/深圳市/龙华区", 2020, "measures", DONE);
        let year = |hits: &[Hit]| {
            of(hits, &[], Rollup::Own).rows[0]
                .done
                .as_ref()
                .unwrap()
                .year
        };
        assert_eq!(year(&[later.clone(), earlier.clone()]), Some(2020));
        assert_eq!(year(&[later]), Some(2022));
    }

    #[test]
    fn an_expired_document_is_evidence_and_one_without_a_date_has_no_rank() {
        let mut expired = hit("a/1", "广东省/深圳市", 2020, "measures", DONE);
        expired.document.status = Some(crate::document::Status::Expired);
        let undated = hit("b/1", "广东省/广州市", 0, "measures", DONE);
        let found = of(&[expired, undated], &[], Rollup::Own);
        assert_eq!(short(&found), ["1 深圳市 ≤Some(2020) ", "- 广州市 None "]);
        assert!(found.rows[1].done.is_some());
        assert_eq!(found.basis.without_year, 1);
    }

    #[test]
    fn counties_roll_up_to_their_city_and_province() {
        let hits = [
            hit("a/1", "广东省/深圳市/龙华区", 2022, "measures", DONE),
            hit("b/1", "广东省/深圳市/福田区", 2021, "measures", DONE),
            hit("c/1", "北京市/朝阳区", 2021, "measures", DONE),
        ];
        assert_eq!(
            short(&of(&hits, &[], Rollup::City)),
            ["1 北京市 ≤Some(2021) ", "1 深圳市 ≤Some(2021) "]
        );
        assert_eq!(short(&of(&hits, &[], Rollup::Province)).len(), 2);
    }
}
