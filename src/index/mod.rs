//! Paragraphs in tantivy and out again; format and lexicon fingerprint; freshness.
