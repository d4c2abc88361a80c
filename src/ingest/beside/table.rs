//! One metadata file: its rows by the paths that they speak of, and what is wrong in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::classify::{STATED, state};
use crate::document::{Beside, Given};
use crate::ingest::SkippedFile;
use crate::lexicon::metadata_field;
use crate::read::{At, Limits, Row, Rows, load_file, rows};

/// One metadata file.
#[derive(Debug, Clone)]
pub(super) struct Table {
    path: PathBuf,
    /// The path as it is shown.
    shown: String,
    rows: BTreeMap<String, (usize, Given)>,
    problems: Vec<SkippedFile>,
}

impl Table {
    /// Reads a metadata file. A file of which nothing can be taken is an error: a table without rows
    /// that says why.
    pub(super) fn read(path: &Path, shown: String, limits: &Limits) -> Result<Self, Self> {
        let mut table = Self {
            path: path.to_owned(),
            shown,
            rows: BTreeMap::new(),
            problems: Vec::new(),
        };
        let read = load_file(path, limits).and_then(|bytes| rows(&bytes));
        match read {
            Ok(rows) => {
                if table.take(&rows) {
                    return Ok(table);
                }
            }
            Err(reason) => table.problems.push(SkippedFile {
                path: table.shown.clone(),
                reason: reason.to_string(),
            }),
        }
        Err(table)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    pub(super) fn problems(&self) -> &[SkippedFile] {
        &self.problems
    }

    /// The first problem, in words.
    pub(super) fn told(&self) -> String {
        let first = self.problems.first();
        first.map_or_else(
            || "nothing in it".to_owned(),
            |problem| problem.reason.clone(),
        )
    }

    /// What the row of a key states.
    pub(super) fn stated(&self, key: &str) -> Option<Beside> {
        let (line, given) = self.rows.get(key)?;
        Some(Beside {
            file: self.shown.clone(),
            line: *line,
            given: given.clone(),
        })
    }

    /// The keys of all rows, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// The rows of a file and of what is in it.
    pub(super) fn keys_of(&self, key: &str) -> impl Iterator<Item = (&str, &Given)> {
        self.rows
            .range(key.to_owned()..)
            .take_while(move |(row, _)| row.starts_with(key))
            .filter(move |(row, _)| Self::is_of(row, key))
            .map(|(row, (_, given))| (row.as_str(), given))
    }

    /// Whether a row's key is that of a file, or of something in it: `a.zip/甲.txt`, `c.jsonl:17`.
    pub(super) fn is_of(row: &str, key: &str) -> bool {
        row.strip_prefix(key)
            .is_some_and(|inside| inside.is_empty() || inside.starts_with(['/', ':']))
    }

    /// Takes the rows; tells whether the file is a table of metadata at all.
    fn take(&mut self, read: &Rows) -> bool {
        let paths = |column: &str| metadata_field(column) == Some("path");
        if !read.columns.iter().any(|(name, _)| paths(name)) {
            let hint = format!("the columns are path, {}", STATED.join(", "));
            let at = At { line: 1, column: 1 };
            self.problem(at, &format!("no column path; {hint}"));
            return false;
        }
        for (at, told) in &read.problems {
            self.problem(*at, told);
        }
        for row in &read.rows {
            self.take_row(row);
        }
        self.problems.sort_by_key(|problem| place_of(&problem.path));
        true
    }

    fn take_row(&mut self, row: &Row) {
        let path = row
            .cells
            .iter()
            .find(|cell| metadata_field(&cell.column) == Some("path"));
        let Some(path) = path else {
            let at = row.cells.first().map_or(
                At {
                    line: row.line,
                    column: 1,
                },
                |cell| cell.at,
            );
            return self.problem(at, "no path in this row");
        };
        let key = key(&path.text);
        if let Some((line, _)) = self.rows.get(&key) {
            let told = format!("{} stands on line {line} already", path.text);
            return self.problem(path.at, &told);
        }
        let mut given = Given::default();
        for cell in &row.cells {
            let field = metadata_field(&cell.column).filter(|field| *field != "path");
            if let Some(field) = field
                && let Err(wrong) = state(&mut given, field, &cell.text)
            {
                self.problem(cell.at, &wrong.to_string());
            }
        }
        self.rows.insert(key, (row.line, given));
    }

    fn problem(&mut self, at: At, told: &str) {
        self.problems.push(SkippedFile {
            path: format!("{}:{}:{}", self.shown, at.line, at.column),
            reason: told.to_owned(),
        });
    }
}

/// A path as rows are found by: `/`-separated, without `./` before it.
fn key(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

/// The line and the character at the end of the place of a problem.
fn place_of(place: &str) -> (usize, usize) {
    let mut numbers = place.rsplit(':').map(|number| number.parse().unwrap_or(0));
    let column = numbers.next().unwrap_or(0);
    (numbers.next().unwrap_or(0), column)
}
