//! A request to an answer: which tiers speak, how much they have, and the page that was asked for.

use super::docs::Docs;
use super::error::SearchError;
use super::facets::facets;
use super::family;
use super::feedback::related;
use super::grouped::Grouped;
use super::hands::Hands;
use super::nothing::nothing;
use super::page;
use super::plan::{Facet, Plan};
use super::ranking::{Placed, Ranker};
use super::request::{Match, Request, Sort, Widening, Within};
use super::results::{Asked, Facets, FamilyInAnswer, Hit, Results, Tier, Tiers, Total};
use super::scope;
use super::score::{View, Weighted, weighted};
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
    let mut weighted = weighted(&plan, cutter, reader)?;
    let hands = hands(reader, &plan, request, &weighted)?;
    let ranker = Ranker::of(&plan, &weighted, request.sort, page::window(request));
    let mut answer = Answer::of(reader, &plan, request, hands, Some(&ranker))?;
    results.total = answer.total();
    results.families = family::in_answer(&answer, cutter, request)?;
    let is_sentence = plan.is_sentence();
    let has_partial = answer.tiers.contains(&Tier::Any);
    if is_sentence && has_partial && request.group_by_document && request.sort == Sort::Relevance {
        weighted.extend(related(&answer, &weighted, cutter)?);
    }
    let Tiers { exact, all, .. } = results.total.tiers;
    let is_explained = exact + all == 0 && !is_sentence && plan.wanted().next().is_some();
    let shown = |answer: &Answer<'_>| answer.shown(&weighted, request, &results.families);
    let shown = match is_explained {
        true => {
            let helpers = request.jobs.map_or_else(Hands::all, Hands::of);
            let (shown, nothing) = nothing(&mut answer, &weighted, cutter, helpers, shown)?;
            results.nothing = Some(nothing);
            shown
        }
        false => shown(&answer),
    };
    (results.hits, results.facets) = shown?;
    Ok(results)
}

/// Who answers a question with these tokens.
fn hands(
    reader: &IndexReader,
    plan: &Plan,
    request: &Request,
    weighted: &[Weighted],
) -> Result<Offered, SearchError> {
    if let Some(jobs) = request.jobs {
        return Ok(Offered::of(Hands::of(jobs)));
    }
    let tokens = weighted.len().max(1) as u64;
    let pairs = weighted.iter().filter(|token| token.view == View::Pairs);
    let partial: u64 = pairs.map(|pair| pair.frequency).sum();
    let partial = Hands::for_postings(partial * tokens);
    if request.matching == Match::Any || plan.is_sentence() {
        return Ok(Offered::of(partial));
    }
    let mut closer = 0;
    for matching in of_segments(reader, plan)? {
        closer += u64::from(matching.about_how_many()?);
    }
    let closer = Hands::for_postings(closer * tokens);
    Ok(Offered { closer, partial })
}

/// A plan on each segment.
fn of_segments<'r>(
    reader: &'r IndexReader,
    plan: &'r Plan,
) -> Result<Vec<Matching<'r>>, SearchError> {
    let segments = Segment::parts(reader, 1)?.into_iter();
    let matching = |segment| Matching {
        reader,
        plan,
        segment,
    };
    Ok(segments.map(matching).collect())
}

/// Who answers: of the closer tiers, and of the last where those have nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offered {
    closer: Hands,
    partial: Hands,
}

impl Offered {
    /// The same for all tiers.
    pub(super) fn of(hands: Hands) -> Self {
        Self {
            closer: hands,
            partial: hands,
        }
    }
}

/// The paragraphs that answer, of each part of the index and tier.
pub(super) struct Answer<'r> {
    pub(super) reader: &'r IndexReader,
    pub(super) plan: &'r Plan,
    pub(super) within: Within,
    pub(super) hands: Hands,
    /// The tiers that were asked, closest first.
    tiers: Vec<Tier>,
    parts: Vec<PartAnswer<'r>>,
    /// The best of each part, so many by some order, where they were ranked as soon as found.
    ranked: Option<(Sort, usize, Vec<Placed>)>,
}

struct PartAnswer<'r> {
    matching: Matching<'r>,
    /// The paragraphs of each tier that are in no closer one, in the order of the tiers.
    docs: Vec<Docs>,
    /// All of them together.
    all: Grouped,
}

