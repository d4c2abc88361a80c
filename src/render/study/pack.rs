//! An evidence pack as files: Markdown and HTML to read, CSV to compute with, SVG to show, and the
//! sources in four styles.

use super::page::html_page;
use super::svg::trend_svg;
use super::tables::{
    basis_sentence, cells_table, coverage_table, evidence_table, panel_table, shown,
    timeline_table, trend_table,
};
use crate::render::citation::{CitationStyle, citations, gbt7714};
use crate::render::table::{Table, escaped};
use crate::study::{Evidence, Pack, Row, Stance};

/// The files of a pack: name and contents, always the same ones in the same order.
pub fn pack_files(pack: &Pack) -> Vec<(&'static str, String)> {
    vec![
        ("report.md", markdown(pack)),
        ("report.html", html(pack)),
        ("timeline.csv", timeline_table(&pack.timeline).csv()),
        ("evidence.csv", evidence_table(&pack.evidence).csv()),
        ("coverage.csv", coverage_table(&pack.coverage).csv()),
        ("panel.csv", panel_table(&pack.panel).csv()),
        ("trend.csv", trend_table(&pack.trend).csv()),
        ("heatmap.csv", cells_table(&pack.trend).csv()),
        ("trend.svg", trend_svg(&pack.trend)),
        (
            "sources.txt",
            citations(&pack.sources, CitationStyle::GbT7714),
        ),
        (
            "sources.bib",
            citations(&pack.sources, CitationStyle::Bibtex),
        ),
        ("sources.ris", citations(&pack.sources, CitationStyle::Ris)),
        (
            "sources.json",
            citations(&pack.sources, CitationStyle::CslJson),
        ),
    ]
}

/// What a reader must know before using a pack.
const LIMITS: [&str; 5] = [
    "A first is a first of this corpus. A place marked ≤ has nothing older in it and may have been earlier.",
    "A place or a year without documents is unknown, never without the reform; a place that is silent is not without it either.",
    "Done, planned, problem and the other readings come from the section and from words near the term; each piece of \
     evidence says which. Read the quote before you rely on it.",
    "A piece of evidence is placed in the year that its document reports on, else in the year of signing, else of publishing; \
     what a work report (政府工作报告) looks back on is placed in the year before its session.",
    "Sources without an issuer, a date or a title of their own are marked as such and not completed.",
];

fn facts(pack: &Pack) -> Vec<(&'static str, String)> {
    vec![
        ("term", pack.term.clone()),
        ("labels", pack.timeline.labels.join("、")),
        (
            "filters",
            if pack.filters.is_empty() {
                "none".into()
            } else {
                pack.filters.clone()
            },
        ),
        (
            "corpus",
            format!("{}; {}", pack.corpus, basis_sentence(&pack.timeline.basis)),
        ),
        ("program", format!("xianli {}", pack.version)),
    ]
}

/// The row of the summary: rank, year, place, what was before, what is covered.
fn summary(rows: &[Row]) -> Table {
    let year = |piece: &Evidence| shown(piece.year);
    Table {
        columns: vec!["rank", "place", "done", "before", "covered", "evidence"],
        rows: rows
            .iter()
            .map(|row| {
                let before: Vec<String> = row
                    .before
                    .iter()
                    .map(|piece| format!("{} {}", piece.stance.name(), year(piece)))
                    .collect();
                let censored = if row.left_censored { "≤" } else { "" };
                let first = row.done.as_ref().or(row.before.first());
                vec![
                    shown(row.rank),
                    row.region.concat(),
                    row.done
                        .as_ref()
                        .map(|done| format!("{censored}{}", year(done)))
                        .unwrap_or_default(),
                    before.join(", "),
                    match (row.covered.first_year, row.covered.last_year) {
                        (first, last) if first == last => shown(first),
                        (first, last) => format!("{}–{}", shown(first), shown(last)),
                    },
                    first.map(|piece| piece.id.clone()).unwrap_or_default(),
                ]
            })
            .collect(),
    }
}

