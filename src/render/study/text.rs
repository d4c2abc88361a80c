//! The answers of `study` for a person at a terminal.

use unicode_width::UnicodeWidthStr;

use super::tables::basis_sentence;
use crate::render::clean;
use crate::render::ink::{Ink, Span, paint};
use crate::render::page::Page;
use crate::render::text::counted;
use crate::render::wrap::{Margin, fill};
use crate::study::{Basis, Coverage, Evidence, Row, Stance, Timeline, Trend};

/// Columns of the longest bar of a trend.
const BAR: usize = 24;

/// The timeline: for each place its first evidence and what stood before it.
pub fn timeline_text(timeline: &Timeline, page: &Page) -> String {
    let mut out = String::new();
    for row in &timeline.rows {
        write_place(row, page, &mut out);
        for piece in row.done.iter().chain(&row.before) {
            write_evidence(piece, page, &mut out);
        }
        out.push('\n');
    }
    let adopters = timeline
        .rows
        .iter()
        .filter(|row| row.done.is_some())
        .count();
    let places = timeline.rows.len();
    let line = format!(
        "{adopters} of {places} places that name it show it as done; {} places have documents and \
         never name it, which does not say that they are without it",
        timeline.silent
    );
    write_faint(&line, page, &mut out);
    write_faint(
        "first means first in this corpus; ≤ marks a place of which it has nothing older",
        page,
        &mut out,
    );
    write_basis(&timeline.basis, page, &mut out);
    out
}

fn write_place(row: &Row, page: &Page, out: &mut String) {
    let year = row.done.as_ref().and_then(|done| done.year);
    let rank = match (row.rank, row.tied_with) {
        (Some(rank), 0) => format!("{rank}."),
        (Some(rank), others) => format!("{rank}. (tied with {others})"),
        (None, _) => "–".to_owned(),
    };
    let when = match (year, row.left_censored, &row.done) {
        (Some(year), true, _) => format!("≤{year}"),
        (Some(year), false, _) => year.to_string(),
        (None, _, Some(_)) => "no date".to_owned(),
        (None, ..) => "not shown as done".to_owned(),
    };
    let covered = match (row.covered.first_year, row.covered.last_year) {
        (Some(first), Some(last)) if first == last => format!("covered {first}"),
        (Some(first), Some(last)) => format!("covered {first}–{last}"),
        _ => "covered without dates".to_owned(),
    };
    let gaps = match row.covered.gaps.len() {
        0 => String::new(),
        _ => {
            let years: Vec<String> = row.covered.gaps.iter().map(i32::to_string).collect();
            format!(", nothing of {}", years.join(" "))
        }
    };
    let documents = counted(row.covered.documents, "document");
    let spans = [
        Span::new(
            Ink::Title,
            &format!("{rank} {when} {}", row.region.concat()),
        ),
        Span::new(Ink::Faint, &format!(" · {covered} ({documents}{gaps})")),
    ];
    fill(&spans, Margin { first: 0, rest: 2 }, page, out);
}

fn write_evidence(piece: &Evidence, page: &Page, out: &mut String) {
    let ink = match piece.stance {
        Stance::Done => Ink::Match,
        Stance::Negated | Stance::Problem => Ink::Warning,
        _ => Ink::Heading,
    };
    let year = piece
        .year
        .map_or_else(|| "no date".to_owned(), |year| year.to_string());
    let spans = [
        Span::new(ink, &format!("{} {year} ", piece.stance.chinese())),
        Span::new(Ink::Plain, &piece.quote),
    ];
    fill(&spans, Margin { first: 2, rest: 4 }, page, out);
    let status = piece
        .document
        .status
        .map_or_else(String::new, |status| format!(" 〔{}〕", status.chinese()));
    let spans = [
        Span::new(Ink::Id, &piece.id),
        Span::new(
            Ink::Faint,
            &format!(" · {}{status} · {}", piece.document.title, dates(piece)),
        ),
    ];
    fill(&spans, Margin { first: 4, rest: 6 }, page, out);
    write_at(
        4,
        &format!(
            "{} · “{}” · {}",
            piece.reason, piece.label, piece.document.path
        ),
        page,
        out,
    );
    for conflict in &piece.conflicts {
        fill(
            &[Span::new(
                Ink::Warning,
                &format!("dates conflict: {conflict}"),
            )],
            Margin { first: 4, rest: 6 },
            page,
            out,
        );
    }
}

