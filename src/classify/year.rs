//! The year that a document reports on or belongs to.
//!
//! A title's year counts first. A report tells it by its opening and its headings, a work report by the
//! year that it plans for, everything else by when it was signed. A span of years in a name
//! (《纲要(2021-2025年)》) and years inside 《》 tell nothing.

use std::collections::BTreeMap;

use super::labels::{Evidence, Given, Label, Source};
use super::page::Page;
use super::title::WORK_REPORT;
use crate::document::LineKind;
use crate::lexicon::{Kind, Role};
use crate::text::{Date, dates, fold};

/// The year, and the words that it was read from.
pub(super) fn year(
    page: &Page<'_>,
    title: Option<&Label<String>>,
    kind: Option<&'static Kind>,
    signed: Option<&Label<Date>>,
    published: Option<&Label<Date>>,
) -> Option<Label<i32>> {
    if let Some((year, beside)) = page.document.stated(|given| given.year) {
        let words = &year.to_string();
        return Some(Label::given(year, Given { words, beside }));
    }
    // A notice of 2004 may be about games in 2009; a report or plan is of the year it names.
    let is_near = |year: i32| match (kind, signed) {
        (Some(kind), Some(signed)) if kind.group != "report" && kind.group != "plan" => {
            (signed.value.year - year).abs() <= 1
        }
        _ => true,
    };
    if let Some(title) = title
        && let Some(dated) = dates(&fold(&title.value)).first()
        && is_near(dated.date.year)
    {
        return Some(Label {
            value: dated.date.year,
            evidence: title.evidence.clone(),
            guess: false,
        });
    }
    let is_work_report = kind.is_some_and(|kind| kind.name == WORK_REPORT);
    if is_work_report {
        let of_speech = signed.map(year_of);
        if let Some(year) = of_speech.or_else(|| planned(page)) {
            return Some(year);
        }
    }
    let reports = kind.is_none_or(|kind| kind.group == "report");
    let voted = reports.then(|| voted(page)).flatten();
    voted
        .or_else(|| signed.map(year_of))
        .or_else(|| published.map(year_of))
        .or_else(|| {
            self::voted(page).map(|year| Label {
                guess: true,
                ..year
            })
        })
}

/// A text without what stands in 《》; the same length.
pub(super) fn without_names(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .flat_map(|character| {
            match character {
                '《' | '〈' => depth += 1,
                '》' | '〉' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let hidden = depth > 0 && character != '《';
            let length = if hidden { character.len_utf8() } else { 1 };
            std::iter::repeat_n(if hidden { ' ' } else { character }, length)
        })
        .collect()
}

fn year_of(date: &Label<Date>) -> Label<i32> {
    Label {
        value: date.value.year,
        evidence: date.evidence.clone(),
        guess: false,
    }
}

/// A work report belongs to the year in which it is given: the one whose work it lays out, or the
/// one after the year that it looks back on.
fn planned(page: &Page<'_>) -> Option<Label<i32>> {
    let years: Vec<(usize, i32, &str)> = page
        .of_kind(LineKind::Heading)
        .filter(|(_, seen)| seen.line.path.len() <= 1)
        .filter_map(|(place, seen)| {
            let dated = dates(&seen.folded)
                .into_iter()
                .find(|dated| dated.date.month.is_none())?;
            Some((place, dated.date.year, &*seen.folded))
        })
        .collect();
    let found = |place, value| Some(Label::found(value, page.line_evidence(Source::Body, place)));
    let ahead = years
        .iter()
        .find(|(_, year, _)| years.iter().any(|(_, other, _)| other + 1 == *year));
    if let Some((place, year, _)) = ahead {
        return found(*place, *year);
    }
    let (place, year, heading) = years.first()?;
    let looks_back = ["回顾", "总结", "情况", "成效"]
        .iter()
        .any(|word| heading.contains(word));
    found(*place, year + i32::from(looks_back))
}

/// The year that opening, headings and text speak for, the opening most.
fn voted(page: &Page<'_>) -> Option<Label<i32>> {
    let mut votes: BTreeMap<i32, (f64, f64, Option<Evidence>)> = BTreeMap::new();
    let mut openings = 0;
    for (place, seen) in page.body() {
        let text = without_names(&seen.folded);
        let is_heading = seen.line.kind == LineKind::Heading;
        openings += usize::from(!is_heading);
        for dated in dates(&text) {
            let behind = &text[dated.range.end..];
            let yearly = text[dated.range.clone()].ends_with("年度");
            let (shift, weight) = if is_heading {
                (i32::from(speaks_of_plans(&text)), 2.0)
            } else if openings <= 2 && dated.date.month.is_none() {
                let first = text[..dated.range.start].trim().is_empty();
                let stated = yearly || behind.contains("报告如下");
                (
                    0,
                    if first {
                        6.0
                    } else if stated {
                        4.0
                    } else {
                        1.0
                    },
                )
            } else {
                (0, 0.1)
            };
            let vote = votes.entry(dated.date.year - shift).or_default();
            vote.0 += weight;
            if weight > vote.1 {
                vote.1 = weight;
                vote.2 = Some(page.evidence(Source::Body, place, dated.range));
            }
        }
    }
    let (year, (weight, _, evidence)) = votes
        .into_iter()
        .max_by(|(_, one), (_, other)| one.0.total_cmp(&other.0))?;
    Some(Label {
        value: year,
        evidence: evidence.into_iter().collect(),
        guess: weight < 2.0,
    })
}

fn speaks_of_plans(heading: &str) -> bool {
    let heading: Vec<char> = heading.chars().filter(|c| !c.is_whitespace()).collect();
    Role::find("plan").is_some_and(|plan| plan.of_heading(&heading).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hidden_without_moving_the_rest() {
        let text = "见《纲要(2021年)》和2022年";
        let hidden = without_names(text);
        assert_eq!(hidden.len(), text.len());
        let years: Vec<_> = dates(&hidden).iter().map(|dated| dated.date.year).collect();
        assert_eq!(years, [2022]);
    }
}
