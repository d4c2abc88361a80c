//! Metadata beside documents: `metadata.csv` and `metadata.jsonl` in the folders that hold them, and
//! files that are given by name.
//!
//! Comes in: files and folders. Goes out: what is stated about each document, with the file and the
//! line that states it. A value that cannot be understood is a problem with its line and character,
//! and everything else still counts. Metadata files are no documents.

mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::table::Table;
use super::manifest::hash_of;
use super::{IngestError, SkippedFile};
use crate::document::Document;
use crate::read::{Limits, display_path};

/// The names of files in a folder that state something about the others in and below it, the
/// stronger first.
pub const METADATA_FILES: [&str; 2] = ["metadata.csv", "metadata.jsonl"];

/// All that metadata files state.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Those given by name, the strongest first.
    named: Vec<Table>,
    /// Those of folders.
    of_folders: BTreeMap<PathBuf, Vec<Table>>,
    /// Folders from which paths in files given by name may count, beside the file's own.
    roots: Vec<PathBuf>,
    problems: Vec<SkippedFile>,
}

/// How far a metadata file fits the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetadataReport {
    /// The metadata file.
    pub path: String,
    /// How many documents or files it names.
    pub rows: u64,
    /// Which of them are not there.
    pub unmatched: Vec<String>,
}

/// Whether a file is one of [`METADATA_FILES`] by its name.
pub fn is_metadata_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    METADATA_FILES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

impl Beside {
    /// Reads what is stated about one file: by metadata files given by name, and by those in its
    /// folder and in all folders above.
    ///
    /// # Errors
    /// When a file given by name cannot be read.
    pub fn of_file(file: &Path, named: &[PathBuf], limits: &Limits) -> Result<Self, IngestError> {
        let whole = absolute(file);
        let mut beside = Self {
            named: read_named(named, limits)?,
            roots: whole.ancestors().skip(1).map(Path::to_owned).collect(),
            ..Self::default()
        };
        let climbs = file.components().any(|part| part.as_os_str() == "..");
        for (depth, folder) in whole.ancestors().skip(1).enumerate() {
            let as_given = file.ancestors().nth(depth + 1).filter(|_| !climbs);
            for name in METADATA_FILES {
                let path = folder.join(name);
                if path != whole && path.is_file() {
                    let shown = as_given.unwrap_or(folder).join(name);
                    beside.add(&path, &shown, limits);
                }
            }
        }
        let own = whole.parent().unwrap_or(&whole);
        let told = beside
            .named
            .iter()
            .chain(beside.of_folders.get(own).into_iter().flatten());
        beside.problems = told.flat_map(Table::problems).cloned().collect();
        Ok(beside)
    }

    /// Reads what is stated by files given by name and by `found`, metadata files of folders.
    ///
    /// # Errors
    /// When a file given by name cannot be read.
    pub fn of_folders(
        roots: &[PathBuf],
        named: &[PathBuf],
        found: &[PathBuf],
        limits: &Limits,
    ) -> Result<Self, IngestError> {
        let mut beside = Self {
            named: read_named(named, limits)?,
            roots: roots.iter().map(|root| absolute(root)).collect(),
            ..Self::default()
        };
        for path in found {
            beside.add(&absolute(path), path, limits);
        }
        beside.problems = beside.tables().flat_map(Table::problems).cloned().collect();
        Ok(beside)
    }

    /// What in the metadata files cannot be understood: each with file, line and character.
    pub fn problems(&self) -> &[SkippedFile] {
        &self.problems
    }

    /// Lets the documents of a file know what is stated about them.
    pub fn state(&self, file: &Path, documents: &mut [Document]) {
        if self.is_empty() {
            return;
        }
        let shown = display_path(file);
        let keys = self.keys_of(file);
        for document in documents {
            let inside = document.path.strip_prefix(&shown).unwrap_or_default();
            let beside = keys.iter().filter_map(|(table, key)| {
                table
                    .stated(&format!("{key}{inside}"))
                    .or_else(|| table.stated(key))
            });
            document.beside = beside.collect();
        }
    }

    /// How far each metadata file fits `files`.
    pub(super) fn reports<'f>(
        &self,
        files: impl Iterator<Item = &'f PathBuf>,
    ) -> Vec<MetadataReport> {
        let mut open: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
        for table in self.tables() {
            open.insert(table.path(), table.keys().collect());
        }
        if open.is_empty() {
            return Vec::new();
        }
        for file in files {
            for (table, key) in self.keys_of(file) {
                let names_it = |row: &str| Table::is_of(row, &key);
                if table.keys_of(&key).next().is_some()
                    && let Some(rows) = open.get_mut(table.path())
                {
                    rows.retain(|row| !names_it(row));
                }
            }
        }
        let report = |table: &Table| MetadataReport {
            path: table.shown().to_owned(),
            rows: table.keys().count() as u64,
            unmatched: open[table.path()]
                .iter()
                .map(|&row| row.to_owned())
                .collect(),
        };
        self.tables().map(report).collect()
    }

    /// A digest of all that is stated about a file and what is in it; empty where nothing is.
    pub(super) fn digest(&self, file: &Path) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut text = String::new();
        for (table, key) in self.keys_of(file) {
            for (row, given) in table.keys_of(&key) {
                let given = serde_json::to_string(given).expect("a statement has string keys only");
                text += &format!("{}\0{given}\n", &row[key.len()..]);
            }
        }
        if text.is_empty() {
            text
        } else {
            hash_of(text.as_bytes())
        }
    }

    fn is_empty(&self) -> bool {
        self.named.is_empty() && self.of_folders.is_empty()
    }

    fn tables(&self) -> impl Iterator<Item = &Table> {
        self.named.iter().chain(self.of_folders.values().flatten())
    }

    fn add(&mut self, path: &Path, shown: &Path, limits: &Limits) {
        let folder = path.parent().unwrap_or(path).to_owned();
        let table = Table::read(path, display_path(shown), limits);
        let tables = self.of_folders.entry(folder).or_default();
        tables.push(table.unwrap_or_else(|unreadable| unreadable));
        tables.sort_by(|one, other| one.path().cmp(other.path()));
    }

    /// The tables that may speak of a file, the strongest first, each with the key that it would
    /// have there.
    fn keys_of(&self, file: &Path) -> Vec<(&Table, String)> {
        let file = absolute(file);
        let mut keys = Vec::new();
        for table in &self.named {
            let own = table.path().parent().map(Path::to_owned);
            let folders = own.iter().chain(&self.roots);
            let inside = folders.filter_map(|folder| file.strip_prefix(folder).ok());
            let mut names: Vec<String> = Vec::new();
            for name in inside.chain([&*file]).map(display_path) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            keys.extend(names.into_iter().map(|name| (table, name)));
        }
        for folder in file.ancestors().skip(1) {
            for table in self.of_folders.get(folder).into_iter().flatten() {
                if let Ok(inside) = file.strip_prefix(folder) {
                    keys.push((table, display_path(inside)));
                }
            }
        }
        keys
    }
}

