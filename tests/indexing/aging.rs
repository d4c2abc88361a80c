//! Indexes that another version has written.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use xianli::index::IndexReader;
use xianli::ingest::{restore, status};

use crate::bench::{Bench, now, on};

/// An index that an older build has written: the files of its one commit.
const OLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/indexing/format-0.tar");

/// Puts the old index in the place of that of the bench.
fn aged() -> Bench {
    let bench = Bench::new();
    let generation = bench.index().join("generation-1");
    fs::create_dir_all(&generation).unwrap();
    tar::Archive::new(File::open(OLD).unwrap())
        .unpack(&generation)
        .unwrap();
    fs::write(bench.index().join("CURRENT"), "generation-1\n").unwrap();
    bench
}

#[test]
fn an_index_of_an_older_format_says_what_to_type_and_the_next_run_builds_it_anew() {
    let bench = aged();
    let told = IndexReader::open(&bench.index()).err().unwrap().to_string();
    let expected = "has format 0, this program reads format ";
    assert!(told.contains(expected), "{told}");
    assert!(
        told.ends_with("hint: build it anew with `xianli-index update`"),
        "{told}"
    );
    assert_eq!(status(&bench.index()).unwrap().freshness, "other-format");
    bench.update(None);
    assert_eq!(bench.answers(), bench.rebuilt());
    assert!(!bench.index().join("generation-1").exists());
}

#[test]
fn every_question_to_an_index_of_an_older_format_says_what_to_type() {
    let bench = aged();
    let questions: [&[&str]; 6] = [
        &["search", "一网通办"],
        &["show", "0000000000000000"],
        &["precedents", "一网通办"],
        &["coverage"],
        &["trend", "一网通办"],
        &["cite", "0000000000000000"],
    ];
    for question in questions {
        let asked = Command::new(env!("CARGO_BIN_EXE_xianli"))
            .args(question)
            .arg("--index")
            .arg(bench.index())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&asked.stderr);
        assert_eq!(asked.status.code(), Some(2), "{question:?}: {told}");
        let expected = "has format 0, this program reads format ";
        assert!(told.contains(expected), "{question:?}: {told}");
        let hint = "hint: build it anew with `xianli-index update`\n";
        assert!(told.ends_with(hint), "{question:?}: {told}");
    }
}

#[test]
fn a_backup_of_an_older_format_is_not_restored() {
    let bench = Bench::new();
    bench.update(None);
    let before = bench.answers();
    let told = restore(&bench.index(), Path::new(OLD), now(), &on)
        .unwrap_err()
        .to_string();
    assert!(told.contains("has format 0"), "{told}");
    assert_eq!(bench.answers(), before);
}
