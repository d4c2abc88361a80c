//! Documents in the order of how well they answer: each by its best paragraph and by what it says
//! as a whole.
//!
//! An answer is often spread over the paragraphs of one document, and a title names what the
//! paragraphs under it do not repeat. So a document's score is BM25 over all its paragraphs and its
//! title, which counts twice, and over its best paragraph, which counts once.

use std::collections::HashSet;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, TERMINATED, Term};

use super::answer::Answer;
use super::error::SearchError;
use super::ranking::{Context, Order, Placed, paragraphs, put_in_order};
use super::request::Sort;
use super::score::{View, Weighted, whole};
use super::segment::Segment;
use crate::index::IndexReader;

/// The fewest paragraphs whose documents are looked at as wholes.
const WINDOW: usize = 1000;
/// How often the whole counts beside the best paragraph.
const WHOLES: u32 = 2;
/// The views of running text.
const VIEWS: [View; 4] = [View::Words, View::Related, View::Characters, View::Pairs];

/// The best documents, at most so many, best first, each as its best paragraph.
pub(super) fn best_documents(
    answer: &Answer<'_>,
    weighted: &[Weighted],
    sort: Sort,
    wanted: usize,
) -> Result<Order, SearchError> {
    let window = wanted.saturating_mul(8).max(WINDOW);
    let mut order = paragraphs(answer, weighted, sort, window)?;
    let mut seen = HashSet::new();
    order.placed.retain(|placed| seen.insert(placed.document));
    for matching in answer.matchings() {
        let segment = &matching.segment;
        let mut here: Vec<&mut Placed> = order
            .placed
            .iter_mut()
            .filter(|placed| segment.has(placed.address))
            .collect();
        here.sort_by_key(|placed| placed.address.doc_id);
        let scores = Wholes::of(answer.reader, segment, &here)?.scores(weighted)?;
        for (placed, score) in here.into_iter().zip(scores) {
            let own = placed.rank.score;
            placed.rank.score = (own + WHOLES * score) / (1 + WHOLES);
            placed.context = Context::Whole;
        }
    }
    put_in_order(&mut order.placed);
    order.is_whole &= order.placed.len() <= wanted;
    order.placed.truncate(wanted);
    Ok(order)
}

/// Some documents of a segment, in its order.
struct Wholes<'r> {
    reader: &'r IndexReader,
    segment: &'r Segment<'r>,
    /// The first paragraph of each, and the one behind its last.
    documents: Vec<(DocId, DocId)>,
}

impl<'r> Wholes<'r> {
    fn of(
        reader: &'r IndexReader,
        segment: &'r Segment<'r>,
        placed: &[&mut Placed],
    ) -> Result<Self, SearchError> {
        let documents = segment.columns.document_firsts()?;
        let bound = segment.end;
        let document = |placed: &&mut Placed| {
            let doc = placed.address.doc_id;
            (placed.first().doc_id, documents.end(doc, bound))
        };
        Ok(Self {
            reader,
            segment,
            documents: placed.iter().map(document).collect(),
        })
    }

    /// The score of each document over its paragraphs and its title.
    fn scores(&self, weighted: &[Weighted]) -> Result<Vec<u32>, SearchError> {
        let mut scores = vec![0; self.documents.len()];
        for view in VIEWS {
            let lengths = self.lengths(view)?;
            for token in weighted.iter().filter(|weighted| weighted.view == view) {
                let bm25 = self.weight(token)?;
                let frequencies = self.frequencies(token)?;
                for ((score, &length), frequency) in
                    scores.iter_mut().zip(&lengths).zip(frequencies)
                {
                    if frequency > 0 {
                        *score += whole(bm25.score(length, frequency));
                    }
                }
            }
        }
        Ok(scores)
    }

    /// How often a token stands in each document.
    fn frequencies(&self, token: &Weighted) -> Result<Vec<u32>, SearchError> {
        let mut frequencies = vec![0; self.documents.len()];
        if let Some(mut postings) = self.postings(token.field, &token.token)? {
            for (frequency, &(first, end)) in frequencies.iter_mut().zip(&self.documents) {
                *frequency = frequency_in(&mut postings, first, end);
            }
        }
        if is_in_titles(token.view)
            && let Some(mut postings) = self.postings(self.segment.fields.title, &token.token)?
        {
            for (frequency, &(first, _)) in frequencies.iter_mut().zip(&self.documents) {
                *frequency += frequency_in(&mut postings, first, first + 1);
            }
        }
        Ok(frequencies)
    }

    fn postings(
        &self,
        field: Field,
        token: &str,
    ) -> Result<Option<BlockSegmentPostings>, SearchError> {
        let index = self.segment.reader.inverted_index(field)?;
        let term = Term::from_field_text(field, token);
        Ok(index.read_block_postings(&term, IndexRecordOption::WithFreqs)?)
    }

    /// The length of each document in a view, as BM25 takes it.
    fn lengths(&self, view: View) -> Result<Vec<u8>, SearchError> {
        let fields = self.segment.fields;
        let texts = self
            .segment
            .reader
            .get_fieldnorms_reader(view.field(fields))?;
        let titles = self.segment.reader.get_fieldnorms_reader(fields.title)?;
        let length = |&(first, end): &(DocId, DocId)| {
            let text: u32 = (first..end).map(|doc| texts.fieldnorm(doc)).sum();
            // A title is indexed as characters and as pairs.
            let title = if is_in_titles(view) {
                titles.fieldnorm(first) / 2
            } else {
                0
            };
            FieldNormReader::fieldnorm_to_id(text + title)
        };
        Ok(self.documents.iter().map(length).collect())
    }

    /// The weight of a token among documents: as rare as among paragraphs.
    fn weight(&self, token: &Weighted) -> Result<Bm25Weight, SearchError> {
        let statistics = self.reader.statistics();
        let paragraphs = statistics.total_num_docs()?.max(1);
        let documents = self.reader.commit().documents.max(1);
        #[expect(clippy::cast_precision_loss, reason = "an average needs no more")]
        let length = statistics.total_num_tokens(token.field)? as f32 / documents as f32;
        let bm25 =
            Bm25Weight::for_one_term_without_explain(token.frequency, paragraphs, length.max(1.0));
        Ok(bm25.boost_by(token.weight))
    }
}

fn is_in_titles(view: View) -> bool {
    matches!(view, View::Characters | View::Pairs)
}

/// How often a token stands in the paragraphs from `first` to before `end`. Asked for in rising order.
fn frequency_in(postings: &mut BlockSegmentPostings, first: DocId, end: DocId) -> u32 {
    let mut frequency = 0;
    let mut at = first;
    while at < end {
        let place = postings.seek(at);
        let doc = postings.doc(place);
        if doc >= end || doc == TERMINATED {
            break;
        }
        frequency += postings.freq(place);
        at = doc + 1;
    }
    frequency
}
