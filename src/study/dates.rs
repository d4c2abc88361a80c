//! The dates of a document as evidence: which one counts, what they say together, where they
//! contradict each other.
//!
//! Comes in: the facts of a document, the sentence in question and the headings above it. Goes out:
//! four kinds of date kept apart, the one that was used with its name, and every contradiction in
//! words. What a work report (政府工作报告) looks back on is dated by the year that it looks back on, which is
//! the one before its session.

use serde::Serialize;

use crate::document::Metadata;
use crate::text::fold;

/// What is known of when a document speaks, as ISO 8601 where it is a date.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Dates {
    /// The year that it reports on.
    pub year: Option<i32>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was signed.
    pub signed: Option<String>,
    /// Up to when the sentence counts (截至2022年10月底).
    pub as_of: Option<String>,
    /// The year that its section looks back on, where that is not the year of the document
    /// (2023年工作回顾 in a work report of 2024).
    pub reviewed: Option<i32>,
}

/// Which kind of date a piece of evidence is dated by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// The year that its section looks back on.
    Reviewed,
    /// The year that the document reports on.
    Reported,
    /// When it was signed.
    Signed,
    /// When it was published.
    Published,
}

impl DateKind {
    /// What a reader is told: `reported year`, …
    pub fn describe(self) -> &'static str {
        match self {
            Self::Reviewed => "reviewed year",
            Self::Reported => "reported year",
            Self::Signed => "year of signing",
            Self::Published => "year of publishing",
        }
    }
}

impl Dates {
    /// The dates of a document, with the as-of date that a sentence of it states.
    pub fn of(document: &Metadata, sentence: &str) -> Self {
        Self {
            year: document.year,
            published: document.published.clone(),
            signed: document.signed.clone(),
            as_of: as_of(sentence),
            reviewed: None,
        }
    }

    /// The same for a paragraph in a section that looks back: `headings` above it, outermost first.
    ///
    /// ```
    /// use xianli::document::Metadata;
    /// use xianli::study::{DateKind, Dates};
    /// let report = Metadata { kind: Some("政府工作报告".into()), year: Some(2024), ..Metadata::default() };
    /// let review = ["一、2023年工作回顾".to_owned()];
    /// let dates = Dates::of(&report, "").in_review(&report, &review, Some("measures"));
    /// assert_eq!(dates.used(), Some((2023, DateKind::Reviewed)));
    /// assert_eq!(dates.of_document(), Some((2024, DateKind::Reported)));
    /// ```
    #[must_use]
    pub fn in_review(self, document: &Metadata, headings: &[String], role: Option<&str>) -> Self {
        Self {
            reviewed: reviewed(document, headings, role),
            ..self
        }
    }

    /// The year that evidence is placed in: the one looked back on, else the one reported on, else
    /// that of signing, else that of publishing. A report speaks of its year, whenever it was
    /// printed.
    pub fn used(&self) -> Option<(i32, DateKind)> {
        let review = self.reviewed.map(|year| (year, DateKind::Reviewed));
        review.or_else(|| self.of_document())
    }

    /// The year that the document is placed in, whatever its sections look back on.
    pub fn of_document(&self) -> Option<(i32, DateKind)> {
        let year_of = |date: &Option<String>| date.as_deref()?.get(..4)?.parse().ok();
        None.or(self.year.map(|year| (year, DateKind::Reported)))
            .or_else(|| Some((year_of(&self.signed)?, DateKind::Signed)))
            .or_else(|| Some((year_of(&self.published)?, DateKind::Published)))
    }

    /// What contradicts itself, a sentence each.
    pub fn conflicts(&self) -> Vec<String> {
        let mut conflicts = Vec::new();
        if let (Some(signed), Some(published)) = (&self.signed, &self.published)
            && is_later(signed, published)
        {
            conflicts.push(format!(
                "signed on {signed}, after it was published on {published}"
            ));
        }
        if let (Some(counted), Some(signed)) = (&self.as_of, &self.signed)
            && is_later(counted, signed)
        {
            conflicts.push(format!(
                "counts up to {counted}, after it was signed on {signed}"
            ));
        }
        for (date, what) in [(&self.signed, "signed"), (&self.published, "published")] {
            let (Some(year), Some(date)) = (self.year, date) else {
                continue;
            };
            if is_later(&year.to_string(), date) {
                conflicts.push(format!("reports on {year}, but was {what} on {date}"));
            }
        }
        conflicts
    }
}

/// The year that a section looks back on: the one of a heading that says so (2007年工作回顾 in a report of
/// 2008), or in a work report the one before its session.
fn reviewed(document: &Metadata, headings: &[String], role: Option<&str>) -> Option<i32> {
    if !LOOKING_BACK.contains(&role?) {
        return None;
    }
    let session = document.year?;
    let reviews = headings.iter().rev().find(|heading| {
        let heading = fold(heading);
        heading.contains("回顾")
    });
    if let Some(year) = reviews.and_then(|heading| year_in(heading)) {
        return (year < session).then_some(year);
    }
    if document.kind.as_deref() != Some(WORK_REPORT) {
        return None;
    }
    let stated = headings.iter().rev().find_map(|heading| year_in(heading));
    match stated {
        Some(year) if year < session => Some(year),
        Some(_) => None,
        None => Some(session - 1),
    }
}

