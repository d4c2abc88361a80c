//! Instruction counts of cutting, indexing and asking, held against those of `guards.tsv`.
//!
//! ```text
//! cargo bench --bench guards --profile dev [-- --record]
//! ```
//!
//! Compares, and fails where a count has grown by more than three tenths; with `--record` it writes the
//! counts of this build instead. One process runs all cases under valgrind's callgrind, which writes
//! the counts of all threads where a case begins, so starting up and loading the dictionary and the
//! tables are no part of them. Instructions hardly depend on the machine or on what else runs
//! there: no clock is read. Without `valgrind` nothing can be counted, which is an error.
//!
//! The profile is the tests' own: our code unoptimised, the dependencies optimised and built already.
//! An optimised build of the library alone takes longer than all that is counted here.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use tantivy::tokenizer::{TokenStream, Tokenizer};
use xianli::index::IndexReader;
use xianli::ingest::index_in_memory;
use xianli::query::parse;
use xianli::search::{Request, search};
use xianli::tokenize::{Cutter, PairTokenizer, UnitTokenizer, WordTokenizer};

/// A count may grow to so many hundredths of the recorded one.
const BOUND: u64 = 130;

/// What is counted, in this order.
const CASES: [&str; 6] = [
    "cut 1 MB into words",
    "cut 1 MB into units and pairs",
    "index a quarter of it",
    "ask for a label",
    "ask for two terms",
    "ask a long question",
];

fn main() -> ExitCode {
    if env::args().any(|argument| argument == "--counted") {
        run_all();
        return ExitCode::SUCCESS;
    }
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/guards.tsv");
    let counts = match counted() {
        Ok(counts) => counts,
        Err(error) => {
            println!("nothing was counted: {error}\nhint: apt-get install valgrind");
            return ExitCode::FAILURE;
        }
    };
    if env::args().any(|argument| argument == "--record") {
        let rows = CASES.iter().zip(&counts);
        let rows: String = rows
            .map(|(case, count)| format!("{case}\t{count}\n"))
            .collect();
        fs::write(table, format!("case\tthousand instructions\n{rows}"))
            .expect("the table can be written");
        return ExitCode::SUCCESS;
    }
    compare(&counts, &recorded(&table))
}

fn compare(counts: &[u64], recorded: &BTreeMap<String, u64>) -> ExitCode {
    let mut verdict = ExitCode::SUCCESS;
    for (case, &count) in CASES.iter().zip(counts) {
        let before = recorded.get(*case).copied().unwrap_or_default();
        let has_grown = count * 100 > before * BOUND;
        let mark = if has_grown { "TOO MANY" } else { "" };
        println!("{case:30} {count:>10} thousand instructions, recorded {before:>10} {mark}");
        if has_grown {
            verdict = ExitCode::FAILURE;
        }
    }
    if verdict == ExitCode::FAILURE {
        println!("hint: make it cheaper, or say in the commit why not, and add -- --record");
    }
    verdict
}

fn recorded(table: &Path) -> BTreeMap<String, u64> {
    let rows = fs::read_to_string(table).unwrap_or_default();
    let cells = rows.lines().filter_map(|row| row.split_once('\t'));
    cells
        .filter_map(|(case, count)| Some((case.to_owned(), count.parse().ok()?)))
        .collect()
}

/// Thousands of instructions of each case.
fn counted() -> io::Result<Vec<u64>> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("counts");
    let status = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--quiet",
            "--dump-before=*guards::counted_case*",
        ])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(env::current_exe()?)
        .arg("--counted")
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("callgrind ended with {status}")));
    }
    // The first file is what stands before the first case.
    (2..)
        .take(CASES.len())
        .map(|number| total(&out.with_extension(number.to_string())))
        .collect()
}

/// Thousands of instructions that one file of callgrind sums up.
fn total(counts: &Path) -> io::Result<u64> {
    let text = fs::read_to_string(counts)?;
    let sum = text.lines().find_map(|line| line.strip_prefix("totals:"));
    let sum = sum.and_then(|sum| sum.trim().parse::<u64>().ok());
    let missing = || io::Error::other(format!("{} has no total", counts.display()));
    sum.map(|sum| sum / 1000).ok_or_else(missing)
}

fn run_all() {
    let texts = texts();
    // Loads the dictionary and all tables.
    indexed(&texts[..1]);
    counted_case(|| cut(WordTokenizer::default(), &texts));
    counted_case(|| {
        cut(UnitTokenizer, &texts);
        cut(PairTokenizer, &texts);
    });
    let index = counted_case(|| indexed(&texts[..texts.len() / 4]));
    counted_case(|| ask(&index, "一网通办"));
    counted_case(|| ask(&index, "营商环境 投诉"));
    counted_case(|| ask(&index, "企业不用申请就能拿到补贴的政策有哪些"));
    // Where the last ends.
    counted_case(|| ());
}

/// Callgrind knows this function by its name.
#[inline(never)]
fn counted_case<T>(case: impl FnOnce() -> T) -> T {
    black_box(case())
}

fn cut(mut tokenizer: impl Tokenizer, texts: &[(String, String)]) {
    for line in texts.iter().flat_map(|(_, text)| text.lines()) {
        tokenizer.token_stream(line).process(&mut |token| {
            black_box(&token.text);
        });
    }
}

fn indexed(texts: &[(String, String)]) -> IndexReader {
    let files = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()));
    let (index, skipped) = index_in_memory(files).expect("memory is enough");
    assert_eq!(skipped, [], "all texts become documents");
    index
}

fn ask(index: &IndexReader, question: &str) {
    let request = Request::of(parse(question));
    let results = search(index, &Cutter::default(), &request);
    let found = results.expect("the index can be read").total.paragraphs;
    assert!(found > 0, "{question} is in the sample");
}

/// The UTF-8 texts of the sample, each copy with a line of its own, until they are 1 MB.
fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-sample");
    let entries = fs::read_dir(folder).expect("the sample is in the package");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let sources: Vec<String> = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    let mut texts = Vec::new();
    let mut bytes = 0;
    for (number, source) in sources.iter().cycle().enumerate() {
        if bytes > 1_000_000 {
            break;
        }
        bytes += source.len();
        texts.push((
            format!("{number}.txt"),
            format!("{source}\n第{number}份。\n"),
        ));
    }
    texts
}
