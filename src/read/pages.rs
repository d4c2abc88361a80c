//! Pieces of text at places on pages to raw lines: lines put together, paragraphs joined over line and
//! page ends, running headers and page numbers told apart. For formats that only know places.

use std::collections::HashMap;

use super::layout::{self, Hint, RawLine};
use super::plain;
use crate::text::is_han;

/// Marks after which a row is at its end.
const STOPS: [char; 8] = ['。', '！', '？', '：', '；', ':', ';', '!'];

/// One piece of text on a page. Lengths are in the units of its page; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// The left edge.
    pub left: f32,
    /// The right edge.
    pub right: f32,
    /// The line that the text stands on.
    pub base: f32,
    /// The height of the characters.
    pub size: f32,
    /// The text.
    pub text: String,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    left: f32,
    right: f32,
    base: f32,
    size: f32,
    text: String,
    is_running: bool,
}

/// The raw lines of a document's pages.
pub(super) fn lines(pages: Vec<Vec<Piece>>) -> Vec<RawLine> {
    let mut pages: Vec<Vec<Row>> = pages.into_iter().map(rows).collect();
    mark_running(&mut pages);
    let frame = Frame::of(&pages);
    let mut lines: Vec<RawLine> = Vec::new();
    let mut last: Option<Row> = None;
    for row in pages.into_iter().flatten() {
        if row.is_running {
            push(&mut lines, row.text, Hint::Furniture);
            continue;
        }
        let joins = last.as_ref().is_some_and(|last| frame.joins(last, &row));
        let open = lines
            .iter_mut()
            .rev()
            .find(|line| line.hint != Hint::Furniture);
        match open {
            Some(open) if joins => {
                if needs_space(&open.text, &row.text) {
                    open.text.push(' ');
                }
                open.text.push_str(&row.text);
            }
            _ => {
                let hint = if frame.is_centered(&row) {
                    Hint::Centered
                } else {
                    Hint::None
                };
                push(&mut lines, row.text.clone(), hint);
            }
        }
        last = Some(row);
    }
    let mut cut = Vec::with_capacity(lines.len());
    for line in lines {
        plain::push(&mut cut, line);
    }
    cut
}

fn push(lines: &mut Vec<RawLine>, text: String, hint: Hint) {
    let number = lines.len() + 1;
    lines.push(RawLine { number, text, hint });
}

/// The pieces of a page put together into rows, from top to bottom.
fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.retain(|piece| {
        !piece.text.trim().is_empty() && piece.size > 0.0 && piece.base.is_finite()
    });
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match groups.last_mut() {
            Some(group)
                if (piece.base - group[0].base).abs() <= 0.45 * group[0].size.max(piece.size) =>
            {
                group.push(piece);
            }
            _ => groups.push(vec![piece]),
        }
    }
    groups.into_iter().filter_map(row).collect()
}

/// One row of its pieces; a wide gap between them is a space.
fn row(mut pieces: Vec<Piece>) -> Option<Row> {
    pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut row: Option<Row> = None;
    for piece in pieces {
        let Some(row) = &mut row else {
            row = Some(Row {
                left: piece.left,
                right: piece.right,
                base: piece.base,
                size: piece.size,
                text: piece.text,
                is_running: false,
            });
            continue;
        };
        let gap = piece.left - row.right;
        if gap > 0.9 * piece.size {
            row.text.push('\u{3000}');
        } else if needs_space(&row.text, &piece.text) && gap > 0.15 * piece.size {
            row.text.push(' ');
        }
        row.text.push_str(&piece.text);
        row.right = row.right.max(piece.right);
        row.size = row.size.max(piece.size);
    }
    let mut row = row?;
    row.text = tidy(&plain::clean(&row.text));
    (!row.text.is_empty()).then_some(row)
}

/// Text without the spaces that readers put between the pieces of Han text.
fn tidy(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let wide = |c: Option<&char>| {
        c.is_some_and(|c| {
            is_han(*c)
                || matches!(*c, '\u{3001}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
        })
    };
    let mut tidy = String::with_capacity(text.len());
    for (place, c) in chars.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| chars.get(before));
        let glued = *c == ' ' && (wide(before) || wide(chars.get(place + 1)));
        if !glued {
            tidy.push(*c);
        }
    }
    tidy
}

/// Whether words of letters or digits meet.
fn needs_space(before: &str, after: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',')
        && after.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Marks page numbers, and first and last rows that most pages repeat.
