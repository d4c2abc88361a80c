//! What is stored of documents, read and unpacked.
//!
//! Comes in: a place in a commit. Goes out: facts and passages ([`passages`](super::passages)). The
//! decompressor of a thread is made once, and the passages that were read last are held: hits stand in
//! few documents, and what is read from end to end is read in order.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tantivy::directory::OwnedBytes;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyError};
use zstd::bulk::Decompressor;

use super::error::IndexError;
use super::passages::{DICTIONARY, Passage, text};

/// How many passages are held.
const RECENT: usize = 16;

/// How many blocks of a store are held: what they have is held unpacked.
const BLOCKS: usize = 1;

/// What is stored is none that was packed.
const UNREADABLE: IndexError = IndexError::Damaged {
    what: "what is stored with a paragraph cannot be unpacked",
};

/// Reads what is stored.
pub(super) struct Unpacker {
    /// By segment, each opened when it is first read.
    stores: Vec<(SegmentReader, OnceLock<StoreReader>)>,
    /// The last one behind.
    recent: Mutex<VecDeque<(DocAddress, Arc<Passage>)>>,
    /// Those that no thread unpacks with.
    decompressors: Mutex<Vec<Decompressor<'static>>>,
}

impl Unpacker {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers().iter();
        Self {
            stores: segments
                .map(|segment| (segment.clone(), OnceLock::new()))
                .collect(),
            recent: Mutex::default(),
            decompressors: Mutex::default(),
        }
    }

    /// The passage that begins with a paragraph.
    pub(super) fn passage(&self, first: DocAddress) -> Result<Arc<Passage>, IndexError> {
        let known = |(of, _): &&(DocAddress, Arc<Passage>)| *of == first;
        if let Some((_, passage)) = locked(&self.recent).iter().rev().find(known) {
            return Ok(Arc::clone(passage));
        }
        let stored = self.stored(first)?;
        let (_, packed) = split(&stored).ok_or(UNREADABLE)?;
        let passage = Arc::new(Passage(self.unpacked(packed)?));
        let mut recent = locked(&self.recent);
        if recent.len() == RECENT {
            recent.pop_front();
        }
        recent.push_back((first, Arc::clone(&passage)));
        Ok(passage)
    }

    /// The facts of the document that begins with a paragraph, as JSON.
    pub(super) fn facts(&self, first: DocAddress) -> Result<String, IndexError> {
        let stored = self.stored(first)?;
        let (packed, _) = split(&stored).ok_or(UNREADABLE)?;
        text(&self.unpacked(packed)?).ok_or(UNREADABLE)
    }

    /// All that is stored with a paragraph.
    fn stored(&self, address: DocAddress) -> Result<OwnedBytes, IndexError> {
        let (segment, store) = &self.stores[address.segment_ord as usize];
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

    fn unpacked(&self, packed: &[u8]) -> Result<Vec<u8>, IndexError> {
        let idle = locked(&self.decompressors).pop();
        let mut decompressor = match idle {
            Some(decompressor) => decompressor,
            None => Decompressor::with_dictionary(DICTIONARY).map_err(TantivyError::from)?,
        };
        let (length, packed) = packed.split_first_chunk().ok_or(UNREADABLE)?;
        let length = u32::from_le_bytes(*length) as usize;
        let plain = decompressor.decompress(packed, length).ok();
        locked(&self.decompressors).push(decompressor);
        let is_whole = |plain: &Vec<u8>| plain.len() == length;
        plain.filter(is_whole).ok_or(UNREADABLE)
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Facts and passage, packed.
fn split(stored: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, packed) = stored.split_first_chunk()?;
    packed.split_at_checked(u32::from_le_bytes(*length) as usize)
}