/// `by its reported year; published 2021-12-24, signed 2021-11-24`
fn dates(piece: &Evidence) -> String {
    let used = match piece.dated_by {
        Some(kind) => format!("by its {}", kind.describe()),
        None => "undated".to_owned(),
    };
    let known = [
        ("published", &piece.dates.published),
        ("signed", &piece.dates.signed),
        ("as of", &piece.dates.as_of),
    ];
    let known: Vec<String> = known
        .iter()
        .filter_map(|(name, date)| date.as_ref().map(|date| format!("{name} {date}")))
        .collect();
    if known.is_empty() {
        used
    } else {
        format!("{used}; {}", known.join(", "))
    }
}

/// The coverage as a matrix: documents by place and year, `·` where there is none.
pub fn coverage_text(coverage: &Coverage, page: &Page) -> String {
    let names: Vec<String> = coverage
        .places
        .iter()
        .map(|place| clean(&place.region.concat()))
        .collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let mut out = " ".repeat(widest);
    for year in &coverage.years {
        paint(&format!(" {year:>4}"), Ink::Faint, page.colour, &mut out);
    }
    out.push('\n');
    for (place, name) in coverage.places.iter().zip(&names) {
        out.push_str(name);
        out.push_str(&" ".repeat(widest - name.width()));
        for year in &coverage.years {
            match place.years.get(year) {
                Some(documents) => out.push_str(&format!(" {documents:>4}")),
                None => paint("    ·", Ink::Faint, page.colour, &mut out),
            }
        }
        if place.undated > 0 {
            paint(
                &format!("  +{} undated", place.undated),
                Ink::Faint,
                page.colour,
                &mut out,
            );
        }
        out.push('\n');
    }
    out.push('\n');
    write_faint(
        "a number counts documents of the place and year; · is no document: nothing is known",
        page,
        &mut out,
    );
    write_basis(&coverage.basis(), page, &mut out);
    out
}

