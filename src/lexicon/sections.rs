//! Section roles: what a part of a document is for, and the headings that say so.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::pattern::{Letters, Pattern};
use super::variants::simplified;

/// The role of a section, a row of `sections.toml`, by its English name (`plan`, `measures`, …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Role(&'static str);

impl Role {
    /// The role that a person means: by English name, Chinese name or alias, in either script.
    ///
    /// ```
    /// use xianli::lexicon::Role;
    /// assert_eq!(Role::find("下一步计划"), Role::find("plan"));
    /// assert_eq!(Role::find("存在問題").map(Role::name), Some("problems"));
    /// assert_eq!(Role::find("天气"), None);
    /// ```
    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let name: String = name.chars().map(simplified).collect();
        let mut names = NAMES.iter();
        names
            .find(|role| role.name == name || role.chinese == name)
            .or_else(|| NAMES.iter().find(|role| role.aliases.contains(&&*name)))
            .map(|role| Self(role.name))
    }

    /// Every role, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|role| Self(role.name))
    }

    /// The roles whose names are nearest to this one, for a message; at most `limit`.
    pub fn nearest(name: &str, limit: usize) -> Vec<Self> {
        let wanted: Vec<char> = name.to_lowercase().chars().map(simplified).collect();
        let shared = |known: &str| known.chars().filter(|c| wanted.contains(c)).count();
        let prefix = |known: &str| {
            known
                .chars()
                .zip(&wanted)
                .take_while(|(a, b)| a == *b)
                .count()
        };
        let mut scored: Vec<_> = NAMES
            .iter()
            .map(|role| {
                let names = role.aliases.iter().chain([&role.name, &role.chinese]);
                let score = names.map(|known| {
                    if known.is_ascii() {
                        prefix(known)
                    } else {
                        shared(known)
                    }
                });
                (score.max().unwrap_or(0), Self(role.name))
            })
            .filter(|(score, _)| *score > 0)
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.truncate(limit);
        scored.into_iter().map(|(_, role)| role).collect()
    }

    /// The name in machine output.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// The Chinese name: 下一步计划.
    pub fn chinese(self) -> &'static str {
        let role = NAMES.iter().find(|role| role.name == self.0);
        role.expect("a role is only made from a row").chinese
    }

    /// How strongly a heading speaks for this role: the characters of its own that the best
    /// pattern brought. `heading` is folded and free of numbering, spaces and titles in 《》.
    pub fn of_heading(self, heading: &[char]) -> Option<usize> {
        best(&self.row().headings, heading)
    }

    /// The same for headings that speak for this role only if their year lies ahead.
    pub fn of_dated_heading(self, heading: &[char]) -> Option<usize> {
        best(&self.row().dated, heading)
    }

    /// The roles that a heading speaks for, each with how strongly, in the order of the table.
    pub fn all_of_heading(heading: &[char]) -> impl Iterator<Item = (usize, Self)> {
        spoken_for(heading, |row| &row.headings)
    }

    /// The same for the beginning of a paragraph.
    pub fn all_of_paragraph(beginning: &[char]) -> impl Iterator<Item = (usize, Self)> {
        spoken_for(beginning, |row| &row.paragraphs)
    }

    fn row(self) -> &'static Row {
        table()
            .iter()
            .find(|row| row.name == self.0)
            .expect("a role is only made from a row")
    }
}

/// The names of a role. The build script takes them from `sections.toml`, so that whoever only names
/// a role does not read all patterns.
struct Names {
    name: &'static str,
    chinese: &'static str,
    aliases: &'static [&'static str],
}

static NAMES: &[Names] = include!(concat!(env!("OUT_DIR"), "/roles.rs"));

/// The patterns of one role as `sections.toml` states them.
struct Row {
    name: String,
    headings: Vec<Pattern>,
    dated: Vec<Pattern>,
    paragraphs: Vec<Pattern>,
}

