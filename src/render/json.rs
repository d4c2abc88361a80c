//! JSON of schema 1: the values themselves, field by field.

use serde::Serialize;
use serde_json::{Value, json};

use crate::search::Results;

/// A value as indented JSON with a line end.
pub fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("values of schema 1 have string keys") + "\n"
}

/// A value as one line of JSON.
pub fn json_line<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("values of schema 1 have string keys") + "\n"
}

/// The answer to a question of a batch as one line of JSON: the answer with its `qid` before it.
pub fn json_line_of_batch(question: &str, results: &Results) -> String {
    let mut value = json!({ "qid": question });
    if let (Value::Object(line), Ok(Value::Object(answer))) =
        (&mut value, serde_json::to_value(results))
    {
        line.extend(answer);
    }
    json_line(&value)
}
