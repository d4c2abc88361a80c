//! The sample corpus is understood as `corpus-sample/LABELS.tsv` states, field by field.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use xianli::classify::{Labels, classify};
use xianli::document::{Document, Status};
use xianli::index::document_id;
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

/// Whether this build reads files of this name.
fn is_read(name: &str) -> bool {
    cfg!(feature = "pdf") || !name.ends_with(".pdf")
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
    for row in rows.iter().filter(|row| is_read(cell(row, "path"))) {
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
    for folder in ["", "formats/"] {
        for entry in fs::read_dir(sample().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let name = format!("{folder}{name}");
            let about = ["README.md", "LABELS.tsv", "formats", "formats/two.zip"];
            let known = about.contains(&name.as_str()) || labelled.contains(&name);
            assert!(known, "{name} has no row");
        }
    }
}

/// Documents of the sample with the same ones in `formats/`.
const SAVED_AGAIN: [(&str, &str); 10] = [
    ("changde-2019.txt", "changde-2019.pdf"),
    (
        "hangzhou-shangcheng-2021.txt",
        "hangzhou-shangcheng-2021.ofd",
    ),
    ("fuzhou-jiangxi-2019.txt", "fuzhou-jiangxi-2019.doc"),
    ("haikou-longhua-2022.txt", "haikou-longhua-2022-gb18030.txt"),
    ("hefei-2021.md", "hefei-2021.docx"),
    ("hefei-2021.md", "hefei-2021.html"),
    ("hefei-2021.md", "hefei-2021-gb18030.html"),
    ("nantong-2019.txt", "nantong-2019.rtf"),
    ("qingdao-2022.txt", "qingdao-2022-utf16be.txt"),
    ("suzhou-2021.txt", "suzhou-2021.docx"),
];

#[test]
fn a_document_saved_in_another_format_or_encoding_is_the_same_document() {
    let ids = |path: PathBuf| -> Vec<_> {
        let reading = read_file(&path, &Limits::default()).unwrap();
        reading.documents.iter().map(document_id).collect()
    };
    let wrong: Vec<_> = SAVED_AGAIN
        .into_iter()
        .filter(|(_, saved)| is_read(saved))
        .filter(|(text, saved)| {
            ids(sample().join(text)) != ids(sample().join("formats").join(saved))
        })
        .collect();
    assert_eq!(wrong, [("", ""); 0]);
    let zipped = [
        ids(sample().join("suzhou-2021.txt")),
        ids(sample().join("hefei-2021.md")),
    ];
    assert_eq!(ids(sample().join("formats/two.zip")), zipped.concat());
}
