//! The final lines: every heading with its level, every line with its path.
//!
//! Levels are dense: of the families that a document uses as headings, the outermost is 1.

use super::marker::Family;
use super::{Item, questions, runs, unnumbered};
use crate::document::{Line, LineKind};

/// What a line turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// No heading: text, or a line marked before.
    Text,
    /// The first bytes are the heading, the rest from the second offset on is text.
    Heading { rank: u8, end: usize, rest: usize },
    /// An article: its label ends here and is a step of the path, the line stays whole.
    Article { label_end: usize },
}

/// The final lines.
pub(super) fn lines(items: &[Item]) -> Vec<Line> {
    let parts = parts(items);
    let levels = levels(&parts);
    let mut path: Vec<(u8, String)> = Vec::new();
    let mut lines = Vec::with_capacity(items.len() + items.len() / 4);
    for (item, part) in items.iter().zip(&parts) {
        push(&mut lines, &mut path, &levels, item, part);
    }
    lines
}

fn push(
    lines: &mut Vec<Line>,
    path: &mut Vec<(u8, String)>,
    levels: &[u8],
    item: &Item,
    part: &Part,
) {
    let line = |kind, text: &str, path: &[(u8, String)]| Line {
        number: item.number,
        kind,
        level: None,
        text: text.to_owned(),
        lead: String::new(),
        path: path.iter().map(|(_, text)| text.clone()).collect(),
    };
    match *part {
        Part::Heading { rank, end, rest } => {
            path.retain(|(above, _)| *above < rank);
            let heading = item.text[..end].trim_end().to_owned();
            let level = levels.iter().position(|used| *used == rank).unwrap_or(0) + 1;
            lines.push(Line {
                level: u8::try_from(level).ok(),
                ..line(LineKind::Heading, &heading, path)
            });
            path.push((rank, heading));
            if rest < item.text.len() {
                lines.push(Line {
                    lead: item.text[..rest].to_owned(),
                    ..line(LineKind::Paragraph, &item.text[rest..], path)
                });
            }
        }
        Part::Article { label_end } => {
            path.retain(|(above, _)| *above < rank(Family::Article));
            path.push((rank(Family::Article), item.text[..label_end].to_owned()));
            lines.push(line(LineKind::Paragraph, &item.text, path));
        }
        Part::Text => match item.kind {
            None => lines.push(line(LineKind::Paragraph, &item.text, path)),
            Some(kind) => {
                if kind == LineKind::Title {
                    path.clear();
                }
                lines.push(line(kind, &item.text, &[]));
            }
        },
    }
}

/// The ranks that are used by headings, outermost first: the level of a heading is its place here.
fn levels(parts: &[Part]) -> Vec<u8> {
    let mut ranks: Vec<u8> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Heading { rank, .. } => Some(*rank),
            _ => None,
        })
        .collect();
    ranks.sort_unstable();
    ranks.dedup();
    ranks
}

pub(super) fn rank(family: Family) -> u8 {
    match family {
        Family::Part => 10,
        Family::Chapter => 20,
        Family::Section => 30,
        Family::Article => 40,
        Family::Han => 60,
        Family::HanInBrackets => 70,
        Family::Number => 80,
        Family::NumberOfTwo => 82,
        Family::NumberOfThree => 84,
        Family::NumberInBrackets => 90,
        Family::Circled => 100,
    }
}

fn parts(items: &[Item]) -> Vec<Part> {
    let mut parts = vec![Part::Text; items.len()];
    runs::decide(items, &mut parts);
    questions::decide(items, &mut parts);
    unnumbered::decide_styled(items, &mut parts);
    unnumbered::decide_plain(items, &mut parts);
    parts
}
