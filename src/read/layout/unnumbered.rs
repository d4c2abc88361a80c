//! Headings without a number: by style or tag, or short lines alone where the document uses them.

use super::marker::{Family, counts_in_words};
use super::outline::Part;
use super::runs::LONGEST_BARE;
use super::{Hint, Item, shape};
use crate::document::LineKind;

/// The rank of unnumbered headings above 一、, and of those below every number.
pub(super) const UNNUMBERED_ABOVE: u8 = 50;
const UNNUMBERED_BELOW: u8 = 110;

/// Headings by style or tag that no number made headings.
pub(super) fn decide_styled(items: &[Item], parts: &mut [Part]) {
    let styled_rank = |level: u8| {
        let of_level = |wanted: u8| {
            items
                .iter()
                .zip(parts.iter())
                .find_map(|(item, part)| match part {
                    Part::Heading { rank, .. } if item.hint == Hint::Heading(wanted) => Some(*rank),
                    _ => None,
                })
        };
        of_level(level).unwrap_or_else(|| {
            let above = (1..level).rev().find_map(of_level);
            above.map_or(40 + level, |rank| rank + level)
        })
    };
    let styled: Vec<(usize, u8)> = items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| match item.hint {
            Hint::Heading(level) if item.kind.is_none() && parts[place] == Part::Text => {
                Some((place, styled_rank(level)))
            }
            _ => None,
        })
        .collect();
    for (place, rank) in styled {
        let end = items[place].text.len();
        if items[place].length() <= LONGEST_BARE {
            parts[place] = Part::Heading {
                rank,
                end,
                rest: end,
            };
        }
    }
}

/// Unnumbered headings alone on a line, where the document uses them.
pub(super) fn decide_plain(items: &[Item], parts: &mut [Part]) {
    let candidates: Vec<usize> = (0..items.len())
        .filter(|&place| {
            items[place].kind.is_none()
                && parts[place] == Part::Text
                && shape::may_be_heading(&items[place])
                && follows(items, place)
        })
        .collect();
    let spoken: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|&place| shape::ends_as_section(&items[place].squeezed) || restarts(items, place))
        .collect();
    if spoken.is_empty() || is_list_like(items, &candidates) {
        return;
    }
    let first_numbered = parts
        .iter()
        .position(|part| matches!(part, Part::Heading { .. }));
    let rank = match first_numbered {
        Some(numbered) if numbered < spoken[0] => UNNUMBERED_BELOW,
        _ => UNNUMBERED_ABOVE,
    };
    let chosen = if spoken.len() * 2 >= candidates.len() {
        &candidates
    } else {
        &spoken
    };
    for &place in chosen {
        let end = items[place].text.len();
        parts[place] = Part::Heading {
            rank,
            end,
            rest: end,
        };
    }
}

/// Whether text, or a heading, follows a line.
fn follows(items: &[Item], place: usize) -> bool {
    items[place + 1..]
        .iter()
        .find(|item| item.kind != Some(LineKind::Boilerplate))
        .is_some_and(|next| {
            next.kind.is_none()
                && (next.marker.is_some()
                    || next.length() >= 40
                    || next.squeezed.ends_with(['。', '：', ':']))
                && !counts_in_words(&next.folded)
        })
}

/// Whether the numbers of the outermost family begin anew right after a line.
fn restarts(items: &[Item], place: usize) -> bool {
    items[place + 1..]
        .iter()
        .take(8)
        .find_map(|item| item.marker)
        .is_some_and(|marker| marker.family == Family::Han && marker.ordinal == 1)
        && items[..place].iter().any(|item| {
            item.marker
                .is_some_and(|marker| marker.family == Family::Han)
        })
}

/// Whether short lines are what the document mostly consists of.
fn is_list_like(items: &[Item], candidates: &[usize]) -> bool {
    let long = items
        .iter()
        .filter(|item| item.kind.is_none() && item.length() >= 40)
        .count();
    candidates.len() > long
}
