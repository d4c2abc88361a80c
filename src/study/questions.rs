//! The questions themselves: each asks the corpus for what it needs and hands it to the part of
//! `study` that knows.
//!
//! Comes in: a [`Corpus`] and what is asked for. Goes out: the values that `render` writes.

use std::collections::BTreeMap;

use crate::lexicon::{Family, families_of};
use crate::search::SearchError;

use super::claims::{Claim, claim_cues, claims, verify};
use super::corpus::Corpus;
use super::coverage::{Coverage, coverage};
use super::evidence::{Evidence, evidence};
use super::level::Rollup;
use super::links::{Link, link_cues, links};
use super::references::{Reference, references};
use super::timeline::{Timeline, timeline};
use super::trend::{Trend, trend};

/// The labels of a term: itself, and every other label of its reform families.
///
/// ```
/// use xianli::lexicon::families;
/// use xianli::study::labels_of;
/// assert!(labels_of("免申即享", &families()).contains(&"免申即办".to_owned()));
/// assert_eq!(labels_of("免申即享", &[]), ["免申即享"]);
/// ```
pub fn labels_of(term: &str, families: &[Family]) -> Vec<String> {
    let mut labels = vec![term.to_owned()];
    for family in families_of(families, term) {
        for label in &family.labels {
            if !labels.contains(label) {
                labels.push(label.clone());
            }
        }
    }
    labels
}

/// The adoption timeline of the reform that `labels` name.
///
/// # Errors
/// When the index is damaged.
pub fn ask_timeline(
    corpus: &Corpus<'_>,
    labels: &[String],
    rollup: Rollup,
) -> Result<Timeline, SearchError> {
    let found = ask_evidence(corpus, labels)?;
    Ok(timeline(labels, found, &corpus.documents()?, rollup))
}

/// What the corpus has, by place and year.
///
/// # Errors
/// When the index is damaged.
pub fn ask_coverage(corpus: &Corpus<'_>, rollup: Rollup) -> Result<Coverage, SearchError> {
    Ok(coverage(&corpus.documents()?, rollup))
}

/// The trend of several terms, each with its labels.
///
/// # Errors
/// When the index is damaged.
pub fn ask_trend(
    corpus: &Corpus<'_>,
    terms: Vec<(String, Vec<String>)>,
    rollup: Rollup,
) -> Result<Trend, SearchError> {
    let mut found = Vec::with_capacity(terms.len());
    for (term, labels) in terms {
        let pieces = ask_evidence(corpus, &labels)?;
        found.push((term, pieces));
    }
    Ok(trend(found, &corpus.documents()?, rollup))
}

/// Who learned from whom.
///
/// # Errors
/// When the index is damaged.
pub fn ask_links(corpus: &Corpus<'_>) -> Result<Vec<Link>, SearchError> {
    let cues: Vec<&str> = link_cues().collect();
    let mut found = links(&corpus.naming(&cues)?);
    found.sort_by_key(|link| link.year.unwrap_or(i32::MAX));
    Ok(found)
}

/// What the documents rest on.
///
/// # Errors
/// When the index is damaged.
pub fn ask_references(corpus: &Corpus<'_>) -> Result<Vec<Reference>, SearchError> {
    Ok(references(&corpus.paragraphs()?))
}

/// The claims to be first, each held against all that the index has, whatever the filters.
///
/// # Errors
/// When the index is damaged.
pub fn ask_claims(corpus: &Corpus<'_>, families: &[Family]) -> Result<Vec<Claim>, SearchError> {
    let cues: Vec<&str> = claim_cues().collect();
    let mut found = claims(&corpus.naming(&cues)?, families);
    let everything = corpus.unfiltered();
    let covered = ask_coverage(&everything, Rollup::Own)?;
    let mut known: BTreeMap<Vec<String>, Vec<Evidence>> = BTreeMap::new();
    for claim in &mut found {
        let labels = match &claim.subject {
            Some(subject) if claim.scope.is_some() => labels_of(subject, families),
            _ => Vec::new(),
        };
        if !known.contains_key(&labels) {
            let pieces = ask_evidence(&everything, &labels)?;
            known.insert(labels.clone(), pieces);
        }
        verify(claim, &known[&labels], &covered);
    }
    found.sort_by_key(|claim| claim.year.unwrap_or(i32::MAX));
    Ok(found)
}

fn ask_evidence(corpus: &Corpus<'_>, labels: &[String]) -> Result<Vec<Evidence>, SearchError> {
    Ok(evidence(&corpus.naming(labels)?, labels))
}
