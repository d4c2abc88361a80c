//! Research questions over results.
