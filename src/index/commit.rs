//! What a commit says of itself: the payload that tantivy keeps with the list of segments.
//!
//! One commit is one truth: whoever reads the segments reads the payload that was written with
//! them, so neither can be ahead of the other.

use serde::{Deserialize, Serialize};

use super::schema::FORMAT;
use super::tokens::TokenCounts;

/// The payload of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The format that the index was written in; see [`FORMAT`].
    pub format: u32,
    /// The fingerprint of the tables that it was cut, folded and labelled by.
    pub lexicon: String,
    /// Documents in the index.
    pub documents: u64,
    /// Paragraphs in the index.
    pub paragraphs: u64,
    /// Runs of paragraphs that stand under the same headings.
    pub sections: u64,
    /// Bytes of the paragraphs' text in UTF-8.
    pub bytes: u64,
    /// Tokens in the index, of each scored field.
    pub tokens: TokenCounts,
    /// What the writer's caller keeps beside the index and wants to find again with exactly this
    /// commit: the name of a manifest.
    pub attachment: String,
}

impl Commit {
    /// The commit of an empty index by this program.
    pub fn empty() -> Self {
        Self {
            format: FORMAT,
            lexicon: fingerprint().to_owned(),
            documents: 0,
            paragraphs: 0,
            sections: 0,
            bytes: 0,
            tokens: TokenCounts::default(),
            attachment: String::new(),
        }
    }

    /// As tantivy keeps it.
    pub(super) fn to_payload(&self) -> String {
        serde_json::to_string(self).expect("a commit has string keys only")
    }
}

/// The fingerprint of this program's tables.
pub fn fingerprint() -> &'static str {
    crate::lexicon::FINGERPRINT
}
