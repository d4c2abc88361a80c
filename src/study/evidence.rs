//! Every place where a reform is named, each with its stance, its date and its quote.
//!
//! Comes in: the labels of a reform and paragraphs that name it, as a search gives them. Goes out:
//! a piece of [`Evidence`] for each paragraph and stance. Orders nothing and compares nothing.

use std::ops::Range;

use serde::Serialize;

use crate::document::{Metadata, Status};
use crate::search::Hit;
use crate::text::{Form, units};

use super::dates::{DateKind, Dates};
use super::stance::{Setting, Stance, judge};
use super::surroundings::quote_of;

/// A paragraph that says something of a reform.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// `document/ordinal`.
    pub id: String,
    /// The label by which the reform is named here.
    pub label: String,
    /// How it is meant.
    pub stance: Stance,
    /// Why it is read so.
    pub reason: String,
    /// The year that it is placed in, and by which date; `None` where the document has none.
    pub year: Option<i32>,
    /// The kind of date that `year` was taken from.
    pub dated_by: Option<DateKind>,
    /// All dates of the document and of the sentence.
    pub dates: Dates,
    /// Dates that contradict each other, a sentence each.
    pub conflicts: Vec<String>,
    /// The sentence, as written.
    pub quote: String,
    /// The headings above it.
    pub section: Vec<String>,
    /// Whether the paragraph is a heading or a title.
    pub is_heading: bool,
    /// The document.
    pub document: Source,
}

/// The document that a piece of evidence stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each field is the metadata field of that name")]
pub struct Source {
    pub id: String,
    pub title: String,
    pub title_derived: bool,
    pub region: Vec<String>,
    pub region_code: Option<String>,
    pub issuer: Option<String>,
    pub status: Option<Status>,
    pub number: Option<String>,
    pub kind: Option<String>,
    pub level: Option<String>,
    pub path: String,
    pub url: Option<String>,
}

impl From<&Metadata> for Source {
    fn from(document: &Metadata) -> Self {
        Self {
            id: document.id.clone(),
            title: document.title.clone(),
            title_derived: document.title_derived,
            region: document.region.clone(),
            region_code: document.region_code.clone(),
            issuer: document.issuer.clone(),
            status: document.status,
            number: document.number.clone(),
            kind: document.kind.clone(),
            level: document.level.clone(),
            path: document.path.clone(),
            url: document.url.clone(),
        }
    }
}

/// The evidence in `hits` for the reform that `labels` name: for each paragraph and each stance that
/// it takes, the first place. Paragraphs where no label stands literally give nothing.
pub fn evidence(hits: &[Hit], labels: &[String]) -> Vec<Evidence> {
    let labels: Vec<(&str, Vec<Form>)> = labels
        .iter()
        .map(|label| (label.as_str(), forms(label)))
        .filter(|(_, forms)| !forms.is_empty())
        .collect();
    hits.iter().flat_map(|hit| of_hit(hit, &labels)).collect()
}

/// Where the labels stand in a text, as (place of the label, bytes), in order and disjoint: of two
/// labels that overlap, the longer.
pub(super) fn occurrences(text: &str, labels: &[(&str, Vec<Form>)]) -> Vec<(usize, Range<usize>)> {
    let units = units(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let longest = labels
            .iter()
            .enumerate()
            .filter(|(_, (_, forms))| {
                units[at..].len() >= forms.len()
                    && units[at..]
                        .iter()
                        .zip(forms)
                        .all(|(unit, form)| unit.form == *form)
            })
            .max_by_key(|(_, (_, forms))| forms.len());
        match longest {
            Some((place, (_, forms))) => {
                let last = &units[at + forms.len() - 1];
                found.push((place, units[at].range.start..last.range.end));
                at += forms.len();
            }
            None => at += 1,
        }
    }
    found
}

/// A text as what its units compare as.
pub(super) fn forms(text: &str) -> Vec<Form> {
    units(text).into_iter().map(|unit| unit.form).collect()
}

