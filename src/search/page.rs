//! The page of an answer: from ranked addresses to hits as they are shown.

use std::collections::{HashMap, HashSet};

use tantivy::DocAddress;

use super::answer::Answer;
use super::best::Rank;
use super::error::SearchError;
use super::highlight::highlights;
use super::request::Request;
use super::results::{Elsewhere, Hit, Section};
use super::score::{ONE, Weighted};
use crate::document::Metadata;
use crate::index::{StoredParagraph, first_of};
use crate::text::{Unit, units};

/// How many ranked paragraphs are looked at beyond the page, at first, for those that say the same.
const BEYOND: usize = 20;
/// The shortest text, in units, that is boilerplate when it stands in two documents.
const SHORTEST_REPEATED: usize = 12;

/// The hits of the page that was asked for.
pub(super) fn hits(
    answer: &Answer<'_>,
    weighted: &[Weighted],
    request: &Request,
) -> Result<Vec<Hit>, SearchError> {
    let end = request.offset.saturating_add(request.limit);
    let mut wanted = end.saturating_add(BEYOND);
    loop {
        let ranked = answer.best(weighted, request.sort, wanted)?;
        let is_all = ranked.len() < wanted;
        let mut page = Page::of(answer, request);
        for (rank, address) in ranked {
            page.take(rank, address)?;
        }
        if page.found.len() >= end || is_all {
            let found = page.found.into_iter();
            return Ok(found.skip(request.offset).take(request.limit).collect());
        }
        wanted = wanted.saturating_mul(4);
    }
}

struct Page<'a> {
    answer: &'a Answer<'a>,
    request: &'a Request,
    documents: HashMap<DocAddress, Metadata>,
    shown: HashSet<DocAddress>,
    /// The place on the page of each text that could be repeated.
    texts: HashMap<Vec<crate::text::Form>, usize>,
    found: Vec<Hit>,
}

impl<'a> Page<'a> {
    fn of(answer: &'a Answer<'a>, request: &'a Request) -> Self {
        Self {
            answer,
            request,
            documents: HashMap::new(),
            shown: HashSet::new(),
            texts: HashMap::new(),
            found: Vec::new(),
        }
    }

    /// Puts a paragraph at the end of the page, or beside the hit that says the same.
    fn take(&mut self, rank: Rank, address: DocAddress) -> Result<(), SearchError> {
        let paragraph = self.answer.reader.paragraph(address)?;
        let first = DocAddress {
            doc_id: first_of(address.doc_id, paragraph.ordinal).unwrap_or(address.doc_id),
            ..address
        };
        if self.request.group_by_document && !self.shown.insert(first) {
            return Ok(());
        }
        let document = self.document(first, &paragraph)?;
        let units = units(&paragraph.text);
        if units.len() >= SHORTEST_REPEATED {
            let forms = units.into_iter().map(|Unit { form, .. }| form).collect();
            if let Some(&place) = self.texts.get(&forms) {
                self.found[place].also.push(Elsewhere {
                    id: format!("{}/{}", document.id, paragraph.ordinal),
                    title: document.title,
                    region: document.region,
                    year: document.year,
                });
                return Ok(());
            }
            self.texts.insert(forms, self.found.len());
        }
        self.found.push(self.hit(rank, document, paragraph));
        Ok(())
    }

    fn document(
        &mut self,
        first: DocAddress,
        paragraph: &StoredParagraph,
    ) -> Result<Metadata, SearchError> {
        if let Some(document) = self.documents.get(&first) {
            return Ok(document.clone());
        }
        let reader = self.answer.reader;
        let document = reader.document_of(paragraph.address, paragraph.ordinal)?;
        self.documents.insert(first, document.clone());
        Ok(document)
    }

    fn hit(&self, rank: Rank, document: Metadata, paragraph: StoredParagraph) -> Hit {
        #[expect(clippy::cast_precision_loss, reason = "a score shown needs no more")]
        let score = rank.score as f32 / ONE;
        Hit {
            id: format!("{}/{}", document.id, paragraph.ordinal),
            score,
            tier: rank.tier.0,
            document,
            section: Section {
                path: paragraph.headings,
                role: paragraph.role,
            },
            highlights: highlights(&paragraph.text, self.answer.plan.wanted()),
            text: paragraph.text,
            across_words: !rank.is_aligned,
            also: Vec::new(),
        }
    }
}
