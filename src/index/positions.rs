//! The positions of a commit's tokens, for whoever reads those of many paragraphs in one go.
//!
//! tantivy gives positions paragraph by paragraph, and each time sums up anew how many lie before in
//! the block. Who goes through a list from its beginning knows that already.

use std::path::Path;
use std::sync::OnceLock;

use tantivy::Searcher;
use tantivy::directory::{CompositeFile, Directory};
use tantivy::index::SegmentId;
use tantivy::positions::PositionReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

/// The files of positions of the segments, in their order; each is opened when it is first read.
pub(super) struct Positions(Vec<(SegmentId, OnceLock<Option<CompositeFile>>)>);

impl Positions {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers().iter();
        Self(
            segments
                .map(|segment| (segment.segment_id(), OnceLock::new()))
                .collect(),
        )
    }

    /// The name of a file that is missing. tantivy opens a segment without it as one that has no
    /// positions, and fails when a term is looked for.
    pub(super) fn missing_in(&self, generation: &Path) -> Option<String> {
        let mut names = self.0.iter().map(|(id, _)| name(*id));
        names.find(|name| !generation.join(name).exists())
    }

    /// The positions of a term in a segment: of its first paragraph, of its second and so on, in each
    /// the first and then how far it is from one to the next. `None` where the file is gone, which a
    /// searcher may still read.
    pub(super) fn of_term(
        &self,
        searcher: &Searcher,
        segment: u32,
        field: Field,
        term: &TermInfo,
    ) -> Option<PositionReader> {
        let (id, file) = &self.0[segment as usize];
        let open = || {
            let directory = searcher.index().directory();
            let file = directory.open_read(Path::new(&name(*id))).ok()?;
            CompositeFile::open(&file).ok()
        };
        let of_field = file.get_or_init(open).as_ref()?.open_read(field)?;
        let bytes = of_field.read_bytes_slice(term.positions_range.clone());
        PositionReader::open(bytes.ok()?).ok()
    }
}

fn name(segment: SegmentId) -> String {
    format!("{}.pos", segment.uuid_string())
}
