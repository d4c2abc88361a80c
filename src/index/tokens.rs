//! The tokenizers that the schema names, and how many tokens went through each.
//!
//! tantivy only estimates the tokens of a field once documents were deleted and segments merged,
//! so an updated index would score a little differently from a rebuilt one. Counted here, added on
//! the way in and counted again on the way out, the sums stay exact.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::entry::Entry;
use super::schema::{LABEL, SCORED};
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

/// Counts what the tokenizers of an index give out, on whatever thread they run.
#[derive(Debug, Clone, Default)]
pub(super) struct TokenCounter([Arc<AtomicU64>; SCORED.len()]);

impl TokenCounter {
    /// The tokenizers that the schema names, counted here.
    pub(super) fn tokenizers(&self) -> TokenizerManager {
        let manager = TokenizerManager::default();
        let [words, chars, pairs, title, headings] = SCORED;
        let [
            words_total,
            chars_total,
            pairs_total,
            title_total,
            headings_total,
        ] = &self.0;
        register(&manager, words, WordTokenizer::default(), words_total);
        register(&manager, chars, UnitTokenizer, chars_total);
        register(&manager, pairs, PairTokenizer, pairs_total);
        register(&manager, title, UnitAndPairTokenizer, title_total);
        register(&manager, headings, UnitAndPairTokenizer, headings_total);
        manager.register(LABEL, UnitAndPairTokenizer);
        manager
    }

    /// What went through so far.
    pub(super) fn counts(&self) -> TokenCounts {
        TokenCounts(std::array::from_fn(|place| {
            self.0[place].load(Ordering::Relaxed)
        }))
    }
}

/// Counts the tokens of entries without indexing them.
pub(super) struct EntryCounter {
    counter: TokenCounter,
    analyzers: [TextAnalyzer; SCORED.len()],
}

impl EntryCounter {
    pub(super) fn new() -> Self {
        let counter = TokenCounter::default();
        let tokenizers = counter.tokenizers();
        let analyzers = SCORED.map(|name| tokenizers.get(name).expect("it was just registered"));
        Self { counter, analyzers }
    }

    /// The tokens that indexing these entries gave.
    pub(super) fn count<'e>(&mut self, entries: impl Iterator<Item = &'e Entry>) -> TokenCounts {
        let before = self.counter.counts();
        for entry in entries {
            let [words, chars, pairs, title, headings] = &mut self.analyzers;
            for view in [words, chars, pairs] {
                exhaust(view, &entry.text);
            }
            if entry.starts_document() {
                exhaust(title, &entry.document.title);
            }
            if entry.starts_section() {
                entry
                    .headings
                    .iter()
                    .for_each(|each| exhaust(headings, each));
            }
        }
        self.counter.counts().minus(before)
    }
}

fn exhaust(analyzer: &mut TextAnalyzer, text: &str) {
    let mut stream = analyzer.token_stream(text);
    while stream.advance() {}
}

fn register(
    manager: &TokenizerManager,
    name: &str,
    tokenizer: impl Tokenizer,
    total: &Arc<AtomicU64>,
) {
    let total = Arc::clone(total);
    manager.register(name, Counted { tokenizer, total });
}

/// A tokenizer whose tokens are counted.
#[derive(Clone)]
struct Counted<T> {
    tokenizer: T,
    total: Arc<AtomicU64>,
}

impl<T: Tokenizer> Tokenizer for Counted<T> {
    type TokenStream<'a> = CountedStream<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        CountedStream {
            stream: self.tokenizer.token_stream(text),
            count: 0,
            total: &self.total,
        }
    }
}

/// Adds its tokens to the total when it is done.
struct CountedStream<'a, S> {
    stream: S,
    count: u64,
    total: &'a AtomicU64,
}

impl<S: TokenStream> TokenStream for CountedStream<'_, S> {
    fn advance(&mut self) -> bool {
        let more = self.stream.advance();
        self.count += u64::from(more);
        more
    }

    fn token(&self) -> &Token {
        self.stream.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.stream.token_mut()
    }
}

impl<S> Drop for CountedStream<'_, S> {
    fn drop(&mut self) {
        self.total.fetch_add(self.count, Ordering::Relaxed);
    }
}
