//! What is stated beside a document, in a metadata file: whether a value can be understood, and how
//! it compares with what the document itself says.
//!
//! Comes in: a field and its words, or two readings of one document. Goes out: a
//! [`Given`] with the value, or what is wrong with it; confirmations and contradictions.

use std::fmt::Display;

use super::labels::{Label, Labels};
use super::{dates, number, region, status};
use crate::document::Given;
use crate::lexicon::{Kind, Region};
use crate::text::fold;

/// What is wrong with a stated value, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}; {hint}")]
pub struct Misstatement {
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub hint: String,
}

/// The fields that may be stated beside a document.
pub const STATED: [&str; 10] = [
    "region",
    "year",
    "title",
    "issuer",
    "url",
    "published",
    "signed",
    "status",
    "number",
    "kind",
];

/// How many near names a message offers.
const NEAREST: usize = 3;

/// Takes a value for one of the [`STATED`] fields.
///
/// ```
/// use xianli::{classify::state, document::Given};
/// let mut given = Given::default();
/// state(&mut given, "region", "深圳市龙华区")?;
/// let wrong = state(&mut given, "status", "过期").unwrap_err();
/// assert!(wrong.hint.contains("失效"), "{wrong}");
/// assert_eq!(given.region.as_deref(), Some("深圳市龙华区"));
/// # Ok::<(), xianli::classify::Misstatement>(())
/// ```
///
/// # Errors
/// When the value cannot be understood: an unknown region, kind or status, no year, no date, no
/// number.
pub fn state(given: &mut Given, field: &str, words: &str) -> Result<(), Misstatement> {
    let words = words.trim();
    let understood = match field {
        "region" => !region::regions_of(words).is_empty(),
        "year" => year(words).is_some(),
        "published" | "signed" => dates::written(words).is_some(),
        "status" => status::stated(words).is_some(),
        "number" => number::normalised(words).is_some(),
        "kind" => Kind::find(&fold(words)).is_some(),
        _ => true,
    };
    if !understood {
        return Err(misstated(field, words));
    }
    let slot = match field {
        "region" => &mut given.region,
        "title" => &mut given.title,
        "issuer" => &mut given.issuer,
        "url" => &mut given.url,
        "published" => &mut given.published,
        "signed" => &mut given.signed,
        "status" => &mut given.status,
        "number" => &mut given.number,
        "kind" => &mut given.kind,
        "year" => {
            given.year = year(words);
            return Ok(());
        }
        other => {
            return Err(Misstatement {
                problem: format!("{other} is no field"),
                hint: format!("the fields are {}", STATED.join(", ")),
            });
        }
    };
    *slot = Some(words.to_owned());
    Ok(())
}

/// `2021`, `2021年`, `2021.0` as spreadsheets write it.
fn year(words: &str) -> Option<i32> {
    let bare = words
        .trim_end_matches('年')
        .trim_end_matches(".0")
        .trim_end();
    let year = bare.parse().ok()?;
    (1900..=2100).contains(&year).then_some(year)
}

fn misstated(field: &str, words: &str) -> Misstatement {
    let hint = match field {
        "region" => {
            let nearest = Region::nearest(words, NEAREST);
            let names = nearest.into_iter().map(|region| region.path().concat());
            let names: Vec<String> = names.collect();
            near(&names, "write a name or a division code: 深圳市, 440309")
        }
        "kind" => near(&nearest_kinds(words), "write a kind: 报告, 通知, 意见"),
        "status" => "write 失效, 废止, 已修改, 尚未生效 or 有效".to_owned(),
        "year" => "write four digits: 2021".to_owned(),
        "published" | "signed" => "write a date: 2021-12-24, 2021年12月24日".to_owned(),
        "number" => "write it whole: 国办发〔2021〕67号".to_owned(),
        _ => String::new(),
    };
    let what = match field {
        "region" | "kind" | "status" => "not known",
        "year" => "no year",
        "published" | "signed" => "no date",
        _ => "no document number",
    };
    Misstatement {
        problem: format!("{field} {words} is {what}"),
        hint,
    }
}

fn near(names: &[String], otherwise: &str) -> String {
    if names.is_empty() {
        otherwise.to_owned()
    } else {
        format!("nearest: {}", names.join(", "))
    }
}

/// The kinds that share most characters with a name.
fn nearest_kinds(name: &str) -> Vec<String> {
    let name = fold(name);
    let shared = |kind: &Kind| kind.name.chars().filter(|c| name.contains(*c)).count();
    let mut kinds: Vec<&Kind> = Kind::all().iter().filter(|kind| shared(kind) > 0).collect();
    // Of the characters of both names, as many as possible are shared.
    kinds.sort_by_key(|kind| {
        let all = kind.name.chars().count() + name.chars().count();
        std::cmp::Reverse(2000 * shared(kind) / all)
    });
    kinds
        .into_iter()
        .take(NEAREST)
        .map(|kind| kind.name.to_owned())
        .collect()
}

