//! The best local alignment of two texts: the span that both say, with what was changed in it.
//!
//! T. F. Smith and M. S. Waterman, Identification of Common Molecular Subsequences, Journal of
//! Molecular Biology 147, 1981. A unit that is the same gains one, one that is changed, added or
//! left out costs one, so that a span goes on as long as more than half of it is the same. Units
//! that mean nothing on their own (formulas, titles of laws) neither gain nor cost when they agree.

use std::ops::Range;

/// More units than this on one side are not aligned at once: 4,000 by 4,000 take 16 MB.
pub const LONGEST: usize = 4_000;

/// A step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The same unit on both sides.
    Same,
    /// Another unit.
    Changed,
    /// A unit that only the first text has.
    Left,
    /// A unit that only the second text has.
    Right,
}

/// A span of two texts that runs side by side, in units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// The units of the first text.
    pub first: Range<usize>,
    /// The units of the second text.
    pub second: Range<usize>,
    /// How the one becomes the other.
    pub steps: Vec<Step>,
    /// How many units that count are the same, less what was changed.
    pub score: i32,
}

impl Alignment {
    /// How many units are the same.
    pub fn same(&self) -> usize {
        self.steps
            .iter()
            .filter(|&&step| step == Step::Same)
            .count()
    }

    /// How much of the longer side is the same, 0 to 1.
    pub fn identity(&self) -> f64 {
        let longer = self.first.len().max(self.second.len()).max(1);
        super::ratio(self.same(), longer)
    }
}

/// A side of an alignment: its units, and which of them mean nothing on their own.
#[derive(Debug, Clone, Copy)]
pub struct Side<'c> {
    /// The units.
    pub codes: &'c [u32],
    /// Whether each is part of a formula; as long as `codes`.
    pub idle: &'c [bool],
}

/// The best alignment of two sides; `None` where nothing is the same. Of two that are equally good,
/// the first in the first text.
pub fn align(first: Side<'_>, second: Side<'_>) -> Option<Alignment> {
    let rows = first.codes.len().min(LONGEST);
    let columns = second.codes.len().min(LONGEST);
    let width = columns + 1;
    let mut from = vec![From::Nowhere; (rows + 1) * width];
    let mut above = vec![0i32; width];
    let mut current = vec![0i32; width];
    let (mut best, mut end) = (0, (0, 0));
    for row in 1..=rows {
        let code = first.codes[row - 1];
        let idle = first.idle[row - 1];
        for column in 1..=columns {
            let diagonal = above[column - 1]
                + match code == second.codes[column - 1] {
                    true => i32::from(!(idle || second.idle[column - 1])),
                    false => -1,
                };
            let (up, left) = (above[column] - 1, current[column - 1] - 1);
            let score = diagonal.max(up).max(left).max(0);
            from[row * width + column] = match score {
                0 => From::Nowhere,
                _ if score == diagonal => From::Both,
                _ if score == up => From::First,
                _ => From::Second,
            };
            current[column] = score;
            if score > best {
                (best, end) = (score, (row, column));
            }
        }
        std::mem::swap(&mut above, &mut current);
    }
    (best > 0).then(|| traced(first, second, &from, width, end, best))
}

/// Where the score of a cell came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Nowhere,
    Both,
    First,
    Second,
}

fn traced(
    first: Side<'_>,
    second: Side<'_>,
    from: &[From],
    width: usize,
    end: (usize, usize),
    score: i32,
) -> Alignment {
    let (mut row, mut column) = end;
    let mut steps = Vec::new();
    loop {
        match from[row * width + column] {
            From::Nowhere => break,
            From::Both => {
                (row, column) = (row - 1, column - 1);
                steps.push(match first.codes[row] == second.codes[column] {
                    true => Step::Same,
                    false => Step::Changed,
                });
            }
            From::First => {
                row -= 1;
                steps.push(Step::Left);
            }
            From::Second => {
                column -= 1;
                steps.push(Step::Right);
            }
        }
    }
    steps.reverse();
    Alignment {
        first: row..end.0,
        second: column..end.1,
        steps,
        score,
    }
}

#[cfg(test)]
mod tests {
    use super::super::content::Content;
    use super::*;

    fn aligned(first: &str, second: &str) -> Option<(String, String, String)> {
        let (a, b) = (Content::of(first), Content::of(second));
        let (none_a, none_b) = (vec![false; a.len()], vec![false; b.len()]);
        let alignment = align(
            Side {
                codes: &a.codes,
                idle: &none_a,
            },
            Side {
                codes: &b.codes,
                idle: &none_b,
            },
        )?;
        let steps = alignment.steps.iter().map(|step| match step {
            Step::Same => '=',
            Step::Changed => 'x',
            Step::Left => '<',
            Step::Right => '>',
        });
        Some((
            first[a.bytes(&alignment.first)].to_owned(),
            second[b.bytes(&alignment.second)].to_owned(),
            steps.collect(),
        ))
    }

    #[test]
    fn a_span_is_found_with_what_was_changed_added_and_left_out() {
        let found = aligned(
            "我市全面推行企业开办一窗通办服务。此外",
            "另据报道，区全面推进企业的开办一窗办服务",
        );
        assert_eq!(
            found,
            Some((
                "全面推行企业开办一窗通办服务".into(),
                "全面推进企业的开办一窗办服务".into(),
                "===x==>====<===".into(),
            ))
        );
    }

    #[test]
    fn nothing_in_common_is_no_alignment() {
        assert_eq!(aligned("免证办", "一网通"), None);
        assert_eq!(aligned("", "一网通"), None);
    }

    #[test]
    fn a_formula_does_not_carry_a_span() {
        let (a, b) = (Content::of("以人民为中心"), Content::of("以人民为中心"));
        let idle = vec![true; 6];
        let side = |content| Side {
            codes: content,
            idle: &idle,
        };
        assert_eq!(align(side(&a.codes), side(&b.codes)), None);
    }
}
