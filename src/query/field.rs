//! What a field of `fields.toml` means in a question.

use crate::lexicon::{self, FieldKind, Region, Role};

use super::tree::Field;

/// What a value is in its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Words that must stand in the field.
    Words,
    /// A label that the field knows, or may know.
    Label,
    /// A year or a range of years.
    Year,
    /// Nothing that the field knows.
    Unknown,
}

/// Whether a name is one of a field's names.
pub(super) fn is_field(name: &str) -> bool {
    lexicon::Field::find(name).is_some()
}

/// The field of a name, with or without its colon, and how it reads a value.
pub(super) fn read(name: &str, value: &str) -> Option<(Field, Reading)> {
    let row = lexicon::Field::find(name.trim_end_matches([':', '：']))?;
    let reading = match row.kind {
        FieldKind::Text => Reading::Words,
        FieldKind::Year if super::YearRange::parse(value).is_some() => Reading::Year,
        FieldKind::Label if knows(&row.name, value) => Reading::Label,
        FieldKind::Year | FieldKind::Label => Reading::Unknown,
    };
    Some((Field(&row.name), reading))
}

/// Says that a field does not know a value.
pub(super) fn unknown(field: Field, value: &str) -> String {
    match field.0 {
        "year" => format!("`{value}` is no year or range of years"),
        name => format!("no {name} is called `{value}`"),
    }
}

/// Whether a label may have a value: regions and section roles are known in full, the rest is free.
fn knows(field: &str, value: &str) -> bool {
    match field {
        "region" => !Region::find(value).is_empty(),
        "section" => Role::find(value).is_some(),
        _ => true,
    }
}