/// The kind of document in which a government reports to a session: on the year before it.
const WORK_REPORT: &str = "政府工作报告";
/// The roles of sections that look back.
const LOOKING_BACK: [&str; 2] = ["measures", "problems"];

/// The last year that a heading names: 2023 of `过去五年和2023年工作回顾`.
fn year_in(heading: &str) -> Option<i32> {
    let folded = fold(heading);
    folded.rmatch_indices('年').find_map(|(at, _)| {
        let start = at.checked_sub(4)?;
        let digits = folded.get(start..at)?;
        digits
            .parse()
            .ok()
            .filter(|year| (1900..2200).contains(year))
    })
}

/// Whether an ISO date is later than another, as far as both are stated.
fn is_later(date: &str, than: &str) -> bool {
    let common = date.len().min(than.len());
    date.get(..common) > than.get(..common)
}

/// The date behind 截至, 截止 or a leading 到 in a sentence, as ISO 8601 as far as it is stated.
///
/// ```
/// use xianli::study::as_of;
/// assert_eq!(as_of("截至2021年12月24日，共办理455件").as_deref(), Some("2021-12-24"));
/// assert_eq!(as_of("到2022年10月底明察1455次").as_deref(), Some("2022-10"));
/// assert_eq!(as_of("到了2022年"), None);
/// ```
pub fn as_of(sentence: &str) -> Option<String> {
    let folded = fold(sentence);
    let text: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    ["截至", "截止", "到", "至"].iter().find_map(|cue| {
        text.match_indices(cue)
            .find_map(|(at, _)| date_at_start(&text[at + cue.len()..]))
    })
}

/// `2021年12月24日`, `2021年11月底`, `2021年底`: a year needs 底, 末 or a month behind it.
fn date_at_start(text: &str) -> Option<String> {
    let (year, rest) = number_before(text, '年', 4)?;
    if rest.starts_with(['底', '末']) {
        return Some(format!("{year}-12"));
    }
    let (month, rest) = number_before(rest, '月', 2)?;
    match number_before(rest, '日', 2) {
        Some((day, _)) => Some(format!("{year}-{month:02}-{day:02}")),
        None => Some(format!("{year}-{month:02}")),
    }
}

/// A number of up to `digits` digits with `unit` behind it, and the rest of the text.
fn number_before(text: &str, unit: char, digits: usize) -> Option<(u32, &str)> {
    let length = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text[length..].strip_prefix(unit)?;
    (length <= digits)
        .then(|| text[..length].parse().ok())
        .flatten()
        .map(|number| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(year: Option<i32>, signed: Option<&str>, published: Option<&str>) -> Dates {
        Dates {
            year,
            signed: signed.map(str::to_owned),
            published: published.map(str::to_owned),
            as_of: None,
            reviewed: None,
        }
    }

    #[test]
    fn the_reported_year_counts_before_signing_and_publishing() {
        let all = dates(Some(2021), Some("2022-01-06"), Some("2022-01-10"));
        assert_eq!(all.used(), Some((2021, DateKind::Reported)));
        assert_eq!(all.conflicts(), Vec::<String>::new());
        let signed = dates(None, Some("2020-05-21"), Some("2021-01-01"));
        assert_eq!(signed.used(), Some((2020, DateKind::Signed)));
        assert_eq!(dates(None, None, None).used(), None);
    }

    #[test]
    fn what_a_work_report_looks_back_on_is_of_the_year_before_its_session() {
        let report = Metadata {
            kind: Some("政府工作报告".into()),
            year: Some(2024),
            ..Metadata::default()
        };
        let year = |document: &Metadata, heading: &str, role| {
            let headings = [heading.to_owned(), "（一）发展".to_owned()];
            let dates = Dates::of(document, "").in_review(document, &headings, role);
            dates.used().map(|(year, _)| year)
        };
        assert_eq!(
            year(&report, "一、2023年工作回顾", Some("measures")),
            Some(2023)
        );
        assert_eq!(
            year(&report, "一、過去五年工作回顧", Some("measures")),
            Some(2023)
        );
        assert_eq!(
            year(&report, "二、2024年工作安排", Some("plan")),
            Some(2024)
        );
        assert_eq!(
            year(&report, "二、2024年重点工作", Some("measures")),
            Some(2024)
        );
        let other = Metadata {
            kind: Some("报告".into()),
            ..report
        };
        let stale = "六、2023年度推进法治政府建设的情况";
        assert_eq!(year(&other, stale, Some("measures")), Some(2024));
        assert_eq!(
            year(&other, "一、2023年工作回顾", Some("measures")),
            Some(2023)
        );
    }

    #[test]
    fn what_was_counted_after_signing_is_a_conflict() {
        let mut futian = dates(Some(2021), Some("2021-11-24"), Some("2021-12-24"));
        assert_eq!(futian.conflicts(), Vec::<String>::new());
        futian.as_of = as_of("截至2021年12月24日，12345业务方面，共接收工单78418件");
        assert_eq!(
            futian.conflicts(),
            ["counts up to 2021-12-24, after it was signed on 2021-11-24"]
        );
    }

    #[test]
    fn a_report_printed_before_its_year_is_a_conflict() {
        assert_eq!(
            dates(Some(2023), Some("2022-01-06"), Some("2022-01-01")).conflicts(),
            [
                "signed on 2022-01-06, after it was published on 2022-01-01",
                "reports on 2023, but was signed on 2022-01-06",
                "reports on 2023, but was published on 2022-01-01",
            ]
        );
    }
}