impl<'r> Answer<'r> {
    pub(super) fn of(
        reader: &'r IndexReader,
        plan: &'r Plan,
        request: &Request,
        offered: Offered,
        ranker: Option<&Ranker<'_>>,
    ) -> Result<Self, SearchError> {
        let matching = request.matching;
        let mut answer = Self {
            reader,
            plan,
            within: request.within,
            hands: offered.closer,
            tiers: Vec::new(),
            parts: Vec::new(),
            ranked: None,
        };
        answer.cut_for(offered.closer)?;
        let is_deep = request.limit >= DEEP_RANKING;
        let ranker = ranker.filter(|_| !is_deep && !request.group_by_document);
        let opens_any = matching == Match::Any || (matching == Match::Auto && plan.is_sentence());
        match matching {
            Match::Exact => answer.add(&[Tier::Exact], ranker)?,
            _ if opens_any => answer.add(&[Tier::Exact, Tier::All, Tier::Any], ranker)?,
            _ => answer.add(&[Tier::Exact, Tier::All], ranker)?,
        }
        if matching == Match::Auto && !opens_any {
            let found = answer.count();
            if found == 0 {
                answer.cut_for(offered.partial)?;
            }
            if found == 0 || (is_deep && found < request.limit) {
                answer.add(&[Tier::Any], ranker.filter(|_| found == 0))?;
            }
        }
        Ok(answer)
    }

    /// Cuts the index into parts for so many hands, before anything was found.
    fn cut_for(&mut self, hands: Hands) -> Result<(), SearchError> {
        let Self { reader, plan, .. } = *self;
        let part = |segment| PartAnswer {
            matching: Matching {
                reader,
                plan,
                segment,
            },
            docs: vec![Docs::default(); self.tiers.len()],
            all: Grouped::default(),
        };
        let parts = Segment::parts(reader, hands.count())?;
        self.parts = parts.into_iter().map(part).collect();
        self.hands = hands;
        Ok(())
    }

    /// Looks for the paragraphs of further tiers; each hand then ranks those that it found.
    fn add(&mut self, tiers: &[Tier], ranker: Option<&Ranker<'_>>) -> Result<(), SearchError> {
        let all_tiers: Vec<Tier> = self.tiers.iter().chain(tiers).copied().collect();
        let found = self.hands.each(&self.parts, |part| {
            let segment = &part.matching.segment;
            let mut docs = part.docs.clone();
            for &tier in tiers {
                docs.push(self.of_tier(tier, part, &docs)?);
            }
            let all = Docs::all_together(&segment.docs(), &docs);
            let all = Grouped::of(segment, all)?;
            let tiers: Vec<_> = all_tiers.iter().copied().zip(&docs).collect();
            let best = ranker.map(|ranker| ranker.best_of(segment, &tiers));
            Ok((docs, all, best.transpose()?))
        })?;
        let mut placed = Vec::new();
        for (part, (docs, all, best)) in self.parts.iter_mut().zip(found) {
            part.docs = docs;
            part.all = all;
            placed.extend(best.into_iter().flatten());
        }
        self.ranked = ranker.map(|ranker| (ranker.sort, ranker.window, placed));
        self.tiers = all_tiers;
        Ok(())
    }

    /// The paragraphs of a tier in a part of the index that are in no closer one.
    fn of_tier(
        &self,
        tier: Tier,
        part: &PartAnswer<'_>,
        closer: &[Docs],
    ) -> Result<Docs, SearchError> {
        let mut docs = match (tier, self.within, self.plan.only_run()) {
            // In the text it stands in the tier before.
            (Tier::All, Within::Paragraph, Some(leaf)) => part.matching.above(leaf)?,
            _ => scope::matches(&part.matching, tier, self.within)?,
        };
        for closer in closer {
            docs = docs.without(closer);
        }
        part.matching.filtered(docs, &[])
    }

    pub(super) fn count(&self) -> usize {
        let docs = self.parts.iter().flat_map(|part| &part.docs);
        docs.map(Docs::len).sum()
    }

    /// How many paragraphs answer another plan literally.
    pub(super) fn count_of(&self, plan: &Plan) -> Result<usize, SearchError> {
        let mut count = 0;
        for matching in of_segments(self.reader, plan)? {
            let docs = matching.matches(Tier::Exact)?;
            count += matching.filtered(docs, &[])?.len();
        }
        Ok(count)
    }