fn markdown(pack: &Pack) -> String {
    let mut out = format!("# Evidence: {}\n\n", pack.term);
    for (name, value) in facts(pack) {
        out.push_str(&format!("- {name}: {value}\n"));
    }
    out.push_str("\n## Adoption timeline\n\n");
    out.push_str(&summary(&pack.timeline.rows).markdown());
    out.push_str(&format!(
        "\n{} places have documents and never name it.\n\n## Trend\n\n![trend](trend.svg)\n\n{}\n## Quotes\n",
        pack.timeline.silent,
        trend_table(&pack.trend).markdown()
    ));
    for stance in Stance::ALL {
        let pieces: Vec<&Evidence> = pack
            .evidence
            .iter()
            .filter(|piece| piece.stance == stance)
            .collect();
        if pieces.is_empty() {
            continue;
        }
        out.push_str(&format!("\n### {} {}\n\n", stance.chinese(), stance.name()));
        for piece in pieces {
            let quote = piece.quote.replace(['\n', '\r'], " ");
            out.push_str(&format!(
                "- {} {} “{quote}” [{}] ({}; `{}`)\n",
                shown(piece.year),
                piece.document.region.concat(),
                source_number(pack, piece),
                piece.reason,
                piece.id
            ));
        }
    }
    out.push_str("\n## Sources\n\n");
    for (number, source) in (1..).zip(&pack.sources) {
        out.push_str(&format!("{number}. {}\n", gbt7714(source)));
    }
    out.push_str("\n## Limits\n\n");
    for limit in LIMITS {
        out.push_str(&format!("- {limit}\n"));
    }
    out
}

fn html(pack: &Pack) -> String {
    let title = escaped(&format!("Evidence: {}", pack.term));
    let mut body = format!("<h1>{title}</h1>\n<ul class=\"faint\">\n");
    for (name, value) in facts(pack) {
        body.push_str(&format!("<li>{name}: {}</li>\n", escaped(&value)));
    }
    body.push_str("</ul>\n<h2>Adoption timeline</h2>\n");
    body.push_str(&summary(&pack.timeline.rows).html());
    body.push_str(&format!(
        "<p>{} places have documents and never name it.</p>\n",
        pack.timeline.silent
    ));
    body.push_str("<h2>Trend</h2>\n");
    body.push_str(&trend_svg(&pack.trend));
    body.push_str(&trend_table(&pack.trend).html());
    body.push_str("<h2>Quotes</h2>\n");
    for stance in Stance::ALL {
        let pieces = pack.evidence.iter().filter(|piece| piece.stance == stance);
        let mut pieces = pieces.peekable();
        if pieces.peek().is_some() {
            body.push_str(&format!(
                "<h3>{} {}</h3>\n",
                stance.chinese(),
                stance.name()
            ));
        }
        for piece in pieces {
            body.push_str(&format!(
                "<p>{} {} [{}]</p>\n<blockquote>{}</blockquote>\n<p class=\"faint\">{} · {}</p>\n",
                shown(piece.year),
                escaped(&piece.document.region.concat()),
                source_number(pack, piece),
                escaped(&piece.quote),
                escaped(&piece.reason),
                escaped(&piece.id)
            ));
        }
    }
    body.push_str("<h2>Sources</h2>\n<ol>\n");
    for source in &pack.sources {
        body.push_str(&format!("<li>{}</li>\n", escaped(&gbt7714(source))));
    }
    body.push_str("</ol>\n<h2>Limits</h2>\n<ul>\n");
    for limit in LIMITS {
        body.push_str(&format!("<li>{}</li>\n", escaped(limit)));
    }
    body.push_str("</ul>\n");
    html_page(&title, &body)
}

/// The number of a piece's document among the sources.
fn source_number(pack: &Pack, piece: &Evidence) -> usize {
    let place = pack
        .sources
        .iter()
        .position(|source| source.id == piece.document.id);
    place.map_or(0, |place| place + 1)
}
