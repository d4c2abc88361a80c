//! A tree back to text that is read as the same tree.

use std::fmt::{self, Display, Formatter, Write};

use super::quotes::{QUOTES, is_minus};
use super::tree::{Node, Query, YearRange};

impl Query {
    /// The question in canonical form; empty where nothing is asked.
    ///
    /// ```
    /// use xianli::query::parse;
    /// assert_eq!(parse("地区：广东   “数字政府” NOT 试点").canonical(), "region:广东 \"数字政府\" -试点");
    /// ```
    pub fn canonical(&self) -> String {
        self.root
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(text) | Self::Wildcard(text) => f.write_str(text),
            Self::Phrase { text, slop: None } => write_quoted(f, text),
            Self::Phrase {
                text,
                slop: Some(slop),
            } => {
                write_quoted(f, text)?;
                write!(f, "~{slop}")
            }
            Self::InField { field, node } => write!(f, "{}:{node}", field.0),
            Self::Label { field, value } => {
                write!(f, "{}:", field.0)?;
                write_value(f, value)
            }
            Self::Year(range) => write!(f, "year:{range}"),
            Self::And(nodes) => write_joined(f, nodes, " "),
            Self::Or(nodes) => write_joined(f, nodes, " OR "),
            Self::Not(node) => {
                let dashed = matches!(node.as_ref(), Self::Term(text) | Self::Wildcard(text)
                    if text.starts_with(|c| !char::is_alphanumeric(c)));
                f.write_str(if dashed { "NOT " } else { "-" })?;
                write_part(f, node)
            }
        }
    }
}

impl Display for YearRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(f, "{first:04}"),
            (first, last) => {
                let year = |year: Option<i32>| year.map(|y| format!("{y:04}")).unwrap_or_default();
                write!(f, "{}..{}", year(first), year(last))
            }
        }
    }
}

fn write_joined(f: &mut Formatter<'_>, nodes: &[Node], between: &str) -> fmt::Result {
    for (place, node) in nodes.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        match node {
            Node::And(_) if between != " " => write!(f, "{node}")?,
            _ => write_part(f, node)?,
        }
    }
    Ok(())
}

fn write_part(f: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::And(_) | Node::Or(_) => write!(f, "({node})"),
        _ => write!(f, "{node}"),
    }
}

/// A label's value: bare where it is one plain word.
fn write_value(f: &mut Formatter<'_>, value: &str) -> fmt::Result {
    let plain = |c: char| c.is_alphanumeric() || is_minus(c);
    if !value.is_empty() && value.chars().all(plain) {
        f.write_str(value)
    } else {
        write_quoted(f, value)
    }
}

/// In the first quotation marks that do not stand in the text; without those that do, where all do.
fn write_quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    for (open, close) in QUOTES {
        if !text.contains([open, close]) || (open != close && is_balanced(text, open, close)) {
            return write!(f, "{open}{text}{close}");
        }
    }
    f.write_char('"')?;
    f.write_str(&text.replace('"', ""))?;
    f.write_char('"')
}

fn is_balanced(text: &str, open: char, close: char) -> bool {
    let mut depth = 0_usize;
    for character in text.chars() {
        if character == open {
            depth += 1;
        } else if character == close {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            }
        }
    }
    depth == 0
}
