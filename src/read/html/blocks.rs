//! The elements of a page to lines: one a block, one a row of a table of data.
//!
//! Walks without recursion, so that no page is too deep.

use dom_query::NodeRef;

use crate::read::layout::{Hint, RawLine};
use crate::read::plain;

/// How the cells of tables are set out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cells {
    /// A table of data gives a line a row.
    Together,
    /// Every cell is a line of its own, as labels and values need.
    Apart,
}

/// A cell longer than this, in characters, makes a table a frame for text and not one of data.
const LONG_CELL: usize = 300;

/// What remains to be done on the walk.
enum Step<'a> {
    Enter(NodeRef<'a>),
    /// The number of the list item that comes next.
    Number(usize),
    /// The end of a block, and the hint of the block around it.
    Leave(Hint),
}

/// The lines of an element, numbered from 1.
pub(super) fn lines(root: &NodeRef<'_>, cells: Cells) -> Vec<RawLine> {
    let mut page = Lines::default();
    let mut steps = vec![Step::Enter(*root)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Leave(outer) => {
                page.end();
                page.number = None;
                page.hint = outer;
                continue;
            }
            Step::Number(number) => {
                page.end();
                page.number = Some(number);
                continue;
            }
            Step::Enter(node) => node,
        };
        if node.is_text() {
            page.add(&node.text());
            continue;
        }
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        if is_skipped(name) || is_hidden(&node) {
            continue;
        }
        match name {
            "br" | "hr" => page.end(),
            "table" if cells == Cells::Together && is_data(&node) => page.rows(&node),
            _ => {
                if is_block(name) || (cells == Cells::Apart && is_label(name)) {
                    page.end();
                    steps.push(Step::Leave(page.hint));
                    page.hint = hint(name, &node, page.hint);
                }
                if name == "ol" && is_numbered(&node) {
                    steps.extend(items(&node));
                } else {
                    steps.extend(node.children_it(true).map(Step::Enter));
                }
            }
        }
    }
    page.end();
    page.lines
}

/// The lines so far and the one being filled.
#[derive(Default)]
struct Lines {
    lines: Vec<RawLine>,
    line: String,
    hint: Hint,
    /// The number of a list item that has no text yet.
    number: Option<usize>,
}

impl Lines {
    /// Adds text; white space that the source broke its lines with is none between Han characters.
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\n' | '\r' | '\t');
            if !is_space {
                if self.line.ends_with('\n') {
                    self.line.pop();
                    let glued = is_wide(c) || self.line.chars().last().is_some_and(is_wide);
                    if !glued {
                        self.line.push(' ');
                    }
                }
                self.line.push(c);
            } else if c == ' ' && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            } else if c != ' ' && !self.line.is_empty() {
                while self.line.ends_with(' ') {
                    self.line.pop();
                }
                if !self.line.ends_with('\n') {
                    self.line.push('\n');
                }
            }
        }
    }

    fn end(&mut self) {
        let mut text = plain::clean(&self.line);
        self.line.clear();
        if !text.is_empty()
            && let Some(number) = self.number.take()
            && !text.starts_with(|c: char| c.is_numeric() || "（(".contains(c))
        {
            text = format!("{number}. {text}");
        }
        self.push(text, self.hint);
    }

    fn push(&mut self, text: String, hint: Hint) {
        if !text.is_empty() {
            let number = self.lines.len() + 1;
            plain::push(&mut self.lines, RawLine { number, text, hint });
        }
    }

    /// The rows of a table of data, each on a line, cells parted by U+3000.
    fn rows(&mut self, table: &NodeRef<'_>) {
        self.end();
        for row in table.descendants_it().filter(|node| node.has_name("tr")) {
            let mut cells = Vec::new();
            for cell in row.children_it(false).filter(NodeRef::is_element) {
                let text: String = lines(&cell, Cells::Together)
                    .into_iter()
                    .map(|line| line.text)
                    .collect();
                if !text.is_empty() {
                    cells.push(text);
                }
            }
            self.push(cells.join("\u{3000}"), Hint::Row);
        }
    }
}

/// Whether a browser numbers the items of an ordered list 1, 2, 3.
fn is_numbered(list: &NodeRef<'_>) -> bool {
    let style = list.attr("style").unwrap_or_default().to_lowercase();
    let is_plain = list
        .attr("type")
        .is_none_or(|of| of.is_empty() || &*of == "1");
    is_plain && !style.contains("list-style")
}

/// The steps over a numbered list, the last first, each item with its number before it.
fn items<'a>(list: &NodeRef<'a>) -> Vec<Step<'a>> {
    let start = list
        .attr("start")
        .and_then(|start| start.trim().parse().ok());
    let mut number = start.unwrap_or(1);
    let mut steps = Vec::new();
    for node in list.children_it(false) {
        if node.has_name("li") {
            steps.push(Step::Number(number));
            number = number.saturating_add(1);
        }
        steps.push(Step::Enter(node));
    }
    steps.reverse();
    steps
}

/// Whether a table holds data: more than one column somewhere, no long cells, no tables inside.
fn is_data(table: &NodeRef<'_>) -> bool {
    let mut columns = 0;
    for node in table.descendants_it() {
        if node.has_name("table") {
            return false;
        }
        if node.has_name("tr") {
            let cells = node.children_it(false).filter(NodeRef::is_element);
            columns = columns.max(cells.count());
        }
        if (node.has_name("td") || node.has_name("th"))
            && node.text().chars().filter(|c| !c.is_whitespace()).count() > LONG_CELL
        {
            return false;
        }
    }
    columns > 1
}

fn hint(name: &str, node: &NodeRef<'_>, outer: Hint) -> Hint {
    match name {
        "h1" => Hint::Heading(1),
        "h2" => Hint::Heading(2),
        "h3" => Hint::Heading(3),
        "h4" => Hint::Heading(4),
        "h5" | "h6" => Hint::Heading(5),
        "center" => Hint::Centered,
        _ => match alignment(node) {
            Some(true) => Hint::Centered,
            Some(false) => Hint::None,
            None => outer,
        },
    }
}

/// Whether an element says that its text is set in the middle; `None` if it says nothing.
fn alignment(node: &NodeRef<'_>) -> Option<bool> {
    if let Some(style) = node.attr("style") {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some((_, value)) = style.to_lowercase().split_once("text-align:") {
            return Some(value.starts_with("center"));
        }
    }
    let align = node.attr("align").filter(|align| !align.is_empty())?;
    Some(align.eq_ignore_ascii_case("center"))
}

/// Characters between which a line break in the source is no space.
fn is_wide(c: char) -> bool {
    crate::text::is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "iframe"
            | "nav"
            | "footer"
            | "form"
            | "button"
            | "select"
            | "input"
            | "textarea"
            | "svg"
            | "object"
            | "template"
            | "head"
            | "title"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "option"
            | "aside"
    )
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style.to_lowercase().contains("display:none")
    }) || node.has_attr("hidden")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dd"
            | "dt"
            | "tr"
            | "td"
            | "th"
            | "table"
            | "tbody"
            | "caption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "center"
            | "body"
            | "html"
            | "figure"
            | "figcaption"
            | "fieldset"
            | "address"
            | "ucapcontent"
    )
}

/// Elements that pages put the labels of facts into.
fn is_label(name: &str) -> bool {
    matches!(name, "b" | "strong" | "label" | "span" | "em" | "i" | "a")
}
