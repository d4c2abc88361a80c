//! Two that use one index at the same time.

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use xianli::index::Depth;
use xianli::ingest::{Event, Rebuild, UpdateOptions, backup, check, update};

use crate::bench::{Bench, on, options};

#[test]
fn the_second_indexer_is_told_who_holds_the_lock() {
    let bench = Bench::new();
    bench.update(None);
    let lock = bench.index().join("lock");
    fs::write(&lock, "process 4711 since 2026-01-02T03:04:05Z\n").unwrap();
    let held = File::options().write(true).open(&lock).unwrap();
    held.lock().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_xianli-index"))
        .arg("update")
        .arg("--index")
        .arg(bench.index())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    let expected = format!(
        "error: the index {} is being written: process 4711 since 2026-01-02T03:04:05Z\n\
         hint: wait for it to end, then try again\n",
        bench.index().display()
    );
    assert_eq!(String::from_utf8_lossy(&run.stderr), expected);
    assert_eq!(bench.answers(), bench.rebuilt());
}

#[test]
fn whoever_asks_while_indexes_are_swapped_is_answered() {
    let bench = Bench::new();
    bench.write("a.txt", "推行一网通办。");
    bench.update(None);
    let expected = bench.answers();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let mut asked = 0;
            while !done.load(Ordering::SeqCst) {
                assert!(bench.answers() == expected);
                asked += 1;
            }
            asked
        });
        let options = UpdateOptions {
            rebuild: Rebuild::Always,
            ..options(None)
        };
        for _ in 0..10 {
            let observer = &mut |_: Event<'_>| ControlFlow::Continue(());
            update(&bench.index(), &[], &options, observer).unwrap();
        }
        done.store(true, Ordering::SeqCst);
        assert!(asking.join().unwrap() > 0);
    });
}

#[test]
fn whoever_checks_or_backs_up_while_runs_commit_finds_a_whole_index() {
    let bench = Bench::new();
    bench.write("a.txt", "推行一网通办。");
    bench.update(None);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let checking = scope.spawn(|| {
            let mut checked = 0;
            while !done.load(Ordering::SeqCst) {
                let report = check(&bench.index(), Depth::All).unwrap();
                assert_eq!(report.problems, [""; 0]);
                backup(&bench.index(), &bench.beside("backup.tar"), &on).unwrap();
                checked += 1;
            }
            checked
        });
        for n in 0..25 {
            bench.write("a.txt", &format!("推行一网通办{n}次。"));
            bench.write(&format!("{}.txt", n % 5), &format!("第{n}号文件。"));
            bench.update(None);
        }
        done.store(true, Ordering::SeqCst);
        assert!(checking.join().unwrap() > 0);
    });
}
