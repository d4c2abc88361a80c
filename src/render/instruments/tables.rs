//! The answers of the instruments as tables: CSV with the place to cite in every row.

use super::number;
use crate::render::table::Table;
use crate::study::reuse::{Direction, Similar};
use crate::study::terms::{FoundTerm, Proposal};
use crate::study::{Collocates, Comparison, ConcordanceLine, Indicator, Keyword, Promise, Quote};

/// The columns that cite a quote.
const QUOTE: [&str; 9] = [
    "id", "region", "code", "year", "title", "issuer", "path", "role", "quote",
];

fn quote_cells(quote: &Quote) -> Vec<String> {
    let document = &quote.document;
    vec![
        quote.id.clone(),
        document.region.join("/"),
        document.region_code.clone().unwrap_or_default(),
        shown(document.year),
        document.title.clone(),
        document.issuer.clone().unwrap_or_default(),
        document.path.clone(),
        quote.role.clone().unwrap_or_default(),
        quote.text.clone(),
    ]
}

/// The columns that cite a second quote: only what tells it from the first.
fn prefixed(prefix: &str) -> Vec<&'static str> {
    match prefix {
        "report" => vec!["report_id", "report_year", "report_role", "report_quote"],
        _ => vec![
            "to_id",
            "to_region",
            "to_code",
            "to_year",
            "to_title",
            "to_path",
            "to_role",
        ],
    }
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn table(first: &[&'static str], then: &[&'static str], rows: Vec<Vec<String>>) -> Table {
    Table {
        columns: first.iter().chain(then).copied().collect(),
        rows,
    }
}

/// A row for each place where the term stands.
pub fn concordance_table(lines: &[ConcordanceLine]) -> Table {
    let row = |line: &ConcordanceLine| {
        let mut cells = vec![line.left.clone(), line.keyword.clone(), line.right.clone()];
        cells.extend(quote_cells(&line.quote));
        cells
    };
    table(
        &["left", "keyword", "right"],
        &QUOTE,
        lines.iter().map(row).collect(),
    )
}

/// A row for each collocate.
pub fn collocates_table(collocates: &Collocates) -> Table {
    let rows = collocates.rows.iter().map(|row| {
        let mut cells = vec![
            row.word.clone(),
            row.together.to_string(),
            row.left.to_string(),
            row.right.to_string(),
            row.frequency.to_string(),
            format!("{:.4}", row.expected),
            format!("{:.4}", row.log_likelihood),
            format!("{:.4}", row.log_dice),
            row.documents.to_string(),
            row.places.to_string(),
            collocates.occurrences.to_string(),
            collocates.window_words.to_string(),
            collocates.words.to_string(),
        ];
        cells.extend(quote_cells(&row.example));
        cells
    });
    table(
        &[
            "word",
            "together",
            "left",
            "right",
            "frequency",
            "expected",
            "log_likelihood",
            "log_dice",
            "documents",
            "places",
            "term_occurrences",
            "window_words",
            "words",
        ],
        &QUOTE,
        rows.collect(),
    )
}

/// A row for each keyword.
pub fn keyness_table(rows: &[Keyword]) -> Table {
    let row = |row: &Keyword| {
        let mut cells = vec![
            row.word.clone(),
            row.part.to_string(),
            row.rest.to_string(),
            format!("{:.2}", row.part_per_million),
            format!("{:.2}", row.rest_per_million),
            format!("{:.4}", row.log_likelihood),
            format!("{:.4}", row.log_ratio),
            row.percent_difference
                .map(|percent| format!("{percent:.2}"))
                .unwrap_or_default(),
            row.documents.to_string(),
            row.places.to_string(),
        ];
        cells.extend(quote_cells(&row.example));
        cells
    };
    table(
        &[
            "word",
            "part",
            "rest",
            "part_per_million",
            "rest_per_million",
            "log_likelihood",
            "log_ratio",
            "percent_difference",
            "documents",
            "places",
        ],
        &QUOTE,
        rows.iter().map(row).collect(),
    )
}

