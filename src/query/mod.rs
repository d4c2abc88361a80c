//! The query language: text to a [`Query`], and back to canonical text.
//!
//! Any string is a query. Nothing here sees the index: whether a word exists never changes how a
//! question is read.
//!
//! ```text
//! query    = [ any ]
//! any      = all { "OR" all }
//! all      = part { [ "AND" ] part }                     side by side is AND
//! part     = ( "-" | "NOT" ) part | [ field ":" ] primary
//! primary  = "(" any ")" | phrase | word
//! phrase   = quote text quote [ "~" number ]             quotes: "…" “…” 「…」 『…』
//! word     = characters up to white space                with * inside: a wildcard
//! field    = a name of fields.toml, English or Chinese
//! ```
//!
//! Brackets, colons and operators may be half or full width. Text that was pasted stays text:
//!
//! - a quotation mark opens a phrase only at the start of a word, and closes it only at its end, so
//!   `“放管服”改革` is one word;
//! - a bracket groups only where it opens at the start of a word and its partner stands at the end
//!   of one, so `（一）加强领导` and `(2021)67号` are words;
//! - a name before a colon that is no field is text, and so is a value that its field does not know;
//! - an operator with nothing to join is text;
//! - `《…》` is text, and so is a lone quotation mark.
//!
//! The same label twice means either (`region:广东 region:广西`); see [`Node`] for the tree.

mod canonical;
mod field;
mod lexer;
mod parser;
mod quotes;
mod tree;
mod years;

pub use parser::parse;
pub use tree::{Field, Node, Query, YearRange};
