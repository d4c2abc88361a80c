//! Turns two tables of `index-schema/` into what a program can open without parsing:
//! `dictionary.txt` into an `fst::Map` from word to frequency, and `variants.tsv` into sorted pairs.

use std::path::Path;
use std::{env, fs};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn main() {
    let schema =
        Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("index-schema");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    println!("cargo::rerun-if-changed=build.rs");
    write_dictionary(
        &schema.join("dictionary.txt"),
        &Path::new(&out).join("dictionary.fst"),
    );
    write_variants(
        &schema.join("variants.tsv"),
        &Path::new(&out).join("variants.rs"),
    );
}

/// The rows stand sorted by the bytes of the word, as `fst` wants them.
fn write_dictionary(from: &Path, to: &Path) {
    println!("cargo::rerun-if-changed={}", from.display());
    let table = fs::read_to_string(from).expect("dictionary.txt is in the package");
    let mut builder = fst::MapBuilder::memory();
    for row in table.lines() {
        let (word, frequency) = row
            .split_once(' ')
            .expect("a row is a word and a frequency");
        let frequency = frequency.parse().expect("a frequency is a whole number");
        builder
            .insert(word, frequency)
            .expect("rows are sorted by the bytes of the word");
    }
    fs::write(to, builder.into_inner().expect("memory cannot fail")).expect("OUT_DIR is writable");
}

/// `&[(character, folds_to)]`, sorted by character.
fn write_variants(from: &Path, to: &Path) {
    println!("cargo::rerun-if-changed={}", from.display());
    let table = fs::read_to_string(from).expect("variants.tsv is in the package");
    let mut pairs: Vec<(char, char)> = table
        .lines()
        .skip(1)
        .map(|row| {
            let mut cells = row
                .split('\t')
                .map(|cell| cell.chars().next().expect("a cell is one character"));
            (
                cells.next().expect("character"),
                cells.next().expect("folds_to"),
            )
        })
        .collect();
    pairs.sort_unstable();
    fs::write(to, format!("&{pairs:?}")).expect("OUT_DIR is writable");
}
