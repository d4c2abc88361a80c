//! The postings of a term, a block of them at a time.
//!
//! Comes in: the bytes that tantivy wrote for a term with frequencies. Goes out: paragraphs and
//! frequencies, in order. tantivy's own reader gives the same. It takes an entry of a list of blocks
//! apart before it passes over the block, so that the few paragraphs of a rare label cost the more, the
//! longer the lists of its characters are; here a block is passed over in a few instructions, and
//! frequencies are unpacked only for who asks for them.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::OwnedBytes;
use tantivy::{DocId, TERMINATED};

/// How many postings a block has. The last ones of a term, of which there are fewer, are written
/// otherwise.
const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// The postings of a term in a segment, with the block that is at hand.
pub(crate) struct PostingBlocks {
    entries: Entries,
    packed: OwnedBytes,
    packer: BitPacker4x,
    /// How many postings there are.
    count: u32,
    /// The place of the block at hand.
    block: usize,
    /// Its last paragraph; behind all full ones, what is behind all paragraphs.
    last: DocId,
    /// Where it lies among what is packed.
    start: usize,
    state: State,
    /// Behind the last paragraph of all, what is behind all paragraphs.
    docs: [DocId; BLOCK],
    frequencies: [u32; BLOCK],
}

/// What of the block at hand is unpacked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Nothing,
    /// Its paragraphs, which end so many bytes behind its start.
    Docs(usize),
    All,
}

/// What is told of each full block: its last paragraph, the bits of a paragraph and of a frequency,
/// and what is not needed here.
struct Entries {
    bytes: OwnedBytes,
    /// The bytes of one.
    width: usize,
}

impl Entries {
    fn of(&self, block: usize) -> Option<Entry> {
        let start = block * self.width;
        let entry = self.bytes.get(start..start + self.width)?;
        entry.first_chunk().map(|entry| Entry(*entry))
    }

    /// Those of a block and of all behind it.
    fn from(&self, block: usize) -> impl Iterator<Item = Entry> {
        let entries = self.bytes.get(block * self.width..).unwrap_or_default();
        let entries = entries.chunks_exact(self.width.max(1));
        entries.map_while(|entry| entry.first_chunk().map(|entry| Entry(*entry)))
    }

    /// The last paragraph of a block.
    fn last(&self, block: usize) -> DocId {
        self.of(block).map_or(TERMINATED, Entry::last)
    }
}

/// The part of an entry that all fields have.
#[derive(Clone, Copy)]
struct Entry([u8; 6]);

impl Entry {
    fn last(self) -> DocId {
        let Self([a, b, c, d, ..]) = self;
        DocId::from_le_bytes([a, b, c, d])
    }

    /// The bits of each paragraph and of each frequency.
    fn bits(self) -> (u8, u8) {
        // Another bit says that steps between paragraphs are told less one, as they always are.
        (self.0[4] & 0x1f, self.0[5])
    }

    /// The bytes of the block.
    fn bytes(self) -> usize {
        let (of_doc, of_frequency) = self.bits();
        usize::from(of_doc + of_frequency) * (BLOCK / 8)
    }
}

impl PostingBlocks {
    /// Those of so many paragraphs. `None` where the bytes are none that this reads.
    pub(crate) fn open(mut bytes: OwnedBytes, count: u32) -> Option<Self> {
        let full = count as usize / BLOCK;
        let mut entries = OwnedBytes::empty();
        if full > 0 {
            let length = read_length(&mut bytes)?;
            if length > bytes.len() || length < full * size_of::<Entry>() {
                return None;
            }
            (entries, bytes) = bytes.split(length);
        }
        let entries = Entries {
            width: entries.len().checked_div(full).unwrap_or(0),
            bytes: entries,
        };
        Some(Self {
            last: entries.last(0),
            entries,
            packed: bytes,
            packer: BitPacker4x::new(),
            count,
            block: 0,
            start: 0,
            state: State::Nothing,
            docs: [TERMINATED; BLOCK],
            frequencies: [0; BLOCK],
        })
    }

