//! How fast a text is cut: a folder of texts in, nanoseconds a byte of each step out.
//!
//! ```text
//! cargo bench --bench cutting -- [--from FOLDER] [--rounds N]
//! ```
//!
//! The checksum is of everything that came out: two builds with the same sums cut the same. Each round goes over all lines of all UTF-8 texts of the folder (by default the sample corpus);
//! the median round is shown, so two builds can be compared by running them in turns.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use tantivy::tokenizer::{TokenStream, Tokenizer};
use xianli::text::{fold, units};
use xianli::tokenize::{Cutter, PairTokenizer, UnitTokenizer, WordTokenizer};

fn main() {
    let mut folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-sample");
    let mut rounds = 15;
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--from" => folder = PathBuf::from(arguments.next().expect("--from needs a folder")),
            "--rounds" => {
                let number = arguments.next().expect("--rounds needs a number");
                rounds = number.parse().expect("--rounds needs a number");
            }
            _ => {}
        }
    }
    let lines = lines_of(&folder);
    let bytes: usize = lines.iter().map(String::len).sum();
    println!("{} lines, {bytes} bytes, {rounds} rounds", lines.len());
    let report = |name: &str, step: Step<'_>| {
        let nanoseconds = median_round(rounds, &lines, step);
        println!(
            "{name:6} {:7.2} ns/byte {:8.1} MB/s  checksum {:016x}",
            nanoseconds / bytes as f64,
            bytes as f64 / nanoseconds * 1e3,
            checksum(&lines, step)
        );
    };
    report("fold", &mut |line, see| see(&fold(line), 0));
    report("units", &mut |line, see| {
        let mut token = String::new();
        for unit in units(line) {
            token.clear();
            unit.push_to(&mut token);
            see(&token, unit.range.start);
        }
    });
    report("words", &mut tokens_of(WordTokenizer::default()));
    report("chars", &mut tokens_of(UnitTokenizer));
    report("pairs", &mut tokens_of(PairTokenizer));
    let cutter = Cutter::default();
    let question = "企业不用申请就能拿到补贴的政策有哪些";
    let nanoseconds = median_round(
        rounds.max(100),
        &[question.to_owned()],
        &mut |question, see| {
            for word in cutter.cut_for_search(question) {
                see(&word.token, word.range.start);
            }
        },
    );
    println!(
        "one question of {} bytes: {:.1} µs",
        question.len(),
        nanoseconds / 1e3
    );
}

/// Cuts a line and shows each piece with its place.
type Step<'a> = &'a mut dyn FnMut(&str, See<'_>);
/// Takes a piece and its place.
type See<'a> = &'a mut dyn FnMut(&str, usize);

fn tokens_of(mut tokenizer: impl Tokenizer) -> impl FnMut(&str, See<'_>) {
    move |line, see| {
        let mut stream = tokenizer.token_stream(line);
        stream.process(&mut |token| see(&token.text, token.position));
    }
}

/// Nanoseconds of the median round, after one that warms.
fn median_round(rounds: usize, lines: &[String], step: Step) -> f64 {
    let mut round = || {
        let start = Instant::now();
        for line in lines {
            step(black_box(line), &mut |piece, place| {
                black_box((piece, place));
            });
        }
        start.elapsed().as_nanos() as f64
    };
    round();
    let mut times: Vec<f64> = (0..rounds).map(|_| round()).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// FNV-1a over all pieces and places.
fn checksum(lines: &[String], step: Step) -> u64 {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for line in lines {
        step(line, &mut |piece, place| {
            for byte in piece.bytes().chain(place.to_le_bytes()) {
                sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        });
    }
    sum
}

fn lines_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let texts = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.trim().is_empty())
        .collect()
}
