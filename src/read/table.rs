//! The spellings that tell what a line is for: `index-schema/layout.tsv`, parsed once.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Spellings by what they tell. All are folded: simplified, small letters, no white space.
#[derive(Debug, Default)]
pub(in crate::read) struct Table {
    /// Labels of header lines (来源, 发布时间, 信息索引号).
    pub header: FxHashSet<&'static str>,
    /// What page furniture begins with.
    pub furniture_start: Vec<&'static str>,
    /// What page furniture is, as a whole line.
    pub furniture_line: FxHashSet<&'static str>,
    /// What only page furniture contains.
    pub furniture_part: Vec<&'static str>,
    /// Lines that only state validity.
    pub status: FxHashSet<&'static str>,
    /// Closing lines (特此报告).
    pub closing: Spellings,
    /// Forms of address in speeches (各位代表).
    pub address: Spellings,
    /// What those who are written to end with.
    pub recipient: Vec<&'static str>,
    /// What the names of public bodies end with.
    pub organ: Vec<&'static str>,
    /// Offices of those who give a report.
    pub speaker: Vec<&'static str>,
    /// What titles end with.
    pub title: Vec<&'static str>,
    /// What unnumbered headings end with.
    pub section: Vec<&'static str>,
    /// Who asks, before a colon (问, 记者).
    pub question: Vec<&'static str>,
    /// Who answers, before a colon (答).
    pub answer: Vec<&'static str>,
    /// What stands above a list of other articles.
    pub related: Vec<&'static str>,
    /// Names of the columns of sites, as whole lines above a title.
    pub column: FxHashSet<&'static str>,
    /// What stands before an attached document.
    pub attachment: Vec<&'static str>,
    /// What stands before a table of contents.
    pub contents: FxHashSet<&'static str>,
    /// Ids and classes of the elements that hold the text of a page, the most certain first.
    pub container: Vec<&'static str>,
    /// Which field of [`Given`](crate::document::Given) a label states.
    pub given: HashMap<&'static str, &'static str>,
}

/// Spellings that a text is one of.
#[derive(Debug, Default)]
pub(in crate::read) struct Spellings {
    all: FxHashSet<&'static str>,
    /// Bytes of the longest.
    longest: usize,
}

impl Spellings {
    fn insert(&mut self, spelling: &'static str) {
        self.longest = self.longest.max(spelling.len());
        self.all.insert(spelling);
    }

    /// Whether these characters are one of them; no more are taken than one may have.
    pub fn have(&self, characters: impl Iterator<Item = char>) -> bool {
        let mut text = String::new();
        for character in characters {
            text.push(character);
            if text.len() > self.longest {
                return false;
            }
        }
        self.all.contains(text.as_str())
    }
}

/// The table as shipped.
pub(in crate::read) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| parse(include_str!("../../index-schema/layout.tsv")));
    &TABLE
}

fn parse(rows: &'static str) -> Table {
    let mut table = Table::default();
    for row in rows.lines().filter(|row| !row.starts_with('#')) {
        let Some((kind, spelling)) = row.split_once('\t') else {
            continue;
        };
        match kind {
            "header" => drop(table.header.insert(spelling)),
            "furniture-start" => table.furniture_start.push(spelling),
            "column" => drop(table.column.insert(spelling)),
            "question" => table.question.push(spelling),
            "answer" => table.answer.push(spelling),
            "related" => table.related.push(spelling),
            "furniture-line" => drop(table.furniture_line.insert(spelling)),
            "furniture-part" => table.furniture_part.push(spelling),
            "status" => drop(table.status.insert(spelling)),
            "closing" => table.closing.insert(spelling),
            "address" => table.address.insert(spelling),
            "recipient" => table.recipient.push(spelling),
            "organ" => table.organ.push(spelling),
            "speaker" => table.speaker.push(spelling),
            "title" => table.title.push(spelling),
            "section" => table.section.push(spelling),
            "attachment" => table.attachment.push(spelling),
            "contents" => drop(table.contents.insert(spelling)),
            "container" => table.container.push(spelling),
            "given" => {
                let (field, label) = spelling.split_once('=').unwrap_or(("", spelling));
                table.given.insert(label, field);
            }
            _ => {}
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_row_has_a_known_kind_and_a_folded_spelling_of_its_own() {
        let rows = include_str!("../../index-schema/layout.tsv");
        let mut seen = FxHashSet::default();
        for row in rows.lines().filter(|row| !row.starts_with('#')) {
            let (kind, spelling) = row.split_once('\t').unwrap_or_else(|| panic!("{row:?}"));
            let known = "header furniture-start furniture-line furniture-part status closing \
                         address recipient organ speaker title section attachment contents \
                         container given related question answer column";
            assert!(known.split_whitespace().any(|name| name == kind), "{row:?}");
            assert_eq!(fold(spelling), spelling, "{row:?}");
            assert!(
                !spelling.is_empty() && !spelling.contains(char::is_whitespace),
                "{row:?}"
            );
            assert!(seen.insert(row), "twice: {row:?}");
        }
        assert!(table().header.contains("来源"));
    }
}
