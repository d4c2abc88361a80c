//! The laws of searching, on the sample and, where they are there, on the seeds and reports: what
//! stands in a paragraph is found by its exact characters and nothing else is, and what is
//! highlighted is what was asked.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]
#![expect(
    clippy::disallowed_methods,
    reason = "where the shared files lie is said by the environment"
)]

mod brute;
mod facets;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs};

use xianli::index::IndexReader;
use xianli::ingest::index_in_memory;
use xianli::search::Hit;
use xianli::text::units;

use brute::{Paragraph, Random, Tally, exact, paragraphs, substring, tally};

/// The sample, indexed once.
pub fn sample() -> &'static IndexReader {
    static INDEX: OnceLock<IndexReader> = OnceLock::new();
    INDEX.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-sample");
        index_of(&[folder]).unwrap()
    })
}

/// The seeds, or the seeds and the reports; `None` where they are not there.
fn shared(folders: &[&str]) -> Option<IndexReader> {
    let shared = env::var_os("XIANLI_SHARED").map_or_else(|| "../shared".into(), PathBuf::from);
    let folders: Vec<PathBuf> = folders
        .iter()
        .map(|name| shared.join("corpus").join(name))
        .collect();
    let index = index_of(&folders);
    if index.is_none() {
        eprintln!("skipped: no {folders:?}; set XIANLI_SHARED");
    }
    index
}

fn index_of(folders: &[PathBuf]) -> Option<IndexReader> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder).ok()? {
            let path = entry.unwrap().path();
            let is_text = path
                .extension()
                .is_some_and(|ending| ["txt", "md", "jsonl", "json"].iter().any(|e| ending == *e));
            if is_text && path.file_name().is_some_and(|name| name != "README.md") {
                files.push((path.display().to_string(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    let files = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), &bytes[..]));
    Some(index_in_memory(files).unwrap().0)
}

/// Recall and precision of one.
fn assert_literal(found: Tally, asked: usize) {
    assert_eq!(found.asked, asked);
    assert!(found.wanted >= asked, "{found:?}");
    assert_eq!((found.found, found.wrong), (found.wanted, 0), "{found:?}");
}

#[test]
fn invariant_2_what_stands_in_the_sample_is_found_and_nothing_else() {
    assert_literal(tally(sample(), 1500, 1), 1500);
}

#[test]
fn invariant_2_what_stands_in_the_seeds_is_found_and_nothing_else() {
    let Some(index) = shared(&["seeds"]) else {
        return;
    };
    assert_literal(tally(&index, 1000, 2), 1000);
}

/// What a hit has highlighted compares as what was asked, and runs from character to character.
fn assert_highlights(hit: &Hit, text: &str) {
    let characters: Vec<char> = hit.text.chars().collect();
    let forms = |text: &str| -> Vec<_> { units(text).into_iter().map(|unit| unit.form).collect() };
    let wanted = forms(text);
    assert!(!hit.highlights.is_empty(), "{text} in {}", hit.text);
    let mut end = 0;
    for &[from, to] in &hit.highlights {
        assert!(end <= from && from < to && to <= characters.len());
        end = to;
        let covered = forms(&characters[from..to].iter().collect::<String>());
        // Places that overlap are one highlight: it begins and ends as the text does.
        assert!(
            covered.starts_with(&wanted) && covered.ends_with(&wanted),
            "{text} in {}",
            hit.text
        );
    }
}

fn assert_all_highlighted(index: &IndexReader, count: usize, seed: u64) {
    let all: Vec<Paragraph> = paragraphs(index);
    let mut random = Random(seed);
    for _ in 0..count {
        let text = substring(&all, &mut random);
        let results = exact(index, &text);
        assert!(!results.hits.is_empty(), "{text}");
        for hit in results.hits.iter().take(20) {
            assert_highlights(hit, &text);
        }
    }
}

#[test]
fn invariant_3_highlights_of_the_sample_cover_what_was_asked() {
    assert_all_highlighted(sample(), 600, 3);
}

#[test]
fn invariant_3_highlights_of_the_seeds_cover_what_was_asked() {
    if let Some(index) = shared(&["seeds"]) {
        assert_all_highlighted(&index, 400, 4);
    }
}

/// Han characters only, with nothing folded but the script: no code of the program but its tables.
#[test]
fn a_run_of_characters_is_found_wherever_a_plain_reading_finds_it() {
    let index = sample();
    let all = paragraphs(index);
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let mut random = Random(5);
    let mut asked = 0;
    while asked < 300 {
        let paragraph: Vec<char> = all[random.below(all.len())].text.chars().collect();
        let length = 2 + random.below(6);
        let first = random.below(paragraph.len());
        let Some(drawn) = paragraph.get(first..first + length) else {
            continue;
        };
        if !drawn.iter().all(is_han) {
            continue;
        }
        asked += 1;
        let text: String = drawn.iter().collect();
        let found = exact(index, &text);
        let ids = brute::ids(&found);
        for paragraph in all
            .iter()
            .filter(|paragraph| paragraph.text.contains(&text))
        {
            assert!(
                ids.contains(paragraph.id.as_str()),
                "{text} in {}",
                paragraph.text
            );
        }
    }
}
