//! The structure that ARCHITECTURE.md describes, held against the code.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those that it may import.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("lexicon", &[]),
    ("text", &["lexicon"]),
    ("document", &[]),
    ("read", &["text", "document"]),
    ("classify", &["lexicon", "text", "document"]),
    ("tokenize", &["lexicon", "text"]),
    (
        "index",
        &["lexicon", "text", "document", "classify", "tokenize"],
    ),
    (
        "ingest",
        &["lexicon", "document", "read", "classify", "index"],
    ),
    ("query", &["lexicon"]),
    (
        "search",
        &["lexicon", "text", "document", "tokenize", "index", "query"],
    ),
    (
        "study",
        &["lexicon", "text", "document", "index", "query", "search"],
    ),
    (
        "render",
        &["text", "document", "classify", "search", "study"],
    ),
];

/// Crates that only some modules may name.
const ONLY_NAMED_BY: &[(&str, &[&str])] = &[
    ("fst", &["lexicon"]),
    ("toml", &["lexicon", "read"]),
    ("encoding_rs", &["read"]),
    ("chardetng", &["read"]),
    ("walkdir", &["read"]),
    ("jieba_rs", &["tokenize"]),
    ("tantivy_jieba", &["tokenize"]),
    ("tantivy", &["tokenize", "index", "search"]),
    ("bitpacking", &["index"]),
    ("blake3", &["index", "ingest", "study"]),
    ("globset", &["ingest"]),
    ("notify", &["ingest"]),
    ("tar", &["ingest"]),
    ("signal_hook", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
];

/// Lines of code in a file before its tests.
const LONGEST_FILE: usize = 400;

struct SourceFile {
    path: PathBuf,
    module: String,
    /// The file up to its test module.
    code: String,
}

fn source_files() -> Vec<SourceFile> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&source).unwrap().to_owned();
                let module = inside
                    .components()
                    .next()
                    .unwrap()
                    .as_os_str()
                    .to_string_lossy();
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("\n#[cfg(test)]").next().unwrap().to_owned();
                files.push(SourceFile {
                    module: module.into_owned(),
                    code,
                    path: inside,
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 20, "the source files are read");
    files
}

/// The lines of code that are no comment, with their numbers.
fn code_lines(file: &SourceFile) -> impl Iterator<Item = (usize, &str)> {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    (1..)
        .zip(file.code.lines())
        .filter(move |(_, line)| is_code(line))
}

/// Whether `name` stands in the line as a whole path segment followed by `::`.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[test]
fn imports_go_upwards_in_the_table_only() {
    let table: BTreeMap<_, _> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in source_files() {
        let Some(allowed) = table.get(file.module.as_str()) else {
            continue;
        };
        for (number, line) in code_lines(&file) {
            for (at, _) in line.match_indices("crate::") {
                let target: String = line[at + "crate::".len()..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if target != file.module && !allowed.contains(&target.as_str()) {
                    wrong.push(format!("{}:{number} imports {target}", file.path.display()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_crate_is_named_only_where_it_belongs() {
    let mut wrong = Vec::new();
    for file in source_files() {
        for (number, line) in code_lines(&file) {
            for (name, homes) in ONLY_NAMED_BY {
                if names(line, name) && !homes.contains(&file.module.as_str()) {
                    wrong.push(format!("{}:{number} names {name}", file.path.display()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let mut wrong = Vec::new();
    for file in source_files() {
        if !file.code.starts_with("//! ") {
            wrong.push(file.path.display().to_string());
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_can_be_read_at_once() {
    let mut wrong = Vec::new();
    for file in source_files() {
        let lines = file.code.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines", file.path.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let mut wrong = Vec::new();
    for file in source_files() {
        for (number, line) in code_lines(&file) {
            if line.contains("#[allow(") || line.contains("#![allow(") {
                wrong.push(format!("{}:{number}", file.path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_top_level_modules_are_those_of_the_table() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"));
    let library = library.unwrap();
    let mut found: Vec<_> = library
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let mut expected: Vec<_> = MAY_IMPORT.iter().map(|row| row.0).chain(["cli"]).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}
