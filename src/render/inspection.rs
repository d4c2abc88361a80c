//! How one file was read: its metadata with evidence, and what every line is.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::classify::{Evidence, Label, Labels, Source};
use crate::document::{Document, LineKind};

use super::ink::{Ink, Span};
use super::page::Page;
use super::text::counted;
use super::wrap::{Margin, fill};

/// How one file was read. Its JSON is this struct, field by field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// The version of this shape: 1.
    pub schema: u32,
    /// The path as it was given.
    pub path: String,
    /// The name of the file format.
    pub format: String,
    /// The encoding of the bytes, by its WHATWG name.
    pub encoding: String,
    /// The fields by their names, in the order of the documentation; of a field that the document
    /// does not have, the value is `null` or empty.
    #[serde(serialize_with = "as_map")]
    pub metadata: Vec<(&'static str, Finding)>,
    /// What contradicts itself, in sentences.
    pub conflicts: Vec<String>,
    /// The lines with something on them, in order.
    pub lines: Vec<InspectedLine>,
}

/// A value of the metadata and what it was read from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The value: text, a number, `true` or `false`, a list of names, or `null`.
    pub value: Value,
    /// The words that it was read from, the strongest first.
    pub evidence: Vec<Evidence>,
    /// Whether a reader should check the value; absent where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub guess: bool,
}

/// What one line is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InspectedLine {
    /// The number of the line in the file, from 1; for people, and no part of the JSON.
    #[serde(skip)]
    pub line: usize,
    /// What it is for.
    pub kind: LineKind,
    /// The depth of a heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Its text.
    pub text: String,
    /// The headings above it, outermost first.
    pub path: Vec<String>,
    /// Its section role, by its English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
}

impl Inspection {
    /// What was read of a document and understood of it, put side by side.
    pub fn of(document: &Document, labels: &Labels) -> Self {
        let lines = document
            .lines
            .iter()
            .enumerate()
            .map(|(place, line)| InspectedLine {
                line: line.number,
                kind: line.kind,
                level: line.level,
                text: line.text.clone(),
                path: line.path.clone(),
                role: match labels.roles.get(place) {
                    Some(Some(role)) => Some(role.name()),
                    _ => None,
                },
            });
        Self {
            schema: 1,
            path: document.path.clone(),
            format: document.format.to_owned(),
            encoding: document.encoding.to_owned(),
            metadata: findings(document, labels),
            conflicts: conflicts(document, labels),
            lines: lines.collect(),
        }
    }
}

/// The fields in the order of the documentation.
fn findings(document: &Document, labels: &Labels) -> Vec<(&'static str, Finding)> {
    let given = &document.given;
    vec![
        ("title", found(labels.title.as_ref())),
        ("title_derived", stated(labels.title_derived)),
        ("region", region(labels)),
        ("region_code", found(labels.region_code.as_ref())),
        ("issuer", found(labels.issuer.as_ref())),
        ("year", found(labels.year.as_ref())),
        ("published", found(labels.published.as_ref())),
        ("signed", found(labels.signed.as_ref())),
        ("as_of", found(labels.as_of.as_ref())),
        ("status", found(labels.status.as_ref())),
        ("script", stated(labels.script.name())),
        ("number", found(labels.number.as_ref())),
        ("index_number", found(labels.index_number.as_ref())),
        ("kind", found(labels.kind.as_ref())),
        ("level", found(labels.level.as_ref())),
        ("source_id", stated(given.source_id.clone())),
        ("url", url(document)),
    ]
}

/// An address needs no evidence but where a metadata file states it.
fn url(document: &Document) -> Finding {
    let Some((url, beside)) = document.stated(|given| given.url.clone()) else {
        return stated(Value::Null);
    };
    let evidence = beside.map(|beside| Evidence {
        source: Source::Given,
        file: Some(beside.file.clone()),
        line: Some(beside.line),
        quote: url.clone(),
    });
    Finding {
        value: url.into(),
        evidence: evidence.into_iter().collect(),
        guess: false,
    }
}

fn found<T: Serialize>(label: Option<&Label<T>>) -> Finding {
    let Some(label) = label else {
        return stated(Value::Null);
    };
    Finding {
        value: serde_json::to_value(&label.value).unwrap_or_default(),
        evidence: label.evidence.clone(),
        guess: label.guess,
    }
}

/// A region that is not known is an empty list of names.
fn region(labels: &Labels) -> Finding {
    match &labels.region {
        None => stated(Vec::<String>::new()),
        known => found(known.as_ref()),
    }
}

/// A value that needs no evidence.
fn stated(value: impl Into<Value>) -> Finding {
    Finding {
        value: value.into(),
        evidence: Vec::new(),
        guess: false,
    }
}

pub(super) fn conflicts(document: &Document, labels: &Labels) -> Vec<String> {
    let mut conflicts = labels.conflicts.clone();
    if document.replaced > 0 {
        let places = counted(document.replaced, "byte sequence");
        let encoding = document.encoding;
        conflicts.push(format!(
            "{places} fit no character of {encoding} and stand as U+FFFD"
        ));
    }
    conflicts
}

/// The inspection for a person: each field with its evidence, the conflicts, then every line.
pub fn inspection_text(inspection: &Inspection, page: &Page) -> String {
    let mut out = String::new();
    let head = [
        Span::new(Ink::Title, &inspection.path),
        Span::new(
            Ink::Faint,
            &format!(
                " · {} · {} · {}",
                inspection.format,
                inspection.encoding,
                counted(inspection.lines.len(), "line")
            ),
        ),
    ];
    fill(&head, Margin::all(0), page, &mut out);
    out.push('\n');
    for (name, finding) in &inspection.metadata {
        write_finding(name, finding, page, &mut out);
    }
    for conflict in &inspection.conflicts {
        let spans = [
            Span::new(Ink::Warning, &padded("conflict")),
            Span::new(Ink::Plain, conflict),
        ];
        fill(
            &spans,
            Margin {
                first: 0,
                rest: NAMES,
            },
            page,
            &mut out,
        );
    }
    out.push('\n');
    for line in &inspection.lines {
        write_line(line, page, &mut out);
    }
    out
}

