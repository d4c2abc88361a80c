//! Postings read on one thread and written on another.
//!
//! Comes in: merged lists of terms. Goes out: the same terms in blocks, while the next block is
//! read. At the end of a run nothing else is left to do, so half of its last part is saved.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::mpsc::sync_channel;
use std::thread;

use tantivy::DocId;

use super::records::{Merged, Postings};

/// Postings in a block; more where a single term has more.
const BLOCK: usize = 1 << 16;

/// Some terms with all their postings.
#[derive(Default)]
pub(super) struct Block {
    bytes: Vec<u8>,
    postings: Postings,
    /// Where each term begins in its bytes, postings and distances; and where the last one ends.
    starts: Vec<[usize; 3]>,
}

/// A term of a block.
pub(super) struct BlockTerm<'b> {
    pub(super) bytes: &'b [u8],
    paragraphs: &'b [(DocId, u32)],
    distances: &'b [u32],
}

impl Block {
    pub(super) fn terms(&self) -> impl Iterator<Item = BlockTerm<'_>> {
        self.starts.windows(2).map(|edges| {
            let part = |which: usize| -> Range<usize> { edges[0][which]..edges[1][which] };
            BlockTerm {
                bytes: &self.bytes[part(0)],
                paragraphs: &self.postings.paragraphs[part(1)],
                distances: &self.postings.distances[part(2)],
            }
        })
    }

    fn ends(&self) -> [usize; 3] {
        let Postings {
            paragraphs,
            distances,
        } = &self.postings;
        [self.bytes.len(), paragraphs.len(), distances.len()]
    }

    /// Reads terms until there are enough; `None` where there are no more.
    fn read<R: Read>(terms: &mut Merged<R>) -> io::Result<Option<Self>> {
        let mut block = Self::default();
        while block.postings.paragraphs.len() < BLOCK {
            let start = block.ends();
            let Some(term) = terms.next(&mut block.postings)? else {
                break;
            };
            block.starts.push(start);
            block.bytes.extend_from_slice(term);
        }
        block.starts.push(block.ends());
        Ok((block.starts.len() > 1).then_some(block))
    }
}

impl BlockTerm<'_> {
    /// How many paragraphs have it.
    pub(super) fn paragraphs(&self) -> u32 {
        self.paragraphs.len() as u32
    }

    /// Hands each paragraph to `take`, with how often the term stands there and the distances of
    /// its places, where they are kept.
    pub(super) fn each(&self, mut take: impl FnMut(DocId, u32, &[u32])) {
        let has_distances = !self.distances.is_empty();
        let mut rest = self.distances;
        for &(doc, frequency) in self.paragraphs {
            let here = if has_distances { frequency as usize } else { 0 };
            let (distances, behind) = rest.split_at(here);
            rest = behind;
            take(doc, frequency, distances);
        }
    }
}

/// Hands all terms to `write`, a block at a time.
pub(super) fn in_blocks<R: Read + Send>(
    mut terms: Merged<R>,
    mut write: impl FnMut(&Block) -> io::Result<()>,
) -> io::Result<()> {
    thread::scope(|scope| {
        let (sent, blocks) = sync_channel(2);
        scope.spawn(move || {
            while let Some(block) = Block::read(&mut terms).transpose() {
                let is_last = block.is_err();
                if sent.send(block).is_err() || is_last {
                    return;
                }
            }
        });
        for block in blocks {
            write(&block?)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::records::{Packer, Places};

    fn packed(terms: u32, paragraphs: u32) -> Box<[u8]> {
        let mut packer = Packer::default();
        for term in 0..terms {
            let standing: Vec<_> = (0..paragraphs).map(|doc| (doc, doc + term)).collect();
            packer.push(&term.to_be_bytes(), &standing, |&place| place, Places::Kept);
        }
        packer.take()
    }

    #[test]
    fn all_terms_come_in_order_however_many_blocks_they_fill() {
        let (terms, paragraphs) = (7, 20_000);
        let packed = packed(terms, paragraphs);
        let merged = Merged::of([(0, &*packed)].into_iter(), Places::Kept).unwrap();
        let mut blocks = 0;
        let mut next = 0_u32;
        let counted = in_blocks(merged, |block| {
            blocks += 1;
            for term in block.terms() {
                assert_eq!(term.bytes, next.to_be_bytes());
                let mut docs = 0;
                term.each(|doc, frequency, distances| {
                    assert_eq!((doc, frequency, distances), (docs, 1, &[docs + next][..]));
                    docs += 1;
                });
                assert_eq!((docs, term.paragraphs()), (paragraphs, paragraphs));
                next += 1;
            }
            Ok(())
        });
        counted.unwrap();
        assert_eq!((next, blocks), (terms, 2));
    }

    #[test]
    fn what_cannot_be_read_or_written_is_an_error_and_ends() {
        let packed = packed(3, 70_000);
        let merged =
            |length| Merged::of([(0, &packed[..length])].into_iter(), Places::Kept).unwrap();
        let read = in_blocks(merged(packed.len() - 1), |_| Ok(()));
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        let full = io::ErrorKind::StorageFull;
        let written = in_blocks(merged(packed.len()), |_| Err(full.into()));
        assert_eq!(written.unwrap_err().kind(), full);
    }
}
