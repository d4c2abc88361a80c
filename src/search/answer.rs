//! A request to an answer: which tiers speak, how much they have, and the page that was asked for.

use std::cmp::Reverse;

use tantivy::{DocAddress, DocId};

use super::best::{Best, Rank};
use super::docs::{either, without};
use super::error::SearchError;
use super::page;
use super::plan::{Facet, Plan};
use super::request::{Match, Request, Sort, Within};
use super::results::{Asked, Results, Tier, Tiers, Total};
use super::scope;
use super::score::{List, Weighted, lists, weighted};
use super::segment::Segment;
use super::tiers::Matching;
use super::top::offer_best;
use crate::document::LineKind;
use crate::index::{IndexReader, line_code};
use crate::tokenize::Cutter;

/// From so many content words on, a question is a long one: partial matches answer it too.
const LONG_QUESTION: usize = 4;

/// Answers a request from an index.
///
/// # Errors
/// When the index cannot be read, or a facet is asked for that there is not.
pub fn search(
    reader: &IndexReader,
    cutter: &Cutter,
    request: &Request,
) -> Result<Results, SearchError> {
    let plan = Plan::of(&request.query, &request.filters, cutter);
    let mut results = Results {
        schema: 1,
        query: Asked {
            text: request.query.text.clone(),
            canonical: request.query.canonical(),
        },
        notes: request.query.notes.clone(),
        ..Results::default()
    };
    if plan.root.is_none() && plan.filters.is_empty() {
        results.notes.push("nothing was asked for".to_owned());
        return Ok(results);
    }
    let answer = Answer::of(reader, &plan, request)?;
    results.total = answer.total()?;
    let weighted = weighted(&plan, cutter, reader)?;
    results.hits = page::hits(&answer, &weighted, request)?;
    if !request.facets.is_empty() {
        results.facets = Some(answer.facets(&request.facets)?);
    }
    Ok(results)
}

/// The paragraphs that answer, of each segment and tier.
pub(super) struct Answer<'r> {
    pub(super) reader: &'r IndexReader,
    pub(super) plan: &'r Plan,
    within: Within,
    /// The tiers that were asked, closest first.
    tiers: Vec<Tier>,
    segments: Vec<SegmentAnswer<'r>>,
}

struct SegmentAnswer<'r> {
    matching: Matching<'r>,
    /// The paragraphs of each tier that are in no closer one, in the order of the tiers.
    docs: Vec<Vec<DocId>>,
}