/// A row for each figure.
pub fn figures_table(rows: &[Indicator]) -> Table {
    let row = |row: &Indicator| {
        let figure = &row.figure;
        let amount = &figure.amount;
        let period = figure.period.as_ref();
        let mut cells = vec![
            figure.name.clone(),
            number(amount.value),
            figure.unit.clone(),
            amount.bound.name().to_owned(),
            shown(amount.low.map(number)),
            shown(amount.high.map(number)),
            shown(figure.from.map(|from| number(from.value))),
            figure.comparison.clone(),
            figure.written.clone(),
            figure.kind.name().to_owned(),
            shown(period.map(|period| period.relation.name())),
            shown(period.map(|period| period.date.clone())),
            shown(period.and_then(|period| period.stated.clone())),
            figure.reason.clone(),
        ];
        cells.extend(quote_cells(&row.quote));
        cells
    };
    table(
        &[
            "name",
            "value",
            "unit",
            "bound",
            "low",
            "high",
            "from",
            "comparison",
            "written",
            "kind",
            "period_relation",
            "period",
            "period_stated",
            "reason",
        ],
        &QUOTE,
        rows.iter().map(row).collect(),
    )
}

/// A row for each pair of paragraphs; the quote is what the first says of the spans.
pub fn similar_table(rows: &[Similar]) -> Table {
    let row = |row: &Similar| {
        let side = |second: bool| -> String {
            let spans = row.echo.spans.iter().map(|span| {
                let pieces = span.pieces.iter();
                pieces
                    .map(|piece| {
                        if second {
                            piece.second.as_str()
                        } else {
                            piece.first.as_str()
                        }
                    })
                    .collect::<String>()
            });
            spans.collect::<Vec<_>>().join(" … ")
        };
        let to = &row.found.document;
        let mut cells = vec![
            format!("{:.2}", row.echo.score),
            format!("{:.2}", row.echo.rare),
            format!("{:.4}", row.echo.identity),
            format!("{:.4}", row.echo.coverage[0]),
            format!("{:.4}", row.echo.coverage[1]),
            direction(row.direction).to_owned(),
            row.documents.to_string(),
        ];
        let mut quote = quote_cells(&row.original);
        if let Some(last) = quote.last_mut() {
            *last = side(false);
        }
        cells.extend(quote);
        cells.extend([
            row.found.id.clone(),
            to.region.join("/"),
            to.region_code.clone().unwrap_or_default(),
            shown(to.year),
            to.title.clone(),
            to.path.clone(),
            row.found.role.clone().unwrap_or_default(),
            side(true),
        ]);
        cells
    };
    let mut columns = QUOTE.to_vec();
    columns.extend(prefixed("to"));
    columns.push("to_quote");
    table(
        &[
            "score",
            "rare",
            "identity",
            "coverage",
            "to_coverage",
            "direction",
            "documents",
        ],
        &columns,
        rows.iter().map(row).collect(),
    )
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::FirstToSecond => "first_to_second",
        Direction::SecondToFirst => "second_to_first",
        Direction::SameDate => "same_date",
        Direction::Unknown => "unknown",
    }
}

/// A row for each plan.
pub fn promises_table(rows: &[Promise]) -> Table {
    let row = |row: &Promise| {
        let mut cells = vec![
            row.outcome.name().to_owned(),
            row.reason.clone(),
            format!("{:.4}", row.covered),
        ];
        cells.extend(quote_cells(&row.plan));
        let report = row.report.as_ref();
        cells.extend([
            shown(report.map(|report| report.id.clone())),
            shown(report.and_then(|report| report.document.year)),
            shown(report.and_then(|report| report.role.clone())),
            shown(report.map(|report| report.text.clone())),
        ]);
        cells
    };
    let mut columns = QUOTE.to_vec();
    columns.extend(prefixed("report"));
    table(
        &["outcome", "reason", "covered"],
        &columns,
        rows.iter().map(row).collect(),
    )
}

