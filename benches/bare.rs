//! Indexing beside the least that tantivy can be asked for: the same paragraphs with stored text and
//! jieba's words with positions, no labels, no other view.
//!
//! ```text
//! cargo bench --bench bare -- --corpus FOLDER [--rounds N] [--binaries FOLDER]
//! ```
//!
//! The corpus is one that `growth` made. Both index it in turns, each run in a process of its own,
//! with two threads and the same memory for postings; merges are waited for. Ratios are of pairs of
//! runs: above 1, xianli is the faster. `--binaries` names a folder with another build of `xianli-index`.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

#[path = "growth/folder.rs"]
mod folder;
#[path = "growth/process.rs"]
mod process;

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use folder::{size_of, text_of};
use process::{Run, watched};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexWriter, TantivyDocument};
use xianli::index::Resources;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    let value = |flag: &str| {
        let place = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(place + 1)
    };
    let corpus = PathBuf::from(value("--corpus").expect("--corpus FOLDER, as growth made it"));
    if let Some(index) = value("--index-into") {
        return bare(&corpus, Path::new(index)).map_err(io::Error::other);
    }
    let rounds = value("--rounds").map_or(3, |n| n.parse().expect("--rounds needs a number"));
    let own = Path::new(env!("CARGO_BIN_EXE_xianli-index"));
    let indexer = value("--binaries").map_or(own.to_owned(), |folder| {
        Path::new(folder).join("xianli-index")
    });
    in_turns(&corpus, rounds, &indexer)
}

/// Runs both in turns; prints every run, and the medians of the pairs' ratios.
fn in_turns(corpus: &Path, rounds: usize, indexer: &Path) -> io::Result<()> {
    let (_, bytes) = text_of(corpus)?;
    println!("{:.1} MB of paragraphs", bytes as f64 / 1e6);
    let mut pairs = Vec::new();
    for _ in 0..rounds {
        pairs.push([
            one_run("bare", bytes, corpus, |folder| {
                let mut command = Command::new(env::current_exe()?);
                command.arg("--corpus").arg(corpus);
                command.arg("--index-into").arg(folder);
                Ok(command)
            })?,
            one_run("xianli", bytes, corpus, |folder| {
                let mut command = Command::new(indexer);
                command.arg("update").arg(corpus.join("documents"));
                command.arg("--index").arg(folder).arg("-q");
                Ok(command)
            })?,
        ]);
    }
    let middle = |of: fn(&Run) -> f64| {
        let ratios = pairs.iter().map(|[bare, xianli]| of(bare) / of(xianli));
        let mut ratios: Vec<f64> = ratios.collect();
        ratios.sort_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    };
    println!(
        "xianli's speed in bare's: {:.2} by the clock, {:.2} by processor time",
        middle(|run| run.seconds),
        middle(|run| run.cpu_seconds)
    );
    Ok(())
}

/// Indexes into a folder that is empty before and gone afterwards.
fn one_run(
    name: &str,
    bytes: u64,
    corpus: &Path,
    command: impl FnOnce(&Path) -> io::Result<Command>,
) -> io::Result<Run> {
    let folder = tempfile::tempdir_in(corpus)?;
    let run = watched(&mut command(folder.path())?)?;
    println!(
        "{name:7} {:7.2} s {:6.2} MB/s, CPU {:7.2} s, peak {:4.0} MB, own {:4.0} MB, {:.3} of the text",
        run.seconds,
        bytes as f64 / 1e6 / run.seconds,
        run.cpu_seconds,
        run.peak_megabytes,
        run.own_megabytes,
        size_of(folder.path())? as f64 / bytes as f64,
    );
    Ok(run)
}

fn bare(corpus: &Path, folder: &Path) -> tantivy::Result<()> {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer("jieba")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(words) | STORED;
    let text = schema.add_text_field("text", options);
    let index = Index::create_in_dir(folder, schema.build())?;
    let jieba = tantivy_jieba::JiebaTokenizer::with_hmm(false);
    index.tokenizers().register("jieba", jieba);
    let Resources { memory, .. } = Resources::default();
    let mut writer: IndexWriter = index.writer_with_num_threads(2, memory)?;
    for line in BufReader::new(File::open(corpus.join("paragraphs.tsv"))?).lines() {
        if let Some((_, paragraph)) = line?.split_once('\t') {
            let mut document = TantivyDocument::default();
            document.add_text(text, paragraph);
            writer.add_document(document)?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()
}
