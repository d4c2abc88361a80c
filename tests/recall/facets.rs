//! Facet counts against a plain count of the paragraphs that are left when every filter but the
//! facet's own has been applied.

use std::collections::{BTreeMap, BTreeSet};

use xianli::document::Metadata;
use xianli::index::IndexReader;
use xianli::lexicon::Role;
use xianli::query::{YearRange, parse};
use xianli::search::{
    FacetNode, FacetRequest, FacetValue, Facets, Filters, Match, Request, search,
};
use xianli::tokenize::Cutter;

use super::brute::{Random, holding, paragraphs};
use super::sample;

/// A paragraph with its labels.
struct Labelled {
    id: String,
    document: Metadata,
    role: Option<String>,
}

/// Documents and paragraphs of a value.
type Counts<K> = BTreeMap<K, (usize, usize)>;

fn labelled(index: &IndexReader) -> Vec<Labelled> {
    let mut all = Vec::new();
    for first in index.documents().unwrap() {
        let document = index.document_of(first).unwrap();
        for stored in index.paragraphs_of(&document.id).unwrap() {
            all.push(Labelled {
                id: format!("{}/{}", document.id, stored.ordinal),
                document: document.clone(),
                role: stored.role,
            });
        }
    }
    all
}

fn counted<'l, K: Ord>(
    kept: impl Iterator<Item = &'l Labelled>,
    keys: impl Fn(&Labelled) -> Vec<K>,
) -> Counts<K> {
    let mut found: BTreeMap<K, (BTreeSet<String>, usize)> = BTreeMap::new();
    for paragraph in kept {
        for key in keys(paragraph) {
            let (documents, paragraphs) = found.entry(key).or_default();
            documents.insert(paragraph.document.id.clone());
            *paragraphs += 1;
        }
    }
    let counts = found.into_iter();
    counts
        .map(|(key, (documents, paragraphs))| (key, (documents.len(), paragraphs)))
        .collect()
}

fn flattened(nodes: &[FacetNode], counts: &mut Counts<Vec<String>>) {
    for node in nodes {
        counts.insert(node.path.clone(), (node.documents, node.paragraphs));
        flattened(&node.children, counts);
    }
}

fn region_counts(facets: &Facets) -> Counts<Vec<String>> {
    let mut counts = Counts::new();
    flattened(facets.region.as_deref().unwrap(), &mut counts);
    counts
}

fn value_counts<V: Ord>(values: Vec<FacetValue<V>>) -> Counts<V> {
    let values = values.into_iter();
    values
        .map(|value| (value.value, (value.documents, value.paragraphs)))
        .collect()
}

/// Filters drawn at random, of which some are empty.
fn drawn(random: &mut Random, all: &[Labelled]) -> Filters {
    let mut filters = Filters::default();
    let mut some = |of: usize| random.below(of);
    if some(2) == 0 {
        for _ in 0..=some(2) {
            let path = &all[some(all.len())].document.region;
            if !path.is_empty() {
                let depth = 1 + some(path.len());
                filters.regions.push(path[..depth].to_vec());
            }
        }
    }
    if some(2) == 0 {
        let first = 2018 + i32::try_from(some(6)).unwrap();
        filters.years.push(YearRange {
            first: Some(first),
            last: Some(first + i32::try_from(some(3)).unwrap()),
        });
    }
    if some(2) == 0 {
        let role = all[some(all.len())].role.as_deref();
        filters.sections.extend(role.and_then(Role::find));
    }
    filters
}

/// Which facet's own filter is left aside.
#[derive(Clone, Copy, PartialEq)]
enum Own {
    Region,
    Year,
    Section,
}

fn keeps(filters: &Filters, paragraph: &Labelled, own: Own) -> bool {
    let region = &paragraph.document.region;
    let year = paragraph.document.year;
    let in_region = |path: &Vec<String>| region.starts_with(path);
    let in_years = |range: &YearRange| {
        year.is_some_and(|year| {
            range.first.is_none_or(|first| first <= year)
                && range.last.is_none_or(|last| year <= last)
        })
    };
    let has_role = |role: &Role| paragraph.role.as_deref() == Some(role.name());
    (own == Own::Region || filters.regions.is_empty() || filters.regions.iter().any(in_region))
        && (own == Own::Year || filters.years.is_empty() || filters.years.iter().any(in_years))
        && (own == Own::Section
            || filters.sections.is_empty()
            || filters.sections.iter().any(has_role))
}

#[test]
fn facets_count_what_a_plain_count_finds_under_two_hundred_draws_of_filters() {
    let index = sample();
    let all = labelled(index);
    let texts = paragraphs(index);
    let mut random = Random(6);
    let words = [
        "办",
        "改革",
        "服务",
        "企业",
        "免申即享",
        "跨省通办",
        "年",
        "政府",
    ];
    for _ in 0..200 {
        let word = words[random.below(words.len())];
        let filters = drawn(&mut random, &all);
        let holding = holding(&texts, word);
        let request = Request {
            filters: filters.clone(),
            matching: Match::Exact,
            limit: 0,
            facets: [("region", Some(3)), ("year", None), ("section", None)]
                .map(|(field, depth)| FacetRequest {
                    field: field.to_owned(),
                    depth,
                })
                .to_vec(),
            ..Request::of(parse(word))
        };
        let facets = search(index, &Cutter::default(), &request)
            .unwrap()
            .facets
            .unwrap();
        let kept = |own| {
            all.iter()
                .filter(|paragraph| holding.contains(paragraph.id.as_str()))
                .filter(move |paragraph| keeps(&request.filters, paragraph, own))
        };
        let regions = region_counts(&facets);
        let wanted = counted(kept.clone()(Own::Region), |paragraph| {
            let path = &paragraph.document.region;
            (1..=path.len())
                .map(|depth| path[..depth].to_vec())
                .collect()
        });
        assert_eq!(regions, wanted, "{word} {filters:?}");
        let years = value_counts(facets.year.unwrap());
        let wanted = counted(kept.clone()(Own::Year), |paragraph| {
            paragraph.document.year.into_iter().collect()
        });
        assert_eq!(years, wanted, "{word} {filters:?}");
        let sections = value_counts(facets.section.unwrap());
        let wanted = counted(kept(Own::Section), |paragraph| {
            paragraph.role.iter().cloned().collect()
        });
        assert_eq!(sections, wanted, "{word} {filters:?}");
    }
}
