//! The query language: text to a [`Query`], and back to canonical text.
//!
//! Any string is a query. Nothing here sees the index: whether a word exists never changes how a
//! question is read.

mod tree;

pub use tree::{Field, Node, Query, YearRange};
