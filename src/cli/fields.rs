//! `xianli search --fields`: the fields of the query language.

use crate::lexicon::{Field, FieldKind};

use super::exit::Answered;
use super::terminal;

/// Lists each field with its twins and what it is.
pub(super) fn list() -> anyhow::Result<Answered> {
    terminal::print(&table())?;
    Ok(Answered::Found)
}

fn table() -> String {
    let lines = Field::all().iter().map(|field| {
        let value = match field.kind {
            FieldKind::Text => "WORDS",
            FieldKind::Label => "NAME",
            FieldKind::Year => "YEARS",
        };
        let typed = format!("{}:{value}", field.name);
        let twins: Vec<String> = field
            .aliases
            .iter()
            .map(|twin| format!("{twin}:"))
            .collect();
        format!(
            "{typed:<16} {}\n{:16} {}\n",
            field.help,
            "",
            twins.join(" ")
        )
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_with_its_twins() {
        let table = table();
        assert!(table.contains("region:NAME "), "{table}");
        assert_eq!(table.lines().count(), 2 * Field::all().len());
    }
}
