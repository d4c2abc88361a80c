//! Paragraphs in tantivy and out again; format and lexicon fingerprint; freshness.
//!
//! Comes in: [`Document`](crate::document::Document)s with their
//! [`Labels`](crate::classify::Labels). Goes out: a commit that can be searched, and paragraphs,
//! documents and statistics from it. Does not know files, nor what a question is.
//!
//! [`schema`](self::schema()) is the table of fields; [`IndexWriter`] and [`IndexReader`] are the
//! two sides; [`IndexFolder`] is how an index lies on disk.

mod assembly;
mod check;
mod codes;
mod column_writer;
mod columns;
mod commit;
mod entry;
mod directory;
mod error;
mod files;
mod firsts;
mod folder;
mod freshness;
mod identity;
mod inversion;
mod kept;
mod merging;
mod numbering;
mod occurrences;
mod posting_blocks;
mod reader;
mod records;
mod removal;
mod schema;
mod segment_builder;
mod spill;
mod statistics;
mod stored;
mod stores;
mod term_blocks;
mod term_files;
mod tokens;
mod tournament;
mod unit_views;
mod writer;

pub use check::Depth;
pub use columns::Columns;
pub use commit::{Commit, fingerprint};
pub use error::IndexError;
pub use files::{CommitFile, GONE, Segment};
pub use firsts::Firsts;
pub use folder::{IndexFolder, MANAGED, METAS, replace_file, replace_file_with};
pub use freshness::Freshness;
pub use identity::{document_digest, document_id, facts};
pub(crate) use posting_blocks::PostingBlocks;
pub use reader::IndexReader;
pub use schema::{FORMAT, Fields, line_code, line_kind, schema};
pub use statistics::Statistics;
pub use stored::StoredParagraph;
pub use tokens::TokenCounts;
pub use writer::{IndexWriter, Resources};
