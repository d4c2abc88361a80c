//! A file of JSON lines to its documents, one a line.
//!
//! A line is `{"id","title","text", "region"?, "year"?, "issuer"?, "published"?, "url"?}`; `signed`,
//! `number`, `status` and `kind` are taken as well, unknown fields are passed over. A bad line is
//! skipped and named, the others are read.

use serde_json::{Map, Value};

use super::decode::Decoded;
use super::{Format, ReadError, Reading, Skipped, laid_out, plain};
use crate::document::{Document, Given};

pub(super) fn read(path: &str, decoded: &Decoded) -> Result<Reading, ReadError> {
    let mut reading = Reading::default();
    for (row, number) in decoded.text.lines().zip(1..) {
        let row = row.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
        if row.is_empty() {
            continue;
        }
        let path = format!("{path}:{number}");
        match document(&path, row, decoded) {
            Ok(document) => reading.documents.push(document),
            Err(reason) => reading.skipped.push(Skipped { path, reason }),
        }
    }
    if reading.documents.is_empty() {
        return Err(match reading.skipped.pop() {
            Some(skipped) => skipped.reason,
            None => ReadError::Empty,
        });
    }
    Ok(reading)
}

fn document(path: &str, row: &str, decoded: &Decoded) -> Result<Document, ReadError> {
    let fields: Map<String, Value> = serde_json::from_str(row).map_err(|error| broken(&error))?;
    let text = match fields.get("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(broken(&"the field \"text\" is not a string")),
        None => return Err(broken(&"no field \"text\"")),
    };
    Ok(Document {
        path: path.to_owned(),
        format: Format::JsonLines.name(),
        encoding: decoded.encoding,
        replaced: text.matches('\u{fffd}').count().min(decoded.replaced),
        given: given(&fields),
        beside: Vec::new(),
        lines: laid_out(plain::lines(text), Format::JsonLines)?,
    })
}

fn given(fields: &Map<String, Value>) -> Given {
    let text = |name: &str| match fields.get(name)? {
        Value::String(value) => Some(value.trim().to_owned()).filter(|value| !value.is_empty()),
        Value::Number(value) => Some(value.to_string()),
        Value::Array(parts) => {
            let parts: Vec<_> = parts.iter().filter_map(Value::as_str).collect();
            (!parts.is_empty()).then(|| parts.concat())
        }
        _ => None,
    };
    Given {
        source_id: text("id"),
        title: text("title"),
        region: text("region"),
        year: text("year").and_then(|year| year.parse().ok()),
        issuer: text("issuer"),
        published: text("published"),
        signed: text("signed"),
        number: text("number"),
        index_number: text("index_number"),
        status: text("status"),
        kind: text("kind"),
        url: text("url"),
    }
}

fn broken(detail: &dyn std::fmt::Display) -> ReadError {
    ReadError::Broken {
        format: Format::JsonLines,
        detail: detail.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Given;
    use crate::read::{Limits, read_bytes};

    #[test]
    fn each_line_is_a_document_and_a_bad_one_is_named() {
        let file = "{\"id\": \"s0\", \"title\": \"刑法第一条\", \"text\": \"为了惩罚犯罪。\"}\n\
                    {\"id\": \"s1\", \"tex\n\
                    {\"id\": 7, \"text\": \"甲\\n乙\", \"year\": 2021, \"region\": \"深圳\"}\n";
        let reading = read_bytes("c.jsonl", file.as_bytes(), &Limits::default()).unwrap();
        let paths: Vec<_> = reading.documents.iter().map(|d| d.path.as_str()).collect();
        assert_eq!(paths, ["c.jsonl:1", "c.jsonl:3"]);
        assert_eq!(reading.skipped[0].path, "c.jsonl:2");
        assert_eq!(reading.documents[1].lines.len(), 2);
        assert_eq!(
            reading.documents[1].given,
            Given {
                source_id: Some("7".into()),
                year: Some(2021),
                region: Some("深圳".into()),
                ..Given::default()
            }
        );
    }
}
