//! Labels against what people read in the documents: the five seeds, and files whose region, title,
//! issuer, number or year a source outside the project states.
//!
//! Needs the shared data (`XIANLI_SHARED`, or `../shared` beside the package); says so and passes
//! where it is absent. Prints a score line for each field and every miss.

#![expect(
    clippy::print_stdout,
    reason = "the score and the misses are what the test is read for"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xianli::classify::{Labels, classify};
use xianli::document::{Document, LineKind};
use xianli::lexicon::Region;
use xianli::read::{Limits, read_file};

fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by its caller where the data is"
    )]
    let folder = std::env::var_os("XIANLI_SHARED");
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    if folder.join("gold").is_dir() {
        return Some(folder);
    }
    println!("no shared data: set XIANLI_SHARED to check the labels");
    None
}

fn understood(path: &Path) -> Option<(Document, Labels)> {
    let reading = read_file(path, &Limits::default()).ok()?;
    let document = reading.documents.into_iter().next()?;
    let labels = classify(&document);
    Some((document, labels))
}

/// The metadata in the form of the gold files.
fn metadata(labels: &Labels) -> Value {
    let facts = labels.metadata();
    json!({
        "title": if facts.title_derived { Value::Null } else { json!(facts.title) },
        "title_derived": facts.title_derived,
        "region": facts.region,
        "region_code": facts.region_code,
        "issuer": facts.issuer,
        "year": facts.year,
        "published": facts.published,
        "signed": facts.signed,
        "status": facts.status,
        "script": facts.script,
        "index_number": labels.index_number.as_ref().map(|label| &label.value),
    })
}

#[test]
fn metadata_of_the_seeds_is_right_in_every_field() {
    let Some(shared) = shared() else { return };
    let (mut right, mut all) = (0, 0);
    for number in 0..5 {
        let gold = std::fs::read_to_string(shared.join(format!("gold/{number:03}.json"))).unwrap();
        let gold: Value = serde_json::from_str(&gold).unwrap();
        let file = shared
            .join("corpus/seeds")
            .join(gold["file"].as_str().unwrap());
        let (_, labels) = understood(&file).unwrap();
        let found = metadata(&labels);
        for (field, expected) in gold["metadata"].as_object().unwrap() {
            // A missing issuer may be derived, if it is marked as such.
            let derived = field == "issuer"
                && expected.is_null()
                && labels.issuer.as_ref().is_none_or(|issuer| issuer.guess);
            let is_right = found[field] == *expected || derived;
            all += 1;
            right += usize::from(is_right);
            if !is_right {
                println!(
                    "{number:03} {field}: expected {expected}, found {}",
                    found[field]
                );
            }
        }
    }
    println!("seed metadata: {right}/{all}");
    assert_eq!(right, all);
}

#[test]
fn section_roles_of_the_seeds_are_acceptable() {
    let Some(shared) = shared() else { return };
    let (mut right, mut all) = (0, 0);
    for number in 0..5 {
        let gold = std::fs::read_to_string(shared.join(format!("gold/{number:03}.json"))).unwrap();
        let gold: Value = serde_json::from_str(&gold).unwrap();
        let file = shared
            .join("corpus/seeds")
            .join(gold["file"].as_str().unwrap());
        let (document, labels) = understood(&file).unwrap();
        for gold in gold["lines"].as_array().unwrap() {
            let Some(roles) = gold["roles"].as_array() else {
                continue;
            };
            let wanted = if gold["kind"] == "heading" {
                LineKind::Heading
            } else {
                LineKind::Paragraph
            };
            let place = document
                .lines
                .iter()
                .position(|line| gold["line"] == line.number && line.kind == wanted);
            let found = place.and_then(|place| labels.roles[place]);
            let is_right = found.is_some_and(|role| roles.contains(&json!(role.name())));
            all += 1;
            right += usize::from(is_right);
            if !is_right {
                println!(
                    "{number:03} line {}: expected one of {roles:?}, found {found:?}",
                    gold["line"]
                );
            }
        }
    }
    println!("seed section roles: {right}/{all}");
    assert!(right * 100 >= all * 92, "{right}/{all}");
}

/// Right answers and all answers of one field.
#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
}

#[derive(Default)]
struct Scores(BTreeMap<String, Score>);

impl Scores {
    fn add(&mut self, field: &str, path: &str, expected: &str, found: &str, is_right: bool) {
        let score = self.0.entry(field.to_owned()).or_default();
        score.all += 1;
        score.right += usize::from(is_right);
        if !is_right {
            println!("{path} {field}: expected {expected}, found {found}");
        }
    }

    fn holds(&self, field: &str, percent: usize) -> bool {
        self.0
            .get(field)
            .is_none_or(|score| score.right * 100 >= score.all * percent)
    }
}

/// Whether the labels say the region of a row: the nation, a province or a city by name, or the
/// province of a place.
fn region_is_right(labels: &Labels, level: &str, region: &str) -> bool {
    let facts = labels.metadata();
    match level {
        "nation" => facts.region.is_empty() && facts.level.as_deref() == Some("国家"),
        "place" => facts.region.first().is_some_and(|first| first == region),
        _ => facts
            .region_code
            .as_deref()
            .and_then(Region::by_code)
            .is_some_and(|found| found.short() == region || found.name() == region),
    }
}

#[test]
fn labels_of_outside_sources_are_found() {
    let Some(shared) = shared() else { return };
    let table = std::fs::read_to_string(shared.join("gold/labels.tsv")).unwrap();
    let mut scores = Scores::default();
    let mut unread = 0;
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [path, level, region, year, title, issuer, number] = columns[..] else {
            panic!("{row}")
        };
        let Some((_, labels)) = understood(&shared.join(path)) else {
            unread += 1;
            continue;
        };
        let facts = labels.metadata();
        let folder = path.split('/').nth(1).unwrap_or_default();
        let shown = format!(
            "{} {}",
            facts.region.join("/"),
            facts.level.unwrap_or_default()
        );
        let is_right = region_is_right(&labels, level, region);
        scores.add(
            &format!("region of {folder}"),
            path,
            region,
            &shown,
            is_right,
        );
        scores.add("region", path, region, &shown, is_right);
        let number_found = facts.number.unwrap_or_default();
        let issuer_found = facts.issuer.unwrap_or_default();
        let year_found = facts.year.map(|year| year.to_string()).unwrap_or_default();
        for (field, expected, found) in [
            ("year", year, &year_found),
            ("title", title, &facts.title),
            ("issuer", issuer, &issuer_found),
            ("number", number, &number_found),
        ] {
            if !expected.is_empty() {
                scores.add(field, path, expected, found, expected == found);
            }
        }
    }
    for (field, score) in &scores.0 {
        println!("{field}: {}/{}", score.right, score.all);
    }
    println!("files whose format is not read: {unread}");
    for (field, percent) in [
        ("region", 97),
        ("title", 97),
        ("issuer", 95),
        ("number", 98),
        ("year", 95),
    ] {
        assert!(scores.holds(field, percent), "{field}");
    }
}
