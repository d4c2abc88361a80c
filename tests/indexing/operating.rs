//! What an operator does with an index beside updating it.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use xianli::index::{Depth, Resources};
use xianli::ingest::{IngestError, backup, check, optimize, remember_run, restore, status};

use crate::bench::{Bench, answers, on};

/// An index of several segments, with something removed.
fn used() -> Bench {
    let bench = Bench::new();
    bench.write(
        "a.txt",
        "深圳市2022年工作总结\n推行一网通办。\n办件98.6万件。\n",
    );
    bench.write(
        "b.txt",
        "防城港市2021年法治政府建设年度报告\n推行免申即享。\n",
    );
    bench.update(None);
    bench.write(
        "b.txt",
        "防城港市2021年法治政府建设年度报告\n推行秒批秒报。\n",
    );
    bench.update(None);
    bench
}

/// The files of the index that readers are answered from, by name.
fn files(bench: &Bench) -> Vec<PathBuf> {
    let current = fs::read_to_string(bench.index().join("CURRENT")).unwrap();
    let entries = fs::read_dir(bench.index().join(current.trim())).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn problems(bench: &Bench) -> Vec<String> {
    check(&bench.index(), Depth::All).unwrap().problems
}

#[test]
fn a_whole_index_has_no_problems() {
    assert_eq!(problems(&used()), [""; 0]);
}

#[test]
fn a_flipped_byte_is_found_in_every_file_of_a_segment() {
    let bench = used();
    let endings = ["term", "idx", "pos", "fieldnorm", "fast", "store", "del"];
    for file in files(&bench) {
        let ending = file
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !endings.contains(&ending.as_str()) {
            continue;
        }
        let whole = fs::read(&file).unwrap();
        let mut flipped = whole.clone();
        flipped[0] ^= 0x10;
        fs::write(&file, flipped).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        // Some damage is so deep that the index does not open; that is said too.
        let told = match check(&bench.index(), Depth::Sample) {
            Ok(report) => report.problems.join("; "),
            Err(error) => error.to_string(),
        };
        assert!(
            told.contains(&name) || told.contains("cannot be read"),
            "{name}: {told}"
        );
        fs::write(&file, whole).unwrap();
    }
    assert_eq!(problems(&bench), [""; 0]);
}

#[test]
fn a_manifest_that_is_cut_is_found_and_the_next_run_repairs_it() {
    let bench = used();
    let manifest = files(&bench).into_iter().find(|file| {
        let name = file.file_name().unwrap().to_string_lossy();
        name.starts_with("manifest-")
    });
    let manifest = manifest.unwrap();
    let whole = fs::read(&manifest).unwrap();
    fs::write(&manifest, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(problems(&bench), ["manifest-2.jsonl is damaged or gone"]);
    bench.update(None);
    assert_eq!(problems(&bench), [""; 0]);
    assert_eq!(bench.answers(), bench.rebuilt());
}

#[test]
fn a_backup_comes_back_as_it_was_and_a_damaged_one_does_not() {
    let bench = used();
    let (file, elsewhere) = (bench.beside("backup.tar"), bench.beside("elsewhere"));
    let report = backup(&bench.index(), &file, &on).unwrap();
    assert_eq!(
        (report.documents, report.bytes),
        (3, fs::metadata(&file).unwrap().len())
    );
    restore(&elsewhere, &file, SystemTime::UNIX_EPOCH, &on).unwrap();
    assert_eq!(answers(&elsewhere), bench.answers());

    let whole = fs::read(&file).unwrap();
    for at in [0, whole.len() / 3, whole.len() / 2] {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        fs::write(&file, flipped).unwrap();
        let told = restore(&elsewhere, &file, SystemTime::UNIX_EPOCH, &on)
            .unwrap_err()
            .to_string();
        assert!(told.contains("hint: "), "{told}");
        fs::write(&file, &whole[..at]).unwrap();
        restore(&elsewhere, &file, SystemTime::UNIX_EPOCH, &on).unwrap_err();
    }
    assert_eq!(answers(&elsewhere), bench.answers());
}

#[test]
fn a_restore_that_is_asked_to_end_leaves_the_old_index_and_nothing_else() {
    let bench = used();
    let (file, before) = (bench.beside("backup.tar"), bench.answers());
    backup(&bench.index(), &file, &on).unwrap();
    bench.write("c.txt", "跨省通办。");
    bench.update(None);
    let (now, entries) = (bench.answers(), entries(&bench));
    // Asked at the n-th of its questions to end.
    for n in [0, 1, 5] {
        let asked = std::cell::Cell::new(0);
        let asking = || {
            asked.set(asked.get() + 1);
            if asked.get() > n {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        };
        let ended = restore(&bench.index(), &file, SystemTime::UNIX_EPOCH, &asking);
        assert!(matches!(ended, Err(IngestError::Stopped)), "{ended:?}");
        assert_eq!(bench.answers(), now);
        assert_eq!(self::entries(&bench), entries);
    }
    restore(&bench.index(), &file, SystemTime::UNIX_EPOCH, &on).unwrap();
    assert_eq!(bench.answers(), before);
}

/// What lies in the folder of the index.
fn entries(bench: &Bench) -> Vec<PathBuf> {
    let entries = fs::read_dir(bench.index()).unwrap();
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

#[test]
fn merging_all_segments_changes_no_answer() {
    let bench = used();
    let before = bench.answers();
    let report = optimize(&bench.index(), Resources::default(), SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!((report.segments_before, report.segments), (2, 1));
    assert_eq!(bench.answers(), before);
    assert_eq!(problems(&bench), [""; 0]);
    bench.write("c.txt", "跨省通办。");
    bench.update(None);
    assert_eq!(bench.answers(), bench.rebuilt());
}

#[test]
fn the_status_speaks_of_documents_segments_sizes_and_runs() {
    let bench = used();
    let none = status(&bench.beside("none")).unwrap();
    assert_eq!((none.freshness, none.documents), ("missing", None));
    let report = bench.update(None);
    let took = std::time::Duration::from_millis(1500);
    remember_run(&bench.index(), SystemTime::UNIX_EPOCH, took, Ok(&report)).unwrap();
    let status = status(&bench.index()).unwrap();
    assert_eq!(
        (status.freshness, status.documents, status.paragraphs),
        ("current", Some(3), Some(84))
    );
    let removed: u32 = status.segments.iter().map(|segment| segment.removed).sum();
    assert_eq!((status.segments.len(), removed), (2, 2));
    assert!(
        status.sizes.values().all(|&bytes| bytes > 0),
        "{:?}",
        status.sizes
    );
    assert_eq!(
        (status.runs[0].unchanged, status.runs[0].milliseconds),
        (3, 1500)
    );
}

#[test]
fn a_run_with_nothing_to_do_removes_what_a_killed_merge_has_left() {
    let bench = used();
    let before = files(&bench);
    let folder = before[0].parent().unwrap().to_owned();
    let id = "0123456789abcdef0123456789abcdef";
    for ending in ["idx", "term", "7.del"] {
        fs::write(folder.join(format!("{id}.{ending}")), "half").unwrap();
    }
    fs::write(folder.join(".tmpA1b2C3"), "half").unwrap();
    assert_eq!(bench.update(None).unchanged, 3);
    // A file that was written in the moment of the run before is looked at again, and the manifest says
    // so.
    let segments = |files: Vec<PathBuf>| {
        let is_manifest = |file: &PathBuf| file.extension().is_some_and(|e| e == "jsonl");
        files
            .into_iter()
            .filter(|file| !is_manifest(file))
            .collect::<Vec<_>>()
    };
    assert_eq!(segments(files(&bench)), segments(before));
    assert_eq!(problems(&bench), [""; 0]);
}