    /// How many postings there are.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// Goes on to a paragraph, or to the first behind it that has the term. Gives its place in the
    /// block at hand, as many as that has where there is none. Asked for in rising order.
    pub(crate) fn seek(&mut self, doc: DocId) -> usize {
        if self.last < doc {
            self.pass_to(doc);
        }
        if self.state == State::Nothing {
            self.unpack_docs();
        }
        let mut place = 0;
        for step in [64, 32, 16, 8, 4, 2, 1] {
            let is_before = self.docs[(place + step - 1) % BLOCK] < doc;
            place += if is_before { step } else { 0 };
        }
        place
    }

    /// How often a paragraph has the term; `None` where it has it not. Asked for in rising order.
    pub(crate) fn frequency(&mut self, doc: DocId) -> Option<u32> {
        let place = self.seek(doc);
        let is_there = self.docs[place % BLOCK] == doc;
        is_there.then(|| self.both().1[place])
    }

    /// The paragraphs of the block at hand, and the frequency of each; none behind the last block.
    pub(crate) fn both(&mut self) -> (&[DocId], &[u32]) {
        if self.state != State::All {
            self.unpack_frequencies();
        }
        let here = self.here();
        (&self.docs[..here], &self.frequencies[..here])
    }

    /// Goes on to the next block.
    pub(crate) fn next_block(&mut self) {
        if let Some(entry) = self.entries.of(self.block) {
            self.start += entry.bytes();
        }
        self.block += 1;
        self.last = self.entries.last(self.block);
        self.state = State::Nothing;
    }

    /// Goes on to the first block that does not end before a paragraph.
    fn pass_to(&mut self, doc: DocId) {
        for entry in self.entries.from(self.block) {
            if entry.last() >= doc {
                break;
            }
            self.start += entry.bytes();
            self.block += 1;
        }
        self.last = self.entries.last(self.block);
        self.state = State::Nothing;
    }

    /// How many the block at hand has.
    fn here(&self) -> usize {
        let before = self.block.saturating_mul(BLOCK);
        (self.count as usize).saturating_sub(before).min(BLOCK)
    }

    #[inline(never)] // Most who ask find their paragraph at hand.
    fn unpack_docs(&mut self) {
        let here = self.here();
        let before = self.block.checked_sub(1);
        let before = before.map_or(0, |before| self.entries.last(before));
        let bytes = self.packed.get(self.start..).unwrap_or_default();
        let behind = if let Some(entry) = self.entries.of(self.block) {
            // Before paragraph 0 there is none to tell steps from.
            let before = (before > 0).then_some(before);
            let (bits, _) = entry.bits();
            self.packer
                .decompress_strictly_sorted(before, bytes, &mut self.docs, bits)
        } else {
            self.docs[here..].fill(TERMINATED);
            let mut doc = before;
            unpack_few(bytes, &mut self.docs[..here], |step| {
                doc += step;
                doc
            })
        };
        self.state = State::Docs(behind);
    }

    #[inline(never)] // As above.
    fn unpack_frequencies(&mut self) {
        if self.state == State::Nothing {
            self.unpack_docs();
        }
        let State::Docs(behind) = self.state else {
            return;
        };
        let here = self.here();
        let bytes = self.packed.get(self.start + behind..).unwrap_or_default();
        if let Some(entry) = self.entries.of(self.block) {
            let (_, bits) = entry.bits();
            self.packer.decompress(bytes, &mut self.frequencies, bits);
            // One is told as none.
            for frequency in &mut self.frequencies {
                *frequency += 1;
            }
        } else {
            unpack_few(bytes, &mut self.frequencies[..here], |frequency| frequency);
        }
        self.state = State::All;
    }
}

/// How long something is that follows: seven bits in a byte, the lowest first; the last has the
/// eighth.
fn read_length(bytes: &mut OwnedBytes) -> Option<usize> {
    let end = 1 + bytes.iter().position(|&byte| byte & 0x80 != 0)?;
    let digits = bytes[..end].iter().rev();
    let length = digits.fold(0, |length: usize, &byte| {
        length << 7 | usize::from(byte & 0x7f)
    });
    bytes.advance(end);
    Some(length)
}

