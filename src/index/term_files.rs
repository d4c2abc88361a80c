//! What the files of a commit have of a term, for whoever reads it otherwise than tantivy does.
//!
//! tantivy gives positions paragraph by paragraph, and each time sums up anew how many lie before in
//! the block; who goes through a list from its beginning knows that already. And it gives no block of
//! postings that it has not unpacked.

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use tantivy::Searcher;
use tantivy::directory::{CompositeFile, Directory, OwnedBytes};
use tantivy::index::SegmentId;
use tantivy::positions::PositionReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use super::posting_blocks::PostingBlocks;

/// Where the postings of a field begin: before them stands how many tokens it has.
const TOKENS: usize = size_of::<u64>();

/// The files of postings and of positions of the segments, in their order.
pub(super) struct TermFiles(Vec<OfSegment>);

struct OfSegment {
    id: SegmentId,
    postings: Lazily,
    positions: Lazily,
}

/// Opened when it is first read; `None` where the file is gone.
type Lazily = OnceLock<Option<CompositeFile>>;

impl TermFiles {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers().iter();
        let of = |id| OfSegment {
            id,
            postings: OnceLock::new(),
            positions: OnceLock::new(),
        };
        Self(segments.map(|segment| of(segment.segment_id())).collect())
    }

    /// The name of a file of positions that is missing. tantivy opens a segment without it as one that
    /// has no positions, and fails when a term is looked for.
    pub(super) fn missing_in(&self, generation: &Path) -> Option<String> {
        let mut names = self.0.iter().map(|of| name(of.id, "pos"));
        names.find(|name| !generation.join(name).exists())
    }

    /// The postings of a term of which frequencies are kept. `None` where the file is gone, which a
    /// searcher may still read.
    pub(super) fn postings(
        &self,
        searcher: &Searcher,
        segment: u32,
        field: Field,
        term: &TermInfo,
    ) -> Option<PostingBlocks> {
        let of = &self.0[segment as usize];
        let Range { start, end } = term.postings_range;
        let range = start + TOKENS..end + TOKENS;
        let bytes = read(&of.postings, searcher, &name(of.id, "idx"), field, range)?;
        PostingBlocks::open(bytes, term.doc_freq)
    }

    /// The positions of a term in a segment: of its first paragraph, of its second and so on, in each
    /// the first and then how far it is from one to the next. `None` as for postings.
    pub(super) fn positions(
        &self,
        searcher: &Searcher,
        segment: u32,
        field: Field,
        term: &TermInfo,
    ) -> Option<PositionReader> {
        let of = &self.0[segment as usize];
        let range = term.positions_range.clone();
        let bytes = read(&of.positions, searcher, &name(of.id, "pos"), field, range)?;
        PositionReader::open(bytes).ok()
    }
}

/// Some bytes of a field.
fn read(
    file: &Lazily,
    searcher: &Searcher,
    name: &str,
    field: Field,
    range: Range<usize>,
) -> Option<OwnedBytes> {
    let open = || {
        let directory = searcher.index().directory();
        let file = directory.open_read(Path::new(name)).ok()?;
        CompositeFile::open(&file).ok()
    };
    let of_field = file.get_or_init(open).as_ref()?.open_read(field)?;
    of_field.read_bytes_slice(range).ok()
}

fn name(segment: SegmentId, ending: &str) -> String {
    format!("{}.{ending}", segment.uuid_string())
}