fn of_hit(hit: &Hit, labels: &[(&str, Vec<Form>)]) -> Vec<Evidence> {
    let setting = setting_of(hit);
    let mut found: Vec<Evidence> = Vec::new();
    for (place, range) in occurrences(&hit.text, labels) {
        let judged = judge(&hit.text, range.clone(), &setting);
        if found.iter().any(|earlier| earlier.stance == judged.stance) {
            continue;
        }
        let quote = quote_of(&hit.text, &range);
        let reports = matches!(judged.stance, Stance::Done | Stance::Problem);
        let dates = dates_of(hit, if reports { quote } else { "" });
        found.push(Evidence {
            id: hit.id.clone(),
            label: labels[place].0.to_owned(),
            stance: judged.stance,
            reason: judged.reason,
            year: dates.used().map(|(year, _)| year),
            dated_by: dates.used().map(|(_, kind)| kind),
            conflicts: dates.conflicts(),
            dates,
            quote: quote.to_owned(),
            section: hit.section.path.clone(),
            is_heading: is_heading(&hit.text),
            document: Source::from(&hit.document),
        });
    }
    found
}

/// Where what a paragraph says stands.
pub(super) fn setting_of(hit: &Hit) -> Setting<'_> {
    Setting {
        role: hit.section.role.as_deref(),
        kind: hit.document.kind.as_deref(),
        year: hit.document.year,
        status: hit.document.status,
        region: &hit.document.region,
    }
}

/// When a sentence of a hit speaks.
pub(super) fn dates_of(hit: &Hit, sentence: &str) -> Dates {
    let (section, document) = (&hit.section, &hit.document);
    Dates::of(document, sentence).in_review(document, &section.path, section.role.as_deref())
}

/// A line without a mark that ends a sentence is a heading or a title.
fn is_heading(text: &str) -> bool {
    !text.contains(['。', '；', ';', '！', '？']) && text.chars().count() <= 60
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::search::{Section, Tier};

    /// A paragraph of a report for tests: `region` is split at `/`.
    pub(in super::super) fn hit(id: &str, region: &str, year: i32, role: &str, text: &str) -> Hit {
        let region: Vec<String> = region
            .split('/')
            .filter(|r| !r.is_empty())
            .map(str::to_owned)
            .collect();
        Hit {
            id: id.into(),
            score: 1.0,
            tier: Tier::Exact,
            document: Metadata {
                id: id.split('/').next().unwrap().into(),
                title: format!("{}{year}年工作报告", region.concat()),
                region_code: code(&region),
                region,
                year: (year > 0).then_some(year),
                kind: Some("报告".into()),
                path: format!("{id}.txt"),
                ..Metadata::default()
            },
            section: Section {
                path: vec!["一、工作".into()],
                role: (!role.is_empty()).then(|| role.to_owned()),
            },
            text: text.into(),
            ..Hit::default()
        }
    }

    fn code(region: &[String]) -> Option<String> {
        let codes = [
            ("广东省", "440000"),
            ("福田区", "440304"),
            ("龙华区", "440309"),
            ("深圳市", "440300"),
            ("广州市", "440100"),
            ("潮州市", "445100"),
            ("合肥市", "340100"),
            ("南昌市", "360100"),
            ("成都市", "510100"),
            ("常德市", "430700"),
            ("朝阳区", "110105"),
            ("渝北区", "500112"),
        ];
        let name = region.last()?;
        codes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, code)| (*code).to_owned())
    }

    #[test]
    fn each_stance_of_a_paragraph_is_evidence_once_with_its_sentence_and_label() {
        let text = "推行“跨省通辦”，辦件三千。擴大跨省通办範圍。擬2023年推行川渝通办。";
        let hits = [hit("a/3", "重庆市/渝北区", 2022, "measures", text)];
        let found = evidence(&hits, &["跨省通办".into(), "川渝通办".into()]);
        let short: Vec<_> = found
            .iter()
            .map(|e| (e.label.as_str(), e.stance, e.quote.as_str(), e.year))
            .collect();
        assert_eq!(
            short,
            [
                (
                    "跨省通办",
                    Stance::Done,
                    "推行“跨省通辦”，辦件三千。擴大跨省通办範圍。",
                    Some(2022)
                ),
                (
                    "川渝通办",
                    Stance::Planned,
                    "擬2023年推行川渝通办。",
                    Some(2022)
                ),
            ]
        );
    }

    #[test]
    fn the_longer_of_two_labels_counts_and_numbers_are_whole() {
        let labels = [("通办", forms("通办")), ("跨省通办", forms("跨省通办"))];
        let found = occurrences("跨省通办，通办", &labels);
        assert_eq!(found, [(1, 0..12), (0, 15..21)]);
        assert_eq!(occurrences("455次", &[("55次", forms("55次"))]), []);
    }
}
