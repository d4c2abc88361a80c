//! Two reports side by side, section by section: what is new, what is gone, what was changed.
//!
//! Comes in: the paragraphs of two documents. Goes out: the sections of both in the order of the
//! later one, each with its statements matched by what they say; a statement that moved to another
//! section is still the same statement.

use serde::Serialize;

use super::passage::Passage;
use super::quote::Quote;
use super::reuse::{Piece, difference};
use super::statements::{Features, Statement, Weights, statements};

/// Statements less alike than this are not one statement.
const LEAST_LIKENESS: f64 = 0.4;
/// Statements of which so much is the same were not changed.
const UNCHANGED: f64 = 0.98;

/// Two documents side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The sections of the second document in their order, then those that only the first has.
    pub sections: Vec<SectionComparison>,
    /// How many statements are the same.
    pub same: usize,
    /// How many were changed.
    pub changed: usize,
    /// How many only the second document has.
    pub new: usize,
    /// How many only the first has.
    pub gone: usize,
}

/// A section of one or both documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionComparison {
    /// Its heading in the first document.
    pub first: Option<String>,
    /// Its heading in the second.
    pub second: Option<String>,
    /// Its role, by the English name.
    pub role: Option<String>,
    /// Its statements: those of the second document in their order, then those that are gone.
    pub changes: Vec<Change>,
}

/// A statement of one or both documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// As the first document has it.
    pub first: Option<Quote>,
    /// As the second has it.
    pub second: Option<Quote>,
    /// The heading that it stands under in the first document, where that is another section.
    pub moved_from: Option<String>,
    /// Both texts, piece by piece; empty unless it was changed.
    pub pieces: Vec<Piece>,
}

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Both say it.
    Same,
    /// Both say it, in other words or with other figures.
    Changed,
    /// Only the second says it.
    New,
    /// Only the first says it.
    Gone,
}

impl ChangeKind {
    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// What the second document says otherwise than the first.
pub fn compare(first: &[Passage], second: &[Passage]) -> Comparison {
    let before = Side::of(first);
    let after = Side::of(second);
    let matches = matched(&before, &after);
    let partners = partners(&before, &after, &matches);
    let mut sections: Vec<SectionComparison> = (0..after.headings.len())
        .map(|place| section(&before, &after, &matches, &partners, place))
        .collect();
    let left: Vec<usize> = (0..before.headings.len())
        .filter(|place| !partners.contains(&Some(*place)))
        .collect();
    sections.extend(left.into_iter().map(|place| SectionComparison {
        first: Some(before.headings[place].clone()),
        second: None,
        role: before.role(place),
        changes: before.gone(place, &matches),
    }));
    sections.retain(|section| !section.changes.is_empty());
    let count = |kind| {
        let changes = sections.iter().flat_map(|section| &section.changes);
        changes.filter(|change| change.kind == kind).count()
    };
    Comparison {
        same: count(ChangeKind::Same),
        changed: count(ChangeKind::Changed),
        new: count(ChangeKind::New),
        gone: count(ChangeKind::Gone),
        sections,
    }
}

/// The statements of a document with the sections that they stand in.
struct Side<'p> {
    /// The outermost headings, in order; empty before the first.
    headings: Vec<String>,
    statements: Vec<(usize, Statement<'p>)>,
}

/// The statements that are one: places in the first and in the second document.
type Matches = Vec<(usize, usize)>;

impl<'p> Side<'p> {
    fn of(passages: &'p [Passage]) -> Self {
        let mut side = Self {
            headings: Vec::new(),
            statements: Vec::new(),
        };
        for passage in passages.iter().filter(|passage| passage.is_content()) {
            let heading = passage.path.first().map(String::as_str).unwrap_or_default();
            if side.headings.last().map(String::as_str) != Some(heading) {
                side.headings.push(heading.to_owned());
            }
            let section = side.headings.len() - 1;
            side.statements
                .extend(statements(passage).map(|statement| (section, statement)));
        }
        side
    }

