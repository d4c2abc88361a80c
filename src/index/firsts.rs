//! The way from a paragraph to the first of its document, or to the first under its headings.
//!
//! Some columns have a value with those paragraphs and with no other. So which paragraphs have one
//! tells where each document begins, and no paragraph needs to say its place. To open that takes the
//! same time for any number of paragraphs, where a column of places has a description that grows with
//! them.

use tantivy::DocId;
use tantivy::columnar::column_index::Set;
use tantivy::columnar::{Column, ColumnIndex};

use super::error::IndexError;

/// From so many paragraphs for each first one on, tantivy lists the first ones of 65,536; where there
/// are fewer, it marks them in a map of bits.
const LISTED: u32 = 13;

/// So many bits of a map are looked at one by one, which takes about as long as to count them.
const NEAR: u32 = 64;

/// The first paragraphs of documents, or those first under their headings, of one segment.
#[derive(Debug, Clone)]
pub struct Firsts {
    index: ColumnIndex,
    /// How many paragraphs are looked at one by one.
    near: u32,
}

impl Firsts {
    /// The paragraphs that a column has values for.
    ///
    /// # Errors
    /// When none has one.
    pub(super) fn of(column: &Column<u64>) -> Result<Self, IndexError> {
        let near = match &column.index {
            ColumnIndex::Full | ColumnIndex::Empty { num_docs: 0 } => 0,
            ColumnIndex::Optional(firsts) => {
                match firsts.num_docs() / firsts.num_non_nulls().max(1) {
                    LISTED.. => 0,
                    _ => NEAR,
                }
            }
            ColumnIndex::Empty { .. } | ColumnIndex::Multivalued(_) => {
                return Err(IndexError::Damaged {
                    what: "it does not say where documents begin",
                });
            }
        };
        Ok(Self {
            index: column.index.clone(),
            near,
        })
    }

    /// The first paragraph for one of the segment.
    pub fn first(&self, doc: DocId) -> DocId {
        let ColumnIndex::Optional(firsts) = &self.index else {
            return doc;
        };
        let mut near = (doc.saturating_sub(self.near)..=doc).rev();
        if self.near > 0
            && let Some(first) = near.find(|&near| firsts.contains(near))
        {
            return first;
        }
        let before = firsts.rank(doc + 1);
        before
            .checked_sub(1)
            .map_or(doc, |last| firsts.select(last))
    }

    /// The place of a paragraph from its first one on, from 1.
    pub fn place(&self, doc: DocId) -> u32 {
        doc - self.first(doc) + 1
    }

    /// Whether a paragraph is a first one.
    pub fn has(&self, doc: DocId) -> bool {
        self.index.has_value(doc)
    }

    /// The paragraph behind the last that has the same first one; `bound` is behind the last of all.
    pub fn end(&self, doc: DocId, bound: DocId) -> DocId {
        match &self.index {
            ColumnIndex::Optional(firsts) => firsts.next_non_null_doc(doc + 1).unwrap_or(bound),
            _ => doc + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;
    use tantivy::columnar::column_index::OptionalIndex;

    fn firsts(index: ColumnIndex) -> Firsts {
        let near = NEAR;
        Firsts { index, near }
    }

    #[test]
    fn where_every_paragraph_has_a_value_each_is_a_first_one() {
        let every = firsts(ColumnIndex::Full);
        assert_eq!((every.first(7), every.place(7), every.end(7, 9)), (7, 1, 8));
        assert!(every.has(7));
    }

    proptest! {
        #[test]
        fn the_first_of_each_paragraph_is_the_last_before_it(
            gaps in proptest::collection::vec(prop_oneof![1..4u32, 10..30u32, 1..70_000u32], 1..60)
        ) {
            let mut starts = vec![0];
            for gap in &gaps {
                starts.push(starts.last().unwrap() + gap);
            }
            let bound = starts.pop().unwrap();
            let index = OptionalIndex::for_test(bound, &starts);
            for near in [0, NEAR] {
                let firsts = Firsts { index: ColumnIndex::Optional(index.clone()), near };
                for (place, &start) in starts.iter().enumerate() {
                    let end = starts.get(place + 1).copied().unwrap_or(bound);
                    for doc in [start, (start + 1).min(end - 1), (start + end) / 2, end - 1] {
                        prop_assert_eq!(firsts.first(doc), start);
                        prop_assert_eq!(firsts.place(doc), doc - start + 1);
                        prop_assert_eq!(firsts.has(doc), doc == start);
                        prop_assert_eq!(firsts.end(doc, bound), end);
                    }
                }
            }
        }
    }
}
