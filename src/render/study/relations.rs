//! Links, references and claims as tables.

use super::tables::shown;
use crate::render::table::Table;
use crate::render::text::counted;
use crate::study::{Claim, DateKind, Evidence, Link, Reference, Verdict};

/// Who learned from whom: a row for each link.
pub fn links_table(links: &[Link]) -> Table {
    let rows = links
        .iter()
        .map(|link| {
            vec![
                link.from.join("/"),
                shown(link.from_code.as_ref()),
                link.to.join("/"),
                shown(link.to_code.as_ref()),
                link.kind.name().to_owned(),
                link.cue.clone(),
                shown(link.topic.as_ref()),
                link.stance.name().to_owned(),
                shown(link.year),
                shown(link.dated_by.map(DateKind::describe)),
                link.quote.clone(),
                link.reason.clone(),
                link.id.clone(),
                link.document.title.clone(),
                link.document.path.clone(),
            ]
        })
        .collect();
    Table {
        columns: vec![
            "from",
            "from_code",
            "to",
            "to_code",
            "kind",
            "cue",
            "topic",
            "stance",
            "year",
            "dated_by",
            "quote",
            "reason",
            "id",
            "title",
            "path",
        ],
        rows,
    }
}

/// What documents rest on: a row for each document and each title that it names.
pub fn references_table(references: &[Reference]) -> Table {
    let rows = references
        .iter()
        .map(|reference| {
            vec![
                reference.document.id.clone(),
                reference.document.title.clone(),
                reference.document.region.join("/"),
                shown(reference.year),
                shown(reference.relation.as_ref()),
                reference.title.clone(),
                shown(reference.number.as_ref()),
                shown(reference.level.as_ref()),
                shown(reference.kind.as_ref()),
                reference.times.to_string(),
                reference.id.clone(),
            ]
        })
        .collect();
    Table {
        columns: vec![
            "document", "title", "region", "year", "relation", "names", "number", "level", "kind",
            "times", "id",
        ],
        rows,
    }
}

/// Claims with what stands against them: a row for each claim.
pub fn claims_table(claims: &[Claim]) -> Table {
    let rows = claims
        .iter()
        .map(|claim| {
            let (verdict, detail) = verdict(&claim.verdict);
            vec![
                claim.document.region.join("/"),
                shown(claim.document.region_code.as_ref()),
                shown(claim.year),
                claim.kind.name().to_owned(),
                claim.cue.clone(),
                shown(claim.scope_word.as_ref()),
                claim
                    .scope
                    .as_ref()
                    .map(|scope| scope_name(claim.scope_word.as_deref(), scope))
                    .unwrap_or_default(),
                shown(claim.limit.as_ref()),
                shown(claim.subject.as_ref()),
                claim.stance.name().to_owned(),
                verdict.to_owned(),
                detail,
                claim.quote.clone(),
                claim.id.clone(),
                claim.document.title.clone(),
                claim.document.path.clone(),
            ]
        })
        .collect();
    Table {
        columns: vec![
            "region",
            "code",
            "year",
            "kind",
            "cue",
            "scope_word",
            "scope",
            "limit",
            "subject",
            "stance",
            "verdict",
            "against",
            "quote",
            "id",
            "title",
            "path",
        ],
        rows,
    }
}

/// The name of a verdict, and what it rests on in one cell.
pub(super) fn verdict(verdict: &Verdict) -> (&'static str, String) {
    let places = |evidence: &[Evidence]| {
        let each: Vec<String> = evidence
            .iter()
            .map(|piece| {
                format!(
                    "{} {} ({})",
                    shown(piece.year),
                    piece.document.region.concat(),
                    piece.id
                )
            })
            .collect();
        each.join("; ")
    };
    match verdict {
        Verdict::Earlier { evidence } => ("earlier", places(evidence)),
        Verdict::SameYear { evidence } => ("same-year", places(evidence)),
        Verdict::NothingEarlier { documents_before } => (
            "nothing-earlier",
            format!(
                "{} of other places in its scope",
                counted(*documents_before, "earlier document")
            ),
        ),
        Verdict::NotComparable { missing } => ("not-comparable", (*missing).to_owned()),
    }
}

/// The name of a scope as a region: 全国 for the country, the word itself for what is beyond it.
pub(super) fn scope_name(word: Option<&str>, scope: &[String]) -> String {
    let beyond = word.filter(|word| ["世界", "全球", "国际", "亚洲"].contains(word));
    let whole = beyond.unwrap_or("全国");
    scope.last().cloned().unwrap_or_else(|| whole.to_owned())
}
