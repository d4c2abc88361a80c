//! What a document says twice and differently: dates far apart, years of headings, years after
//! publishing. Stated in sentences, never hidden or decided here.

use super::labels::Label;
use super::page::Page;
use super::title::WORK_REPORT;
use crate::document::LineKind;
use crate::lexicon::{Kind, Role};
use crate::text::{Date, dates};

use super::year::without_names;

/// Days between signing and publishing that need no remark.
const USUAL_DELAY: i32 = 20;

/// The dates and the year that are held against each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated<'l> {
    pub(super) year: Option<&'l Label<i32>>,
    pub(super) published: Option<&'l Label<Date>>,
    pub(super) signed: Option<&'l Label<Date>>,
    pub(super) kind: Option<&'static Kind>,
}

/// All contradictions, in the order: dates, year and dates, year and headings.
pub(super) fn conflicts(
    page: &Page<'_>,
    stated: Stated<'_>,
    roles: &[Option<Role>],
) -> Vec<String> {
    let mut conflicts = Vec::new();
    if let (Some(signed), Some(published)) = (stated.signed, stated.published) {
        let (signed, published) = (signed.value, published.value);
        let whole = signed.day.is_some() && published.day.is_some();
        let days = published.day_number() - signed.day_number();
        if whole && days < 0 {
            conflicts.push(format!(
                "signed on {signed}, but published before, on {published}"
            ));
        } else if whole && days > USUAL_DELAY {
            conflicts.push(format!(
                "signed on {signed}, but published {days} days later, on {published}"
            ));
        }
    }
    let Some(year) = stated.year else {
        return conflicts;
    };
    let year = year.value;
    for (what, date) in [("signed", stated.signed), ("published", stated.published)] {
        if let Some(date) = date.filter(|date| date.value.year < year) {
            conflicts.push(format!(
                "belongs to {year}, but was {what} on {}",
                date.value
            ));
        }
    }
    let looks_back = stated
        .kind
        .is_none_or(|kind| kind.group == "report" && kind.name != WORK_REPORT);
    if looks_back {
        conflicts.extend(of_headings(page, year, roles));
    }
    conflicts
}

/// Headings of what was done that speak of another year than the document.
fn of_headings(page: &Page<'_>, year: i32, roles: &[Option<Role>]) -> Vec<String> {
    let plan = Role::find("plan");
    page.of_kind(LineKind::Heading)
        .filter(|(place, seen)| {
            seen.line.level.is_some_and(|level| level <= 2) && roles[*place] != plan
        })
        .filter_map(|(_, seen)| {
            let text = without_names(&seen.folded);
            let dated = dates(&text)
                .into_iter()
                .find(|dated| dated.date.month.is_none())?;
            let other = dated.date.year;
            (other != year && (year - other).abs() <= 5).then(|| {
                format!(
                    "heading {} speaks of {other}, the document of {year}",
                    seen.line.text
                )
            })
        })
        .collect()
}
