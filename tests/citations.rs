//! What we write as citations, read again by readers that are not ours: BibTeX by the crate biblatex, RIS by rispy and CSL-JSON by the
//! citation processor citeproc-py, where Python has them (`tests/citations/read.py` says how to get them).

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read is a failed test"
)]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::fs;
use std::process::Command;

use biblatex::{Bibliography, ChunksExt, DateValue, PermissiveType};
use serde_json::{Value, json};
use xianli::document::{Metadata, Status};
use xianli::render::{CitationStyle, citations};
use xianli::study::{Citation, citation};

/// A report, an order with a number on the web, a work report of which little is known, and one whose
/// title holds what the formats use as marks.
fn sources() -> Vec<Citation> {
    let report = Metadata {
        id: "k3v9".into(),
        title: "福田区政务服务数据管理局2021年法治政府建设年度报告".into(),
        issuer: Some("福田区政务服务数据管理局".into()),
        year: Some(2021),
        signed: Some("2021-11-24".into()),
        published: Some("2021-12-24".into()),
        kind: Some("报告".into()),
        status: Some(Status::Expired),
        ..Metadata::default()
    };
    let order = Metadata {
        id: "b2c4".into(),
        title: "国务院办公厅关于加快推进政务服务“跨省通办”的指导意见".into(),
        issuer: Some("国务院办公厅".into()),
        number: Some("国办发〔2020〕35号".into()),
        kind: Some("意见".into()),
        year: Some(2020),
        published: Some("2020-09".into()),
        url: Some("https://example.org/a_b%20c?d=1&e=#f".into()),
        ..Metadata::default()
    };
    let unknown = Metadata {
        id: "d6f8".into(),
        title: "某市2024年政府工作报告".into(),
        title_derived: true,
        year: Some(2024),
        kind: Some("政府工作报告".into()),
        ..Metadata::default()
    };
    let marks = Metadata {
        id: "h1j3".into(),
        title: "“1+1+10” {办} 50% & #1_2 ~a^b $5 \\ER  - \r\nTY  - 行".into(),
        issuer: Some("数据局, 市 and 办".into()),
        ..Metadata::default()
    };
    vec![
        citation(&report, Some(17), Some("2024-05-01")),
        citation(&order, None, Some("2024-05-01")),
        citation(&unknown, None, None),
        citation(&marks, Some(2), None),
    ]
}

#[test]
fn bibtex_is_read_by_biblatex_as_it_was_meant() {
    let written = citations(&sources(), CitationStyle::Bibtex);
    let read = Bibliography::parse(&written).unwrap();
    let entry = |key: &str| read.get(key).unwrap();
    assert_eq!(read.len(), 4);
    let report = entry("xianli-k3v9-17");
    assert_eq!(report.entry_type.to_string(), "report");
    let authors = report.author().unwrap();
    assert_eq!(
        (authors.len(), authors[0].name.as_str()),
        (1, "福田区政务服务数据管理局")
    );
    assert_eq!(authors[0].given_name, "");
    assert_eq!(
        report.title().unwrap().format_verbatim(),
        "福田区政务服务数据管理局2021年法治政府建设年度报告"
    );
    let PermissiveType::Typed(date) = report.date().unwrap() else {
        panic!("the date is not understood");
    };
    let DateValue::At(day) = date.value else {
        panic!("the date is no day");
    };
    // biblatex counts months and days from 0.
    assert_eq!((day.year, day.month, day.day), (2021, Some(11), Some(23)));
    let note = report.note().unwrap().format_verbatim();
    assert_eq!(note, "xianli:k3v9/17; 第17段; 文件已失效");

    let order = entry("xianli-b2c4");
    assert_eq!(order.url().unwrap(), "https://example.org/a_b%20c?d=1&e=#f");
    assert_eq!(
        order.number().unwrap().format_verbatim(),
        "国办发〔2020〕35号"
    );
    assert!(order.url_date().is_ok());
    let unknown = entry("xianli-d6f8");
    assert_eq!(unknown.entry_type.to_string(), "report");
    assert!(
        unknown.author().is_err(),
        "an unknown author is not made up"
    );
    let marks = entry("xianli-h1j3-2");
    assert_eq!(
        marks.title().unwrap().format_verbatim(),
        "“1+1+10” {办} 50% & #1_2 ~a^b $5 \\ER - TY - 行"
    );
    let authors = marks.author().unwrap();
    assert_eq!(
        (authors.len(), authors[0].name.as_str()),
        (1, "数据局, 市 and 办")
    );
}

/// What `read.py` finds in a file of a style, or `None` where Python lacks the reader `module`.
fn read_by_python(asked: &str, module: &str, style: CitationStyle) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/citations/read.py");
    let run = |arguments: &[&str]| {
        let output = Command::new("python3").arg(script).args(arguments).output();
        output.ok().filter(|output| output.status.success())
    };
    let modules = run(&["modules"]).map(|output| output.stdout);
    let modules: Value = serde_json::from_slice(&modules.unwrap_or_default()).unwrap_or_default();
    let has = modules
        .as_array()
        .is_some_and(|all| all.contains(&json!(module)));
    if !has {
        eprintln!("skipped: python3 has no module {module}");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sources");
    fs::write(&path, citations(&sources(), style)).unwrap();
    let output = run(&[asked, path.to_str().unwrap()]).expect("what we wrote can be read");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn ris_is_read_by_a_reference_reader_as_it_was_meant() {
    let Some(read) = read_by_python("ris", "rispy", CitationStyle::Ris) else {
        return;
    };
    assert_eq!(read.as_array().unwrap().len(), 4);
    assert_eq!(
        read[0],
        json!({
            "type_of_reference": "RPRT",
            "id": "xianli-k3v9-17",
            "authors": ["福田区政务服务数据管理局"],
            "title": "福田区政务服务数据管理局2021年法治政府建设年度报告",
            "publisher": "福田区政务服务数据管理局",
            "year": "2021",
            "date": "2021/12/24/",
            "type_of_work": "报告",
            "notes": ["xianli:k3v9/17; 第17段; 文件已失效"],
            "language": "zh",
        })
    );
    assert_eq!(read[1]["type_of_reference"], "GOVDOC");
    assert_eq!(read[1]["note"], "国办发〔2020〕35号");
    assert_eq!(read[1]["date"], "2020/09//");
    assert_eq!(read[2].get("authors"), None);
    assert_eq!(
        read[3]["title"],
        "“1+1+10” {办} 50% & #1_2 ~a^b $5 \\ER  -   TY  - 行"
    );
}

#[test]
fn csl_json_is_set_by_a_citation_processor() {
    let Some(lines) = read_by_python("csl", "citeproc", CitationStyle::CslJson) else {
        return;
    };
    let lines: Vec<&str> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l.as_str().unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    for (line, parts) in lines.iter().zip([
        [
            "福田区政务服务数据管理局",
            "2021年法治政府建设年度报告",
            "2021",
        ],
        ["国务院办公厅", "跨省通办", "2020"],
        ["某市2024年政府工作报告", "工作报告", "2024"],
        ["数据局, 市 and 办", "1+1+10", "行"],
    ]) {
        for part in parts {
            assert!(line.contains(part), "{part} is not in {line}");
        }
    }
}
