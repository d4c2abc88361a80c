//! xianli 先例: full-text search and precedent research for Chinese policy documents.
//!
//! The modules stand in the order of the data. When indexing, [`read`] turns a file into a
//! [`document::Document`], [`classify`] finds its [`classify::Labels`], [`index`] keeps both, and
//! [`ingest`] makes the index equal to a folder. When asking, [`query`] turns a question into a
//! tree, [`search`] turns the tree into [`search::Results`], [`study`] answers research questions
//! over results, and [`render`] turns values into bytes. Both sides speak through [`lexicon`],
//! [`mod@text`] and [`tokenize`], which is why a word is cut the same way on both.
//!
//! A module imports only from those above it in this list; `tests/architecture.rs` holds that.

#![deny(missing_docs)]

pub mod lexicon;
pub mod text;
pub mod document;
pub mod read;
pub mod classify;
pub mod tokenize;
pub mod index;
pub mod ingest;
pub mod query;
pub mod search;
pub mod study;
pub mod render;
pub mod cli;
