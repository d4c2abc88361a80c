//! How many paragraphs and documents of an answer have which label.
//!
//! Comes in: the paragraphs of each part of the index. Goes out: [`Facets`]. A document has one region and
//! one year, so a region's count is the sum of its children's and its own; a document may have
//! several section roles and counts for each.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;
use tantivy::schema::Facet as FacetPath;
use tantivy::{DocId, Term};

use super::answer::Answer;
use super::docs::Docs;
use super::error::SearchError;
use super::grouped::Grouped;
use super::plan::Facet;
use super::request::FacetRequest;
use super::results::{FacetNode, FacetValue, Facets};
use super::segment::Segment;
use crate::index::IndexError;
use crate::lexicon::Role;

/// From one in so many paragraphs on, most are counted.
const MANY: usize = 8;
/// How many levels of regions are shown unless more are asked for: provinces and cities.
const REGION_DEPTH: usize = 2;

/// Paragraphs and documents with a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    documents: usize,
    paragraphs: usize,
}

/// Counts of one facet by label.
#[derive(Debug)]
pub(super) struct Counts<L: Ord>(BTreeMap<L, Count>);

impl<L: Ord> Counts<L> {
    fn add(&mut self, label: L, count: Count) {
        let sum = self.0.entry(label).or_default();
        sum.documents += count.documents;
        sum.paragraphs += count.paragraphs;
    }
}

/// Counts years.
fn count_years(segment: &Segment<'_>, answer: &Grouped) -> Result<Counts<i32>, SearchError> {
    let years = segment.columns.years()?;
    let first = years.min_value();
    let numbers = usize::try_from(years.max_value() - first).map_or(0, |last| last + 1);
    let tally = of_documents(answer, numbers, &|doc| {
        Some(years.first(doc)?.abs_diff(first))
    });
    let mut counts = Counts(BTreeMap::new());
    for (year, count) in (first..).zip(tally) {
        if count.paragraphs > 0 {
            counts.add(i32::try_from(year).unwrap_or(0), count);
        }
    }
    Ok(counts)
}

/// Counts the values of a column of names; `label` reads one from its bytes.
fn count_names<L: Ord>(
    segment: &Segment<'_>,
    column: &str,
    answer: &Grouped,
    tally: Tally,
    label: impl Fn(&[u8]) -> Option<L>,
) -> Result<Counts<L>, SearchError> {
    let mut counts = Counts(BTreeMap::new());
    let Some(names): Option<StrColumn> = segment.reader.fast_fields().str(column)? else {
        return Ok(counts);
    };
    let tally = tally(answer, names.num_terms(), &|doc| names.ords().first(doc));
    let counted = (0..).zip(tally).filter(|(_, count)| count.paragraphs > 0);
    let (numbers, of_number): (Vec<u64>, Vec<Count>) = counted.unzip();
    let mut of_number = of_number.into_iter();
    // In one walk: to look up a single name costs a block of the dictionary.
    let found = names.dictionary().sorted_ords_to_term_cb(&numbers, |name| {
        if let (Some(label), Some(count)) = (label(name), of_number.next()) {
            counts.add(label, count);
        }
    });
    match found? {
        true => Ok(counts),
        false => Err(SearchError::Index(IndexError::Damaged {
            what: "a label has a number and no name",
        })),
    }
}

/// Counts section roles. Where many paragraphs are counted, to read the list of each role from end to
/// end takes less than to look each paragraph up.
fn count_roles(segment: &Segment<'_>, answer: &Grouped) -> Result<Counts<String>, SearchError> {
    let all = segment.docs();
    if answer.docs.len() < all.len() / MANY {
        return count_names(segment, "role", answer, of_paragraphs, name);
    }
    let field = segment.fields.role;
    let mut counts = Counts(BTreeMap::new());
    let index = segment.reader.inverted_index(field)?;
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        let role = String::from_utf8_lossy(terms.key()).into_owned();
        let with = segment.with_term(&Term::from_field_text(field, &role), None)?;
        let with = Docs::all_together(&all, &[Docs::List(with)]).both(&answer.docs);
        let documents = answer.documents.iter();
        let documents = documents.filter(|document| with.has_any(document));
        let count = Count {
            documents: documents.count(),
            paragraphs: with.len(),
        };
        if count.paragraphs > 0 {
            counts.add(role, count);
        }
    }
    Ok(counts)
}

/// A region by its full names, from the province down.
fn region_path(encoded: &[u8]) -> Option<Vec<String>> {
    let path = FacetPath::from_encoded(encoded.to_vec()).ok()?;
    Some(path.to_path().into_iter().map(str::to_owned).collect())
}

fn name(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok()
}

/// Paragraphs and documents by the number of their label, of which there are so many.
type Tally = fn(&Grouped, usize, &dyn Fn(DocId) -> Option<u64>) -> Vec<Count>;

/// Paragraphs and documents by the number of a label that all paragraphs of a document share. There
/// are so many numbers.
fn of_documents(
    answer: &Grouped,
    numbers: usize,
    number: &dyn Fn(DocId) -> Option<u64>,
) -> Vec<Count> {
    let mut counts = vec![Count::default(); numbers];
    for (document, found) in answer.counted() {
        let place = number(document.start).and_then(|number| usize::try_from(number).ok());
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            count.documents += 1;
            count.paragraphs += found;
        }
    }
    counts
}

