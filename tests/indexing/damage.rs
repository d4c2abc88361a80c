//! Files of an index with a flipped byte, as a failing disk leaves them: whoever asks is answered or
//! told what to type, and a run never builds a new index out of damaged files.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use xianli::index::{Depth, Freshness, IndexReader};
use xianli::ingest::{Event, backup, check, optimize, update};
use xianli::query::parse;
use xianli::search::{Request, search};
use xianli::tokenize::Cutter;

use crate::bench::{Bench, answers, on, options};

/// An index of one segment, of which an update removes more than a fifth.
fn used() -> Bench {
    let bench = Bench::new();
    for n in 0..12 {
        let lines: String = (1..12)
            .map(|line| format!("第{n}处推行一网通办，办件{line}{n}件。\n"))
            .collect();
        bench.write(
            &format!("{n}.txt"),
            &format!("深圳市202{n}年工作总结\n一、工作成效\n{lines}"),
        );
    }
    bench.update(None);
    bench
}

/// The files of the segments, and of what was removed from them.
fn segment_files(index: &Path) -> Vec<PathBuf> {
    let current = fs::read_to_string(index.join("CURRENT")).unwrap();
    let entries = fs::read_dir(index.join(current.trim())).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    let endings = ["term", "idx", "pos", "fieldnorm", "fast", "store", "del"];
    let is_part = |file: &PathBuf| {
        let ending = file.extension().unwrap_or_default().to_string_lossy();
        endings.contains(&ending.as_ref())
    };
    let mut files: Vec<_> = files.filter(is_part).collect();
    files.sort();
    files
}

/// Some places all over a file.
fn places(length: usize) -> impl Iterator<Item = usize> {
    [0, 1, 2, 4, 5, 7]
        .into_iter()
        .map(move |part| part * (length - 1) / 7)
}

fn flip(file: &Path, at: usize) -> Vec<u8> {
    let whole = fs::read(file).unwrap();
    let mut flipped = whole.clone();
    flipped[at] ^= 0x08;
    fs::write(file, flipped).unwrap();
    whole
}

#[test]
fn whoever_asks_a_damaged_index_is_answered_or_told_what_to_type() {
    let bench = used();
    for file in segment_files(&bench.index()) {
        let length = fs::metadata(&file).unwrap().len();
        for at in places(usize::try_from(length).unwrap()) {
            let whole = flip(&file, at);
            let asked = Command::new(env!("CARGO_BIN_EXE_xianli"))
                .args(["推行 办件", "--facets", "region,year", "--index"])
                .arg(bench.index())
                .output()
                .unwrap();
            let told = String::from_utf8_lossy(&asked.stderr);
            let place = format!("{} at {at}: {told}", file.display());
            match asked.status.code() {
                Some(0 | 1) => {}
                Some(2) => assert!(told.contains("hint: "), "{place}"),
                other => panic!("{other:?} {place}"),
            }
            assert!(!told.contains("panicked"), "{place}");
            fs::write(&file, whole).unwrap();
        }
    }
}

#[test]
fn a_run_never_makes_a_whole_index_of_damaged_files() {
    let bench = used();
    let [pristine, index] = ["pristine", "index"].map(|name| bench.beside(name));
    fs::rename(&index, &pristine).unwrap();
    for n in 0..4 {
        fs::remove_file(bench.corpus().join(format!("{n}.txt"))).unwrap();
    }
    bench.write("4.txt", "深圳市2024年工作总结\n推行免申即享。\n");
    let expected = bench.rebuilt();
    for file in segment_files(&pristine) {
        let length = fs::metadata(&file).unwrap().len();
        for at in places(usize::try_from(length).unwrap()) {
            copy(&pristine, &index);
            flip(&index.join(file.strip_prefix(&pristine).unwrap()), at);
            bench.update(None);
            let damaged = check(&index, Depth::Sample).map_or(true, |r| !r.problems.is_empty());
            let place = format!("{} at {at}", file.display());
            assert!(damaged || answers(&index) == expected, "{place}");
            fs::remove_dir_all(&index).unwrap();
        }
    }
}

#[test]
fn a_run_that_meets_damaged_files_reads_everything_anew_and_says_so() {
    let bench = used();
    let store = segment_files(&bench.index())
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "store"))
        .unwrap();
    // Each paragraph has a checksum, and a run reads those that it removes.
    for at in (0..fs::metadata(&store).unwrap().len() / 2).step_by(32) {
        flip(&store, usize::try_from(at).unwrap());
    }
    bench.write("4.txt", "深圳市2024年工作总结\n推行免申即享。\n");
    let mut told = Vec::new();
    let observer = &mut |event: Event<'_>| {
        if let Event::Anew(reason) = event {
            told.push(reason.to_owned());
        }
        ControlFlow::Continue(())
    };
    let report = update(&bench.index(), &[], &options(None), observer).unwrap();
    assert_eq!(told, ["files of the index are damaged"]);
    assert_eq!(report.added, 13);
    assert_eq!(bench.answers(), bench.rebuilt());
}

#[test]
fn damaged_files_are_neither_merged_nor_backed_up() {
    let bench = used();
    bench.write("x.txt", "跨省通办。");
    bench.update(None);
    let file = segment_files(&bench.index()).swap_remove(0);
    flip(&file, 10);
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let backup_file = bench.beside("backup.tar");
    for told in [
        optimize(&bench.index(), options(None).resources, options(None).now)
            .unwrap_err()
            .to_string(),
        backup(&bench.index(), &backup_file, &on)
            .unwrap_err()
            .to_string(),
    ] {
        let expected = format!("the file {name} is damaged: its checksum is wrong\nhint: ");
        assert!(told.contains(&expected), "{told}");
        assert!(told.contains("xianli-index update --rebuild"), "{told}");
    }
    assert!(!backup_file.exists());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// A reader that opens an index while it is being removed must see that a file is gone, whichever it
/// is: then it opens the index that came in its place.
#[test]
fn a_missing_file_is_seen_when_an_index_is_opened() {
    let bench = used();
    for file in segment_files(&bench.index()) {
        let whole = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        let state = IndexReader::freshness(&bench.index()).unwrap();
        let is_seen = matches!(state, Freshness::Corrupt { .. });
        assert!(is_seen, "{}: {state:?}", file.display());
        fs::write(&file, whole).unwrap();
    }
    let state = IndexReader::freshness(&bench.index()).unwrap();
    assert_eq!(state, Freshness::Current);
}

/// Whoever has an index open that is replaced and removed keeps reading it, also what it has not looked
/// at before.
#[test]
fn a_removed_index_answers_whoever_has_it_open() {
    let bench = used();
    let cutter = Cutter::default();
    let ask = |reader: &IndexReader| {
        let request = Request::of(parse("\"一网通办\" 推行"));
        search(reader, &cutter, &request).unwrap()
    };
    let expected = ask(&IndexReader::open(&bench.index()).unwrap());
    assert!(expected.total.paragraphs > 100);
    let reader = IndexReader::open(&bench.index()).unwrap();
    fs::remove_dir_all(bench.index()).unwrap();
    assert_eq!(ask(&reader), expected);
}
