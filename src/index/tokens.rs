//! The tokenizers that the schema names, and how many tokens each scored field has.
//!
//! tantivy only estimates the tokens of a field once documents were deleted and segments merged,
//! so an updated index would score a little differently from a rebuilt one. Counted here, added on
//! the way in and counted again on the way out, the sums stay exact.

use serde::{Deserialize, Serialize};
use tantivy::tokenizer::TokenizerManager;

use super::entry::Entry;
use super::inversion::Inverter;
use super::schema::{LABEL, SCORED, schema};
use crate::tokenize::{PairTokenizer, UnitAndPairTokenizer, UnitTokenizer, WordTokenizer};

/// Tokens of each scored field, in the order of `SCORED`. Sums and differences wrap, so that parts
/// may be taken away before they were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TokenCounts(pub [u64; SCORED.len()]);

impl TokenCounts {
    /// These and those.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine = mine.wrapping_add(theirs);
        }
        self
    }

    /// These without those.
    #[must_use]
    pub fn minus(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine = mine.wrapping_sub(theirs);
        }
        self
    }
}

/// The tokenizers that the schema names. The views of a text that are made of its units are cut
/// together; see [`inversion`](super::inversion).
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    let [words, chars, pairs, title, headings] = SCORED;
    manager.register(words, WordTokenizer::default());
    manager.register(chars, UnitTokenizer);
    manager.register(pairs, PairTokenizer);
    for short in [title, headings, LABEL] {
        manager.register(short, UnitAndPairTokenizer);
    }
    manager
}

/// Counts the tokens of entries without indexing them.
pub(super) struct EntryCounter(Inverter);

impl EntryCounter {
    pub(super) fn new() -> Self {
        let (schema, fields) = schema();
        Self(Inverter::new(&schema, fields, &tokenizers()))
    }

    /// The tokens that indexing these entries gives.
    pub(super) fn count(&mut self, entries: &mut [Entry]) -> TokenCounts {
        self.0.invert(entries.iter_mut()).tokens
    }
}
