//! The best local alignment of two texts: the span that both say, with what was changed in it.
//!
//! T. F. Smith and M. S. Waterman, Identification of Common Molecular Subsequences, Journal of
//! Molecular Biology 147, 1981. A unit that is the same gains one, one that is changed, added or
//! left out costs one, so that a span goes on as long as more than half of it is the same. Units
//! that mean nothing on their own (formulas, titles of laws) neither gain nor cost when they agree.

use std::ops::Range;

/// More units than this on one side are not aligned at once.
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
///
/// The table of scores is nearly empty: a score is above zero only where units are the same, and as
/// near to there as it is high. Only such cells are looked at.
pub fn align(first: Side<'_>, second: Side<'_>) -> Option<Alignment> {
    let rows = first.codes.len().min(LONGEST);
    let columns = second.codes.len().min(LONGEST);
    let places = Places::of(&second.codes[..columns]);
    let mut table = Table::new(columns);
    let (mut best, mut end) = (0, (0, 0));
    for row in 0..rows {
        let idle = first.idle[row];
        table.add_row(places.with(first.codes[row]), |column| {
            i32::from(!(idle || second.idle[column]))
        });
        for (column, score) in table.last_row() {
            if score > best {
                (best, end) = (score, (row + 1, column + 1));
            }
        }
    }
    (best > 0).then(|| traced(first, second, &table, end, best))
}

/// Where each unit of a text stands.
struct Places(Vec<(u32, usize)>);

impl Places {
    fn of(codes: &[u32]) -> Self {
        let mut places: Vec<(u32, usize)> = codes.iter().copied().zip(0..).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The places of a unit, in order.
    fn with(&self, code: u32) -> &[(u32, usize)] {
        let start = self.0.partition_point(|place| place.0 < code);
        let length = self.0[start..].partition_point(|place| place.0 == code);
        &self.0[start..start + length]
    }
}

/// Scores of the best alignments that end at each unit of both sides, where they are above zero.
struct Table {
    /// Row by row, in each from left to right.
    cells: Vec<Cell>,
    rows: Vec<Range<usize>>,
    /// The scores of the last row, those that are zero among them, after a zero for its edge.
    above: Vec<i32>,
    /// The same of the row that is being added.
    current: Vec<i32>,
}

/// Four bytes: where nearly all is the same, there are as many as [`LONGEST`] by [`LONGEST`].
#[derive(Debug, Clone, Copy)]
struct Cell {
    column: u16,
    from: From,
}

impl Cell {
    fn column(self) -> usize {
        usize::from(self.column)
    }
}

/// Where the score of a cell came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Both,
    First,
    Second,
}

impl Table {
    fn new(columns: usize) -> Self {
        Self {
            cells: Vec::new(),
            rows: Vec::new(),
            above: vec![0; columns + 1],
            current: vec![0; columns + 1],
        }
    }

