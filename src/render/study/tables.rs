//! The answers of `study` as tables: what CSV, Markdown and HTML show of them.

use crate::document::Status;
use crate::render::table::Table;
use crate::render::text::counted;
use crate::study::{Basis, Coverage, DateKind, Evidence, PanelRow, Row, Stance, Timeline, Trend};

/// The timeline: a row for each piece of evidence that it shows, adopters first.
pub fn timeline_table(timeline: &Timeline) -> Table {
    let mut columns = vec!["rank", "tied_with", "place", "place_code"];
    columns.extend(EVIDENCE_COLUMNS);
    columns.extend([
        "covered_from",
        "covered_to",
        "covered_documents",
        "left_censored",
    ]);
    let rows = timeline
        .rows
        .iter()
        .flat_map(|row| {
            let pieces = row.done.iter().chain(&row.before);
            pieces.map(move |piece| timeline_row(row, piece))
        })
        .collect();
    Table { columns, rows }
}

fn timeline_row(row: &Row, piece: &Evidence) -> Vec<String> {
    let adopted = piece.stance == Stance::Done;
    let rank = row.rank.filter(|_| adopted);
    let mut cells = vec![
        shown(rank),
        shown(rank.map(|_| row.tied_with)),
        row.region.join("/"),
        shown(row.region_code.as_ref()),
    ];
    cells.extend(evidence_row(piece));
    cells.extend([
        shown(row.covered.first_year),
        shown(row.covered.last_year),
        row.covered.documents.to_string(),
        u8::from(row.left_censored && adopted).to_string(),
    ]);
    cells
}

/// Every piece of evidence: a row each.
pub fn evidence_table(evidence: &[Evidence]) -> Table {
    Table {
        columns: EVIDENCE_COLUMNS.to_vec(),
        rows: evidence.iter().map(evidence_row).collect(),
    }
}

const EVIDENCE_COLUMNS: [&str; 20] = [
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
    "region",
    "code",
    "issuer",
    "status",
    "number",
    "path",
    "url",
];

fn evidence_row(piece: &Evidence) -> Vec<String> {
    let document = &piece.document;
    vec![
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
        document.region.join("/"),
        shown(document.region_code.as_ref()),
        shown(document.issuer.as_ref()),
        shown(document.status.map(Status::name)),
        shown(document.number.as_ref()),
        document.path.clone(),
        shown(document.url.as_ref()),
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
