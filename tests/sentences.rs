//! Sentences in the manner of real reports, each with how it means a term, in tables beside this
//! file: a new trap is a new row.

use std::fs;
use std::path::Path;

use xianli::document::Metadata;
use xianli::lexicon::families;
use xianli::search::{Hit, Section};
use xianli::study::{Setting, claims, judge, links};

/// The rows of a table below `tests/sentences/`, without its header.
fn rows(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/sentences")
        .join(name);
    let text = fs::read_to_string(path).expect("the table stands beside this file");
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

#[test]
fn a_sentence_means_its_term_as_a_reader_does() {
    let region = ["湖南省".to_owned(), "郴州市".to_owned()];
    let mut wrong = Vec::new();
    for row in rows("stances.tsv") {
        let [stance, term, role, kind, text] = &row[..] else {
            panic!("five cells: {row:?}");
        };
        let setting = Setting {
            role: Some(role),
            kind: Some(kind),
            year: Some(2022),
            status: None,
            region: &region,
        };
        let start = text.find(term.as_str()).expect(text);
        let judged = judge(text, start..start + term.len(), &setting);
        if judged.stance.name() != stance {
            wrong.push(format!(
                "{stance}, found {} ({}): {text}",
                judged.stance.name(),
                judged.reason
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A paragraph of a report of 2022.
fn hit(region: &str, role: &str, text: &str) -> Hit {
    let region: Vec<String> = region.split('/').map(str::to_owned).collect();
    Hit {
        id: "a/1".into(),
        document: Metadata {
            id: "a".into(),
            region,
            year: Some(2022),
            kind: Some("报告".into()),
            ..Metadata::default()
        },
        section: Section {
            path: Vec::new(),
            role: Some(role.to_owned()),
        },
        text: text.to_owned(),
        ..Hit::default()
    }
}

/// Compares the cells of a table with what `found` says of each row, and names the rows that differ.
fn holds(name: &str, found: impl Fn(&Hit) -> String) {
    let mut wrong = Vec::new();
    for row in rows(name) {
        let [expected, role, region, text] = &row[..] else {
            panic!("four cells: {row:?}");
        };
        let found = found(&hit(region, role, text));
        if found != *expected {
            wrong.push(format!("{expected}, found {found}: {text}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_sentence_says_who_learned_from_whom_or_nothing_of_it() {
    holds("links.tsv", |hit| {
        let found = links(std::slice::from_ref(hit));
        let shown: Vec<String> = found
            .iter()
            .map(|link| {
                let name = |path: &[String]| path.last().cloned().unwrap_or_default();
                let (from, to) = (name(&link.from), name(&link.to));
                format!("{from} → {to} {} {}", link.kind.name(), link.stance.name())
            })
            .collect();
        shown.join("; ")
    });
}

#[test]
fn a_sentence_claims_to_be_first_within_its_scope_or_not_at_all() {
    let families = families();
    holds("claims.tsv", |hit| {
        let found = claims(std::slice::from_ref(hit), &families);
        let shown: Vec<String> = found
            .iter()
            .map(|claim| {
                let scope = claim.scope_word.as_deref().unwrap_or("-");
                let subject = claim.subject.as_deref().unwrap_or("");
                format!("{}/{scope}/{}/{subject}", claim.cue, claim.stance.name())
            })
            .collect();
        shown.join("; ")
    });
}