fn table() -> &'static [Row] {
    static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
        #[derive(Deserialize)]
        struct Table {
            role: Vec<Stated>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stated {
            name: String,
            #[serde(rename = "chinese")]
            _chinese: String,
            #[serde(rename = "aliases")]
            _aliases: Vec<String>,
            #[serde(default)]
            headings: Vec<String>,
            #[serde(default)]
            dated: Vec<String>,
            #[serde(default)]
            paragraphs: Vec<String>,
        }
        let table: Table = toml::from_str(include_str!("../../index-schema/sections.toml"))
            .expect("sections.toml is tested to be read");
        let compile = |sources: Vec<String>| {
            let pattern = |source: &String| {
                Pattern::new(source).expect("the patterns of sections.toml are tested to be read")
            };
            sources.iter().map(pattern).collect()
        };
        let row = |stated: Stated| Row {
            name: stated.name,
            headings: compile(stated.headings),
            dated: compile(stated.dated),
            paragraphs: compile(stated.paragraphs),
        };
        table.role.into_iter().map(row).collect()
    });
    &TABLE
}

/// The roles that a text speaks for by some of their patterns.
fn spoken_for(
    text: &[char],
    patterns: fn(&Row) -> &[Pattern],
) -> impl Iterator<Item = (usize, Role)> {
    let letters = Letters::of(text);
    let rows = table().iter().zip(NAMES);
    rows.filter_map(move |(row, names)| {
        let weight = best_among(patterns(row), text, letters)?;
        Some((weight, Role(names.name)))
    })
}

fn best(patterns: &[Pattern], text: &[char]) -> Option<usize> {
    best_among(patterns, text, Letters::of(text))
}

fn best_among(patterns: &[Pattern], text: &[char], letters: Letters) -> Option<usize> {
    let weights = patterns.iter();
    weights
        .filter_map(|pattern| pattern.weight_among(text, letters))
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleven_roles_have_both_names() {
        let names: Vec<_> = Role::all()
            .map(|role| (role.name(), role.chinese()))
            .collect();
        let mut expected = [
            ("opening", "引言"),
            ("study", "学习贯彻"),
            ("leadership", "责任落实"),
            ("requirements", "总体要求"),
            ("measures", "举措成效"),
            ("problems", "存在问题"),
            ("plan", "下一步计划"),
            ("safeguards", "保障措施"),
            ("liability", "法律责任"),
            ("provisions", "附则"),
            ("closing", "落款"),
        ];
        let mut sorted = names.clone();
        sorted.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn every_role_has_its_names_from_the_table() {
        let table: toml::Table =
            toml::from_str(include_str!("../../index-schema/sections.toml")).unwrap();
        let roles = table["role"].as_array().unwrap();
        assert_eq!(roles.len(), NAMES.len());
        for (role, names) in roles.iter().zip(NAMES) {
            let aliases = role["aliases"].as_array().unwrap().iter();
            let aliases: Vec<_> = aliases.map(|alias| alias.as_str().unwrap()).collect();
            assert_eq!(role["name"].as_str(), Some(names.name));
            assert_eq!(role["chinese"].as_str(), Some(names.chinese));
            assert_eq!(aliases, names.aliases);
        }
    }

    #[test]
    fn no_two_roles_share_a_name_or_alias() {
        let mut names: Vec<&str> = NAMES
            .iter()
            .flat_map(|role| role.aliases.iter().chain([&role.name, &role.chinese]))
            .copied()
            .collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn an_unknown_role_has_neighbours() {
        let names: Vec<_> = Role::nearest("下一步规划", 2)
            .into_iter()
            .map(Role::name)
            .collect();
        assert_eq!(names[0], "plan");
        assert_eq!(
            Role::nearest("plans for it", 1)
                .into_iter()
                .map(Role::name)
                .collect::<Vec<_>>(),
            ["plan"]
        );
    }
}