fn read_named(named: &[PathBuf], limits: &Limits) -> Result<Vec<Table>, IngestError> {
    let read = |path: &PathBuf| {
        let unreadable = |table: Table| IngestError::Metadata {
            path: path.clone(),
            problem: table.told(),
        };
        Table::read(&absolute(path), display_path(path), limits).map_err(unreadable)
    };
    named.iter().map(read).collect()
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_file;
    use std::fs;

    /// Title and year that `file` is stated to have, each with the line that states it.
    fn stated(beside: &Beside, file: &Path) -> Vec<(Option<String>, Option<i32>, usize)> {
        let mut documents = read_file(file, &Limits::default()).unwrap().documents;
        beside.state(file, &mut documents);
        let rows = documents.into_iter().flat_map(|document| document.beside);
        rows.map(|row| (row.given.title, row.given.year, row.line))
            .collect()
    }

    #[test]
    fn the_nearest_folder_is_the_strongest_and_files_given_by_name_are_stronger() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("乙")).unwrap();
        fs::write(at("乙/a.txt"), "一。").unwrap();
        fs::write(at("metadata.csv"), "path,title,year\n乙/a.txt,远,2001\n").unwrap();
        fs::write(at("乙/metadata.csv"), "path,title\n\na.txt,近\n").unwrap();
        fs::write(at("名.jsonl"), "{\"path\": \"乙/a.txt\", \"year\": 2003}\n").unwrap();
        let file = at("乙/a.txt");
        let expected = [
            (None, Some(2003), 1),
            (Some("近".to_owned()), None, 3),
            (Some("远".to_owned()), Some(2001), 2),
        ];
        let limits = Limits::default();
        let beside = Beside::of_file(&file, &[at("名.jsonl")], &limits).unwrap();
        assert_eq!(stated(&beside, &file), expected);
        let found = [at("metadata.csv"), at("乙/metadata.csv")];
        let roots = [folder.path().to_owned()];
        let beside = Beside::of_folders(&roots, &[at("名.jsonl")], &found, &limits).unwrap();
        assert_eq!(stated(&beside, &file), expected);
        let unmatched: Vec<_> = beside
            .reports([&at("乙/b.txt")].into_iter())
            .into_iter()
            .map(|report| report.unmatched)
            .collect();
        assert_eq!(unmatched, [["乙/a.txt"], ["乙/a.txt"], ["a.txt"]]);
    }

    #[test]
    fn a_row_may_name_a_file_or_a_document_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let lines = folder.path().join("c.jsonl");
        fs::write(&lines, "{\"text\": \"一\"}\n{\"text\": \"二\"}\n").unwrap();
        let table = "path,title,year\nc.jsonl,全,\nc.jsonl:2,次,2002\nc.jsonl2,别,\n";
        fs::write(folder.path().join("metadata.csv"), table).unwrap();
        let beside = Beside::of_file(&lines, &[], &Limits::default()).unwrap();
        assert_eq!(
            stated(&beside, &lines),
            [
                (Some("全".to_owned()), None, 2),
                (Some("次".to_owned()), Some(2002), 3)
            ]
        );
        assert_ne!(beside.digest(&lines), "");
        assert_eq!(beside.digest(&folder.path().join("d.jsonl")), "");
    }

    #[test]
    fn what_cannot_be_understood_is_named_with_line_and_character() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        let table = "path,地区,year,note\na.txt,深镇,21,x\na.txt,深圳,,\n,深圳,,\n";
        fs::write(folder.path().join("metadata.csv"), table).unwrap();
        let beside = Beside::of_file(&file, &[], &Limits::default()).unwrap();
        let told: Vec<_> = beside
            .problems()
            .iter()
            .map(|problem| {
                let place = problem.path.rsplit_once("metadata.csv").unwrap().1;
                let problem = problem.reason.split(';').next().unwrap();
                format!("{place} {problem}")
            })
            .collect();
        assert_eq!(
            told,
            [
                ":2:7 region 深镇 is not known",
                ":2:10 year 21 is no year",
                ":3:1 a.txt stands on line 2 already",
                ":4:2 no path in this row"
            ]
        );
        let missing = Beside::of_file(&file, &["/nowhere.csv".into()], &Limits::default());
        let told = missing.unwrap_err().to_string();
        assert!(told.starts_with("/nowhere.csv"), "{told}");
    }
}
