//! A request to an answer: which tiers speak, how much they have, and the page that was asked for.

use std::borrow::Cow;
use std::cell::OnceCell;

use tantivy::DocId;

use super::docs::{any_of, gallop, without};
use super::error::SearchError;
use super::extent::Extent;
use super::family;
use super::feedback::related;
use super::nothing::nothing;
use super::page;
use super::plan::{Facet, Plan};
use super::request::{Match, Request, Sort, Widening, Within};
use super::results::{Asked, Results, Tier, Tiers, Total};
use super::scope;
use super::score::weighted;
use super::segment::Segment;
use super::tiers::Matching;
use crate::index::IndexReader;
use crate::tokenize::Cutter;

/// Who wants so many hits wants a ranking, not a page: partial matches follow where others end.
const DEEP_RANKING: usize = 100;

/// Answers a request from an index.
///
/// # Errors
/// When the index cannot be read, or a facet is asked for that there is not.
pub fn search(
    reader: &IndexReader,
    cutter: &Cutter,
    request: &Request,
) -> Result<Results, SearchError> {
    let query = match request.widening {
        Widening::AsAsked => request.query.clone(),
        Widening::Families => family::widened(&request.query, &request.families),
    };
    let plan = Plan::of(&query, &request.filters, cutter);
    let mut results = Results {
        schema: 1,
        query: Asked {
            text: query.text.clone(),
            canonical: query.canonical(),
        },
        notes: query.notes.clone(),
        ..Results::default()
    };
    if plan.root.is_none() && plan.filters.is_empty() {
        results.notes.push("nothing was asked for".to_owned());
        return Ok(results);
    }
    let answer = Answer::of(reader, &plan, request)?;
    results.total = answer.total()?;
    results.families = family::in_answer(reader, cutter, request)?;
    let mut weighted = weighted(&plan, cutter, reader)?;
    let is_sentence = plan.is_sentence();
    let has_partial = answer.tiers.contains(&Tier::Any);
    if is_sentence && has_partial && request.group_by_document && request.sort == Sort::Relevance {
        weighted.extend(related(&answer, &weighted, cutter)?);
    }
    results.hits = page::hits(&answer, &weighted, request, &results.families)?;
    if !request.facets.is_empty() {
        results.facets = Some(answer.facets(&request.facets)?);
    }
    let Tiers { exact, all, .. } = results.total.tiers;
    if exact + all == 0 && !is_sentence && plan.wanted().next().is_some() {
        results.nothing = Some(nothing(&answer, cutter)?);
    }
    Ok(results)
}

/// The paragraphs that answer, of each segment and tier.
pub(super) struct Answer<'r> {
    pub(super) reader: &'r IndexReader,
    pub(super) plan: &'r Plan,
    pub(super) within: Within,
    /// The tiers that were asked, closest first.
    tiers: Vec<Tier>,
    segments: Vec<SegmentAnswer<'r>>,
}

struct SegmentAnswer<'r> {
    matching: Matching<'r>,
    /// The paragraphs of each tier that are in no closer one, in the order of the tiers.
    docs: Vec<Vec<DocId>>,
    /// All of them together, where that was asked for.
    all: OnceCell<Vec<DocId>>,
}

impl SegmentAnswer<'_> {
    /// The paragraphs of all tiers.
    fn all_tiers(&self) -> &[DocId] {
        let joined = |tiers: &[Vec<DocId>]| {
            let bound = self.matching.segment.reader.max_doc();
            any_of(bound, tiers.to_vec())
        };
        match &self.docs[..] {
            [only] => only,
            tiers => self.all.get_or_init(|| joined(tiers)),
        }
    }
}

impl<'r> Answer<'r> {
    pub(super) fn of(
        reader: &'r IndexReader,
        plan: &'r Plan,
        request: &Request,
    ) -> Result<Self, SearchError> {
        let matching = request.matching;
        let mut answer = Self {
            reader,
            plan,
            within: request.within,
            tiers: Vec::new(),
            segments: Segment::all(reader)
                .map(|segment| SegmentAnswer {
                    matching: Matching {
                        reader,
                        plan,
                        segment,
                    },
                    docs: Vec::new(),
                    all: OnceCell::new(),
                })
                .collect(),
        };
        answer.add(Tier::Exact)?;
        if matching != Match::Exact {
            answer.add(Tier::All)?;
        }
        let opens_any = match matching {
            Match::Exact | Match::All => false,
            Match::Any => true,
            Match::Auto => {
                let found = answer.count();
                let is_deep = request.limit >= DEEP_RANKING && found < request.limit;
                found == 0 || is_deep || plan.is_sentence()
            }
        };
        if opens_any {
            answer.add(Tier::Any)?;
        }
        Ok(answer)
    }