/// Columns that the names of fields take.
const NAMES: usize = 15;
/// Columns that the number, the kind and the role of a line take.
const KINDS: usize = 33;

fn write_finding(name: &str, finding: &Finding, page: &Page, out: &mut String) {
    let mut spans = vec![
        Span::new(Ink::Heading, &padded(name)),
        Span::new(Ink::Plain, &shown(&finding.value)),
    ];
    if finding.guess {
        spans.push(Span::new(Ink::Warning, " (a guess)"));
    }
    for quoted in &finding.evidence {
        let place = place_of(quoted);
        let quote = format!("  ← {place}: “{}”", quoted.quote);
        spans.push(Span::new(Ink::Faint, &quote));
    }
    fill(
        &spans,
        Margin {
            first: 0,
            rest: NAMES,
        },
        page,
        out,
    );
}

/// Where evidence stands: `title 1`, `metadata.csv line 3`.
fn place_of(evidence: &Evidence) -> String {
    match (&evidence.file, evidence.line) {
        (Some(file), Some(line)) => format!("{file} line {line}"),
        (Some(file), None) => file.clone(),
        (None, Some(line)) => format!("{} {line}", name_of(&evidence.source)),
        (None, None) => name_of(&evidence.source),
    }
}

fn write_line(line: &InspectedLine, page: &Page, out: &mut String) {
    let kind = name_of(&line.kind);
    let level = line
        .level
        .map(|level| format!(" {level}"))
        .unwrap_or_default();
    let role = line.role.unwrap_or_default();
    let lead = format!(
        "{:>4}  {:<13}{role:<14}",
        line.line,
        kind.to_owned() + &level
    );
    let ink = match line.kind {
        LineKind::Title => Ink::Title,
        LineKind::Heading => Ink::Heading,
        LineKind::Status => Ink::Warning,
        LineKind::Boilerplate | LineKind::Header => Ink::Faint,
        _ => Ink::Plain,
    };
    let depth = "  ".repeat(line.path.len());
    let spans = [
        Span::new(Ink::Faint, &lead),
        Span::new(Ink::Plain, &depth),
        Span::new(ink, &line.text),
    ];
    fill(
        &spans,
        Margin {
            first: 0,
            rest: KINDS + depth.len(),
        },
        page,
        out,
    );
}

/// The name of a unit variant in machine output.
fn name_of<T: Serialize>(variant: &T) -> String {
    serde_json::to_value(variant)
        .ok()
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn padded(name: &str) -> String {
    format!("{name:<NAMES$}")
}

/// A value as a person reads it; `–` where there is none.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(names) if names.is_empty() => "–".to_owned(),
        Value::Array(names) => names.iter().map(shown).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn as_map<S: serde::Serializer>(
    fields: &[(&'static str, Finding)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = Map::new();
    for (name, finding) in fields {
        let value = serde_json::to_value(finding).map_err(serde::ser::Error::custom)?;
        map.insert((*name).to_owned(), value);
    }
    map.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::json_line;

    fn inspection() -> Inspection {
        Inspection {
            schema: 1,
            path: "a.txt".into(),
            format: "text".into(),
            encoding: "GBK".into(),
            metadata: vec![
                (
                    "year",
                    Finding {
                        value: 2021.into(),
                        evidence: vec![Evidence {
                            source: Source::Title,
                            file: None,
                            line: Some(1),
                            quote: "2021年".into(),
                        }],
                        guess: true,
                    },
                ),
                (
                    "region",
                    Finding {
                        value: Value::Array(vec![]),
                        evidence: vec![],
                        guess: false,
                    },
                ),
            ],
            conflicts: vec!["signed before it was passed".into()],
            lines: vec![
                InspectedLine {
                    line: 1,
                    kind: LineKind::Heading,
                    level: Some(1),
                    text: "一、成效".into(),
                    path: vec![],
                    role: Some("measures"),
                },
                InspectedLine {
                    line: 2,
                    kind: LineKind::Paragraph,
                    level: None,
                    text: "一年来。".into(),
                    path: vec!["一、成效".into()],
                    role: None,
                },
            ],
        }
    }

    #[test]
    fn the_json_has_the_fields_of_schema_1() {
        assert_eq!(
            json_line(&inspection()),
            r#"{"schema":1,"path":"a.txt","format":"text","encoding":"GBK","metadata":{"#
                .to_owned()
                + r#""year":{"value":2021,"evidence":[{"source":"title","line":1,"quote":"2021年"}],"guess":true},"#
                + r#""region":{"value":[],"evidence":[]}},"conflicts":["signed before it was passed"],"lines":["#
                + r#"{"kind":"heading","level":1,"text":"一、成效","path":[],"role":"measures"},"#
                + r#"{"kind":"paragraph","text":"一年来。","path":["一、成效"]}]}"#
                + "\n"
        );
    }

    #[test]
    fn the_text_shows_values_with_evidence_and_lines_under_their_headings() {
        assert_eq!(
            inspection_text(&inspection(), &Page::plain()),
            "\
a.txt · text · GBK · 2 lines

year           2021 (a guess)  ← title 1: “2021年”
region         –
conflict       signed before it was passed

   1  heading 1    measures      一、成效
   2  paragraph                    一年来。
"
        );
    }
}