/// A row for each statement of two documents.
pub fn comparison_table(comparison: &Comparison) -> Table {
    let rows = comparison.sections.iter().flat_map(|section| {
        section.changes.iter().map(move |change| {
            let text = |quote: &Option<Quote>| shown(quote.as_ref().map(|q| q.text.clone()));
            let id = |quote: &Option<Quote>| shown(quote.as_ref().map(|q| q.id.clone()));
            vec![
                section.first.clone().unwrap_or_default(),
                section.second.clone().unwrap_or_default(),
                section.role.clone().unwrap_or_default(),
                change.kind.name().to_owned(),
                change.moved_from.clone().unwrap_or_default(),
                id(&change.first),
                text(&change.first),
                id(&change.second),
                text(&change.second),
            ]
        })
    });
    table(
        &[
            "first_section",
            "second_section",
            "role",
            "change",
            "moved_from",
            "first_id",
            "first_quote",
            "second_id",
            "second_quote",
        ],
        &[],
        rows.collect(),
    )
}

/// A row for each label.
pub fn terms_table(rows: &[FoundTerm]) -> Table {
    let row = |row: &FoundTerm| {
        let bits = |place: usize| shown(row.new_word.map(|bits| format!("{:.2}", bits[place])));
        let mut cells = vec![
            row.label.clone(),
            row.short_for.clone().unwrap_or_default(),
            row.places.to_string(),
            row.documents.to_string(),
            row.paragraphs.to_string(),
            row.occurrences.to_string(),
            row.quoted.to_string(),
            bits(0),
            bits(1),
            row.family.clone().unwrap_or_default(),
            shown(row.first_year),
            format!("{:.4}", row.score),
        ];
        cells.extend(quote_cells(&row.first));
        cells
    };
    table(
        &[
            "label",
            "short_for",
            "places",
            "documents",
            "paragraphs",
            "occurrences",
            "quoted",
            "cohesion",
            "freedom",
            "family",
            "first_year",
            "score",
        ],
        &QUOTE,
        rows.iter().map(row).collect(),
    )
}

/// Proposed rows of `families.tsv`, each under a comment that says why.
pub fn proposals_tsv(proposals: &[Proposal]) -> String {
    let mut out = String::from("family\tlabel\n");
    for proposal in proposals {
        out.push_str(&format!(
            "# like {}; {} paragraphs of {} places\n{}\t{}\n",
            proposal.like, proposal.paragraphs, proposal.places, proposal.family, proposal.label
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::figures::tests::rows;
    use super::*;

    #[test]
    fn a_figure_is_a_row_with_its_bounds_and_its_source() {
        let csv = figures_table(&rows()).csv();
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(
            lines[0],
            "name,value,unit,bound,low,high,from,comparison,written,kind,period_relation,period,\
             period_stated,reason,id,region,code,year,title,issuer,path,role,quote"
        );
        assert_eq!(
            lines[3],
            "办结率,99,%,at_least,99,,,以上,99%以上,estimate,in,2023,,预计 stands before it,b2c4/7,\
             广东省/潮州市,440300,2023,潮州市2023年报告,,,measures,预计办结率达到99%以上。"
        );
        assert!(
            lines[2].starts_with("审批时限压缩至,5,天,exactly,5,5,21,,5天,done,as_of,2022-10,")
        );
    }

    #[test]
    fn proposals_can_be_pasted_into_the_table_of_families() {
        let proposal = Proposal {
            family: "民意速办".into(),
            label: "民意快办".into(),
            like: "民意速办".into(),
            paragraphs: 3,
            places: 2,
        };
        assert_eq!(
            proposals_tsv(&[proposal]),
            "family\tlabel\n# like 民意速办; 3 paragraphs of 2 places\n民意速办\t民意快办\n"
        );
    }
}
