//! The sample corpus is understood as `corpus-sample/LABELS.tsv` states, field by field.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use xianli::classify::{Labels, classify};
use xianli::document::{Document, Status};
use xianli::read::{Limits, read_file};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-sample")
}

/// The rows of the table, each cell with the name of its column.
fn rows() -> Vec<Vec<(String, String)>> {
    let table = fs::read_to_string(sample().join("LABELS.tsv")).unwrap();
    let mut lines = table
        .lines()
        .map(|line| line.split('\t').map(str::to_owned));
    let columns: Vec<String> = lines.next().unwrap().collect();
    lines
        .map(|cells| {
            let row: Vec<_> = columns.iter().cloned().zip(cells).collect();
            assert_eq!(row.len(), columns.len(), "{row:?}");
            row
        })
        .collect()
}

fn cell<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
    let found = row.iter().find(|(name, _)| name == column);
    &found.unwrap_or_else(|| panic!("no column {column}")).1
}

/// The document of a row: the only one of its file, or the one with its id.
fn document(row: &[(String, String)]) -> Document {
    let reading = read_file(&sample().join(cell(row, "path")), &Limits::default()).unwrap();
    let id = cell(row, "source_id");
    let mut documents = reading.documents.into_iter();
    documents
        .find(|document| document.given.source_id.as_deref().unwrap_or_default() == id)
        .unwrap_or_else(|| panic!("no document {row:?}"))
}

/// What was found for a column, in the form of the table.
fn found(document: &Document, labels: &Labels, column: &str) -> String {
    let facts = labels.metadata();
    match column {
        "source_id" => document.given.source_id.clone().unwrap_or_default(),
        "title" => facts.title,
        "title_derived" => facts.title_derived.to_string(),
        "region" => facts.region.join("/"),
        "region_code" => facts.region_code.unwrap_or_default(),
        "year" => facts.year.map(|year| year.to_string()).unwrap_or_default(),
        "issuer" => facts.issuer.unwrap_or_default(),
        "published" => facts.published.unwrap_or_default(),
        "signed" => facts.signed.unwrap_or_default(),
        "status" => facts
            .status
            .map(Status::name)
            .unwrap_or_default()
            .to_owned(),
        "script" => facts.script.name().to_owned(),
        "number" => facts.number.unwrap_or_default(),
        "kind" => facts.kind.unwrap_or_default(),
        "encoding" => document.encoding.to_owned(),
        other => panic!("LABELS.tsv has a column {other} that no test knows"),
    }
}

#[test]
fn every_document_of_the_sample_is_understood_as_its_row_says() {
    let mut wrong = Vec::new();
    let rows = rows();
    for row in &rows {
        let document = document(row);
        let labels = classify(&document);
        for (column, wanted) in row
            .iter()
            .filter(|(name, wanted)| name != "path" && wanted != "*")
        {
            let found = found(&document, &labels, column);
            if found != *wanted {
                let path = cell(row, "path");
                wrong.push(format!(
                    "{path} {column}: expected `{wanted}`, found `{found}`"
                ));
            }
        }
    }
    assert!(rows.len() >= 40, "the sample is read");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_file_of_the_sample_has_a_row() {
    let labelled: Vec<String> = rows()
        .iter()
        .map(|row| cell(row, "path").to_owned())
        .collect();
    for entry in fs::read_dir(sample()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let about = ["README.md", "LABELS.tsv"].contains(&name.as_str());
        assert!(about || labelled.contains(&name), "{name} has no row");
    }
}