impl<'r> Answer<'r> {
    fn of(reader: &'r IndexReader, plan: &'r Plan, request: &Request) -> Result<Self, SearchError> {
        let matching = request.matching;
        let mut answer = Self {
            reader,
            plan,
            within: request.within,
            tiers: Vec::new(),
            segments: (0..)
                .zip(reader.searcher().segment_readers())
                .map(|(ordinal, segment)| SegmentAnswer {
                    matching: Matching {
                        reader,
                        plan,
                        segment: Segment {
                            ordinal,
                            reader: segment,
                            fields: reader.fields(),
                        },
                    },
                    docs: Vec::new(),
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
            Match::Auto => answer.count() == 0 || plan.is_long(LONG_QUESTION),
        };
        if opens_any {
            answer.add(Tier::Any)?;
        }
        Ok(answer)
    }

    fn add(&mut self, tier: Tier) -> Result<(), SearchError> {
        for segment in &mut self.segments {
            let mut docs = scope::matches(&segment.matching, tier, self.within)?;
            for closer in &segment.docs {
                docs = without(docs, closer);
            }
            segment.docs.push(segment.matching.filtered(docs, None)?);
        }
        self.tiers.push(tier);
        Ok(())
    }

    fn count(&self) -> usize {
        let docs = self.segments.iter().flat_map(|segment| &segment.docs);
        docs.map(Vec::len).sum()
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
        let ordinals = self.reader.ordinals(segment.matching.segment.ordinal)?;
        let mut docs = Vec::new();
        for tier in &segment.docs {
            docs = either(docs, tier);
        }
        let mut documents = 0;
        let mut last = None;
        for doc in docs {
            let first = u64::from(doc + 1).saturating_sub(ordinals.first(doc).unwrap_or(1));
            documents += usize::from(last != Some(first));
            last = Some(first);
        }
        Ok(documents)
    }

    fn facets(
        &self,
        requests: &[super::request::FacetRequest],
    ) -> Result<super::results::Facets, SearchError> {
        let segments = self.reader.searcher().segment_readers();
        super::facets::facets(requests, segments, |facet, place| {
            self.without_filter_of(facet, &self.segments[place])
        })
    }

    /// The paragraphs of the tiers that answered, under all filters but those of one facet.
    fn without_filter_of(
        &self,
        facet: Facet,
        segment: &SegmentAnswer<'_>,
    ) -> Result<Vec<DocId>, SearchError> {
        if self.plan.filters.iter().any(|(of, _)| *of == facet) {
            let Some(&loosest) = self.tiers.last() else {
                return Ok(Vec::new());
            };
            let docs = scope::matches(&segment.matching, loosest, self.within)?;
            return segment.matching.filtered(docs, Some(facet));
        }
        let mut docs = Vec::new();
        for tier in &segment.docs {
            docs = either(docs, tier);
        }
        Ok(docs)
    }

    /// The best paragraphs, so many of each segment, best first; those of two segments that rank
    /// alike stand in the order of their documents' ids.
    pub(super) fn best(
        &self,
        weighted: &[Weighted],
        sort: Sort,
        wanted: usize,
    ) -> Result<Vec<(Rank, DocAddress)>, SearchError> {
        let mut found = Vec::new();
        for segment in &self.segments {
            let place = &segment.matching.segment;
            let mut best = Best::of(place.reader, wanted)?;
            for (&tier, docs) in self.tiers.iter().zip(&segment.docs) {
                let ranking = Ranking::of(place, weighted, sort, tier)?;
                ranking.offer(&mut best, lists(weighted, place)?, docs);
            }
            let best = best.into_sorted().into_iter();
            found.extend(best.map(|ranked| (ranked, place.ordinal)));
        }
        self.in_order(found, wanted)
    }

    fn in_order(
        &self,
        mut found: Vec<(super::best::Ranked, u32)>,
        wanted: usize,
    ) -> Result<Vec<(Rank, DocAddress)>, SearchError> {
        let mut keyed = Vec::with_capacity(found.len());
        found.sort_by_key(|(ranked, _)| Reverse(ranked.rank));
        for (ranked, segment) in found {
            let reader = self.reader.searcher().segment_reader(segment);
            let Reverse((id, ordinal)) = ranked.tie;
            let mut name = String::new();
            if let Some(ids) = reader.fast_fields().str("id")? {
                ids.ord_to_str(id, &mut name)?;
            }
            let address = DocAddress::new(segment, ranked.doc);
            keyed.push((Reverse(ranked.rank), name, ordinal, address));
        }
        keyed.sort();
        keyed.truncate(wanted);
        let keyed = keyed.into_iter();
        Ok(keyed
            .map(|(Reverse(rank), _, _, address)| (rank, address))
            .collect())
    }
}

/// How the paragraphs of one tier of a segment are ranked.
struct Ranking<'s> {
    sort: Sort,
    tier: Tier,
    years: tantivy::columnar::Column<i64>,
    lines: tantivy::columnar::Column<u64>,
    /// The paragraphs in which each word stands as a word that must, for a literal match to be one.
    witnesses: Vec<Vec<DocId>>,
    segment: &'s Segment<'s>,
}

impl<'s> Ranking<'s> {
    fn of(
        segment: &'s Segment<'s>,
        weighted: &[Weighted],
        sort: Sort,
        tier: Tier,
    ) -> Result<Self, SearchError> {
        let columns = segment.reader.fast_fields();
        let mut witnesses = Vec::new();
        if tier == Tier::Exact {
            for word in weighted.iter().filter(|weighted| weighted.is_witness) {
                let term = tantivy::Term::from_field_text(segment.fields.text_words, &word.token);
                witnesses.push(segment.with_term(&term, None)?);
            }
        }
        Ok(Self {
            sort,
            tier,
            years: columns.i64("year")?,
            lines: columns.u64("line")?,
            witnesses,
            segment,
        })
    }

    fn offer(&self, best: &mut Best, lists: Vec<List<'_>>, docs: &[DocId]) {
        debug_assert!(
            docs.last()
                .is_none_or(|&last| last < self.segment.reader.max_doc())
        );
        let title = line_code(LineKind::Title);
        let short = [
            title,
            line_code(LineKind::Header),
            line_code(LineKind::Heading),
            line_code(LineKind::Signature),
            line_code(LineKind::Salutation),
            line_code(LineKind::Status),
            line_code(LineKind::Closing),
        ];
        offer_best(best, lists, docs, |doc, sum| {
            let is_short = self
                .lines
                .first(doc)
                .is_some_and(|line| short.contains(&line));
            Rank {
                year: self.year(doc),
                tier: Reverse(self.tier),
                is_aligned: self.is_aligned(doc),
                score: if is_short { sum - sum / 4 } else { sum },
            }
        });
    }

    fn is_aligned(&self, doc: DocId) -> bool {
        let stands = |docs: &Vec<DocId>| docs.binary_search(&doc).is_ok();
        self.witnesses.iter().all(stands)
    }

    /// The later, or the earlier, the larger; without a year, the smallest.
    fn year(&self, doc: DocId) -> u16 {
        let year = || {
            let year = self.years.first(doc)?;
            u16::try_from(year).ok()
        };
        match self.sort {
            Sort::Relevance => 0,
            Sort::Newest => year().unwrap_or(0),
            Sort::Oldest => year().map_or(0, |year| u16::MAX - year),
        }
    }
}
