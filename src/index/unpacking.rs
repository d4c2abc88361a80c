//! What is stored of documents, read and unpacked.
//!
//! Comes in: a place in a commit. Goes out: facts and passages ([`passages`](super::passages)). The
//! decompressor is made once, and the passages that were read last are held: hits stand in few
//! documents, and what is read from end to end is read in order.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

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
    recent: Mutex<Recent>,
}

#[derive(Default)]
struct Recent {
    decompressor: Option<Decompressor<'static>>,
    /// The last one behind.
    passages: VecDeque<(DocAddress, Arc<Passage>)>,
}

impl Unpacker {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers().iter();
        Self {
            stores: segments
                .map(|segment| (segment.clone(), OnceLock::new()))
                .collect(),
            recent: Mutex::default(),
        }
    }

    /// The passage that begins with a paragraph.
    pub(super) fn passage(&self, first: DocAddress) -> Result<Arc<Passage>, IndexError> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = recent.passages.iter().rev();
        if let Some((_, passage)) = known.find(|(of, _)| *of == first) {
            return Ok(Arc::clone(passage));
        }
        let stored = self.stored(first)?;
        let (_, packed) = split(&stored).ok_or(UNREADABLE)?;
        let passage = Arc::new(Passage(recent.unpacked(packed)?));
        if recent.passages.len() == RECENT {
            recent.passages.pop_front();
        }
        recent.passages.push_back((first, Arc::clone(&passage)));
        Ok(passage)
    }

    /// The facts of the document that begins with a paragraph, as JSON.
    pub(super) fn facts(&self, first: DocAddress) -> Result<String, IndexError> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = self.stored(first)?;
        let (packed, _) = split(&stored).ok_or(UNREADABLE)?;
        text(&recent.unpacked(packed)?).ok_or(UNREADABLE)
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
}

/// Facts and passage, packed.
fn split(stored: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, packed) = stored.split_first_chunk()?;
    packed.split_at_checked(u32::from_le_bytes(*length) as usize)
}

impl Recent {
    fn unpacked(&mut self, packed: &[u8]) -> Result<Vec<u8>, IndexError> {
        let decompressor = match &mut self.decompressor {
            Some(decompressor) => decompressor,
            none => {
                let made = Decompressor::with_dictionary(DICTIONARY);
                none.insert(made.map_err(TantivyError::from)?)
            }
        };
        let (length, packed) = packed.split_first_chunk().ok_or(UNREADABLE)?;
        let length = u32::from_le_bytes(*length) as usize;
        let plain = decompressor.decompress(packed, length).ok();
        let is_whole = |plain: &Vec<u8>| plain.len() == length;
        plain.filter(is_whole).ok_or(UNREADABLE)
    }
}
