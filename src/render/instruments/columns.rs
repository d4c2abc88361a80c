//! Columns of a table for people: aligned by display width, numbers to the right.

use unicode_width::UnicodeWidthStr;

use crate::render::clean;
use crate::render::ink::{Ink, paint};
use crate::render::page::Page;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) ink: Ink,
    pub(super) side: Side,
}

/// To which side the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A column of words.
pub(super) fn words(name: &'static str, ink: Ink) -> Column {
    Column {
        name,
        ink,
        side: Side::Left,
    }
}

/// A column of numbers.
pub(super) fn numbers(name: &'static str) -> Column {
    Column {
        name,
        ink: Ink::Plain,
        side: Side::Right,
    }
}

/// Writes the rows under their column names. The last column is cut where the page ends.
pub(super) fn write_columns(
    columns: &[Column],
    rows: &[Vec<String>],
    page: &Page,
    out: &mut String,
) {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| clean(cell)).collect())
        .collect();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let cells = rows.iter().map(|row| row[place].width());
            cells.chain([column.name.width()]).max().unwrap_or(0)
        })
        .collect();
    let names: Vec<String> = columns
        .iter()
        .map(|column| column.name.to_owned())
        .collect();
    write_row(&names, columns, &widths, Some(Ink::Faint), page, out);
    for row in &rows {
        write_row(row, columns, &widths, None, page, out);
    }
}

fn write_row(
    row: &[String],
    columns: &[Column],
    widths: &[usize],
    ink: Option<Ink>,
    page: &Page,
    out: &mut String,
) {
    let mut used = 0;
    for (place, (cell, column)) in row.iter().zip(columns).enumerate() {
        let is_last = place + 1 == columns.len();
        if place > 0 {
            out.push_str("  ");
            used += 2;
        }
        let cell = match page.width {
            Some(width) if is_last => cut(cell, width.saturating_sub(used)),
            _ => cell.clone(),
        };
        let padding = " ".repeat(widths[place].saturating_sub(cell.width()));
        if column.side == Side::Right {
            out.push_str(&padding);
        }
        paint(&cell, ink.unwrap_or(column.ink), page.colour, out);
        if column.side == Side::Left && !is_last {
            out.push_str(&padding);
        }
        used += widths[place];
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

/// As much of a text as fits into so many columns, with … where it was cut.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        let mut longer = kept.clone();
        longer.push(character);
        if longer.width() + 1 > width {
            break;
        }
        kept = longer;
    }
    kept + "…"
}

/// A text with spaces before it up to a width.
pub(super) fn pushed_right(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.width())) + text
}

/// A text with spaces behind it up to a width.
pub(super) fn pushed_left(text: &str, width: usize) -> String {
    text.to_owned() + &" ".repeat(width.saturating_sub(text.width()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_take_two_columns_and_numbers_stand_to_the_right() {
        let columns = [
            words("word", Ink::Title),
            numbers("count"),
            words("", Ink::Plain),
        ];
        let rows = [
            vec!["改革".into(), "7".into(), "全面推行改革".into()],
            vec!["app".into(), "1455".into(), String::new()],
        ];
        let mut out = String::new();
        let page = Page {
            width: Some(21),
            ..Page::plain()
        };
        write_columns(&columns, &rows, &page, &mut out);
        assert_eq!(out, "word  count\n改革      7  全面推…\napp    1455\n");
    }

    #[test]
    fn text_is_cut_at_the_width() {
        assert_eq!(cut("改革", 4), "改革");
        assert_eq!(cut("改革方案", 5), "改革…");
        assert_eq!(pushed_right("改", 4), "  改");
        assert_eq!(pushed_left("改", 4), "改  ");
    }
}
