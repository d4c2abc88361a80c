//! The body of a Word file to raw lines: paragraphs as they are printed, tables row by row.
//!
//! Deleted, moved and hidden text, headers, footers and notes are left out; text boxes are read
//! after the paragraph that they hang on.

use roxmltree::Node;

use super::styles::{Styles, child, child_value, is_centered, is_word, list, outline};
use crate::read::layout::{Hint, RawLine};
use crate::read::plain;

/// How deep tables and boxes may nest.
const DEEPEST: usize = 40;
/// A cell longer than this, in characters, makes a table a frame for text and not one of data.
const LONG_CELL: usize = 300;

/// The lines of the body, numbered from 1.
pub(super) fn lines(body: Node<'_, '_>, styles: Styles) -> Vec<RawLine> {
    let mut reader = Reader {
        styles,
        lines: Vec::new(),
    };
    reader.blocks(body, 0);
    reader.lines
}

struct Reader {
    styles: Styles,
    lines: Vec<RawLine>,
}

impl Reader {
    /// Paragraphs and tables, wherever content controls, sections and revisions put them.
    fn blocks(&mut self, parent: Node<'_, '_>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node, depth),
                "tbl" => self.table(node, depth),
                "sdt" if is_contents(node) => {}
                "del" | "moveFrom" | "sectPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" => {}
                _ => self.blocks(node, depth + 1),
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|properties| child_value(properties, "pStyle"));
        let look = self.styles.look(style);
        let mut text = String::new();
        let mut boxes = Vec::new();
        runs(node, &mut text, &mut boxes, 0);
        let numbered = properties.and_then(list).or(look.list);
        if !text.trim().is_empty()
            && let Some((list, depth)) = numbered
            && let Some(label) = self.styles.count(&list, depth)
        {
            text.insert_str(0, &label);
        }
        let hint = if look.is_contents {
            Hint::Furniture
        } else if look.is_title {
            Hint::Title
        } else if let Some(level) = properties.and_then(outline).or(look.outline) {
            Hint::Heading(level)
        } else if look.is_centered || properties.is_some_and(is_centered) {
            Hint::Centered
        } else {
            Hint::None
        };
        for line in text.split('\n') {
            self.push(plain::clean(line), hint);
        }
        for shape in boxes {
            self.blocks(shape, depth + 1);
        }
    }

    fn table(&mut self, table: Node<'_, '_>, depth: usize) {
        let rows = rows(table, 0);
        let mut cells: Vec<Vec<String>> = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut texts = Vec::new();
            for cell in row.children().filter(|node| is_word(node, "tc")) {
                let mut inner = Reader {
                    styles: std::mem::take(&mut self.styles),
                    lines: Vec::new(),
                };
                inner.blocks(cell, depth + 1);
                self.styles = inner.styles;
                texts.push(inner.lines.into_iter().map(|line| line.text).collect());
            }
            cells.push(texts);
        }
        let is_frame = cells.iter().all(|row| row.len() <= 1)
            || cells
                .iter()
                .flatten()
                .any(|cell| cell.chars().count() > LONG_CELL);
        if is_frame {
            for row in rows {
                self.blocks(row, depth + 1);
            }
            return;
        }
        for row in cells {
            let filled: Vec<_> = row.into_iter().filter(|cell| !cell.is_empty()).collect();
            self.push(filled.join("\u{3000}"), Hint::Row);
        }
    }

    fn push(&mut self, text: String, hint: Hint) {
        if !text.is_empty() {
            let number = self.lines.len() + 1;
            plain::push(&mut self.lines, RawLine { number, text, hint });
        }
    }
}

/// The rows of a table, content controls looked through.
fn rows<'a, 'i>(table: Node<'a, 'i>, depth: usize) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for node in table.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "tr" => found.push(node),
            "del" | "moveFrom" => {}
            _ if depth < 4 => found.extend(rows(node, depth + 1)),
            _ => {}
        }
    }
    found
}

/// The text of the runs of a paragraph; `\n` where a line is broken by hand.
fn runs<'a, 'i>(
    parent: Node<'a, 'i>,
    text: &mut String,
    boxes: &mut Vec<Node<'a, 'i>>,
    depth: usize,
) {
    if depth > DEEPEST {
        return;
    }
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "t" if is_word(&node, "t") => text.push_str(node.text().unwrap_or_default()),
            "tab" | "ptab" if !is_word(&parent, "tabs") => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "del" | "moveFrom" | "pPr" | "rPr" | "instrText" | "Fallback" => {}
            "r" if is_vanished(node) => {}
            "txbxContent" => boxes.push(node),
            _ => runs(node, text, boxes, depth + 1),
        }
    }
}

fn is_vanished(run: Node<'_, '_>) -> bool {
    child(run, "rPr")
        .and_then(|properties| child(properties, "vanish"))
        .is_some_and(|vanish| {
            vanish
                .attributes()
                .all(|value| !matches!(value.value(), "0" | "false" | "off"))
        })
}

/// Whether a content control holds the table of contents.
fn is_contents(control: Node<'_, '_>) -> bool {
    child(control, "sdtPr").is_some_and(|properties| {
        properties.descendants().any(|node| {
            node.tag_name().name() == "docPartGallery"
                && node
                    .attributes()
                    .any(|value| value.value() == "Table of Contents")
        })
    })
}