    fn role(&self, section: usize) -> Option<String> {
        let mut own = self
            .statements
            .iter()
            .filter(|(place, _)| *place == section);
        own.find_map(|(_, statement)| statement.passage.role.clone())
    }

    /// The statements of a section that the second document does not have.
    fn gone(&self, section: usize, matches: &Matches) -> Vec<Change> {
        self.statements
            .iter()
            .enumerate()
            .filter(|(place, (own, _))| {
                *own == section && matches.iter().all(|(first, _)| first != place)
            })
            .map(|(_, (_, statement))| Change {
                kind: ChangeKind::Gone,
                first: Some(statement.quote()),
                second: None,
                moved_from: None,
                pieces: Vec::new(),
            })
            .collect()
    }
}

/// The pairs of statements that are most alike, each statement in one pair at most.
fn matched(before: &Side<'_>, after: &Side<'_>) -> Matches {
    let all = before.statements.iter().chain(&after.statements);
    let weights = Weights::over(all.map(|(_, statement)| statement.text));
    let features = |side: &Side<'_>| -> Vec<Features> {
        let statements = side.statements.iter();
        statements
            .map(|(_, statement)| weights.features(statement.text))
            .collect()
    };
    let (first, second) = (features(before), features(after));
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (a, left) in first.iter().enumerate() {
        for (b, right) in second.iter().enumerate() {
            let likeness = left.likeness(right);
            if likeness >= LEAST_LIKENESS {
                pairs.push((likeness, a, b));
            }
        }
    }
    pairs.sort_by(|x, y| {
        y.0.total_cmp(&x.0)
            .then_with(|| (x.1, x.2).cmp(&(y.1, y.2)))
    });
    let mut taken = (vec![false; first.len()], vec![false; second.len()]);
    let mut matches = Vec::new();
    for (_, a, b) in pairs {
        if !taken.0[a] && !taken.1[b] {
            (taken.0[a], taken.1[b]) = (true, true);
            matches.push((a, b));
        }
    }
    matches
}

/// For each section of the second document, that of the first which it goes on from: the one with
/// the same heading but for numbers, else the one with the same role, else the one with which it
/// shares the most statements.
fn partners(before: &Side<'_>, after: &Side<'_>, matches: &Matches) -> Vec<Option<usize>> {
    let shared = |first: usize, second: usize| {
        let both = matches
            .iter()
            .filter(|(a, b)| before.statements[*a].0 == first && after.statements[*b].0 == second);
        both.count()
    };
    let mut free = vec![true; before.headings.len()];
    (0..after.headings.len())
        .map(|second| {
            let own = bare(&after.headings[second]);
            let role = after.role(second);
            let best = (0..before.headings.len())
                .filter(|&first| free[first])
                .map(|first| {
                    let same_heading = bare(&before.headings[first]) == own;
                    let same_role = role.is_some() && before.role(first) == role;
                    (same_heading, shared(first, second), same_role, first)
                })
                .filter(|(heading, shared, role, _)| *heading || *shared > 0 || *role)
                .max_by_key(|(heading, shared, role, first)| {
                    (*heading, *shared, *role, std::cmp::Reverse(*first))
                })
                .map(|(.., first)| first);
            if let Some(first) = best {
                free[first] = false;
            }
            best
        })
        .collect()
}

/// A heading without its number, years and marks.
fn bare(heading: &str) -> String {
    let words = heading
        .split_once(['、', '）', ')', '.', '．'])
        .filter(|(number, _)| number.chars().count() <= 4)
        .map_or(heading, |(_, words)| words);
    words
        .chars()
        .filter(|c| c.is_alphanumeric() && !c.is_ascii_digit())
        .collect()
}

