//! Reports of one issuer that follow each other.
//!
//! Comes in: the paragraphs of a corpus, those of one document next to each other. Goes out: pairs of
//! documents of one place and issuer, of a year and the next. Notices, plans and laws are no reports.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::Metadata;
use crate::lexicon::Kind;
use crate::text::fold;

use super::passage::Passage;
use super::reuse::ratio;

/// Names of issuers that are less alike are those of two offices, and not of one that was renamed.
const LEAST_ALIKE: f64 = 0.5;

/// Two reports of one issuer, of which the later one tells what became of the plans of the earlier:
/// places in a list of paragraphs in which those of one document follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPair {
    /// The paragraphs of the report with the plans.
    pub before: Range<usize>,
    /// The paragraphs of the report of the next year.
    pub after: Range<usize>,
}

/// The pairs of reports in a corpus: of one place and one issuer, of years that follow each other, the
/// earlier one with a section on plans. Where an issuer is not known or was renamed, the place must
/// have one such report in each of the two years.
pub fn report_pairs(passages: &[Passage]) -> Vec<ReportPair> {
    let facts = |range: &Range<usize>| &*passages[range.start].document;
    let reports = reports(passages);
    let mut pairs: Vec<ReportPair> = reports
        .iter()
        .filter(|before| passages[(*before).clone()].iter().any(is_plan))
        .filter_map(|before| {
            let of_year = |year| {
                let wanted = facts(before).year.map(|own| own + year);
                let same = |other: &&Range<usize>| {
                    facts(other).region == facts(before).region && facts(other).year == wanted
                };
                reports.iter().filter(same).collect::<Vec<_>>()
            };
            let (rivals, followers) = (of_year(0), of_year(1));
            let issuer = |range: &Range<usize>| facts(range).issuer.as_deref().map(fold);
            let same_issuer = followers
                .iter()
                .find(|after| issuer(before).is_some() && issuer(after) == issuer(before));
            let only = followers
                .first()
                .filter(|_| followers.len() == 1 && rivals.len() == 1)
                .filter(|after| may_be_one(facts(before), facts(after)));
            let after = same_issuer.or(only)?;
            Some(ReportPair {
                before: before.clone(),
                after: (*after).clone(),
            })
        })
        .collect();
    pairs.sort_by_key(|pair| {
        let document = facts(&pair.before);
        (
            document.region_code.clone(),
            document.region.clone(),
            document.year,
        )
    });
    pairs
}

/// The documents that are reports of a place and a year.
fn reports(passages: &[Passage]) -> Vec<Range<usize>> {
    let mut reports = Vec::new();
    let mut start = 0;
    for document in passages.chunk_by(|a, b| a.document.id == b.document.id) {
        let range = start..start + document.len();
        start = range.end;
        let facts = &document[0].document;
        let kind = facts.kind.as_deref().and_then(Kind::find);
        let is_report = kind.is_none_or(|kind| kind.group == "report");
        if is_report && facts.year.is_some() && !facts.region.is_empty() {
            reports.push(range);
        }
    }
    reports
}

fn is_plan(passage: &Passage) -> bool {
    passage.role.as_deref() == Some("plan")
}

/// Whether two documents of a place may have one issuer: one of them is not known, or the names are
/// alike without the place in them.
fn may_be_one(first: &Metadata, second: &Metadata) -> bool {
    let (Some(one), Some(other)) = (&first.issuer, &second.issuer) else {
        return true;
    };
    let pairs = |name: &str| -> BTreeSet<(char, char)> {
        let folded = fold(name);
        let own = first.region.iter().fold(&*folded, |rest, place| {
            rest.strip_prefix(&*fold(place)).unwrap_or(rest)
        });
        own.chars().zip(own.chars().skip(1)).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let shared = one.intersection(&other).count();
    ratio(2 * shared, one.len() + other.len()) >= LEAST_ALIKE
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::LineKind;

    fn report(region: &str, issuer: &str, year: i32, kind: &str, role: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata {
                id: format!("{region}{issuer}{year}{kind}"),
                region: vec![region.into()],
                issuer: (!issuer.is_empty()).then(|| issuer.into()),
                year: Some(year),
                kind: Some(kind.into()),
                ..Metadata::default()
            }),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: Some(role.into()),
            path: Vec::new(),
            text: "新增跨域通办合作地区15个。".into(),
        }
    }

    fn paired(corpus: &[Passage]) -> Vec<(usize, usize)> {
        report_pairs(corpus)
            .into_iter()
            .map(|pair| (pair.before.start, pair.after.start))
            .collect()
    }

    #[test]
    fn reports_of_one_issuer_follow_each_other() {
        let corpus = [
            report("甲市", "教育局", 2022, "报告", "plan"),
            report("甲市", "教育局", 2023, "报告", "measures"),
            report("甲市", "政数局", 2022, "报告", "plan"),
            report("甲市", "政数局", 2024, "报告", "plan"),
            report("乙市", "乙市政务服务数据局", 2022, "报告", "plan"),
            report("乙市", "政务和数据局", 2023, "总结", "plan"),
            report("丙市", "", 2022, "报告", "plan"),
            report("丙市", "教育局", 2023, "报告", "plan"),
        ];
        assert_eq!(paired(&corpus), [(6, 7), (4, 5), (0, 1)]);
    }

    #[test]
    fn notices_other_offices_and_reports_without_plans_make_no_pair() {
        let corpus = [
            report("甲市", "教育局", 2022, "通知", "plan"),
            report("甲市", "教育局", 2023, "报告", "measures"),
            report("乙市", "教育局", 2022, "报告", "plan"),
            report("乙市", "政数局", 2023, "报告", "plan"),
            report("丙市", "教育局", 2022, "报告", "measures"),
            report("丙市", "教育局", 2023, "报告", "plan"),
        ];
        assert_eq!(paired(&corpus), []);
    }
}
