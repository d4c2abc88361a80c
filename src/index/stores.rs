//! tantivy's stores of a commit: what is kept of each paragraph, as bytes
//! ([`kept`](super::kept)). A store is opened when it is first read.

use std::sync::OnceLock;

use tantivy::directory::OwnedBytes;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyError};

use super::error::IndexError;

/// How many blocks of a store are held: what is read from end to end is read in order.
const BLOCKS: usize = 1;

/// The stores of the segments, in their order.
pub(super) struct Stores(Vec<(SegmentReader, OnceLock<StoreReader>)>);

impl Stores {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers().iter();
        Self(
            segments
                .map(|segment| (segment.clone(), OnceLock::new()))
                .collect(),
        )
    }

    /// What is kept of a paragraph.
    pub(super) fn kept(&self, address: DocAddress) -> Result<OwnedBytes, IndexError> {
        let (segment, store) = &self.0[address.segment_ord as usize];
        let store = match store.get() {
            Some(store) => store,
            None => {
                let opened = segment.get_store_reader(BLOCKS);
                let opened = opened.map_err(TantivyError::from)?;
                store.get_or_init(|| opened)
            }
        };
        Ok(store.get_document_bytes(address.doc_id)?)
    }
}
