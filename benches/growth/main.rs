//! How xianli grows: corpora of several sizes in; times, memory and index sizes out, as a table and
//! a picture.
//!
//! ```text
//! cargo bench --bench growth -- --from FOLDER [--from FOLDER…] [--paragraphs N] [--seed N] --corpus FOLDER
//! ```
//!
//! The corpus is made once and kept: without `--from`, the one in the folder is used.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod corpus;
mod names;
mod random;

use std::env;
use std::path::PathBuf;

/// What the command line asks for.
struct Asked {
    from: Vec<PathBuf>,
    paragraphs: usize,
    seed: u64,
    corpus: PathBuf,
}

fn main() {
    let asked = asked();
    if !asked.from.is_empty() {
        let source = corpus::Source::read(&asked.from).expect("the source can be read");
        let made = corpus::make(
            &source,
            &planted(),
            asked.paragraphs,
            asked.seed,
            &asked.corpus,
        )
        .expect("the corpus can be written");
        println!("{made:?}");
    }
}

fn asked() -> Asked {
    let mut asked = Asked {
        from: Vec::new(),
        paragraphs: 600_000,
        seed: 1,
        corpus: PathBuf::from("target/growth"),
    };
    let mut arguments = env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .unwrap_or_else(|| panic!("{flag} needs a value"))
        };
        match flag.as_str() {
            "--from" => asked.from.push(PathBuf::from(value())),
            "--corpus" => asked.corpus = PathBuf::from(value()),
            "--paragraphs" => {
                asked.paragraphs = value().parse().expect("--paragraphs needs a number");
            }
            "--seed" => asked.seed = value().parse().expect("--seed needs a number"),
            // What `cargo bench` adds.
            "--bench" => {}
            other => panic!("unknown flag {other}"),
        }
    }
    asked
}

/// The labels that no source has: the questions of the kind `rare label`.
fn planted() -> Vec<String> {
    include_str!("questions.tsv")
        .lines()
        .filter_map(|row| row.strip_prefix("rare label\t"))
        .map(str::to_owned)
        .collect()
}
