//! An index to the sizes of its parts.
//!
//! The sizes are what tantivy says of its segments, field by field; whatever else lies in the folder
//! is one more part.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use tantivy::Index;
use tantivy::space_usage::{PerFieldSpaceUsage, SegmentSpaceUsage};
use xianli::index::IndexFolder;

use super::folder::size_of;

/// Bytes of an index, as shares of its text.
#[derive(Debug, Default)]
pub struct Sizes {
    pub whole: f64,
    /// By what tantivy calls components: postings, terms, store …
    pub by_component: BTreeMap<&'static str, f64>,
    /// By field and component, such as `words postings`.
    pub by_field: BTreeMap<String, f64>,
    pub segments: usize,
}

impl Sizes {
    /// Those of the index in a folder over `bytes` of text.
    pub fn of(folder: &Path, bytes: u64) -> io::Result<Self> {
        let current = IndexFolder::new(folder).current();
        let current = current.map_err(io::Error::other)?;
        let current = current.ok_or_else(|| io::Error::other("there is no index"))?;
        // Of any format: tantivy alone is asked.
        let index = Index::open_in_dir(current).map_err(io::Error::other)?;
        let reader = index.reader().map_err(io::Error::other)?;
        let usage = reader.searcher().space_usage()?;
        let mut sizes = Self {
            segments: usage.segments().len(),
            ..Self::default()
        };
        for segment in usage.segments() {
            sizes.add(segment);
        }
        let known: f64 = sizes.by_component.values().sum();
        let whole = size_of(folder)? as f64;
        sizes.by_component.insert("other files", whole - known);
        let shares = sizes.by_component.values_mut();
        shares
            .chain(sizes.by_field.values_mut())
            .for_each(|size| *size /= bytes as f64);
        sizes.whole = whole / bytes as f64;
        Ok(sizes)
    }

    fn add(&mut self, segment: &SegmentSpaceUsage) {
        self.add_fields("terms", segment.termdict());
        self.add_fields("postings", segment.postings());
        self.add_fields("positions", segment.positions());
        self.add_fields("fast fields", segment.fast_fields());
        self.add_fields("lengths", segment.fieldnorms());
        let store = segment.store().total().get_bytes();
        *self.by_component.entry("store").or_default() += store as f64;
    }

    fn add_fields(&mut self, component: &'static str, usage: &PerFieldSpaceUsage) {
        *self.by_component.entry(component).or_default() += usage.total().get_bytes() as f64;
        for field in usage.fields() {
            let name = format!("{} {component}", field.field_name());
            *self.by_field.entry(name).or_default() += field.total().get_bytes() as f64;
        }
    }
}
