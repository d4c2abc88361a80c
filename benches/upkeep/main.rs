//! What it costs to keep an index: a folder of texts in; times, files opened and memory out.
//!
//! ```text
//! cargo bench --bench upkeep -- --from FOLDER --corpus FOLDER [--files N] [--size BYTES] [--max-memory SIZE]
//! ```
//!
//! Makes N files of about so many bytes out of the texts of `--from`, with changed words and numbers;
//! indexes them with `xianli-index`, and again with nothing changed, with ten files changed and with
//! a hundred. Each run is a process of its own; its memory is read from `/proc` while it runs, its
//! counts from its report, the files that it opened from its log.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

mod folder;
mod process;
#[path = "../growth/random.rs"]
mod random;

use std::env;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use folder::{Source, change, make};
use process::{Figures, Indexer};

/// What the command line asks for.
struct Asked {
    from: PathBuf,
    corpus: PathBuf,
    files: usize,
    size: usize,
    max_memory: String,
}

fn main() {
    let asked = asked();
    let source = Source::read(&asked.from).expect("the source can be read");
    let bytes =
        make(&source, asked.files, asked.size, &asked.corpus).expect("files can be written");
    println!(
        "{} files, {:.1} MB, --max-memory {}",
        asked.files,
        bytes as f64 / 1e6,
        asked.max_memory
    );
    settle();
    let indexer = Indexer::new(&asked.corpus, &asked.max_memory);
    println!(
        "{:<16} {:>9} {:>9} {:>8} {:>8} {:>10} {:>12} {:>12}",
        "run", "seconds", "of first", "changed", "opened", "unchanged", "own MB", "all MB"
    );
    let first = row("first", &indexer.run(), None);
    for _ in 0..3 {
        row("nothing changed", &indexer.run(), Some(first));
    }
    for changed in [10, 100] {
        change(&source, changed, asked.size, &asked.corpus).expect("files can be written");
        settle();
        row(&format!("{changed} changed"), &indexer.run(), Some(first));
    }
}

/// A file that was written in the very moment of a run is read again by the next.
fn settle() {
    thread::sleep(Duration::from_secs(1));
}

/// Prints the figures of a run; gives its seconds.
fn row(name: &str, figures: &Figures, first: Option<f64>) -> f64 {
    let share = first.map_or(100.0, |first| 100.0 * figures.seconds / first);
    println!(
        "{name:<16} {:>9.2} {share:>7.2} % {:>8} {:>8} {:>10} {:>12.0} {:>12.0}",
        figures.seconds,
        figures.changed,
        figures.opened,
        figures.unchanged,
        figures.own_bytes as f64 / 1e6,
        figures.all_bytes as f64 / 1e6,
    );
    figures.seconds
}

fn asked() -> Asked {
    let mut asked = Asked {
        from: PathBuf::from("corpus-sample"),
        corpus: PathBuf::from("target/upkeep"),
        files: 10_000,
        size: 10_000,
        max_memory: "256M".to_owned(),
    };
    let mut arguments = env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .unwrap_or_else(|| panic!("{flag} needs a value"))
        };
        match flag.as_str() {
            "--from" => asked.from = PathBuf::from(value()),
            "--corpus" => asked.corpus = PathBuf::from(value()),
            "--files" => asked.files = value().parse().expect("--files needs a number"),
            "--size" => asked.size = value().parse().expect("--size needs a number"),
            "--max-memory" => asked.max_memory = value(),
            // What `cargo bench` adds.
            "--bench" => {}
            other => panic!("unknown flag {other}"),
        }
    }
    asked
}
