//! The page of an answer: from ranked addresses to hits as they are shown.

use std::collections::{HashMap, HashSet};

use tantivy::DocAddress;

use super::answer::Answer;
use super::best::Rank;
use super::documents::best_documents;
use super::error::SearchError;
use super::explain::{compare, explanation, shown};
use super::family::Labels;
use super::highlight::highlights;
use super::ranking::{self, Placed};
use super::request::Request;
use super::results::{Elsewhere, FamilyInAnswer, Hit, Section};
use super::score::Weighted;
use crate::document::Metadata;
use crate::index::StoredParagraph;
use crate::text::{Form, Unit, units};

/// How many ranked paragraphs are looked at beyond the page, at first, for those that say the same.
const BEYOND: usize = 20;
/// The shortest text, in units, that is boilerplate when it stands in two documents.
const SHORTEST_REPEATED: usize = 12;

/// The hits of the page that was asked for.
pub(super) fn hits(
    answer: &Answer<'_>,
    weighted: &[Weighted],
    request: &Request,
    families: &[FamilyInAnswer],
) -> Result<Vec<Hit>, SearchError> {
    let end = end(request);
    let mut wanted = end.saturating_add(BEYOND);
    loop {
        let order = if request.group_by_document {
            best_documents(answer, weighted, request.sort, wanted)?
        } else {
            ranking::best(answer, weighted, request.sort, wanted)?
        };
        let mut page = Page::of(answer, weighted, request, families);
        for placed in &order.placed {
            page.take(placed)?;
        }
        if page.found.len() < end && !order.is_whole {
            wanted = wanted.saturating_mul(4);
            continue;
        }
        if request.explain {
            compare(&mut page.found, &page.ranks);
        }
        let found = page.found.into_iter();
        return Ok(found.skip(request.offset).take(request.limit).collect());
    }
}

/// Behind which hit the page ends.
fn end(request: &Request) -> usize {
    request.offset.saturating_add(request.limit)
}

/// How many paragraphs are ranked for a page at first.
pub(super) fn window(request: &Request) -> usize {
    ranking::window(end(request).saturating_add(BEYOND))
}

struct Page<'a> {
    answer: &'a Answer<'a>,
    weighted: &'a [Weighted],
    request: &'a Request,
    labels: Labels,
    documents: HashMap<DocAddress, Metadata>,
    shown: HashSet<DocAddress>,
    /// The places on the page of the texts that could be repeated, by their fingerprints.
    texts: HashMap<u64, Vec<usize>>,
    found: Vec<Hit>,
    /// How many hits are looked for; what comes behind them can only repeat one.
    enough: usize,
    /// The ranks of what was found.
    ranks: Vec<Rank>,
}

impl<'a> Page<'a> {
    fn of(
        answer: &'a Answer<'a>,
        weighted: &'a [Weighted],
        request: &'a Request,
        families: &[FamilyInAnswer],
    ) -> Self {
        Self {
            answer,
            weighted,
            request,
            labels: Labels::of(families),
            documents: HashMap::new(),
            shown: HashSet::new(),
            texts: HashMap::new(),
            found: Vec::new(),
            enough: end(request) + usize::from(request.explain),
            ranks: Vec::new(),
        }
    }

    /// Puts a paragraph at the end of the page, or beside the hit that says the same.
    fn take(&mut self, placed: &Placed) -> Result<(), SearchError> {
        let address = placed.address;
        let says = self.says(address)?;
        let is_behind = self.found.len() >= self.enough;
        if is_behind && !self.texts.contains_key(&says) {
            return Ok(());
        }
        let paragraph = self.answer.reader.paragraph(address)?;
        let first = placed.first();
        if self.request.group_by_document && !self.shown.insert(first) {
            return Ok(());
        }
        let document = self.document(first)?;
        if let Some(place) = self.repeated(says, &paragraph.text) {
            self.found[place].also.push(Elsewhere {
                id: format!("{}/{}", document.id, paragraph.ordinal),
                title: document.title,
                region: document.region,
                year: document.year,
            });
            return Ok(());
        }
        if is_behind {
            return Ok(());
        }
        self.texts.entry(says).or_default().push(self.found.len());
        let hit = self.hit(placed, document, paragraph)?;
        self.found.push(hit);
        self.ranks.push(placed.rank);
        Ok(())
    }

    /// The fingerprint of what a paragraph says.
    fn says(&self, address: DocAddress) -> Result<u64, SearchError> {
        let columns = self.answer.reader.columns(address.segment_ord);
        Ok(columns.says()?.first(address.doc_id).unwrap_or(0))
    }

    /// The place on the page of a hit that says the same as a text; documents that are ranked each
    /// have their own place, whatever their paragraphs say.
    fn repeated(&self, says: u64, text: &str) -> Option<usize> {
        let places = self.texts.get(&says)?;
        let said = said(text);
        if self.request.group_by_document || said.len() < SHORTEST_REPEATED {
            return None;
        }
        let mut places = places.iter().copied();
        places.find(|&place| {
            self.found
                .get(place)
                .is_some_and(|hit| self::said(&hit.text) == said)
        })
    }

    fn document(&mut self, first: DocAddress) -> Result<Metadata, SearchError> {
        if let Some(document) = self.documents.get(&first) {
            return Ok(document.clone());
        }
        let reader = self.answer.reader;
        let document = reader.document_of(first)?;
        self.documents.insert(first, document.clone());
        Ok(document)
    }

    fn hit(
        &self,
        placed: &Placed,
        document: Metadata,
        paragraph: StoredParagraph,
    ) -> Result<Hit, SearchError> {
        let answer = self.answer;
        let explanation = match self.request.explain {
            true => Some(explanation(
                answer.reader,
                self.weighted,
                placed,
                paragraph.kind,
            )?),
            false => None,
        };
        Ok(Hit {
            id: format!("{}/{}", document.id, paragraph.ordinal),
            score: shown(placed.rank.score),
            tier: placed.rank.tier.0,
            document,
            section: Section {
                path: paragraph.headings,
                role: paragraph.role,
            },
            highlights: highlights(&paragraph.text, answer.plan.wanted()),
            labels: self.labels.found_in(&paragraph.text),
            text: paragraph.text,
            across_words: !placed.rank.is_aligned,
            also: Vec::new(),
            explanation,
        })
    }
}

/// What a text says, script, spaces and quotes aside.
fn said(text: &str) -> Vec<Form> {
    let units = units(text).into_iter();
    units.map(|Unit { form, .. }| form).collect()
}
