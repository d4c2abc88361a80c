//! Disks that are full or may not be written: a clear message, and the old index answers.

use std::fs;
use std::process::Command;

use crate::bench::Bench;

/// Runs a shell script with a small disk of its own mounted at `$DISK`; `None` where the system
/// does not allow that.
#[cfg(target_os = "linux")]
fn on_a_small_disk(bench: &Bench, script: &str) -> Option<String> {
    let disk = bench.beside("disk");
    fs::create_dir_all(&disk).unwrap();
    let mounted = format!("mount -t tmpfs -o size=4m tmpfs \"$DISK\" || exit 99\n{script}");
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &mounted])
        .env("DISK", &disk)
        .env("CORPUS", bench.corpus())
        .env("INDEXER", env!("CARGO_BIN_EXE_xianli-index"))
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    if matches!(output.status.code(), Some(0..=2)) {
        Some(told)
    } else {
        println!("skipped: this system mounts no disk for a test: {told}");
        None
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_the_old_index_answers() {
    let bench = Bench::new();
    let line = |n: u32| format!("第{n}项：办件{}件，登记{}号。\n", n * 7919, n * 104_729);
    let large: String = (0..40_000).map(line).collect();
    fs::write(bench.beside("large.txt"), large).unwrap();
    let script = r#"
        "$INDEXER" update -q --index "$DISK/index" "$CORPUS" || exit 98
        cp "$CORPUS/../large.txt" "$CORPUS/large.txt"
        "$INDEXER" update -q --index "$DISK/index" "$CORPUS"; echo "exit $?"
        rm "$CORPUS/large.txt"
        "$INDEXER" check --index "$DISK/index" || exit 97
        "$INDEXER" update -q --format json --index "$DISK/index" "$CORPUS"
    "#;
    let Some(told) = on_a_small_disk(&bench, script) else {
        return;
    };
    assert!(told.contains("exit 2"), "{told}");
    assert!(told.contains("hint: free some space"), "{told}");
    assert!(told.contains("\"unchanged\":1"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_index_on_a_disk_that_is_read_only_answers_and_is_not_updated() {
    let bench = Bench::new();
    let script = r#"
        "$INDEXER" update -q --index "$DISK/index" "$CORPUS" || exit 98
        mount -o remount,ro "$DISK" || exit 97
        "$INDEXER" update -q --index "$DISK/index" "$CORPUS"; echo "exit $?"
        "$INDEXER" check --index "$DISK/index"
    "#;
    let Some(told) = on_a_small_disk(&bench, script) else {
        return;
    };
    assert!(
        told.contains("exit 2") && told.contains("hint: make the folder writable"),
        "{told}"
    );
}
