//! Tokens that must follow each other.

use tantivy::DocId;

use super::docs::Docs;
use super::error::SearchError;
use super::postings::Found;

/// How many tokens of a long run are looked up, the rarest; the rest is left to whoever reads the
/// text.
pub(super) const MOST_PAIRS: usize = 64;

/// The paragraphs in which tokens stand that far from a common start; where `within` is given, only
/// those of it.
pub(super) fn side_by_side(
    mut tokens: Vec<(Found<'_>, u32)>,
    within: Option<&Docs>,
) -> Result<Vec<DocId>, SearchError> {
    tokens.sort_by_key(|(found, _)| found.info.doc_freq);
    tokens.truncate(MOST_PAIRS);
    let mut docs: Option<Docs> = None;
    for (found, _) in &tokens {
        let shared = found.docs_within(docs.as_ref().or(within))?;
        docs = Some(Docs::List(shared));
    }
    let mut docs = docs.unwrap_or_default().into_list();
    if tokens.len() < 2 {
        return Ok(docs);
    }
    let mut starts: Option<Vec<(DocId, u32)>> = None;
    for (found, offset) in &tokens {
        let kept = match &starts {
            None => starts_of(found, *offset, &docs)?,
            Some(starts) => followed(starts, found, *offset, &docs)?,
        };
        docs.clear();
        docs.extend(kept.iter().map(|&(doc, _)| doc));
        docs.dedup();
        starts = Some(kept);
    }
    Ok(docs)
}

/// Where runs could start in some paragraphs, of which a token stands so far behind the start.
fn starts_of(
    found: &Found<'_>,
    offset: u32,
    docs: &[DocId],
) -> Result<Vec<(DocId, u32)>, SearchError> {
    let mut starts = Vec::with_capacity(docs.len());
    found.positions(docs, |doc, positions| {
        let starting = positions.iter().filter_map(|at| at.checked_sub(offset));
        starts.extend(starting.map(|start| (doc, start)));
    })?;
    Ok(starts)
}

/// Those of some starts that a token stands so far behind; `docs` are their paragraphs.
fn followed(
    starts: &[(DocId, u32)],
    found: &Found<'_>,
    offset: u32,
    docs: &[DocId],
) -> Result<Vec<(DocId, u32)>, SearchError> {
    let mut kept = Vec::with_capacity(starts.len());
    let mut rest = starts;
    found.positions(docs, |doc, mut positions| {
        while let Some((&(_, start), behind)) = rest.split_first().filter(|(of, _)| of.0 == doc) {
            rest = behind;
            let wanted = start + offset;
            positions = &positions[positions.partition_point(|&at| at < wanted)..];
            if positions.first() == Some(&wanted) {
                kept.push((doc, start));
            }
        }
    })?;
    Ok(kept)
}
