//! The order of an answer's paragraphs: by tier, by word joins, by score; equal ones by their
//! document's id and their place in it. The answer to a sentence has literal matches first, and all
//! others by score alone.
//!
//! What the order rests on does not depend on how the index is cut into segments: scores are whole
//! numbers, statistics are those of the whole index, and ties are broken by what a paragraph is.

use std::cell::Cell;
use std::cmp::Reverse;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Term};

use super::answer::Answer;
use super::best::{Bar, Best, Rank, Ranked};
use super::docs::Docs;
use super::error::SearchError;
use super::lists::gallop;
use super::plan::Plan;
use super::request::Sort;
use super::results::Tier;
use super::score::Weighted;
use super::score_list::lists;
use super::segment::Segment;
use super::top::{Ranks, offer_best};
use crate::document::LineKind;
use crate::index::line_kind;

/// How many of the best lift each other when they stand in one document.
const LIFTED: usize = 100;
/// The part of the best other paragraph's score that a paragraph gains.
const LIFT: u32 = 20;

/// A paragraph in its place in the order.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) rank: Rank,
    /// The key of its document.
    pub(super) document: u64,
    pub(super) ordinal: u32,
    pub(super) address: DocAddress,
    /// What else has entered its score.
    pub(super) context: Context,
}

impl Placed {
    /// The first paragraph of its document.
    pub(super) fn first(&self) -> DocAddress {
        DocAddress {
            doc_id: self.address.doc_id + 1 - self.ordinal,
            ..self.address
        }
    }
}

/// What enters a paragraph's score beside itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Nothing,
    /// Another of the best paragraphs of its document.
    Neighbour,
    /// Its document, where documents are ranked.
    Whole,
}

/// Paragraphs in order.
pub(super) struct Order {
    pub(super) placed: Vec<Placed>,
    /// Whether there are no others.
    pub(super) is_whole: bool,
}

/// What a line that is no running text keeps of its score: a heading or a title that has the words
/// says less than a paragraph that does, and being short scores more.
pub(super) fn kept(kind: LineKind, score: u32) -> u32 {
    match kind {
        LineKind::Paragraph => score,
        _ => score - score / 4,
    }
}

/// The best paragraphs, at most so many, best first.
pub(super) fn best(
    answer: &Answer<'_>,
    weighted: &[Weighted],
    sort: Sort,
    wanted: usize,
) -> Result<Order, SearchError> {
    let mut order = paragraphs(answer, weighted, sort, window(wanted))?;
    let lifted = order.placed.len().min(LIFTED);
    lift(&mut order.placed[..lifted]);
    order.is_whole &= order.placed.len() <= wanted;
    order.placed.truncate(wanted);
    Ok(order)
}

/// The best paragraphs by themselves, at most `window`, best first.
pub(super) fn paragraphs(
    answer: &Answer<'_>,
    weighted: &[Weighted],
    sort: Sort,
    window: usize,
) -> Result<Order, SearchError> {
    let ranker = Ranker::of(answer.plan, weighted, sort, window);
    let mut placed = answer.best_of_parts(&ranker)?;
    put_in_order(&mut placed);
    let is_whole = placed.len() <= window && placed.len() == answer.count();
    placed.truncate(window);
    Ok(Order { placed, is_whole })
}

/// How many paragraphs are ranked where so many are wanted.
pub(super) fn window(wanted: usize) -> usize {
    wanted.max(LIFTED)
}

/// Which paragraphs of an answer are wanted: so many of the best.
pub(super) struct Ranker<'q> {
    plan: &'q Plan,
    weighted: &'q [Weighted],
    pub(super) sort: Sort,
    pub(super) window: usize,
    /// What its parts share while they rank.
    bar: Bar,
}

impl<'q> Ranker<'q> {
    pub(super) fn of(plan: &'q Plan, weighted: &'q [Weighted], sort: Sort, window: usize) -> Self {
        Self {
            plan,
            weighted,
            sort,
            window,
            bar: Bar::default(),
        }
    }

    /// Those of a part that can be among the best, given its paragraphs of each tier.
    pub(super) fn best_of(
        &self,
        segment: &Segment<'_>,
        tiers: &[(Tier, &Docs)],
    ) -> Result<Vec<Placed>, SearchError> {
        let mut best = Best::of(segment, self.window, &self.bar)?;
        for &(tier, docs) in tiers.iter().filter(|(_, docs)| !docs.is_empty()) {
            let ranking = Ranking::of(segment, self.weighted, self.sort, tier, self.plan)?;
            if ranking.can_enter(&best) {
                let lists = lists(self.weighted, segment, docs.len())?;
                offer_best(&mut best, lists, docs, &ranking);
            }
        }
        let placed = |ranked: Ranked<'_>| {
            let (document, ordinal) = ranked.identity();
            Placed {
                rank: ranked.rank,
                document,
                ordinal,
                address: DocAddress::new(segment.ordinal, ranked.doc),
                context: Context::Nothing,
            }
        };
        Ok(best.into_sorted().into_iter().map(placed).collect())
    }
}