/// Numbers written like such a length, one behind the other; gives how many bytes they took.
fn unpack_few(bytes: &[u8], into: &mut [u32], mut of: impl FnMut(u32) -> u32) -> usize {
    let mut read = bytes.iter();
    for into in into {
        let (mut number, mut shift) = (0, 0);
        for &byte in &mut read {
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 != 0 {
                break;
            }
        }
        *into = of(number);
    }
    bytes.len() - read.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
    use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

    use super::super::term_files::TermFiles;
    use super::*;

    /// An index of tantivy's own making, in which a paragraph has the term as often as it is told.
    fn index(frequencies: &[u32], option: IndexRecordOption) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(option);
        let options = TextOptions::default().set_indexing_options(indexing);
        let field = schema.add_text_field("text", options);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for &frequency in frequencies {
            let mut document = TantivyDocument::new();
            document.add_text(field, "办 ".repeat(frequency as usize) + "他");
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        (index.reader().unwrap().searcher(), field)
    }

    fn postings(searcher: &Searcher, field: Field) -> Option<PostingBlocks> {
        let inverted = searcher.segment_reader(0).inverted_index(field).unwrap();
        let term = inverted.get_term_info(&Term::from_field_text(field, "办"));
        let files = TermFiles::of(searcher);
        files.postings(searcher, 0, field, &term.unwrap()?)
    }

    fn some_frequencies() -> impl Strategy<Value = Vec<u32>> {
        let some = prop_oneof![4 => Just(0_u32), 8 => 1_u32..4, 1 => Just(300)];
        let many = prop::collection::vec(some, 1..900);
        // All blocks full, and one more or less.
        prop_oneof![4 => many, 1 => (255_usize..258).prop_map(|all| vec![1; all])]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn all_that_tantivy_wrote_is_read(
            frequencies in some_frequencies(),
            asked in prop::collection::btree_set(0_u32..900, 0..40),
            with_positions in any::<bool>(),
        ) {
            let option = match with_positions {
                true => IndexRecordOption::WithFreqsAndPositions,
                false => IndexRecordOption::WithFreqs,
            };
            let (searcher, field) = index(&frequencies, option);
            let expected: Vec<(DocId, u32)> = (0..)
                .zip(frequencies.iter().copied())
                .filter(|&(_, frequency)| frequency > 0)
                .collect();
            let Some(mut blocks) = postings(&searcher, field) else {
                prop_assert!(expected.is_empty());
                return Ok(());
            };
            prop_assert_eq!(blocks.count() as usize, expected.len());
            for &doc in &asked {
                let wanted = frequencies.get(doc as usize).copied();
                prop_assert_eq!(blocks.frequency(doc), wanted.filter(|&of| of > 0));
                let place = blocks.seek(doc);
                let found = blocks.both().0.get(place).copied();
                let behind = expected.partition_point(|&(other, _)| other < doc);
                prop_assert_eq!(found, expected.get(behind).map(|&(doc, _)| doc));
            }
            let mut blocks = postings(&searcher, field).unwrap();
            let mut all = Vec::new();
            while let (docs @ [_, ..], frequencies) = blocks.both() {
                all.extend(docs.iter().copied().zip(frequencies.iter().copied()));
                blocks.next_block();
            }
            prop_assert_eq!(all, expected);
        }
    }

    #[test]
    fn what_the_files_do_not_have_is_not_read() {
        let (searcher, field) = index(&[1; 200], IndexRecordOption::WithFreqs);
        let files = TermFiles::of(&searcher);
        let inverted = searcher.segment_reader(0).inverted_index(field).unwrap();
        let term = inverted.get_term_info(&Term::from_field_text(field, "办"));
        let mut term = term.unwrap().unwrap();
        let other = Field::from_field_id(7);
        assert!(files.postings(&searcher, 0, field, &term).is_some());
        assert!(files.postings(&searcher, 0, other, &term).is_none());
        term.postings_range.end = term.postings_range.start;
        assert!(files.postings(&searcher, 0, field, &term).is_none());
    }

    #[test]
    fn bytes_that_end_too_early_are_none_that_are_read() {
        let bytes = |bytes: &[u8]| OwnedBytes::new(bytes.to_vec());
        assert!(PostingBlocks::open(bytes(&[]), 128).is_none());
        assert!(PostingBlocks::open(bytes(&[0x8a, 1, 2]), 128).is_none());
        assert!(PostingBlocks::open(bytes(&[0x82, 1, 2]), 128).is_none());
        let mut none = PostingBlocks::open(bytes(&[]), 0).unwrap();
        assert_eq!((none.frequency(3), none.both()), (None, (&[][..], &[][..])));
    }
}