/// The trend: for each term a bar for each year, documents and places with their denominators.
pub fn trend_text(trend: &Trend, page: &Page) -> String {
    let mut out = String::new();
    for series in &trend.series {
        fill(
            &[Span::new(Ink::Title, &series.term)],
            Margin::all(0),
            page,
            &mut out,
        );
        for point in &series.points {
            let bar = match point.document_share() {
                Some(share) => bar(share),
                None => "no documents".to_owned(),
            };
            let space = " ".repeat(BAR.saturating_sub(bar.width()));
            let counts = if point.documents == 0 {
                String::new()
            } else {
                format!(
                    "{}/{} documents · {}/{} places name it · {} done · adopted {}/{}",
                    point.naming_documents,
                    point.documents,
                    point.naming_regions,
                    point.regions,
                    point.done_regions,
                    point.adopted,
                    point.known
                )
            };
            out.push_str(&format!("  {} ", point.year));
            paint(&bar, Ink::Match, page.colour, &mut out);
            out.push_str(&space);
            paint(&format!(" {counts}"), Ink::Faint, page.colour, &mut out);
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out.push('\n');
    }
    write_faint(
        "bars are the share of the year's documents that name the term",
        page,
        &mut out,
    );
    write_basis(&trend.basis, page, &mut out);
    out
}

fn bar(share: f64) -> String {
    let eighths = (share * BAR as f64 * 8.0).round() as usize;
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    format!("{}{part}", "█".repeat(eighths / 8))
}

pub(super) fn write_basis(basis: &Basis, page: &Page, out: &mut String) {
    write_faint(&basis_sentence(basis), page, out);
}

pub(super) fn write_faint(line: &str, page: &Page, out: &mut String) {
    write_at(0, line, page, out);
}

fn write_at(column: usize, line: &str, page: &Page, out: &mut String) {
    let margin = Margin {
        first: column,
        rest: column + 2,
    };
    fill(&[Span::new(Ink::Faint, line)], margin, page, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Metadata;
    use crate::search::{Hit, Section, Tier};
    use crate::study::{Rollup, coverage, evidence, timeline, trend};

    fn hit(id: &str, region: &[&str], year: i32, role: &str, text: &str) -> Hit {
        Hit {
            id: id.into(),
            score: 1.0,
            tier: Tier::Exact,
            document: Metadata {
                id: id[..1].into(),
                title: format!("{year}年报告"),
                region: region.iter().map(|&name| name.to_owned()).collect(),
                year: Some(year),
                signed: Some(format!("{}-01-06", year + 1)),
                path: format!("{}.txt", &id[..1]),
                ..Metadata::default()
            },
            section: Section {
                path: vec![],
                role: Some(role.into()),
            },
            text: text.into(),
            ..Hit::default()
        }
    }

    fn hits() -> [Hit; 3] {
        [
            hit(
                "a/2",
                &["安徽省", "合肥市"],
                2021,
                "measures",
                "推行免申即享。",
            ),
            hit("b/5", &["安徽省", "合肥市"], 2020, "plan", "谋划免申即享。"),
            hit(
                "c/3",
                &["广东省", "潮州市"],
                2021,
                "problems",
                "尚未推行免申即享。",
            ),
        ]
    }

    fn documents() -> Vec<Metadata> {
        hits().into_iter().map(|hit| hit.document).collect()
    }

    #[test]
    fn a_timeline_shows_the_first_what_was_before_and_what_it_rests_on() {
        let labels = ["免申即享".to_owned()];
        let found = timeline(
            &labels,
            evidence(&hits(), &labels),
            &documents(),
            Rollup::Own,
        );
        assert_eq!(
            timeline_text(&found, &Page::plain()),
            "\
1. 2021 安徽省合肥市 · covered 2020–2021 (2 documents)
  已做 2021 推行免申即享。
    a/2 · 2021年报告 · by its reported year; signed 2022-01-06
    in the section on measures; 推行 · “免申即享” · a.txt
  计划 2020 谋划免申即享。
    b/5 · 2020年报告 · by its reported year; signed 2021-01-06
    in the section on plans · “免申即享” · b.txt

– not shown as done 广东省潮州市 · covered 2021 (1 document)
  否定 2021 尚未推行免申即享。
    c/3 · 2021年报告 · by its reported year; signed 2022-01-06
    尚未 stands before it · “免申即享” · c.txt

1 of 2 places that name it show it as done; 0 places have documents and never name it, which does not say that they are without it
first means first in this corpus; ≤ marks a place of which it has nothing older
rests on 3 documents of 2 places of 2020–2021
"
        );
    }

    #[test]
    fn coverage_is_a_matrix_with_a_legend() {
        assert_eq!(
            coverage_text(&coverage(&documents(), Rollup::Own), &Page::plain()),
            "             2020 2021
安徽省合肥市    1    1
广东省潮州市    ·    1

a number counts documents of the place and year; · is no document: nothing is known
rests on 3 documents of 2 places of 2020–2021
"
        );
    }

    #[test]
    fn a_trend_has_a_bar_and_its_denominators_for_each_year() {
        let labels = ["免申即享".to_owned()];
        let mut documents = documents();
        documents[2].year = Some(2023);
        let pieces = evidence(&hits()[..2], &labels);
        let found = trend(vec![("免申即享".into(), pieces)], &documents, Rollup::Own);
        assert_eq!(
            trend_text(&found, &Page::plain()),
            "\
免申即享
  2020 ████████████████████████ 1/1 documents · 1/1 places name it · 0 done · adopted 0/1
  2021 ████████████████████████ 1/1 documents · 1/1 places name it · 1 done · adopted 1/1
  2022 no documents
  2023                          0/1 documents · 0/1 places name it · 0 done · adopted 1/2

bars are the share of the year's documents that name the term
rests on 3 documents of 2 places of 2020–2023
"
        );
    }
}
