//! Words that must stand near each other, but not in one paragraph exactly: in one sentence, under
//! the same headings, or in one document.
//!
//! A section or document answers where the question holds for it as a whole; its hits are those of
//! its paragraphs in which some wanted word stands.

use std::cell::Cell;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId};

use super::docs::Docs;
use super::error::SearchError;
use super::leaf::Leaf;
use super::lists::{both, either, without};
use super::literal::occurrences;
use super::plan::Clause;
use super::request::Within;
use super::results::Tier;
use super::tiers::Matching;
use super::verify::runs;
use crate::index::Firsts;
use crate::text::{Unit, sentences, units};

/// The paragraphs that answer in a tier or a closer one, the words as near as asked.
pub(super) fn matches(
    matching: &Matching<'_>,
    tier: Tier,
    within: Within,
) -> Result<Docs, SearchError> {
    match (within, &matching.plan.root) {
        (Within::Paragraph, _) | (_, None) => matching.matches(tier),
        _ if tier == Tier::Any => matching.matches(tier),
        (Within::Sentence, Some(root)) => in_sentences(matching, root, tier),
        (Within::Section | Within::Document, Some(root)) => {
            Wholes::of(matching, tier, within)?.matches(root)
        }
    }
}

fn in_sentences(matching: &Matching<'_>, root: &Clause, tier: Tier) -> Result<Docs, SearchError> {
    let mut failed = None;
    let found = matching.matches(tier)?.retain(|doc| {
        let address = DocAddress::new(matching.segment.ordinal, doc);
        match matching.reader.text(address) {
            Ok(text) => sentences(&text).into_iter().any(|sentence| {
                let units = units(&text[sentence]);
                holds(matching, root, tier, &units)
            }),
            Err(error) => {
                failed = Some(error);
                false
            }
        }
    });
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(found),
    }
}

/// Whether a clause holds for a sentence; what does not speak of the text holds.
fn holds(matching: &Matching<'_>, clause: &Clause, tier: Tier, units: &[Unit]) -> bool {
    match clause {
        Clause::Leaf(place) => leaf_holds(&matching.plan.leaves[*place], tier, units),
        Clause::Label(_) => true,
        Clause::All(clauses) => clauses
            .iter()
            .all(|each| holds(matching, each, tier, units)),
        Clause::Any(clauses) => clauses
            .iter()
            .any(|each| holds(matching, each, tier, units)),
        // A paragraph with what is excluded is excluded as a whole, before its sentences are read.
        Clause::Not(_) => true,
    }
}

fn leaf_holds(leaf: &Leaf, tier: Tier, units: &[Unit]) -> bool {
    use super::segment::Place;
    if leaf.place.is_some_and(|place| place != Place::Text) {
        return true;
    }
    if tier == Tier::Exact || leaf.terms.is_empty() {
        return !runs(leaf, units).is_empty();
    }
    let stands = |forms| occurrences(units, forms).next().is_some();
    leaf.terms.iter().all(|term| stands(&term.forms))
}

/// Documents, or sections of documents, by number: the first paragraph of the document, and the
/// section in it.
struct Wholes<'m> {
    matching: &'m Matching<'m>,
    tier: Tier,
    documents: Firsts,
    /// The paragraphs of the document that was last asked about: they are asked about in order.
    last: Cell<(DocId, DocId)>,
    sections: Option<Column<u64>>,
}

impl<'m> Wholes<'m> {
    fn of(matching: &'m Matching<'m>, tier: Tier, within: Within) -> Result<Self, SearchError> {
        let columns = matching.segment.columns;
        let sections = match within {
            Within::Section => Some(columns.sections()?.clone()),
            _ => None,
        };
        Ok(Self {
            matching,
            tier,
            documents: columns.document_firsts()?.clone(),
            last: Cell::new((0, 0)),
            sections,
        })
    }

    fn matches(&self, root: &Clause) -> Result<Docs, SearchError> {
        let wholes = self.clause(root)?;
        let mut wanted = Vec::new();
        for (place, leaf) in self.matching.plan.leaves.iter().enumerate() {
            if !leaf.excluded {
                let clause = Clause::Leaf(place);
                wanted.push(self.matching.clause(&clause, self.tier, None)?);
            }
        }
        let all = self.matching.segment.docs();
        let found = match wanted.is_empty() {
            true => Docs::all_of(all),
            false => Docs::any_of(&all, wanted),
        };
        let found = found.retain(|doc| wholes.binary_search(&self.number(doc)).is_ok());
        Ok(self.matching.alive(found))
    }

    /// The wholes for which a clause holds.
    fn clause(&self, clause: &Clause) -> Result<Vec<u64>, SearchError> {
        match clause {
            Clause::Leaf(_) | Clause::Label(_) => {
                let docs = self.matching.clause(clause, self.tier, None)?;
                Ok(self.numbers(&docs.list()))
            }
            Clause::All(clauses) => {
                let mut found: Option<Vec<u64>> = None;
                for clause in clauses {
                    let next = self.clause(clause)?;
                    found = Some(match found {
                        None => next,
                        Some(found) => both(&found, &next),
                    });
                }
                Ok(found.unwrap_or_default())
            }
            Clause::Any(clauses) => {
                let mut found = Vec::new();
                for clause in clauses {
                    found = either(found, &self.clause(clause)?);
                }
                Ok(found)
            }
            Clause::Not(clause) => {
                let all: Vec<DocId> = self.matching.segment.docs().collect();
                let excluded = self.matching.clause(clause, Tier::Exact, None)?;
                Ok(without(self.numbers(&all), &self.numbers(&excluded.list())))
            }
        }
    }

    fn numbers(&self, docs: &[DocId]) -> Vec<u64> {
        let mut numbers: Vec<u64> = docs.iter().map(|&doc| self.number(doc)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn number(&self, doc: DocId) -> u64 {
        let (mut first, mut end) = self.last.get();
        if !(first..end).contains(&doc) {
            let around = self.documents.around(doc, self.matching.segment.end);
            (first, end) = (around.start, around.end);
            self.last.set((first, end));
        }
        let section = self.sections.as_ref().and_then(|column| column.first(doc));
        u64::from(first) << 32 | section.unwrap_or(0)
    }
}
