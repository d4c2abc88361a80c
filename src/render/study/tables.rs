//! The answers of `study` as tables: what CSV, Markdown and HTML show of them.

use crate::render::table::Table;
use crate::render::text::counted;
use crate::study::{
    Basis, Claim, Coverage, DateKind, Evidence, Link, PanelRow, Reference, Row, Stance, Timeline,
    Trend, Verdict,
};

/// The timeline: a row for each piece of evidence that it shows, adopters first.
pub fn timeline_table(timeline: &Timeline) -> Table {
    let columns = vec![
        "rank",
        "tied_with",
        "region",
        "code",
        "stance",
        "year",
        "dated_by",
        "reported",
        "published",
        "signed",
        "as_of",
        "conflicts",
        "label",
        "quote",
        "reason",
        "id",
        "title",
        "issuer",
        "status",
        "path",
        "url",
        "covered_from",
        "covered_to",
        "covered_documents",
        "left_censored",
    ];
    let rows = timeline
        .rows
        .iter()
        .flat_map(|row| {
            row.done
                .iter()
                .chain(&row.before)
                .map(move |piece| timeline_row(row, piece))
        })
        .collect();
    Table { columns, rows }
}

fn timeline_row(row: &Row, piece: &Evidence) -> Vec<String> {
    let adopted = piece.stance == Stance::Done;
    let rank = row.rank.filter(|_| adopted);
    let document = &piece.document;
    vec![
        shown(rank),
        shown(rank.map(|_| row.tied_with)),
        row.region.join("/"),
        shown(row.region_code.as_ref()),
        piece.stance.name().to_owned(),
        shown(piece.year),
        shown(piece.dated_by.map(DateKind::describe)),
        shown(piece.dates.year),
        shown(piece.dates.published.as_ref()),
        shown(piece.dates.signed.as_ref()),
        shown(piece.dates.as_of.as_ref()),
        piece.conflicts.join("; "),
        piece.label.clone(),
        piece.quote.clone(),
        piece.reason.clone(),
        piece.id.clone(),
        document.title.clone(),
        shown(document.issuer.as_ref()),
        shown(document.status.map(crate::document::Status::name)),
        document.path.clone(),
        shown(document.url.as_ref()),
        shown(row.covered.first_year),
        shown(row.covered.last_year),
        row.covered.documents.to_string(),
        u8::from(row.left_censored && adopted).to_string(),
    ]
}

/// The coverage: a row for each place and each year of the corpus, years without a document too.
pub fn coverage_table(coverage: &Coverage) -> Table {
    let rows = coverage
        .places
        .iter()
        .flat_map(|place| {
            coverage.years.iter().map(move |year| {
                vec![
                    place.region.join("/"),
                    shown(place.region_code.as_ref()),
                    year.to_string(),
                    place.years.get(year).copied().unwrap_or(0).to_string(),
                ]
            })
        })
        .collect();
    Table {
        columns: vec!["region", "code", "year", "documents"],
        rows,
    }
}

/// The risk set; what is unknown is empty.
pub fn panel_table(panel: &[PanelRow]) -> Table {
    let rows = panel
        .iter()
        .map(|row| {
            vec![
                row.region.clone(),
                row.code.clone(),
                row.year.to_string(),
                row.documents.to_string(),
                shown(row.at_risk),
                shown(row.adopted),
                row.left_censored.to_string(),
            ]
        })
        .collect();
    Table {
        columns: vec![
            "region",
            "code",
            "year",
            "documents",
            "at_risk",
            "adopted",
            "left_censored",
        ],
        rows,
    }
}

/// The trend: a row for each term and year, counts with their denominators.
pub fn trend_table(trend: &Trend) -> Table {
    let rows = trend
        .series
        .iter()
        .flat_map(|series| {
            series.points.iter().map(|point| {
                vec![
                    series.term.clone(),
                    point.year.to_string(),
                    point.naming_documents.to_string(),
                    point.documents.to_string(),
                    ratio(point.document_share()),
                    point.naming_regions.to_string(),
                    point.regions.to_string(),
                    ratio(point.region_share()),
                    point.done_regions.to_string(),
                    point.adopted.to_string(),
                    point.known.to_string(),
                    ratio(point.adopted_share()),
                ]
            })
        })
        .collect();
    Table {
        columns: vec![
            "term",
            "year",
            "naming_documents",
            "documents",
            "document_share",
            "naming_regions",
            "regions",
            "region_share",
            "done_regions",
            "adopted",
            "known",
            "adopted_share",
        ],
        rows,
    }
}

/// The heat map of a trend: a row for each term, place and year.
pub fn cells_table(trend: &Trend) -> Table {
    let rows = trend
        .series
        .iter()
        .flat_map(|series| {
            series.cells.iter().map(|cell| {
                vec![
                    series.term.clone(),
                    cell.region.join("/"),
                    shown(cell.region_code.as_ref()),
                    cell.year.to_string(),
                    cell.documents.to_string(),
                    cell.paragraphs.to_string(),
                    shown(cell.stance.map(Stance::name)),
                ]
            })
        })
        .collect();
    Table {
        columns: vec![
            "term",
            "region",
            "code",
            "year",
            "documents",
            "paragraphs",
            "stance",
        ],
        rows,
    }
}

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
                claim.cue.clone(),
                shown(claim.scope_word.as_ref()),
                claim
                    .scope
                    .as_ref()
                    .map(|scope| scope_name(scope))
                    .unwrap_or_default(),
                shown(claim.subject.as_ref()),
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
            "cue",
            "scope_word",
            "scope",
            "subject",
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

/// The name of a scope: 全国 where it is no region.
pub(super) fn scope_name(scope: &[String]) -> String {
    scope.last().cloned().unwrap_or_else(|| "全国".to_owned())
}

/// What an answer rests on, as a sentence.
pub fn basis_sentence(basis: &Basis) -> String {
    let years = match (basis.first_year, basis.last_year) {
        (Some(first), Some(last)) if first == last => format!(" of {first}"),
        (Some(first), Some(last)) => format!(" of {first}–{last}"),
        _ => String::new(),
    };
    let mut sentence = format!(
        "rests on {} of {}{years}",
        counted(basis.documents, "document"),
        counted(basis.regions, "place")
    );
    if basis.without_region > 0 {
        sentence += &format!("; {} without a place", basis.without_region);
    }
    if basis.without_year > 0 {
        sentence += &format!("; {} without a date", basis.without_year);
    }
    sentence
}

pub(super) fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Four decimals; empty where there is nothing to divide by.
fn ratio(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.4}")).unwrap_or_default()
}