fn section(
    before: &Side<'_>,
    after: &Side<'_>,
    matches: &Matches,
    partners: &[Option<usize>],
    place: usize,
) -> SectionComparison {
    let partner = partners[place];
    let mut changes: Vec<Change> = after
        .statements
        .iter()
        .enumerate()
        .filter(|(_, (section, _))| *section == place)
        .map(|(at, (_, statement))| {
            let first = matches
                .iter()
                .find(|(_, second)| *second == at)
                .map(|(first, _)| *first);
            match first {
                Some(first) => both(&before.statements[first], statement, partner, before),
                None => Change {
                    kind: ChangeKind::New,
                    first: None,
                    second: Some(statement.quote()),
                    moved_from: None,
                    pieces: Vec::new(),
                },
            }
        })
        .collect();
    if let Some(partner) = partner {
        changes.extend(before.gone(partner, matches));
    }
    SectionComparison {
        first: partner.map(|first| before.headings[first].clone()),
        second: Some(after.headings[place].clone()),
        role: after.role(place),
        changes,
    }
}

/// A statement that both documents have.
fn both(
    first: &(usize, Statement<'_>),
    second: &Statement<'_>,
    partner: Option<usize>,
    before: &Side<'_>,
) -> Change {
    let found = difference(first.1.text, second.text);
    let is_same = found.identity >= UNCHANGED;
    Change {
        kind: if is_same {
            ChangeKind::Same
        } else {
            ChangeKind::Changed
        },
        first: Some(first.1.quote()),
        second: Some(second.quote()),
        moved_from: (partner != Some(first.0)).then(|| before.headings[first.0].clone()),
        pieces: if is_same { Vec::new() } else { found.pieces },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{LineKind, Metadata};

    fn passage(heading: &str, role: &str, text: &str) -> Passage {
        Passage {
            document: Arc::new(Metadata::default()),
            ordinal: 1,
            kind: LineKind::Paragraph,
            role: Some(role.into()),
            path: vec![heading.into()],
            text: text.into(),
        }
    }

    fn told(comparison: &Comparison) -> Vec<String> {
        let text =
            |quote: &Option<Quote>| quote.as_ref().map_or("-", |q| q.text.as_str()).to_owned();
        comparison
            .sections
            .iter()
            .flat_map(|section| {
                section.changes.iter().map(move |change| {
                    format!(
                        "{:?} {:?}: {} | {}",
                        section.second.as_deref().unwrap_or("-"),
                        change.kind,
                        text(&change.first),
                        text(&change.second)
                    )
                })
            })
            .collect()
    }

    #[test]
    fn statements_are_matched_inside_sections_and_across_them() {
        let first = [
            passage(
                "一、2021年工作",
                "measures",
                "推出20项秒批事项清单。设立企业开办专窗服务。",
            ),
            passage("二、存在问题", "problems", "专业法律人才仍然缺乏。"),
        ];
        let second = [
            passage(
                "一、2022年工作",
                "measures",
                "推出45项秒批事项清单。建成智慧政务大厅一座。",
            ),
            passage("三、下一步计划", "plan", "设立企业开办专窗服务。"),
        ];
        let comparison = compare(&first, &second);
        assert_eq!(
            told(&comparison),
            [
                "\"一、2022年工作\" Changed: 推出20项秒批事项清单。 | 推出45项秒批事项清单。",
                "\"一、2022年工作\" New: - | 建成智慧政务大厅一座。",
                "\"三、下一步计划\" Same: 设立企业开办专窗服务。 | 设立企业开办专窗服务。",
                "\"-\" Gone: 专业法律人才仍然缺乏。 | -",
            ]
        );
        assert_eq!(
            (
                comparison.same,
                comparison.changed,
                comparison.new,
                comparison.gone
            ),
            (1, 1, 1, 1)
        );
        assert_eq!(
            comparison.sections[1].changes[0].moved_from.as_deref(),
            Some("一、2021年工作")
        );
        let pieces = &comparison.sections[0].changes[0].pieces;
        assert_eq!(
            (pieces[1].first.as_str(), pieces[1].second.as_str()),
            ("20", "45")
        );
    }

    #[test]
    fn a_document_is_the_same_as_itself() {
        let one = [passage(
            "一、工作",
            "measures",
            "推出20项秒批事项清单。设立企业开办专窗服务。",
        )];
        let comparison = compare(&one, &one);
        assert_eq!((comparison.same, comparison.sections.len()), (2, 1));
        assert_eq!(compare(&[], &[]).sections, []);
    }
}
