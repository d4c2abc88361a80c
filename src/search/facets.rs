//! How many paragraphs and documents of an answer have which label.
//!
//! Comes in: the paragraphs of each part of the index. Goes out: [`Facets`]. A document has one region and
//! one year, so a region's count is the sum of its children's and its own; a document may have
//! several section roles and counts for each.

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::columnar::StrColumn;
use tantivy::schema::Facet as FacetPath;

use super::answer::Answer;
use super::docs::gallop;
use super::error::SearchError;
use super::extent::Extent;
use super::plan::Facet;
use super::request::FacetRequest;
use super::results::{FacetNode, FacetValue, Facets};
use super::segment::Segment;
use crate::index::IndexError;
use crate::lexicon::Role;

/// How many levels of regions are shown unless more are asked for: provinces and cities.
const REGION_DEPTH: usize = 2;

/// What has a label: a document as a whole, or each of its paragraphs its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Document,
    Paragraph,
}

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
fn count_years(segment: &Segment<'_>, docs: &[DocId]) -> Result<Counts<i32>, SearchError> {
    let years = segment.columns.years()?;
    let mut counts = Counts(BTreeMap::new());
    for (year, count) in by_number(segment, docs, Owner::Document, |doc| years.first(doc))? {
        counts.add(i32::try_from(year).unwrap_or(0), count);
    }
    Ok(counts)
}

/// Counts the values of a column of names; `label` reads one from its bytes.
fn count_names<L: Ord>(
    segment: &Segment<'_>,
    column: &str,
    owner: Owner,
    docs: &[DocId],
    label: impl Fn(&[u8]) -> Option<L>,
) -> Result<Counts<L>, SearchError> {
    let mut counts = Counts(BTreeMap::new());
    let Some(names): Option<StrColumn> = segment.reader.fast_fields().str(column)? else {
        return Ok(counts);
    };
    let by_number = by_number(segment, docs, owner, |doc| names.ords().first(doc))?;
    let (numbers, of_number): (Vec<u64>, Vec<Count>) = by_number.into_iter().unzip();
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

/// A region by its full names, from the province down.
fn region_path(encoded: &[u8]) -> Option<Vec<String>> {
    let path = FacetPath::from_encoded(encoded.to_vec()).ok()?;
    Some(path.to_path().into_iter().map(str::to_owned).collect())
}

fn name(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok()
}

/// Paragraphs and documents by a number of their label. The paragraphs of a document stand side by
/// side, so a document is counted once for each label that it has.
fn by_number<N: Ord + Copy>(
    segment: &Segment<'_>,
    docs: &[DocId],
    owner: Owner,
    label: impl Fn(DocId) -> Option<N>,
) -> Result<BTreeMap<N, Count>, SearchError> {
    let documents = Extent::of(segment.fields.title, segment)?;
    let mut counts: BTreeMap<N, Count> = BTreeMap::new();
    let Some(mut documents) = documents else {
        return Ok(counts);
    };
    let mut rest = docs;
    while let Some(&first) = rest.first() {
        let (document, behind) = rest.split_at(gallop(rest, documents.end(first)));
        rest = behind;
        let mut labels: Vec<(N, usize)> = Vec::new();
        match owner {
            Owner::Document => labels.extend(label(first).map(|label| (label, document.len()))),
            Owner::Paragraph => {
                for label in document.iter().filter_map(|&doc| label(doc)) {
                    match labels.iter_mut().find(|(known, _)| *known == label) {
                        Some((_, paragraphs)) => *paragraphs += 1,
                        None => labels.push((label, 1)),
                    }
                }
            }
        }
        for (label, paragraphs) in labels {
            let count = counts.entry(label).or_default();
            count.paragraphs += paragraphs;
            count.documents += 1;
        }
    }
    Ok(counts)
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
        let owner = match facet {
            Facet::Section => Owner::Paragraph,
            _ => Owner::Document,
        };
        counts(answer, facet, |segment, docs| {
            count_names(segment, column, owner, docs, name)
        })
    };
    let mut facets = Facets::default();
    for request in requests {
        match request.field.as_str() {
            "region" => {
                let counts = counts(answer, Facet::Region, |segment, docs| {
                    count_names(segment, "region", Owner::Document, docs, region_path)
                })?;
                facets.region = Some(region_tree(&counts, request.depth));
            }
            "year" => {
                let counts = counts(answer, Facet::Year, count_years)?;
                facets.year = Some(year_values(&counts));
            }
            "section" => facets.section = Some(role_values(&names(Facet::Section, "role")?)),
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
    count: impl Fn(&Segment<'_>, &[DocId]) -> Result<Counts<L>, SearchError> + Sync,
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
