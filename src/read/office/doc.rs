//! A `.doc` file of Word 6 to 2003 to raw lines, through the undoc crate.

use undoc::model::{Block, HeadingLevel, Paragraph, RevisionType, Table, TextAlignment};

use crate::read::layout::{Hint, RawLine};
use crate::read::{Format, ReadError, plain};

/// A cell longer than this, in characters, makes a table a frame for text and not one of data.
const LONG_CELL: usize = 300;

/// The lines of a `.doc` file.
pub(in crate::read) fn doc(bytes: &[u8]) -> Result<Vec<RawLine>, ReadError> {
    let format = Format::Doc;
    let document = undoc::parse_bytes(bytes).map_err(|error| match error {
        undoc::Error::Encrypted => ReadError::Encrypted { format },
        error => ReadError::Broken {
            format,
            detail: error.to_string(),
        },
    })?;
    let mut lines = Vec::new();
    for block in document
        .sections
        .iter()
        .flat_map(|section| &section.content)
    {
        match block {
            Block::Paragraph(paragraph) => add(&mut lines, paragraph),
            Block::Table(table) => add_table(&mut lines, table),
            _ => {}
        }
    }
    Ok(lines)
}

fn add(lines: &mut Vec<RawLine>, paragraph: &Paragraph) {
    let hint = match (paragraph.heading, paragraph.alignment) {
        (HeadingLevel::None, TextAlignment::Center) => Hint::Centered,
        (HeadingLevel::None, _) => Hint::None,
        (level, _) => Hint::Heading(level.level()),
    };
    for line in text(paragraph).split('\n') {
        push(lines, plain::clean(line), hint);
    }
}

/// The text of a paragraph without what was deleted.
fn text(paragraph: &Paragraph) -> String {
    let mut text = String::new();
    let kept = paragraph
        .runs
        .iter()
        .filter(|run| run.revision != RevisionType::Deleted);
    for run in kept {
        if run.note.is_none() {
            text.push_str(&run.text);
        }
        if run.line_break || run.page_break {
            text.push('\n');
        }
    }
    text
}

fn add_table(lines: &mut Vec<RawLine>, table: &Table) {
    let cell_text = |paragraphs: &[Paragraph]| -> String {
        paragraphs
            .iter()
            .map(|paragraph| plain::clean(&text(paragraph).replace('\n', "")))
            .collect()
    };
    let is_frame = table.rows.iter().all(|row| row.cells.len() <= 1)
        || table.rows.iter().flat_map(|row| &row.cells).any(|cell| {
            cell_text(&cell.content).chars().count() > LONG_CELL || !cell.nested_tables.is_empty()
        });
    for row in &table.rows {
        if is_frame {
            for cell in &row.cells {
                cell.content
                    .iter()
                    .for_each(|paragraph| add(lines, paragraph));
                cell.nested_tables
                    .iter()
                    .for_each(|table| add_table(lines, table));
            }
        } else {
            let cells = row.cells.iter().map(|cell| cell_text(&cell.content));
            let filled: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
            push(lines, filled.join("\u{3000}"), Hint::Row);
        }
    }
}

fn push(lines: &mut Vec<RawLine>, text: String, hint: Hint) {
    if !text.is_empty() {
        let number = lines.len() + 1;
        plain::push(lines, RawLine { number, text, hint });
    }
}
