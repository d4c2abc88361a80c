//! When a figure counts: what the sentence states, else what the document and its section say.

use serde::Serialize;

use super::kind::Kind;
use crate::text::{Date, dates};

/// When a figure counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// How the date bounds it.
    pub relation: Relation,
    /// The date, ISO 8601 as far as it is stated; an interval where it is one: `2023-01/2023-11`.
    pub date: String,
    /// The words that say so; `None` where the year was taken from the document.
    pub stated: Option<String>,
}

/// How a date bounds a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Within the year or month.
    In,
    /// Counted up to the date: 截至.
    AsOf,
    /// Counted from the date on: 以来.
    Since,
    /// To be reached by the date: 到2025年.
    By,
}

impl Relation {
    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::AsOf => "as_of",
            Self::Since => "since",
            Self::By => "by",
        }
    }
}

/// What is known of when a document speaks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Frame<'d> {
    /// The year that it reports on.
    pub(super) year: Option<i32>,
    /// The year that it calls 今年.
    pub(super) this_year: Option<i32>,
    /// The day of signing or publishing.
    pub(super) day: Option<&'d str>,
}

/// The period that words before a figure state, the last one first. 全年 is the year that a plan is for,
/// or else the year that is reported on.
pub(super) fn stated(words: &str, frame: Frame<'_>, kind: Kind) -> Option<Period> {
    let by_date = dates(words).into_iter().next_back().map(|dated| {
        let before = words[..dated.range.start].trim_end();
        let after = &words[dated.range.end..];
        let (relation, start) = relation(before, after, dated.date.year, frame.year);
        let mut date = dated.date;
        let mut end = dated.range.end;
        if let Some(word) = ["底", "末"].iter().find(|word| after.starts_with(**word)) {
            end += word.len();
            if date.month.is_none() {
                date = Date {
                    month: Some(12),
                    ..date
                };
            }
        }
        if let Some(word) = ["以来", "来"].iter().find(|word| after.starts_with(**word)) {
            end += word.len();
        }
        let period = Period {
            relation,
            date: date.to_string(),
            stated: Some(words[before.len() - start..end].to_owned()),
        };
        (before.len(), period)
    });
    let by_word = relative(words, frame, kind)
        .into_iter()
        .chain(months(words, frame))
        .max_by_key(|(at, _)| *at);
    match (by_date, by_word) {
        (Some((at, date)), Some((place, word))) => Some(if at >= place { date } else { word }),
        (date, word) => date.or(word).map(|(_, period)| period),
    }
}

/// How words around a date bound it, and how many bytes before it say so.
fn relation(before: &str, after: &str, year: i32, reported: Option<i32>) -> (Relation, usize) {
    if let Some(word) = ["截至", "截止到", "截止"]
        .iter()
        .find(|word| before.ends_with(**word))
    {
        return (Relation::AsOf, word.len());
    }
    if after.starts_with("以来") || after.starts_with('来') || before.ends_with('自') {
        return (Relation::Since, 0);
    }
    let is_to_come = reported.is_some_and(|reported| year > reported);
    match ["到", "至"].iter().find(|word| before.ends_with(**word)) {
        Some(word) if is_to_come => (Relation::By, word.len()),
        Some(word) => (Relation::AsOf, word.len()),
        None => (Relation::In, 0),
    }
}

/// 1—11月: months of the document's year.
fn months(words: &str, frame: Frame<'_>) -> Option<(usize, Period)> {
    let year = frame.year?;
    let end = words.rfind('月')?;
    let is_part = |c: char| c.is_ascii_digit() || "-—－–至".contains(c);
    let start = words[..end].trim_end_matches(is_part).len();
    let (first, last) = words[start..end].split_once(['-', '—', '－', '–', '至'])?;
    let month = |text: &str| {
        text.trim_matches(['-', '—'])
            .parse()
            .ok()
            .filter(|m| (1..=12).contains(m))
    };
    let (first, last): (u8, u8) = (month(first)?, month(last)?);
    let period = Period {
        relation: Relation::In,
        date: format!("{year}-{first:02}/{year}-{last:02}"),
        stated: Some(words[start..end + '月'.len_utf8()].to_owned()),
    };
    Some((start, period))
}

/// 今年, 去年, 截至目前: words that mean a date of the document's.
fn relative(words: &str, frame: Frame<'_>, kind: Kind) -> Option<(usize, Period)> {
    let year = frame.year;
    let own = frame.this_year.or(year);
    let meant = match kind {
        Kind::Target => year.map(|year| year + 1),
        Kind::Done | Kind::Estimate => year,
    };
    let before = |year: Option<i32>| year.map(|year| year - 1);
    let day = || {
        frame
            .day
            .map(str::to_owned)
            .or(own.map(|year| year.to_string()))
    };
    let text = |year: Option<i32>| year.map(|year| year.to_string());
    let words_of = [
        ("截至目前", Relation::AsOf, day()),
        ("截止目前", Relation::AsOf, day()),
        ("到目前为止", Relation::AsOf, day()),
        ("截至年底", Relation::AsOf, text(meant)),
        ("截至去年底", Relation::AsOf, text(before(own))),
        ("去年", Relation::In, text(before(own))),
        ("上年", Relation::In, text(before(year))),
        ("今年", Relation::In, text(own)),
        ("全年", Relation::In, text(meant)),
        ("上半年", Relation::In, text(meant)),
        ("前三季度", Relation::In, text(meant)),
        ("一年来", Relation::In, text(year)),
        ("明年", Relation::In, text(own.map(|own| own + 1))),
    ];
    words_of
        .into_iter()
        .filter_map(|(word, relation, date)| {
            let at = words.rfind(word)?;
            // 2022年全年 is dated already.
            if words[..at].ends_with('年') {
                return None;
            }
            // 比上年增长 compares; it does not date.
            let compares = words[..at].ends_with(['比', '较', '与', '同']);
            let period = Period {
                relation,
                date: date?,
                stated: Some(word.to_owned()),
            };
            (!compares).then_some((at, period))
        })
        .max_by_key(|(at, period)| (*at, period.stated.as_ref().map(String::len)))
}

/// The last date that a sentence counts up to.
pub(super) fn counted_up_to(sentence: &str, frame: Frame<'_>) -> Option<Period> {
    let (at, _) = ["截至", "截止"]
        .iter()
        .filter_map(|word| sentence.rmatch_indices(*word).next())
        .max_by_key(|(at, _)| *at)?;
    let stop = sentence[at..]
        .find(['，', ',', '、'])
        .map_or(sentence.len(), |end| at + end);
    stated(&sentence[at..stop], frame, Kind::Done)
        .filter(|period| period.relation == Relation::AsOf)
}

/// The period of a figure whose sentence states none.
pub(super) fn of_document(frame: Frame<'_>, kind: Kind) -> Option<Period> {
    let year = frame.year? + i32::from(kind == Kind::Target);
    Some(Period {
        relation: Relation::In,
        date: year.to_string(),
        stated: None,
    })
}
