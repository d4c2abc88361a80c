//! Texts that say nearly the same, side by side, with what was changed.

use unicode_width::UnicodeWidthStr;

use super::{place_and_year, write_basis, write_line};
use crate::render::ink::{Ink, Span};
use crate::render::page::{Colour, Page};
use crate::render::text::counted;
use crate::render::wrap::{Margin, fill};
use crate::study::reuse::{Direction, Echo, Piece, Similar};
use crate::study::{Basis, Quote};

/// From this width on, two texts stand in two columns.
const TWO_COLUMNS: usize = 90;

/// What says nearly the same as the texts asked for.
pub fn similar_text(rows: &[Similar], found: usize, basis: &Basis, page: &Page) -> String {
    let mut out = String::new();
    for row in rows {
        write_pair(
            &row.original,
            &row.found,
            row.direction,
            row.documents,
            &row.echo,
            page,
            &mut out,
        );
    }
    let line = format!("{} shown of {}", rows.len(), counted(found, "paragraph"));
    write_line(Ink::Faint, &line, 0, page, &mut out);
    write_basis(basis, page, &mut out);
    out
}

/// The edges of a corpus: each as (from, to, direction, documents, echo).
pub fn edges_text(rows: &[Similar], found: usize, basis: &Basis, page: &Page) -> String {
    let mut out = String::new();
    for row in rows {
        write_pair(
            &row.original,
            &row.found,
            row.direction,
            row.documents,
            &row.echo,
            page,
            &mut out,
        );
    }
    let line = format!(
        "{} shown of {}; a shared sentence does not say who took it from whom: both may follow a third",
        rows.len(),
        counted(found, "edge")
    );
    write_line(Ink::Faint, &line, 0, page, &mut out);
    write_basis(basis, page, &mut out);
    out
}

fn write_pair(
    first: &Quote,
    second: &Quote,
    direction: Direction,
    documents: usize,
    echo: &Echo,
    page: &Page,
    out: &mut String,
) {
    let arrow = match direction {
        Direction::FirstToSecond => "→",
        Direction::SecondToFirst => "←",
        Direction::SameDate | Direction::Unknown => "–",
    };
    let spans = [
        Span::new(Ink::Title, &side(first)),
        Span::new(Ink::Faint, &format!(" {arrow} ")),
        Span::new(Ink::Title, &side(second)),
        Span::new(
            Ink::Faint,
            &format!(
                " · score {:.0} · {:.0}% the same{}{}",
                echo.score,
                100.0 * echo.identity,
                dated(direction),
                crowd(documents)
            ),
        ),
    ];
    fill(&spans, Margin { first: 0, rest: 2 }, page, out);
    for span in &echo.spans {
        write_span(&span.pieces, page, out);
    }
    let ids = [
        Span::new(
            Ink::Id,
            if first.id.is_empty() {
                "(given)"
            } else {
                &first.id
            },
        ),
        Span::new(Ink::Faint, " · "),
        Span::new(Ink::Id, &second.id),
    ];
    fill(&ids, Margin::all(2), page, out);
    out.push('\n');
}

fn side(quote: &Quote) -> String {
    if quote.id.is_empty() {
        "the text given".to_owned()
    } else {
        place_and_year(&quote.document)
    }
}

fn dated(direction: Direction) -> &'static str {
    match direction {
        Direction::FirstToSecond | Direction::SecondToFirst => "",
        Direction::SameDate => " · of the same date",
        Direction::Unknown => " · which was first is not known",
    }
}

fn crowd(documents: usize) -> String {
    match documents {
        0..=2 => String::new(),
        many => format!(" · {many} documents say it"),
    }
}

/// Both texts of a span, in two columns where the page is wide enough; what differs is marked.
pub(super) fn write_span(pieces: &[Piece], page: &Page, out: &mut String) {
    let sides = [
        marked(
            pieces
                .iter()
                .map(|piece| (piece.same, piece.first.as_str())),
            page,
        ),
        marked(
            pieces
                .iter()
                .map(|piece| (piece.same, piece.second.as_str())),
            page,
        ),
    ];
    match page.width.filter(|width| *width >= TWO_COLUMNS) {
        Some(width) => write_two_columns(&sides, width, page, out),
        None => {
            for spans in &sides {
                fill(spans, Margin { first: 2, rest: 4 }, page, out);
            }
        }
    }
}

fn marked<'p>(pieces: impl Iterator<Item = (bool, &'p str)>, page: &Page) -> Vec<Span> {
    pieces
        .filter(|(_, text)| !text.is_empty())
        .map(|(same, text)| match (same, page.colour) {
            (true, _) => Span::new(Ink::Plain, text),
            (false, Colour::Ansi) => Span::new(Ink::Match, text),
            (false, Colour::Plain) => Span::new(Ink::Match, &format!("【{text}】")),
        })
        .collect()
}

fn write_two_columns(sides: &[Vec<Span>; 2], width: usize, page: &Page, out: &mut String) {
    let column = (width - 6) / 2;
    let narrow = Page {
        width: Some(column),
        ..*page
    };
    let lines = |spans: &[Span]| -> Vec<String> {
        let mut text = String::new();
        fill(spans, Margin::all(0), &narrow, &mut text);
        text.lines().map(str::to_owned).collect()
    };
    let (left, right) = (lines(&sides[0]), lines(&sides[1]));
    for at in 0..left.len().max(right.len()) {
        let first = left.get(at).map(String::as_str).unwrap_or_default();
        let second = right.get(at).map(String::as_str).unwrap_or_default();
        let padding = " ".repeat(column.saturating_sub(visible_width(first)));
        let line = format!("  {first}{padding}  {second}");
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// The columns that a line takes, its colours left out.
fn visible_width(line: &str) -> usize {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once('\u{1b}') {
        shown.push_str(before);
        rest = escape.split_once('m').map_or("", |(_, after)| after);
    }
    shown.push_str(rest);
    shown.width()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::reuse::difference;

    fn told(width: Option<usize>) -> String {
        let pieces = difference(
            "通过数据共享，让企业和群众享受政策",
            "通过數據共享，让企業和個人享受政策",
        )
        .pieces;
        let page = Page {
            width,
            ..Page::plain()
        };
        let mut out = String::new();
        write_span(&pieces, &page, &mut out);
        out
    }

    #[test]
    fn what_differs_is_marked_in_both_texts() {
        assert_eq!(
            told(None),
            "  通过数据共享，让企业和【群众】享受政策\n  通过數據共享，让企業和【個人】享受政策\n"
        );
    }

    #[test]
    fn a_wide_page_has_two_columns() {
        assert_eq!(
            told(Some(90)),
            "  通过数据共享，让企业和【群众】享受政策      通过數據共享，让企業和【個人】享受政策\n"
        );
        assert_eq!(visible_width("\u{1b}[1m\u{1b}[31m改革\u{1b}[0m!"), 5);
    }
}