/// Paragraphs and documents by the number of a label that each paragraph has for itself. There are so
/// many numbers; a document is counted once for each label that it has.
fn of_paragraphs(
    answer: &Grouped,
    numbers: usize,
    number: &dyn Fn(DocId) -> Option<u64>,
) -> Vec<Count> {
    let mut counts = vec![Count::default(); numbers];
    // By number, the last document that has it, from 1.
    let mut last_with = vec![0; numbers];
    let docs = answer.docs.list();
    let mut rest = docs.iter();
    for (document, (_, found)) in (1_usize..).zip(answer.counted()) {
        for &doc in rest.by_ref().take(found) {
            let place = number(doc).and_then(|number| usize::try_from(number).ok());
            if let Some((place, count)) = place.and_then(|at| Some((at, counts.get_mut(at)?))) {
                count.paragraphs += 1;
                count.documents += usize::from(last_with[place] != document);
                last_with[place] = document;
            }
        }
    }
    counts
}

/// The regions as a tree, cut at a depth.
pub(super) fn region_tree(counts: &Counts<Vec<String>>, depth: Option<u8>) -> Vec<FacetNode> {
    let depth = depth.map_or(REGION_DEPTH, usize::from);
    let mut roots = Vec::new();
    for (path, &count) in &counts.0 {
        let mut level = &mut roots;
        for length in 1..=path.len().min(depth) {
            let node = child(level, &path[..length]);
            node.documents += count.documents;
            node.paragraphs += count.paragraphs;
            level = &mut node.children;
        }
    }
    sort_tree(&mut roots);
    roots
}

fn child<'n>(level: &'n mut Vec<FacetNode>, path: &[String]) -> &'n mut FacetNode {
    let place = level.iter().position(|node| node.path == path);
    let place = place.unwrap_or_else(|| {
        level.push(FacetNode {
            path: path.to_vec(),
            documents: 0,
            paragraphs: 0,
            children: Vec::new(),
        });
        level.len() - 1
    });
    &mut level[place]
}

fn sort_tree(nodes: &mut [FacetNode]) {
    nodes.sort_by(|a, b| b.paragraphs.cmp(&a.paragraphs).then(a.path.cmp(&b.path)));
    for node in nodes {
        sort_tree(&mut node.children);
    }
}

/// Years, latest first.
pub(super) fn year_values(counts: &Counts<i32>) -> Vec<FacetValue<i32>> {
    counts.0.iter().rev().map(value).collect()
}

/// Section roles, in the order of `sections.toml`.
pub(super) fn role_values(counts: &Counts<String>) -> Vec<FacetValue<String>> {
    let mut values: Vec<_> = counts.0.iter().map(value).collect();
    let place =
        |value: &FacetValue<String>| Role::all().position(|role| role.name() == value.value);
    values.sort_by_key(|value| place(value).unwrap_or(usize::MAX));
    values
}

/// Names, most paragraphs first.
pub(super) fn name_values(counts: &Counts<String>) -> Vec<FacetValue<String>> {
    let mut values: Vec<_> = counts.0.iter().map(value).collect();
    values.sort_by(|a, b| b.paragraphs.cmp(&a.paragraphs).then(a.value.cmp(&b.value)));
    values
}

fn value<L: Clone>((label, count): (&L, &Count)) -> FacetValue<L> {
    FacetValue {
        value: label.clone(),
        documents: count.documents,
        paragraphs: count.paragraphs,
    }
}

/// The facets that were asked for, over the paragraphs of an answer.
pub(super) fn facets(
    requests: &[FacetRequest],
    answer: &Answer<'_>,
) -> Result<Facets, SearchError> {
    let names = |facet: Facet, column: &str| {
        counts(answer, facet, |segment, answer| {
            count_names(segment, column, answer, of_documents, name)
        })
    };
    let mut facets = Facets::default();
    for request in requests {
        match request.field.as_str() {
            "region" => {
                let counts = counts(answer, Facet::Region, |segment, answer| {
                    count_names(segment, "region", answer, of_documents, region_path)
                })?;
                facets.region = Some(region_tree(&counts, request.depth));
            }
            "year" => {
                let counts = counts(answer, Facet::Year, count_years)?;
                facets.year = Some(year_values(&counts));
            }
            "section" => {
                let counts = counts(answer, Facet::Section, count_roles)?;
                facets.section = Some(role_values(&counts));
            }
            "status" => facets.status = Some(name_values(&names(Facet::Status, "status")?)),
            "kind" => facets.kind = Some(name_values(&names(Facet::Kind, "kind")?)),
            other => {
                return Err(SearchError::UnknownValue {
                    filter: "facet",
                    value: other.to_owned(),
                    nearest: FACETS.iter().map(|&name| name.to_owned()).collect(),
                });
            }
        }
    }
    Ok(facets)
}

/// The counts of one facet, over all parts of the index.
fn counts<L: Ord + Send + Sync>(
    answer: &Answer<'_>,
    facet: Facet,
    count: impl Fn(&Segment<'_>, &Grouped) -> Result<Counts<L>, SearchError> + Sync,
) -> Result<Counts<L>, SearchError> {
    let mut counts = Counts(BTreeMap::new());
    for of_part in answer.of_facet(facet, count)? {
        for (label, count) in of_part.0 {
            counts.add(label, count);
        }
    }
    Ok(counts)
}

/// The facets that can be counted.
pub const FACETS: [&str; 5] = ["region", "year", "section", "status", "kind"];
