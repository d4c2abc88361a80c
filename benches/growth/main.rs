//! How xianli grows: corpora of several sizes in; times, memory and index sizes out, as a table and
//! a picture.
//!
//! ```text
//! cargo bench --bench growth -- [--from FOLDER…] [--paragraphs N[,N…]] [--seed N] [--corpus FOLDER]
//!                               [--rounds N] [--only corpus|index|questions] [--binaries FOLDER]
//! ```
//!
//! A corpus of each size is made of the texts under the folders (by default the sample) and kept in
//! `FOLDER/SIZE`; one that is there already is not made again. Each is then indexed anew; then all are
//! asked, in turns, the sixty questions of `questions.tsv` and six labels that have the same answer at
//! each size. `growth.md` and `growth.svg` are written beside the corpora.
//! `--binaries` names a folder with other builds of `xianli` and `xianli-index` to measure.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

mod asking;
mod chart;
mod corpus;
mod folder;
mod measure;
mod names;
mod process;
mod random;
mod report;
mod sizes;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What the command line asks for.
struct Asked {
    from: Vec<PathBuf>,
    paragraphs: Vec<usize>,
    seed: u64,
    corpus: PathBuf,
    rounds: usize,
    stages: Stages,
    binaries: PathBuf,
}

/// What is done with each size. A corpus that is missing is made in any case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stages {
    All,
    Corpus,
    Index,
    /// Of an index that is there.
    Questions,
}

fn main() -> io::Result<()> {
    let asked = asked();
    let binaries = measure::Binaries::of(&asked.binaries);
    let mut all = Vec::new();
    for &paragraphs in &asked.paragraphs {
        let folder = asked.corpus.join(paragraphs.to_string());
        if !folder.join("paragraphs.tsv").exists() {
            make(&asked, paragraphs, &folder)?;
        }
        if asked.stages == Stages::Corpus {
            continue;
        }
        let mut figures = measure::Figures::of(&folder)?;
        if asked.stages != Stages::Questions {
            figures.index(&binaries, &folder)?;
        }
        figures.sizes = sizes::Sizes::of(&folder.join("index"), figures.bytes)?;
        all.push((folder, figures));
    }
    if matches!(asked.stages, Stages::All | Stages::Questions) {
        // In turns: what makes a machine slow for a minute makes no size look slow.
        for _ in 0..asked.rounds {
            for (folder, figures) in &mut all {
                figures.ask(&binaries, folder)?;
            }
        }
    }
    if all.is_empty() {
        return Ok(());
    }
    let all: Vec<_> = all.into_iter().map(|(_, figures)| figures).collect();
    fs::write(asked.corpus.join("growth.md"), report::table(&all))?;
    fs::write(asked.corpus.join("growth.svg"), chart::picture(&all))?;
    print!("{}", report::table(&all));
    Ok(())
}

fn make(asked: &Asked, paragraphs: usize, folder: &Path) -> io::Result<()> {
    let source = corpus::Source::read(&asked.from)?;
    let made = corpus::make(&source, &planted(), paragraphs, asked.seed, folder)?;
    println!("{}: {made:?}", folder.display());
    Ok(())
}

fn asked() -> Asked {
    let mut asked = Asked {
        from: Vec::new(),
        paragraphs: vec![600_000],
        seed: 1,
        corpus: PathBuf::from("target/growth"),
        rounds: 7,
        stages: Stages::All,
        binaries: measure::own_binaries().to_owned(),
    };
    let mut arguments = env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let mut value = || {
            let value = arguments.next();
            value.unwrap_or_else(|| panic!("{flag} needs a value"))
        };
        match flag.as_str() {
            "--from" => asked.from.push(PathBuf::from(value())),
            "--corpus" => asked.corpus = PathBuf::from(value()),
            "--paragraphs" => asked.paragraphs = value().split(',').map(number).collect(),
            "--seed" => asked.seed = number(&value()) as u64,
            "--rounds" => asked.rounds = number(&value()),
            "--only" => asked.stages = stages(&value()),
            "--binaries" => asked.binaries = PathBuf::from(value()),
            // What `cargo bench` adds.
            "--bench" => {}
            other => panic!("unknown flag {other}"),
        }
    }
    if asked.from.is_empty() {
        asked.from = vec![PathBuf::from("corpus-sample")];
    }
    asked
}

fn number(text: &str) -> usize {
    let number = text.parse();
    number.unwrap_or_else(|_| panic!("{text} is no number"))
}

fn stages(name: &str) -> Stages {
    match name {
        "corpus" => Stages::Corpus,
        "index" => Stages::Index,
        "questions" => Stages::Questions,
        other => panic!("--only corpus, index or questions, not {other}"),
    }
}

/// The labels that no source has: the questions of two kinds.
fn planted() -> corpus::Planted {
    let of = |kind: &str| {
        let questions = asking::questions().into_iter();
        let questions = questions.filter(|question| question.kind == kind);
        questions.map(|question| question.text).collect()
    };
    corpus::Planted {
        rare: of("rare label"),
        local: of(asking::LOCAL),
    }
}