fn mark_running(pages: &mut [Vec<Row>]) {
    let key = |row: &Row| -> String {
        row.text
            .chars()
            .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
            .collect()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let edges = [page.first(), page.last().filter(|_| page.len() > 1)];
        for row in edges.into_iter().flatten() {
            *counts.entry(key(row)).or_default() += 1;
        }
    }
    let many = (pages.len() / 2).max(3);
    for page in pages.iter_mut() {
        let last = page.len().saturating_sub(1);
        for (place, row) in page.iter_mut().enumerate() {
            let at_edge = place == 0 || place == last;
            row.is_running = at_edge
                && (is_page_number(&row.text)
                    || counts.get(&key(row)).is_some_and(|count| *count >= many));
        }
    }
}

/// `3`, `- 3 -`, `— 3 —`, `第3页`, `第 3 页 共 9 页`, `3/9`
fn is_page_number(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
        && text.chars().count() <= 16
        && text.chars().all(|c| {
            c.is_ascii_digit()
                || ('０'..='９').contains(&c)
                || c.is_whitespace()
                || "-—–－·第页共/|".contains(c)
        })
}

/// The edges that most rows of a document keep to, the size of most of its characters, and how far
/// most rows stand below the ones before them.
#[derive(Debug, Clone, Copy)]
struct Frame {
    left: f32,
    right: f32,
    size: f32,
    step: f32,
    /// Whether lines are broken well before the edge, between words.
    is_ragged: bool,
}

impl Frame {
    fn of(pages: &[Vec<Row>]) -> Self {
        let rows = || pages.iter().flatten().filter(|row| !row.is_running);
        let length = |row: &Row| row.text.chars().count();
        let size = most(rows().map(|row| (row.size, length(row))), 1.0).unwrap_or(1.0);
        let of_size = || rows().filter(move |row| (row.size - size).abs() <= 0.15 * size);
        let right = most(of_size().map(|row| (row.right, length(row))), size);
        // First lines are indented.
        let left = least_kept(of_size().map(|row| row.left).collect(), 0.6 * size, 10);
        let steps = pages.iter().flat_map(|page| {
            let steps = page.windows(2).map(|rows| rows[1].base - rows[0].base);
            steps.filter(|step| *step > 0.9 * size)
        });
        // Rows of one paragraph stand closest; between paragraphs there may be more room.
        let step = least_kept(steps.collect(), 0.1 * size, 10);
        let mut frame = Self {
            left: left.unwrap_or(0.0),
            right: right.unwrap_or(f32::MAX),
            size,
            step: step.unwrap_or(f32::MAX),
            is_ragged: false,
        };
        let open = || of_size().filter(|row| !row.text.ends_with(STOPS));
        let full = open().filter(|row| frame.is_full(row)).count();
        let short = open().filter(|row| frame.is_long(row)).count() - full;
        // Titles and the like end early too, but are few.
        frame.is_ragged = short > full.max(3) && short * 3 > of_size().count();
        frame
    }

    /// Whether a row reaches the edge.
    fn is_full(&self, row: &Row) -> bool {
        self.right - row.right <= 1.6 * self.size
    }

    /// Whether a row ends well beyond the middle.
    fn is_long(&self, row: &Row) -> bool {
        self.right - row.right <= (0.4 * (self.right - self.left)).max(1.6 * self.size)
    }

    /// Whether a row goes on with the paragraph of the row before it.
    fn joins(&self, last: &Row, row: &Row) -> bool {
        let same_size = (last.size - row.size).abs() <= 0.15 * self.size;
        if self.is_centered(last) && self.is_centered(row) {
            // A title broken into lines; the body is never that large.
            return same_size && row.size > 1.15 * self.size;
        }
        let breaks_off = last
            .text
            .ends_with(|c: char| "，、,".contains(c) || c.is_ascii_digit());
        let goes_on =
            self.is_long(last) && !last.text.ends_with(STOPS) && (self.is_ragged || breaks_off);
        let starts_at_edge = row.left <= self.left + 0.8 * self.size;
        // Room between two rows of a page ends a paragraph.
        let apart = row.base - last.base > 1.4 * self.step;
        same_size
            && (self.is_full(last) || goes_on)
            && starts_at_edge
            && !apart
            && !layout::has_marker(&row.text)
    }

    /// Whether a row stands in the middle, clear of both edges.
    fn is_centered(&self, row: &Row) -> bool {
        let (before, after) = (row.left - self.left, self.right - row.right);
        let clear = before > 2.6 * self.size && after > 2.6 * self.size;
        let large = row.size > 1.15 * self.size;
        (clear || large) && (before - after).abs() <= 2.0 * self.size.max(row.size)
    }
}

