//! Decoded text to raw lines: every kind of line end, no control characters, no outer white space.

use super::layout::RawLine;

/// A line longer than this many characters is cut after a 。, so that no unit grows without bound.
const LONGEST: usize = 20_000;

/// The lines of a text with something on them, numbered from 1.
pub(super) fn lines(text: &str) -> Vec<RawLine> {
    let mut lines = Vec::new();
    let mut number = 0;
    for row in rows(text) {
        number += 1;
        let clean = clean(row);
        if !clean.is_empty() {
            push(&mut lines, RawLine::new(number, clean));
        }
    }
    lines
}

/// A line without control characters, marks and outer white space; tabs become spaces.
pub(super) fn clean(line: &str) -> String {
    let is_odd = |c: char| c == '\t' || is_invisible(c);
    let line = line.trim_matches(is_outer);
    if !line.contains(is_odd) {
        return line.to_owned();
    }
    line.chars()
        .filter_map(|c| match c {
            '\t' => Some(' '),
            c if is_invisible(c) => None,
            c => Some(c),
        })
        .collect()
}

/// White space of any width, and what does not show.
fn is_outer(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Control and format characters that carry no text.
fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{00ad}' | '\u{fff9}'..='\u{fffc}')
}

/// Rows between line ends: `\n`, `\r\n`, `\r`, form feed, U+0085, U+2028, U+2029.
fn rows(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['\n', '\r', '\x0c', '\u{85}', '\u{2028}', '\u{2029}'])
        .scan(false, |after_return, row| {
            let tail_of_pair = *after_return && row == "\n";
            *after_return = row.ends_with('\r');
            Some((!tail_of_pair).then_some(row))
        })
        .flatten()
}

/// Adds a line, cut into several if it is too long.
pub(super) fn push(lines: &mut Vec<RawLine>, line: RawLine) {
    if line.text.len() <= LONGEST {
        lines.push(line);
        return;
    }
    let mut rest = line.text.as_str();
    while let Some((limit, _)) = rest.char_indices().nth(LONGEST) {
        let at = rest[..limit]
            .rfind(['。', '！', '；'])
            .map_or(limit, |stop| stop + '。'.len_utf8());
        let (piece, tail) = rest.split_at(at);
        lines.push(RawLine {
            text: piece.trim_matches(is_outer).to_owned(),
            ..line
        });
        rest = tail.trim_start_matches(is_outer);
    }
    if !rest.is_empty() {
        lines.push(RawLine {
            text: rest.to_owned(),
            ..line
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String)> {
        lines(text)
            .into_iter()
            .map(|line| (line.number, line.text))
            .collect()
    }

    #[test]
    fn every_line_end_counts_once() {
        let expected = [(1, "甲"), (2, "乙"), (4, "丙"), (5, "丁")].map(|(n, t)| (n, t.into()));
        assert_eq!(read("甲\r\n乙\r\n\r\n丙\n丁"), expected);
        assert_eq!(read("甲\r乙\r\r丙\r丁\r"), expected);
    }

    #[test]
    fn outer_space_of_any_width_nul_bytes_and_marks_are_dropped() {
        assert_eq!(
            read("\u{feff}\u{3000}\u{3000}甲 乙\u{a0}\0\n\0\n"),
            [(1, "甲 乙".into())]
        );
    }

    #[test]
    fn a_huge_line_is_cut_after_full_stops() {
        let text = "数字政府。".repeat(10_000);
        let pieces = read(&text);
        assert!(pieces.iter().all(|(number, piece)| {
            *number == 1 && piece.chars().count() <= LONGEST && piece.ends_with('。')
        }));
        assert_eq!(
            pieces
                .into_iter()
                .map(|(_, piece)| piece)
                .collect::<String>(),
            text
        );
    }
}
