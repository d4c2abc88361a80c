//! Whether an index holds what it says.
//!
//! Comes in: a commit. Goes out: what is wrong with it, in sentences; nothing where all is well.
//! Checksums come first: what is damaged is not looked into.

use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::entry::{Shared, stored_entries};
use super::error::IndexError;
use super::reader::IndexReader;
use super::stored::StoredParagraph;
use super::tokens::{EntryCounter, TokenCounts};
use crate::text::units;
use crate::tokenize::{pair_tokens, unit_token};

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// All checksums and sums, and some paragraphs.
    #[default]
    Sample,
    /// Every paragraph too, cut and looked up again.
    All,
}

/// Documents that a sample looks at.
const SAMPLE: usize = 200;

/// Pairs that are looked up together, as a phrase.
const RUN: usize = 5;

impl IndexReader {
    /// What is wrong with the index.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn check(&self, depth: Depth) -> Result<Vec<String>, IndexError> {
        let damaged = self.damaged_files()?;
        if !damaged.is_empty() {
            let sentence = |(name, wrong)| format!("the file {name} is damaged: {wrong}");
            return Ok(damaged.into_iter().map(sentence).collect());
        }
        let mut problems = Vec::new();
        let documents = self.documents()?;
        let commit = self.commit();
        let paragraphs = self.searcher().num_docs();
        compare(
            "documents",
            commit.documents,
            documents.len() as u64,
            &mut problems,
        );
        compare("paragraphs", commit.paragraphs, paragraphs, &mut problems);
        let step = match depth {
            Depth::All => 1,
            Depth::Sample => documents.len().div_ceil(SAMPLE).max(1),
        };
        let mut sums = Sums::new();
        for &first in documents.iter().step_by(step) {
            self.check_document(first, &mut sums, &mut problems)?;
        }
        if depth == Depth::All {
            compare("bytes", commit.bytes, sums.bytes, &mut problems);
            for (expected, found) in commit.tokens.0.into_iter().zip(sums.tokens.0) {
                compare("tokens", expected, found, &mut problems);
            }
        }
        Ok(problems)
    }

    /// Whether the paragraphs of a document follow each other, and each is found by its own words.
    fn check_document(
        &self,
        first: DocAddress,
        sums: &mut Sums,
        problems: &mut Vec<String>,
    ) -> Result<(), IndexError> {
        let facts = self.document_of(first)?;
        let id = &facts.id;
        if self.first_paragraph(id)? != Some(first) {
            problems.push(format!("the document {id} is not found by its id"));
        }
        if !self.are_side_by_side(id, first)? {
            problems.push(format!(
                "the paragraphs of the document {id} do not stand side by side"
            ));
        }
        let paragraphs = self.paragraphs_of(id)?;
        for (paragraph, ordinal) in paragraphs.iter().zip(1..) {
            if let Some(words) = self.lost_words(paragraph)? {
                problems.push(format!(
                    "the paragraph {id}/{ordinal} is not found by 「{words}」"
                ));
            }
        }
        sums.bytes += paragraphs
            .iter()
            .map(|each| each.text.len() as u64)
            .sum::<u64>();
        let shared = Shared::new(*self.fields(), &facts);
        let mut entries = stored_entries(shared, paragraphs);
        sums.tokens = sums.tokens.plus(sums.counter.count(&mut entries));
        Ok(())
    }

    /// Whether those that are found by a document's id are the paragraphs from its first to where the
    /// next document begins.
    fn are_side_by_side(&self, id: &str, first: DocAddress) -> Result<bool, IndexError> {
        let segment = self.searcher.segment_reader(first.segment_ord);
        let documents = self.columns(first.segment_ord).document_firsts()?;
        let expected = documents.around(first.doc_id, segment.max_doc());
        let inverted = segment.inverted_index(self.fields().id)?;
        let term = Term::from_field_text(self.fields().id, id);
        let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
        let mut found = Vec::new();
        if let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? {
            while postings.doc() != TERMINATED {
                found.push(postings.doc());
                postings.advance();
            }
        }
        let alive = segment.alive_bitset();
        found.retain(|&doc| alive.is_none_or(|alive| alive.is_alive(doc)));
        Ok(found.into_iter().eq(expected))
    }

    /// The first words of a paragraph by which it is not found.
    fn lost_words(&self, paragraph: &StoredParagraph) -> Result<Option<String>, IndexError> {
        let fields = self.fields();
        let units = units(&paragraph.text);
        for unit in units.iter().filter(|unit| !unit.is_mark()) {
            let token = unit_token(unit);
            let tokens = [(0, token)];
            if !self.finds(fields.text_chars, &tokens, paragraph.address)? {
                let [(_, token)] = tokens;
                return Ok(Some(token));
            }
        }
        for run in pair_tokens(&units).chunks(RUN) {
            if !self.finds(fields.text_pairs, run, paragraph.address)? {
                let run = run.iter().map(|(_, token)| token.as_str());
                return Ok(Some(run.collect()));
            }
        }
        Ok(None)
    }

    /// Whether a paragraph has these tokens in these places, or as far apart.
    fn finds(
        &self,
        field: Field,
        tokens: &[(usize, String)],
        address: DocAddress,
    ) -> Result<bool, IndexError> {
        let first = tokens.first().map_or(0, |(place, _)| *place);
        let mut terms = tokens
            .iter()
            .map(|(place, token)| (place - first, Term::from_field_text(field, token)));
        let query: Box<dyn Query> = match tokens {
            [] => return Ok(true),
            [_] => {
                let (_, term) = terms.next().expect("there is one token");
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            }
            _ => Box::new(PhraseQuery::new_with_offset(terms.collect())),
        };
        let searcher = self.searcher();
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let segment = searcher.segment_reader(address.segment_ord);
        let mut found = weight.scorer(segment, 1.0)?;
        Ok(found.doc() <= address.doc_id && found.seek(address.doc_id) == address.doc_id)
    }
}

/// What is summed up over all paragraphs.
struct Sums {
    bytes: u64,
    tokens: TokenCounts,
    counter: EntryCounter,
}

impl Sums {
    fn new() -> Self {
        Self {
            bytes: 0,
            tokens: TokenCounts::default(),
            counter: EntryCounter::new(),
        }
    }
}

fn compare(what: &str, expected: u64, found: u64, problems: &mut Vec<String>) {
    if expected != found {
        problems.push(format!(
            "the commit speaks of {expected} {what}, there are {found}"
        ));
    }
}