/// The least value that at least one in `share` keeps to, within `room`.
fn least_kept(mut values: Vec<f32>, room: f32, share: usize) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let keeping = |kept: f32| {
        let near = values.iter().filter(|value| (*value - kept).abs() <= room);
        near.count()
    };
    let is_kept = |value: &f32| keeping(*value) * share >= values.len();
    values.iter().copied().find(is_kept)
}

/// The mean of the values that most weight stands on, values within `unit` taken as one.
fn most(values: impl Iterator<Item = (f32, usize)>, unit: f32) -> Option<f32> {
    let mut sums: HashMap<i64, (usize, f32)> = HashMap::new();
    for (value, weight) in values.filter(|(value, _)| value.is_finite()) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "places on a page are small"
        )]
        let key = (value / unit).round() as i64;
        let sum = sums.entry(key).or_default();
        sum.0 += weight;
        sum.1 += value * as_factor(weight);
    }
    let most = sums.into_iter().max_by_key(|&(key, sum)| (sum.0, key));
    most.map(|(_, (weight, sum))| sum / as_factor(weight))
}

fn as_factor(weight: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "pages hold few characters")]
    let factor = weight as f32;
    factor
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of a page of rows, each at an edge of 20, on a base line.
    fn texts(rows: &[(f32, &str)]) -> Vec<String> {
        let pieces = rows
            .iter()
            .map(|(base, text)| piece(20.0, *base, 10.0, text));
        let lines = lines(vec![pieces.collect()]).into_iter();
        lines.map(|line| line.text).collect()
    }

    #[test]
    fn room_between_two_rows_ends_a_paragraph() {
        let rows = [
            (20.0, "某局推进政务服务数字化转型工作情况报告"),
            (50.0, "一年来坚持改革创新有序推进政务服务数字"),
            (65.0, "化转型并全面提升办事效能取得明显的成效"),
            (80.0, "现予报告。"),
        ];
        let expected = [
            "某局推进政务服务数字化转型工作情况报告",
            "一年来坚持改革创新有序推进政务服务数字化转型并全面提升办事效能取得明显的成效现予报告。",
        ];
        assert_eq!(texts(&rows), expected);
    }

    #[test]
    fn a_short_row_among_full_ones_ends_a_paragraph() {
        let rows = [
            (20.0, "某市行政审批服务局年度工作报告"),
            (35.0, "来源：某局"),
            (50.0, "一年来坚持改革创新有序推进政务服务数字"),
            (65.0, "化转型并全面提升办事效能取得明显的成效"),
            (80.0, "现予报告。"),
        ];
        let expected = [
            "某市行政审批服务局年度工作报告",
            "来源：某局",
            "一年来坚持改革创新有序推进政务服务数字化转型并全面提升办事效能取得明显的成效现予报告。",
        ];
        assert_eq!(texts(&rows), expected);
    }

    fn piece(left: f32, base: f32, size: f32, text: &str) -> Piece {
        let count = u16::try_from(text.chars().count()).unwrap();
        Piece {
            left,
            right: left + f32::from(count) * size,
            base,
            size,
            text: text.to_owned(),
        }
    }

    #[test]
    fn paragraphs_are_joined_over_lines_and_pages_and_running_rows_left_out() {
        let page = |number: u32, rows: &[(f32, &str)]| {
            let mut pieces: Vec<Piece> = rows
                .iter()
                .zip(1_u16..)
                .map(|((left, text), place)| {
                    piece(*left, 40.0 + f32::from(place) * 20.0, 10.0, text)
                })
                .collect();
            pieces.push(piece(140.0, 700.0, 9.0, &format!("— {number} —")));
            pieces
        };
        let mut first = page(
            1,
            &[
                (40.0, "某局坚持改革创新有序推进政务"),
                (20.0, "服务数字化转型并全面提升办事效能"),
                (20.0, "取得成效。"),
                (40.0, "一是建设平台推进数据共享互通"),
            ],
        );
        first.push(piece(60.0, 20.0, 18.0, "某局报告"));
        let second = page(2, &[(20.0, "减少材料。")]);
        let lines: Vec<_> = lines(vec![first, second])
            .into_iter()
            .map(|line| (line.text, line.hint))
            .collect();
        assert_eq!(
            lines,
            [
                ("某局报告".into(), Hint::Centered),
                (
                    "某局坚持改革创新有序推进政务服务数字化转型并全面提升办事效能取得成效。".into(),
                    Hint::None
                ),
                ("一是建设平台推进数据共享互通减少材料。".into(), Hint::None),
                ("— 1 —".into(), Hint::Furniture),
                ("— 2 —".into(), Hint::Furniture),
            ]
        );
    }
}