pub(super) fn put_in_order(placed: &mut [Placed]) {
    placed.sort_by(|a, b| {
        let by_rank = b.rank.cmp(&a.rank);
        by_rank.then_with(|| (a.document, a.ordinal).cmp(&(b.document, b.ordinal)))
    });
}

/// The best paragraphs of one document lift each other a little, inside their tier.
fn lift(placed: &mut [Placed]) {
    let scores: Vec<(Rank, u64)> = placed
        .iter()
        .map(|place| (place.rank, place.document))
        .collect();
    for (own, place) in placed.iter_mut().enumerate() {
        let others = scores
            .iter()
            .enumerate()
            .filter(|&(other, (rank, document))| {
                other != own && rank.tier == place.rank.tier && *document == place.document
            });
        let most = others.map(|(_, (rank, _))| rank.score).max();
        if let Some(most) = most {
            place.rank.score = place.rank.score.saturating_add(most / LIFT);
            place.context = Context::Neighbour;
        }
    }
    put_in_order(placed);
}

impl Ranks for Ranking {
    fn at_most(&self, doc: DocId) -> Rank {
        Rank {
            year: self.year(doc),
            class: Reverse(self.class),
            is_aligned: true,
            score: 0,
            tier: Reverse(self.tier),
        }
    }

    fn are_alike(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn of(&self, doc: DocId, sum: u32) -> Rank {
        let kind = self.lines.first(doc).and_then(line_kind);
        Rank {
            is_aligned: self.is_aligned(doc),
            score: kept(kind.unwrap_or(LineKind::Paragraph), sum),
            ..self.at_most(doc)
        }
    }
}

/// How the paragraphs of one tier of a segment are ranked.
struct Ranking {
    sort: Sort,
    tier: Tier,
    class: Tier,
    /// Where the year orders.
    years: Option<Column<i64>>,
    lines: Column<u64>,
    /// The paragraphs in which each word stands as a word that must, for a literal match not to
    /// lie across the join of two words; with the place of the last that was looked for.
    witnesses: Vec<(Vec<DocId>, Cell<usize>)>,
}

impl Ranking {
    fn of(
        segment: &Segment<'_>,
        weighted: &[Weighted],
        sort: Sort,
        tier: Tier,
        plan: &Plan,
    ) -> Result<Self, SearchError> {
        let is_sentence = plan.is_sentence();
        let mut witnesses = Vec::new();
        if tier == Tier::Exact {
            for word in weighted.iter().filter(|weighted| weighted.is_witness) {
                let term = Term::from_field_text(segment.fields.text_words, &word.token);
                witnesses.push((segment.with_term(&term, None)?, Cell::new(0)));
            }
        }
        Ok(Self {
            sort,
            tier,
            class: match tier {
                Tier::All if is_sentence => Tier::Any,
                tier => tier,
            },
            years: match sort {
                Sort::Relevance => None,
                Sort::Newest | Sort::Oldest => Some(segment.columns.years()?.clone()),
            },
            lines: segment.columns.lines()?.clone(),
            witnesses,
        })
    }

    /// Whether any paragraph could be kept, whatever its score.
    fn can_enter(&self, best: &Best<'_>) -> bool {
        !self.are_alike() || best.floor(self.at_most(0)) < u32::MAX
    }

    /// Asked for in rising order.
    fn is_aligned(&self, doc: DocId) -> bool {
        self.witnesses.iter().all(|(docs, last)| {
            let from = last.get();
            let place = from + gallop(&docs[from..], doc);
            last.set(place);
            docs.get(place) == Some(&doc)
        })
    }

    /// The later, or the earlier, the larger; without a year, the smallest.
    fn year(&self, doc: DocId) -> u16 {
        let year = || {
            let year = self.years.as_ref()?.first(doc)?;
            u16::try_from(year).ok()
        };
        match self.sort {
            Sort::Relevance => 0,
            Sort::Newest => year().unwrap_or(0),
            Sort::Oldest => year().map_or(0, |year| u16::MAX - year),
        }
    }
}
