//! Markdown to raw lines: its marks taken off, its headings and front matter kept as hints.

use super::layout::{Hint, RawLine};
use super::plain;
use crate::document::Given;

/// The lines of a Markdown text, and what its front matter states.
pub(super) fn read(text: &str) -> (Given, Vec<RawLine>) {
    let all = plain::lines(text);
    let (given, body) = front_matter(all);
    let mut lines: Vec<RawLine> = Vec::with_capacity(body.len());
    let mut fenced = false;
    for line in body {
        if line.text.starts_with("```") || line.text.starts_with("~~~") {
            fenced = !fenced;
        } else if fenced {
            lines.push(line);
        } else if is_underline(&line.text) {
            promote(&mut lines, &line);
        } else if let Some(line) = plain_line(&line) {
            lines.push(line);
        }
    }
    if let Some(first) = lines
        .first_mut()
        .filter(|line| line.hint == Hint::Heading(1))
    {
        first.hint = Hint::Title;
    }
    (given, lines)
}

/// Splits off `---` … `---` at the head, a list of `key: value`.
fn front_matter(lines: Vec<RawLine>) -> (Given, Vec<RawLine>) {
    let mut given = Given::default();
    if lines.first().is_none_or(|line| line.text != "---") {
        return (given, lines);
    }
    let Some(close) = lines.iter().skip(1).position(|line| line.text == "---") else {
        return (given, lines);
    };
    for line in &lines[1..=close] {
        let Some((key, value)) = line.text.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        let field = match key.trim() {
            "title" => &mut given.title,
            "id" => &mut given.source_id,
            "region" => &mut given.region,
            "issuer" | "author" => &mut given.issuer,
            "published" | "date" => &mut given.published,
            "signed" => &mut given.signed,
            "number" => &mut given.number,
            "status" => &mut given.status,
            "kind" => &mut given.kind,
            "url" => &mut given.url,
            "year" => {
                given.year = value.parse().ok();
                continue;
            }
            _ => continue,
        };
        *field = Some(value).filter(|value| !value.is_empty());
    }
    (given, lines.into_iter().skip(close + 2).collect())
}

/// `====` or `----` under a line of text, or a rule.
fn is_underline(text: &str) -> bool {
    text.len() >= 3
        && ['=', '-', '*', '_']
            .iter()
            .any(|mark| text.chars().all(|c| c == *mark))
}

/// Makes the line above an underline a heading.
fn promote(lines: &mut [RawLine], underline: &RawLine) {
    let level = if underline.text.starts_with('=') {
        1
    } else {
        2
    };
    if let Some(last) = lines.last_mut() {
        let sets_heading = underline.text.starts_with(['=', '-']);
        if sets_heading && last.number + 1 == underline.number && last.hint == Hint::None {
            last.hint = Hint::Heading(level);
        }
    }
}

/// One line without its marks; `None` for what shows nothing.
fn plain_line(line: &RawLine) -> Option<RawLine> {
    let number = line.number;
    let text = line.text.trim_start_matches(['>', ' ']);
    let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
        let heading = inline(text[hashes..].trim_matches(['#', ' ']));
        let hint = Hint::Heading(u8::try_from(hashes).unwrap_or(6));
        return (!heading.is_empty()).then_some(RawLine {
            number,
            text: heading,
            hint,
        });
    }
    if text.starts_with('|') {
        return table_row(text).map(|text| RawLine {
            number,
            text,
            hint: Hint::Row,
        });
    }
    let item = ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| text.strip_prefix(mark));
    let text = inline(item.unwrap_or(text).trim());
    (!text.is_empty()).then(|| RawLine::new(number, text))
}

/// The cells of a table row; `None` for the rule under its head.
fn table_row(text: &str) -> Option<String> {
    let cells: Vec<_> = text
        .trim_matches('|')
        .split('|')
        .map(|cell| inline(cell.trim()))
        .collect();
    let is_rule = cells
        .iter()
        .all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' ')));
    (!is_rule).then(|| cells.join("　"))
}

/// Text without emphasis, code marks, links and images.
fn inline(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`', '[', '!', '\\']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((label, tail)) = link(rest) {
            plain.push_str(label);
            rest = tail;
        } else if rest.starts_with("**") || rest.starts_with("``") {
            rest = &rest[2..];
        } else {
            let mark = &rest[..1];
            let drops = match mark {
                "*" => rest[1..].contains('*') || plain_has_open(text, rest),
                "`" => text.matches('`').count() >= 2,
                "\\" => rest[1..].starts_with(|c: char| c.is_ascii_punctuation()),
                _ => false,
            };
            if !drops {
                plain.push_str(mark);
            }
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// Whether a single `*` closes one that stands before it.
fn plain_has_open(text: &str, rest: &str) -> bool {
    text[..text.len() - rest.len()].contains('*')
}

/// `[label](target)` or `![label](target)` at the head: the label and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('!').unwrap_or(text).strip_prefix('[')?;
    let (label, tail) = inner.split_once("](")?;
    let (_, tail) = tail.split_once(')')?;
    (!label.contains('[')).then_some((label, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_headings_kept() {
        let text = "---\ntitle: 某报告\nyear: 2021\n---\n# 某市报告\n## 一、成效\n\n**数字政府**见[链接](http://a)。\n\
                    - 第一项\n| 项 | 数 |\n|---|---|\n| 办件 | 3 |\n";
        let (given, lines) = read(text);
        assert_eq!(
            (given.title.as_deref(), given.year),
            (Some("某报告"), Some(2021))
        );
        let lines: Vec<_> = lines
            .iter()
            .map(|line| (line.text.as_str(), line.hint))
            .collect();
        assert_eq!(
            lines,
            [
                ("某市报告", Hint::Title),
                ("一、成效", Hint::Heading(2)),
                ("数字政府见链接。", Hint::None),
                ("第一项", Hint::None),
                ("项　数", Hint::Row),
                ("办件　3", Hint::Row),
            ]
        );
    }
}
