//! The built-in sample: what is searched before there is an index.
//!
//! It is indexed in memory, which takes less than a tenth of a second; nothing is written.

use anyhow::Context;

use crate::index::IndexReader;
use crate::ingest::index_in_memory;

/// The path and the bytes of each document of `corpus-sample/`.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/sample.rs"));

/// What is said on stderr when the sample answers.
pub(super) const NOTICE: &str = "\
note: no index yet, so this is the built-in sample: abridged restatements, not official texts
hint: index your own documents with `xianli-index update FOLDER`";

/// The index of the sample.
pub(super) fn open() -> anyhow::Result<IndexReader> {
    let (index, _) =
        index_in_memory(FILES.iter().copied()).context("cannot index the built-in sample")?;
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_sample_is_indexed() {
        let (index, skipped) = index_in_memory(FILES.iter().copied()).unwrap();
        assert_eq!((index.commit().documents, skipped), (47, vec![]));
    }
}
