//! The way from a paragraph to the first of its document, or to the first under its headings.
//!
//! Some columns have a value with those paragraphs and with no other. So which paragraphs have one
//! tells where each document begins, and no paragraph needs to say its place. To open that reads an
//! entry for each 65,536 paragraphs, where a column of places has a description of each 512.

use std::ops::Range;

use tantivy::DocId;
use tantivy::columnar::column_index::Set;
use tantivy::columnar::{Column, ColumnIndex};

use super::error::IndexError;

/// From so many paragraphs for each first one on, tantivy lists the first ones of 65,536, in which a
/// paragraph is found by halving; where there are fewer, it marks them in a map of bits.
const LISTED: u32 = 13;

/// So far back the bits of a map are looked at one by one. To find the last one by its number is to
/// count those of up to 65,536 paragraphs.
const REACH: u32 = 64;

/// The first paragraphs of documents, or those first under their headings, of one segment.
#[derive(Debug, Clone)]
pub struct Firsts {
    index: ColumnIndex,
    /// How far back paragraphs are looked at one by one.
    reach: u32,
}

impl Firsts {
    /// The paragraphs that a column has values for.
    ///
    /// # Errors
    /// When the first paragraph of all has none.
    pub(super) fn of(column: &Column<u64>) -> Result<Self, IndexError> {
        let reach = match &column.index {
            ColumnIndex::Full => 0,
            ColumnIndex::Optional(firsts) if firsts.rank_if_exists(0).is_some() => {
                match firsts.num_docs() / firsts.num_non_nulls() {
                    LISTED.. => 0,
                    _ => REACH,
                }
            }
            _ => {
                return Err(IndexError::Damaged {
                    what: "the first paragraph of a segment is the first of nothing",
                });
            }
        };
        Ok(Self {
            index: column.index.clone(),
            reach,
        })
    }

    /// The first paragraph for one of the segment.
    pub fn first(&self, doc: DocId) -> DocId {
        let ColumnIndex::Optional(firsts) = &self.index else {
            return doc;
        };
        let mut back = (0..self.reach).map_while(|steps| doc.checked_sub(steps));
        let near = back.find(|&at| firsts.contains(at));
        near.unwrap_or_else(|| firsts.select(firsts.rank(doc + 1) - 1))
    }

    /// The place of a paragraph from its first one on, from 1.
    pub fn place(&self, doc: DocId) -> u32 {
        doc - self.first(doc) + 1
    }

    /// The paragraph behind the last that has the same first one; `bound` is behind the last of all.
    pub fn end(&self, doc: DocId, bound: DocId) -> DocId {
        match &self.index {
            ColumnIndex::Optional(firsts) => firsts.next_non_null_doc(doc + 1).unwrap_or(bound),
            _ => doc + 1,
        }
    }

    /// The paragraphs that have the same first one.
    pub fn around(&self, doc: DocId, bound: DocId) -> Range<DocId> {
        self.first(doc)..self.end(doc, bound)
    }

    /// All first paragraphs, in order.
    pub fn all(&self, bound: DocId) -> Box<dyn Iterator<Item = DocId> + '_> {
        match &self.index {
            ColumnIndex::Optional(firsts) => Box::new(firsts.iter_non_null_docs()),
            _ => Box::new(0..bound),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;
    use tantivy::columnar::column_index::OptionalIndex;

    fn column(index: ColumnIndex) -> Column<u64> {
        let values = Column::build_empty_column(0).values;
        Column { index, values }
    }

    #[test]
    fn where_every_paragraph_has_a_value_each_is_a_first_one() {
        let every = Firsts::of(&column(ColumnIndex::Full)).unwrap();
        assert_eq!((every.first(7), every.place(7)), (7, 1));
        assert_eq!(every.around(7, 9), 7..8);
        assert!(every.all(3).eq(0..3));
    }

    #[test]
    fn a_segment_that_begins_with_nothing_is_damaged() {
        for firsts in [&[][..], &[1, 5]] {
            let index = OptionalIndex::for_test(9, firsts);
            let error = Firsts::of(&column(ColumnIndex::Optional(index))).unwrap_err();
            assert!(
                error.to_string().contains("the first of nothing"),
                "{error}"
            );
        }
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
            for reach in [0, REACH] {
                let firsts = Firsts { index: ColumnIndex::Optional(index.clone()), reach };
                prop_assert!(firsts.all(bound).eq(starts.iter().copied()));
                for (place, &start) in starts.iter().enumerate() {
                    let end = starts.get(place + 1).copied().unwrap_or(bound);
                    for doc in [start, (start + 1).min(end - 1), (start + end) / 2, end - 1] {
                        prop_assert_eq!(firsts.first(doc), start);
                        prop_assert_eq!(firsts.place(doc), doc - start + 1);
                        prop_assert_eq!(firsts.around(doc, bound), start..end);
                    }
                }
            }
        }
    }
}
