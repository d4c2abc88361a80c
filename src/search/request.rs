//! What is asked for beside the words: filters, order, page, facets.

use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::document::Status;
use crate::lexicon::{Family, Role};
use crate::query::{Query, YearRange};

/// A whole question: words, filters, and how much of the answer is wanted.
#[derive(Debug, Clone)]
pub struct Request {
    /// The words.
    pub query: Query,
    /// What every hit must be.
    pub filters: Filters,
    /// Which tiers may answer.
    pub matching: Match,
    /// How near to each other the words must stand.
    pub within: Within,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to return at most.
    pub limit: usize,
    /// One hit (the best) for each document.
    pub group_by_document: bool,
    /// The facets to count.
    pub facets: Vec<FacetRequest>,
    /// Reform families that are known: the built-in ones, with the user's merged in. The questions of
    /// a batch share them.
    pub families: Arc<[Family]>,
    /// Whether a label asks for all labels of its families.
    pub widening: Widening,
    /// Whether each hit says how it was ranked.
    pub explain: bool,
    /// How many processors answer; `None` for all of them where the question is broad, else one. It
    /// changes no answer.
    pub jobs: Option<NonZeroUsize>,
}

impl Request {
    /// The first ten hits of a question by relevance, without filters.
    ///
    /// ```
    /// use xianli::{query::parse, search::Request};
    /// let request = Request { limit: 20, ..Request::of(parse("一网通办")) };
    /// assert_eq!((request.offset, request.limit), (0, 20));
    /// ```
    pub fn of(query: Query) -> Self {
        Self {
            query,
            filters: Filters::default(),
            matching: Match::Auto,
            within: Within::Paragraph,
            sort: Sort::Relevance,
            offset: 0,
            limit: 10,
            group_by_document: false,
            facets: Vec::new(),
            families: Arc::default(),
            widening: Widening::AsAsked,
            explain: false,
            jobs: None,
        }
    }
}

/// What every hit must be. Values of one list join by OR, lists join by AND.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Regions, each as full names from the province down.
    pub regions: Vec<Vec<String>>,
    /// Years.
    pub years: Vec<YearRange>,
    /// Section roles.
    pub sections: Vec<Role>,
    /// Issuers: each must stand in the issuer's name, after folding.
    pub issuers: Vec<String>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Kinds of document (文种).
    pub kinds: Vec<String>,
}

/// Which tiers may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Match {
    /// From exact to loose: exact and all; any where they find nothing, where the question is long,
    /// or where a hundred hits and more are wanted and they find fewer.
    #[default]
    Auto,
    /// The words as typed, only.
    Exact,
    /// All terms, exact included.
    All,
    /// Whatever matches in part.
    Any,
}

/// What the label of a reform family asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Widening {
    /// Itself; the answer names its families.
    #[default]
    AsAsked,
    /// Every label of its families.
    Families,
}

/// How near to each other the words of a question must stand, in the tiers exact and all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Within {
    /// In one sentence (同句).
    Sentence,
    /// In one paragraph (同段).
    #[default]
    Paragraph,
    /// In paragraphs under the same headings.
    Section,
    /// In one document (同篇).
    Document,
}

/// The order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By tier, then score.
    #[default]
    Relevance,
    /// By year, latest first; then as by relevance.
    Newest,
    /// By year, earliest first; then as by relevance.
    Oldest,
}

/// A facet to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetRequest {
    /// `region`, `year`, `section`, …
    pub field: String,
    /// How many levels of a hierarchical facet; `None` for its default.
    pub depth: Option<u8>,
}
