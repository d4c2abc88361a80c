//! Literal recall and precision of an index: texts of one to twelve characters drawn at random from
//! its paragraphs, asked for exactly, and held against a look at every paragraph.
//!
//! `cargo bench --bench recall -- --index DIR [--count N] [--seed N]`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "../tests/recall/brute.rs"]
mod brute;

use std::path::PathBuf;

use clap::Parser;
use xianli::index::IndexReader;

/// Literal recall and precision of an index
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// How many texts to draw
    #[arg(long, default_value_t = 5000)]
    count: usize,
    /// Where the drawing begins
    #[arg(long, default_value_t = 20260101)]
    seed: u64,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let index = match IndexReader::open(&arguments.index) {
        Ok(index) => index,
        Err(error) => {
            println!("{error}");
            std::process::exit(2);
        }
    };
    let tally = brute::tally(&index, arguments.count, arguments.seed);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!("texts       {}", tally.asked);
    println!("paragraphs  {} have them", tally.wanted);
    println!("recall      {:.6}", share(tally.found, tally.wanted));
    println!(
        "precision   {:.6}",
        share(tally.found, tally.found + tally.wrong)
    );
}