    /// The columns of the last row with their scores.
    fn last_row(&self) -> impl Iterator<Item = (usize, i32)> + '_ {
        let cells = &self.cells[self.rows.last().cloned().unwrap_or_default()];
        cells
            .iter()
            .map(|cell| (cell.column(), self.above[cell.column() + 1]))
    }

    /// Adds a row: `same` are the places of its unit in the second text, `gain` what each is worth.
    fn add_row(&mut self, same: &[(u32, usize)], gain: impl Fn(usize) -> i32) {
        let last = self.rows.last().cloned().unwrap_or_default();
        let begin = self.cells.len();
        let mut same = same.iter().map(|place| place.1).peekable();
        let (mut above, mut from) = (last.clone(), 0);
        while from + 1 < self.current.len() {
            // What stands above reaches its own column and the next, if it is worth more than one.
            let passed = |cell: Cell| self.above[cell.column() + 1] < 2 || cell.column() + 1 < from;
            while !above.is_empty() && passed(self.cells[above.start]) {
                above.start += 1;
            }
            let reached = (!above.is_empty()).then(|| self.cells[above.start].column().max(from));
            // So does what stands to the left.
            let beside = (self.current[from] > 1).then_some(from);
            let nearest = [same.peek().copied(), reached, beside];
            let Some(column) = nearest.into_iter().flatten().min() else {
                break;
            };
            let worth = same.next_if_eq(&column).map_or(-1, &gain);
            let (score, from_where) = self.score(column, worth);
            if score > 0 {
                self.current[column + 1] = score;
                self.cells.push(Cell {
                    column: u16::try_from(column).expect("a side is cut to LONGEST"),
                    from: from_where,
                });
            }
            from = column + 1;
        }
        for cell in &self.cells[last] {
            self.above[cell.column() + 1] = 0;
        }
        std::mem::swap(&mut self.above, &mut self.current);
        self.rows.push(begin..self.cells.len());
    }

    /// The score of a column, and where it comes from.
    fn score(&self, column: usize, worth: i32) -> (i32, From) {
        let both = self.above[column] + worth;
        let (up, left) = (self.above[column + 1] - 1, self.current[column] - 1);
        let score = both.max(up).max(left);
        let from = match score {
            _ if score == both => From::Both,
            _ if score == up => From::First,
            _ => From::Second,
        };
        (score, from)
    }

    /// Where the score of the cell behind so many units of both sides came from.
    fn from(&self, (row, column): (usize, usize)) -> Option<From> {
        let cells = &self.cells[self.rows[row.checked_sub(1)?].clone()];
        let column = column.checked_sub(1)?;
        let found = cells.binary_search_by_key(&column, |cell| cell.column());
        found.ok().map(|at| cells[at].from)
    }
}

fn traced(
    first: Side<'_>,
    second: Side<'_>,
    table: &Table,
    end: (usize, usize),
    score: i32,
) -> Alignment {
    let (mut row, mut column) = end;
    let mut steps = Vec::new();
    while let Some(from) = table.from((row, column)) {
        match from {
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

    /// The same by the whole table.
    fn aligned_by_the_book(first: Side<'_>, second: Side<'_>) -> Option<Alignment> {
        let (rows, columns) = (first.codes.len(), second.codes.len());
        let mut scores = vec![vec![0; columns + 1]; rows + 1];
        let both = |scores: &[Vec<i32>], row: usize, column: usize| {
            let idle = first.idle[row - 1] || second.idle[column - 1];
            let is_same = first.codes[row - 1] == second.codes[column - 1];
            scores[row - 1][column - 1] + if is_same { i32::from(!idle) } else { -1 }
        };
        let (mut best, mut end) = (0, (0, 0));
        for row in 1..=rows {
            for column in 1..=columns {
                let near = (scores[row - 1][column] - 1).max(scores[row][column - 1] - 1);
                let score = both(&scores, row, column).max(near).max(0);
                scores[row][column] = score;
                if score > best {
                    (best, end) = (score, (row, column));
                }
            }
        }
        let (mut row, mut column) = end;
        let mut steps = Vec::new();
        while scores[row][column] > 0 {
            let score = scores[row][column];
            if score == both(&scores, row, column) {
                (row, column) = (row - 1, column - 1);
                let is_same = first.codes[row] == second.codes[column];
                steps.push(if is_same { Step::Same } else { Step::Changed });
            } else if score == scores[row - 1][column] - 1 {
                row -= 1;
                steps.push(Step::Left);
            } else {
                column -= 1;
                steps.push(Step::Right);
            }
        }
        steps.reverse();
        (best > 0).then_some(Alignment {
            first: row..end.0,
            second: column..end.1,
            steps,
            score: best,
        })
    }

    proptest::proptest! {
        #[test]
        fn only_looking_where_something_is_gives_what_the_whole_table_gives(
            first in proptest::collection::vec((0u32..6, proptest::bool::weighted(0.2)), 0..40),
            second in proptest::collection::vec((0u32..6, proptest::bool::weighted(0.2)), 0..40),
        ) {
            let (first_codes, first_idle): (Vec<_>, Vec<_>) = first.into_iter().unzip();
            let (second_codes, second_idle): (Vec<_>, Vec<_>) = second.into_iter().unzip();
            let first = Side { codes: &first_codes, idle: &first_idle };
            let second = Side { codes: &second_codes, idle: &second_idle };
            proptest::prop_assert_eq!(align(first, second), aligned_by_the_book(first, second));
        }
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