    /// The plan on each part of the index.
    pub(super) fn matchings(&self) -> impl Iterator<Item = &Matching<'r>> {
        self.parts.iter().map(|part| &part.matching)
    }

    /// The best paragraphs of each part of the index, in no order.
    pub(super) fn best_of_parts(&self, ranker: &Ranker<'_>) -> Result<Vec<Placed>, SearchError> {
        if let Some((sort, window, placed)) = &self.ranked
            && (*sort, *window) == (ranker.sort, ranker.window)
        {
            return Ok(placed.clone());
        }
        let best = self.hands.each(&self.parts, |part| {
            let tiers: Vec<_> = self.tiers.iter().copied().zip(&part.docs).collect();
            ranker.best_of(&part.matching.segment, &tiers)
        })?;
        Ok(best.into_iter().flatten().collect())
    }

    /// How many paragraphs have a text literally, where the question asks for that and nothing else.
    pub(super) fn count_of_only(&self, text: &str) -> Option<usize> {
        let only = self.plan.only_leaf().filter(|leaf| leaf.is(text));
        let is_asked = only.is_some() && self.within == Within::Paragraph;
        let exact = self.tiers.iter().position(|&tier| tier == Tier::Exact);
        let exact = exact.filter(|_| is_asked)?;
        Some(self.parts.iter().map(|part| part.docs[exact].len()).sum())
    }

    /// Whether it has what is most like a text, and nothing but that was asked for.
    pub(super) fn is_partial_of_only(&self, text: &str) -> bool {
        let only = self.plan.only_leaf();
        // A phrase is literal in every tier.
        let is_only = only.is_some_and(|leaf| leaf.is(text) && !leaf.is_required());
        let is_plain = self.plan.filters.is_empty() && self.within == Within::Paragraph;
        is_only && is_plain && self.tiers.contains(&Tier::Any)
    }

    /// The page, and the facets that were asked for.
    fn shown(
        &self,
        weighted: &[Weighted],
        request: &Request,
        families: &[FamilyInAnswer],
    ) -> Result<(Vec<Hit>, Option<Facets>), SearchError> {
        let hits = page::hits(self, weighted, request, families)?;
        let wants_facets = !request.facets.is_empty();
        let facets = wants_facets.then(|| facets(&request.facets, self));
        Ok((hits, facets.transpose()?))
    }

    fn total(&self) -> Total {
        let mut tiers = Tiers::default();
        for part in &self.parts {
            for (tier, docs) in self.tiers.iter().zip(&part.docs) {
                match tier {
                    Tier::Exact => tiers.exact += docs.len(),
                    Tier::All => tiers.all += docs.len(),
                    Tier::Any => tiers.any += docs.len(),
                }
            }
        }
        Total {
            paragraphs: tiers.exact + tiers.all + tiers.any,
            documents: self.parts.iter().map(|part| part.all.documents.len()).sum(),
            tiers,
        }
    }

    /// What is made of each part of the index and its paragraphs under all filters but those of one
    /// facet.
    pub(super) fn of_facet<R: Send + Sync>(
        &self,
        facet: Facet,
        make: impl Fn(&Segment<'r>, &Grouped) -> Result<R, SearchError> + Sync,
    ) -> Result<Vec<R>, SearchError> {
        self.hands.each(&self.parts, |part| {
            let segment = &part.matching.segment;
            match self.without_filter_of(facet, part)? {
                Some(others) => make(segment, &others),
                None => make(segment, &part.all),
            }
        })
    }

    /// The paragraphs of the tiers that answered, under all filters but those of one facet; `None`
    /// where it has none.
    fn without_filter_of(
        &self,
        facet: Facet,
        part: &PartAnswer<'_>,
    ) -> Result<Option<Grouped>, SearchError> {
        let is_filtered = self.plan.filters.iter().any(|(of, _)| *of == facet);
        let Some(&loosest) = self.tiers.last().filter(|_| is_filtered) else {
            return Ok(None);
        };
        let docs = scope::matches(&part.matching, loosest, self.within)?;
        let docs = part.matching.filtered(docs, &[facet])?;
        let segment = &part.matching.segment;
        let all = Docs::all_together(&segment.docs(), std::slice::from_ref(&docs));
        Ok(Some(Grouped::of(segment, all)?))
    }
}
