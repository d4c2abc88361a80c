//! The corpus as a study sees it: the documents under some filters, and the paragraphs that name
//! something.
//!
//! Comes in: an index, a way to search it, filters. Goes out: facts and paragraphs in an order that
//! depends on nothing but what they are, so that a reindexed corpus gives the same bytes.

use std::sync::Arc;

use crate::document::Metadata;
use crate::index::IndexReader;
use crate::query::{Node, Query};
use crate::search::{Filters, Hit, Match, Request, Results, SearchError, Section, Tier};
use crate::text::fold;

use super::dates::Dates;
use super::passage::Passage;

/// How a corpus is searched.
pub type Ask<'a> = dyn Fn(&Request) -> Result<Results, SearchError> + 'a;

/// A corpus under filters.
#[derive(Clone)]
pub struct Corpus<'a> {
    reader: &'a IndexReader,
    ask: &'a Ask<'a>,
    filters: Filters,
}

impl<'a> Corpus<'a> {
    /// The corpus of an index under filters.
    pub fn new(reader: &'a IndexReader, ask: &'a Ask<'a>, filters: Filters) -> Self {
        Self {
            reader,
            ask,
            filters,
        }
    }

    /// The same index without filters: a claim is held against everything that is known.
    pub fn unfiltered(&self) -> Self {
        Self {
            filters: Filters::default(),
            ..self.clone()
        }
    }

    /// The documents under the filters, by id. A filter on sections leaves documents as they are.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn documents(&self) -> Result<Vec<Metadata>, SearchError> {
        let mut documents = Vec::new();
        for first in self.reader.documents()? {
            let document = self.reader.document_of(first)?;
            if is_under(&document, &self.filters) {
                documents.push(document);
            }
        }
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(documents)
    }

    /// The paragraphs under the filters in which one of the words stands literally, by id.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn naming<S: AsRef<str>>(&self, words: &[S]) -> Result<Vec<Hit>, SearchError> {
        let phrase = |word: &S| Query::literal(word.as_ref()).root;
        let mut phrases: Vec<Node> = words.iter().filter_map(phrase).collect();
        let root = match phrases.len() {
            0 => return Ok(Vec::new()),
            1 => phrases.remove(0),
            _ => Node::Or(phrases),
        };
        let query = Query {
            root: Some(root),
            ..Query::default()
        };
        let request = Request {
            filters: self.filters.clone(),
            matching: Match::Exact,
            limit: usize::MAX,
            ..Request::of(query)
        };
        let mut hits = (self.ask)(&request)?.hits;
        hits.sort_by_cached_key(|hit| place_in_corpus(&hit.id));
        Ok(hits)
    }

    /// Every paragraph under the filters, sections among them, by document and place: what the
    /// instruments read that look at all of a corpus.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn passages(&self) -> Result<Vec<Passage>, SearchError> {
        let mut passages = Vec::new();
        for document in self.documents()? {
            let document = Arc::new(document);
            for paragraph in self.reader.paragraphs_of(&document.id)? {
                let passage = Passage {
                    document: Arc::clone(&document),
                    ordinal: paragraph.ordinal,
                    kind: paragraph.kind,
                    role: paragraph.role,
                    path: paragraph.headings,
                    text: paragraph.text,
                };
                if self.has_section(&passage) {
                    passages.push(passage);
                }
            }
        }
        Ok(passages)
    }

    /// Whether a paragraph is under the filters, those on sections among them.
    pub fn has(&self, passage: &Passage) -> bool {
        is_under(&passage.document, &self.filters) && self.has_section(passage)
    }

    fn has_section(&self, passage: &Passage) -> bool {
        let role = passage.role.as_deref();
        one_of(&self.filters.sections, |wanted| role == Some(wanted.name()))
    }

    /// Every paragraph of the documents under the filters, by id.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn paragraphs(&self) -> Result<Vec<Hit>, SearchError> {
        let mut hits = Vec::new();
        for document in self.documents()? {
            for paragraph in self.reader.paragraphs_of(&document.id)? {
                hits.push(Hit {
                    id: format!("{}/{}", document.id, paragraph.ordinal),
                    tier: Tier::Any,
                    document: document.clone(),
                    section: Section {
                        path: paragraph.headings,
                        role: paragraph.role,
                    },
                    text: paragraph.text,
                    ..Hit::default()
                });
            }
        }
        Ok(hits)
    }
}

/// `k3v9/17` as (`k3v9`, 17), so that 2 stands before 10.
pub(super) fn place_in_corpus(id: &str) -> (String, u32) {
    let (document, ordinal) = id.rsplit_once('/').unwrap_or((id, ""));
    (document.to_owned(), ordinal.parse().unwrap_or(u32::MAX))
}

/// Whether a document passes every filter that speaks of documents.
fn is_under(document: &Metadata, filters: &Filters) -> bool {
    let year = Dates::of(document, "").used().map(|(year, _)| year);
    let issuer = document.issuer.as_deref().map(fold).unwrap_or_default();
    one_of(&filters.regions, |region| {
        document.region.starts_with(region)
    }) && one_of(&filters.years, |range| {
        year.is_some_and(|year| range.contains(year))
    }) && one_of(&filters.issuers, |wanted| issuer.contains(&*fold(wanted)))
        && one_of(&filters.statuses, |status| document.status == Some(*status))
        && one_of(&filters.kinds, |kind| document.kind.as_ref() == Some(kind))
}

/// Whether one of the values holds; no value asks for nothing.
fn one_of<T>(values: &[T], holds: impl FnMut(&T) -> bool) -> bool {
    values.is_empty() || values.iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::YearRange;

    #[test]
    fn values_of_one_filter_join_by_or_and_filters_by_and() {
        let document = Metadata {
            region: vec!["广东省".into(), "深圳市".into()],
            year: Some(2021),
            issuer: Some("防城港市大數據局".into()),
            ..Metadata::default()
        };
        let regions = |names: &[&str]| names.iter().map(|name| vec![(*name).to_owned()]).collect();
        let mut filters = Filters {
            regions: regions(&["广西壮族自治区", "广东省"]),
            ..Filters::default()
        };
        assert!(is_under(&document, &filters));
        filters.issuers = vec!["大数据".into()];
        assert!(is_under(&document, &filters));
        filters.years = vec![YearRange {
            first: Some(2022),
            last: None,
        }];
        assert!(!is_under(&document, &filters));
    }
}
