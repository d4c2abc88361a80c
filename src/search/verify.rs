//! What the index cannot tell is read off the text: gaps, neighbourhoods, very long runs.

use std::ops::Range;

use tantivy::DocAddress;

use super::error::SearchError;
use super::leaf::{LONGEST_GAP, Leaf, Shape};
use super::literal::occurrences;
use super::segment::Place;
use crate::index::IndexReader;
use crate::text::{Unit, units};

/// Whether a leaf stands in a place of a paragraph.
pub(super) fn stands_in(
    leaf: &Leaf,
    place: Place,
    address: DocAddress,
    reader: &IndexReader,
) -> Result<bool, SearchError> {
    let has = |text: &str| !runs(leaf, &units(text)).is_empty();
    if place == Place::Text {
        return Ok(has(&reader.text(address)?));
    }
    let paragraph = reader.paragraph(address)?;
    if place == Place::Headings {
        return Ok(paragraph.headings.iter().any(|heading| has(heading)));
    }
    let document = reader.document_of(address)?;
    let label = match place {
        Place::Issuer => document.issuer,
        Place::Number => document.number,
        _ => Some(document.title),
    };
    Ok(label.is_some_and(|label| has(&label)))
}

/// Where a leaf stands in a text, as ranges of its units, in order: a run as a whole, the parts of
/// a wildcard with what lies between them, the parts of a neighbourhood by themselves.
pub(super) fn runs(leaf: &Leaf, units: &[Unit]) -> Vec<Range<usize>> {
    let parts: Vec<Vec<Range<usize>>> = leaf
        .parts
        .iter()
        .map(|part| occurrences(units, &part.forms).collect())
        .collect();
    match leaf.shape {
        Shape::Run => parts.into_iter().flatten().collect(),
        Shape::Gaps => with_gaps(&parts),
        Shape::Near(slop) => near(&parts, slop as usize),
    }
}

/// From each place of the first part to the nearest place of the last that the gaps allow.
fn with_gaps(parts: &[Vec<Range<usize>>]) -> Vec<Range<usize>> {
    let Some((first, others)) = parts.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for start in first {
        let mut ends = vec![start.end];
        for places in others {
            let follows = |place: &&Range<usize>| {
                let gap = |end: &usize| place.start.checked_sub(*end);
                let near = |gap: usize| gap <= LONGEST_GAP as usize;
                ends.iter().any(|end| gap(end).is_some_and(near))
            };
            ends = places
                .iter()
                .filter(follows)
                .map(|place| place.end)
                .collect();
        }
        found.extend(ends.into_iter().min().map(|end| start.start..end));
    }
    found
}

/// The places of all parts that lie in a window in which every part stands and no two neighbours
/// are further apart than `slop`.
fn near(parts: &[Vec<Range<usize>>], slop: usize) -> Vec<Range<usize>> {
    let mut places: Vec<(Range<usize>, usize)> = Vec::new();
    for (part, found) in parts.iter().enumerate() {
        places.extend(found.iter().map(|place| (place.clone(), part)));
    }
    places.sort_by_key(|(place, part)| (place.start, *part));
    let mut found = Vec::new();
    let mut cluster: Vec<(Range<usize>, usize)> = Vec::new();
    let mut end = 0;
    let close = |cluster: &mut Vec<(Range<usize>, usize)>, found: &mut Vec<Range<usize>>| {
        let has_all = (0..parts.len()).all(|part| cluster.iter().any(|(_, of)| *of == part));
        if has_all {
            found.extend(cluster.iter().map(|(place, _)| place.clone()));
        }
        cluster.clear();
    };
    for (place, part) in places {
        if !cluster.is_empty() && place.start > end + slop {
            close(&mut cluster, &mut found);
        }
        end = end.max(place.end);
        cluster.push((place, part));
    }
    close(&mut cluster, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(leaf: &Leaf, text: &str) -> Vec<String> {
        let units = units(text);
        let bytes = |run: Range<usize>| units[run.start].range.start..units[run.end - 1].range.end;
        let runs = runs(leaf, &units).into_iter();
        runs.map(|run| text[bytes(run)].to_owned()).collect()
    }

    #[test]
    fn a_star_stands_for_a_few_characters_and_the_parts_keep_their_order() {
        let leaf = Leaf::wildcard("跨*通办");
        assert_eq!(
            found(&leaf, "“跨省通办”和跨域通办"),
            ["跨省通办", "跨域通办"]
        );
        assert_eq!(found(&leaf, "通办跨省"), Vec::<String>::new());
        assert_eq!(
            found(&leaf, "跨一二三四五六七八九十多通办"),
            Vec::<String>::new()
        );
        assert_eq!(
            found(&Leaf::wildcard("甲*乙*丙"), "甲乙23456789乙丙"),
            ["甲乙23456789乙丙"]
        );
    }

    #[test]
    fn parts_are_near_in_any_order() {
        let leaf = Leaf::near("医保 报销", 3);
        assert_eq!(found(&leaf, "报销居民医保"), ["报销", "医保"]);
        assert_eq!(found(&leaf, "报销了全市居民的医保"), Vec::<String>::new());
    }
}