/// Holds the labels of a document against those that it would have without its metadata files: what
/// it says as well is evidence, what it says otherwise is a conflict.
pub(super) fn confirm(labels: &mut Labels, own: &Labels) {
    let conflicts = [
        hold("title", labels.title.as_mut(), own.title.as_ref()),
        hold_region(labels, own),
        hold("issuer", labels.issuer.as_mut(), own.issuer.as_ref()),
        hold("year", labels.year.as_mut(), own.year.as_ref()),
        hold(
            "published",
            labels.published.as_mut(),
            own.published.as_ref(),
        ),
        hold("signed", labels.signed.as_mut(), own.signed.as_ref()),
        hold("number", labels.number.as_mut(), own.number.as_ref()),
        hold("kind", labels.kind.as_mut(), own.kind.as_ref()),
    ];
    labels.conflicts.extend(conflicts.into_iter().flatten());
}

fn hold<T: PartialEq + Display>(
    name: &str,
    label: Option<&mut Label<T>>,
    own: Option<&Label<T>>,
) -> Option<String> {
    let (label, own) = (label?, own?);
    let place = place(label)?;
    if label.value == own.value {
        label.evidence.extend(own.evidence.iter().cloned());
        return None;
    }
    let said = &own.value;
    let contradicts = !own.guess;
    contradicts.then(|| {
        format!(
            "{name} by {place} is {}, by the document {said}",
            label.value
        )
    })
}

fn hold_region(labels: &mut Labels, own: &Labels) -> Option<String> {
    let joined = |label: &Label<Vec<String>>| Label {
        value: label.value.concat(),
        evidence: label.evidence.clone(),
        guess: label.guess,
    };
    let mut label = labels.region.as_ref().map(joined);
    let conflict = hold(
        "region",
        label.as_mut(),
        own.region.as_ref().map(joined).as_ref(),
    );
    if let (Some(region), Some(label)) = (labels.region.as_mut(), label) {
        region.evidence = label.evidence;
    }
    conflict
}

/// The row of a metadata file that a label was read from.
fn place<T>(label: &Label<T>) -> Option<String> {
    let first = label.evidence.first()?;
    let file = first.file.as_ref()?;
    Some(match first.line {
        Some(line) => format!("{file} line {line}"),
        None => file.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::classify;
    use crate::document::{Beside, Document};
    use crate::read::{Limits, read_bytes};

    fn said(field: &str, words: &str) -> String {
        match state(&mut Given::default(), field, words) {
            Ok(()) => "understood".to_owned(),
            Err(wrong) => wrong.to_string(),
        }
    }

    #[test]
    fn values_are_understood_or_told_with_what_to_write() {
        for (field, words) in [
            ("region", "440309"),
            ("region", "廣東省深圳市"),
            ("year", "2021年"),
            ("published", "2021/12/4"),
            ("published", "2021-12"),
            ("status", "repealed"),
            ("status", "现行有效"),
            ("kind", "報告"),
            ("number", "国办发[2021]67号"),
            ("title", "任何题目"),
        ] {
            assert_eq!(said(field, words), "understood", "{field} {words}");
        }
        assert_eq!(
            said("year", "21"),
            "year 21 is no year; write four digits: 2021"
        );
        assert_eq!(
            said("kind", "通知书"),
            "kind 通知书 is not known; nearest: 通知, 通报, 通告"
        );
        assert!(said("region", "深镇市").contains("nearest: 广东省深圳市"));
        assert!(said("signed", "去年").ends_with("2021年12月24日"));
    }

    #[test]
    fn a_metadata_file_wins_and_what_the_document_says_is_not_hidden() {
        let text = "福田区某局2021年工作报告\n2021年，我局推行跨省通办。\n";
        let reading = read_bytes("a.txt", text.as_bytes(), &Limits::default()).unwrap();
        let mut given = Given::default();
        state(&mut given, "year", "2022").unwrap();
        state(&mut given, "region", "福田区").unwrap();
        let document = Document {
            beside: vec![Beside {
                file: "metadata.csv".to_owned(),
                line: 3,
                given,
            }],
            ..reading.documents[0].clone()
        };
        let labels = classify(&document);
        assert_eq!(labels.year.map(|year| year.value), Some(2022));
        let sources: Vec<_> = labels
            .region
            .unwrap()
            .evidence
            .into_iter()
            .map(|evidence| (evidence.file, evidence.line, evidence.quote))
            .collect();
        assert_eq!(
            sources[0],
            (
                Some("metadata.csv".to_owned()),
                Some(3),
                "福田区".to_owned()
            )
        );
        assert_eq!((sources.len(), &sources[1].0), (2, &None));
        assert_eq!(
            labels.conflicts,
            ["year by metadata.csv line 3 is 2022, by the document 2021"]
        );
    }
}