    fn add(&mut self, tier: Tier) -> Result<(), SearchError> {
        for segment in &mut self.segments {
            let mut docs = match (tier, self.within, self.plan.only_run()) {
                // In the text it stands in the tier before.
                (Tier::All, Within::Paragraph, Some(leaf)) => segment.matching.above(leaf)?,
                _ => scope::matches(&segment.matching, tier, self.within)?,
            };
            for closer in &segment.docs {
                docs = without(docs, closer);
            }
            segment.docs.push(segment.matching.filtered(docs, &[])?);
        }
        self.tiers.push(tier);
        Ok(())
    }

    pub(super) fn count(&self) -> usize {
        let docs = self.segments.iter().flat_map(|segment| &segment.docs);
        docs.map(Vec::len).sum()
    }

    /// The plan on each segment.
    pub(super) fn matchings(&self) -> impl Iterator<Item = &Matching<'r>> {
        self.segments.iter().map(|segment| &segment.matching)
    }

    /// The paragraphs of each tier, of each segment.
    pub(super) fn tiers_by_segment(
        &self,
    ) -> impl Iterator<Item = (&Matching<'r>, impl Iterator<Item = (Tier, &[DocId])>)> {
        self.segments.iter().map(|segment| {
            let docs = segment.docs.iter().map(Vec::as_slice);
            (&segment.matching, self.tiers.iter().copied().zip(docs))
        })
    }

    fn total(&self) -> Result<Total, SearchError> {
        let mut tiers = Tiers::default();
        let mut documents = 0;
        for segment in &self.segments {
            for (tier, docs) in self.tiers.iter().zip(&segment.docs) {
                match tier {
                    Tier::Exact => tiers.exact += docs.len(),
                    Tier::All => tiers.all += docs.len(),
                    Tier::Any => tiers.any += docs.len(),
                }
            }
            documents += self.documents(segment)?;
        }
        Ok(Total {
            paragraphs: tiers.exact + tiers.all + tiers.any,
            documents,
            tiers,
        })
    }

    fn documents(&self, segment: &SegmentAnswer<'_>) -> Result<usize, SearchError> {
        let within = &segment.matching.segment;
        let Some(mut documents) = Extent::of(within.fields.title, within)? else {
            return Ok(0);
        };
        let mut tiers: Vec<&[DocId]> = segment.docs.iter().map(Vec::as_slice).collect();
        let mut count = 0;
        while let Some(&doc) = tiers.iter().filter_map(|rest| rest.first()).min() {
            let end = documents.end(doc);
            for rest in &mut tiers {
                *rest = &rest[gallop(rest, end)..];
            }
            count += 1;
        }
        Ok(count)
    }

    fn facets(
        &self,
        requests: &[super::request::FacetRequest],
    ) -> Result<super::results::Facets, SearchError> {
        let segments: Vec<Segment<'_>> = Segment::all(self.reader).collect();
        super::facets::facets(requests, &segments, |facet, place| {
            self.without_filter_of(facet, &self.segments[place])
        })
    }

    /// The paragraphs of the tiers that answered, under all filters but those of one facet.
    fn without_filter_of<'s>(
        &self,
        facet: Facet,
        segment: &'s SegmentAnswer<'_>,
    ) -> Result<Cow<'s, [DocId]>, SearchError> {
        if self.plan.filters.iter().any(|(of, _)| *of == facet) {
            let Some(&loosest) = self.tiers.last() else {
                return Ok(Cow::Borrowed(&[]));
            };
            let docs = scope::matches(&segment.matching, loosest, self.within)?;
            return Ok(Cow::Owned(segment.matching.filtered(docs, &[facet])?));
        }
        Ok(Cow::Borrowed(segment.all_tiers()))
    }
}
