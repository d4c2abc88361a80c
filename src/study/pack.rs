//! Everything that one question about one reform gives, in one value: the evidence pack.
//!
//! Comes in: a corpus, a term and its labels. Goes out: a [`Pack`] that depends on nothing but the
//! documents, the question and the version of the program; no clock, no path of the index.

use serde::Serialize;

use crate::document::Metadata;
use crate::search::SearchError;

use super::citation::{Citation, citation};
use super::corpus::Corpus;
use super::coverage::{Coverage, PanelRow, coverage};
use super::evidence::{Evidence, evidence};
use super::level::Rollup;
use super::timeline::{Timeline, timeline};
use super::trend::{Trend, trend};

/// All that is known of one reform under some filters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pack {
    /// The term that was asked for.
    pub term: String,
    /// The filters in words, as the one who asked wrote them.
    pub filters: String,
    /// What identifies the documents under the filters: the same documents, the same fingerprint.
    pub corpus: String,
    /// The version of the program.
    pub version: &'static str,
    /// The adoption timeline.
    pub timeline: Timeline,
    /// What the corpus has.
    pub coverage: Coverage,
    /// The risk set.
    pub panel: Vec<PanelRow>,
    /// The trend.
    pub trend: Trend,
    /// Every piece of evidence, by year.
    pub evidence: Vec<Evidence>,
    /// The documents of the evidence, as sources to cite, in the order of their first evidence.
    pub sources: Vec<Citation>,
}

/// Collects the evidence pack of a term.
///
/// # Errors
/// When the index is damaged.
pub fn ask_pack(
    corpus: &Corpus<'_>,
    term: &str,
    labels: &[String],
    rollup: Rollup,
    filters: String,
) -> Result<Pack, SearchError> {
    let documents = corpus.documents()?;
    let mut pieces = evidence(&corpus.naming(labels)?, labels);
    pieces.sort_by_key(|piece| piece.year.unwrap_or(i32::MAX));
    let timeline = timeline(labels, pieces.clone(), &documents, rollup);
    let coverage = coverage(&documents, rollup);
    Ok(Pack {
        term: term.to_owned(),
        filters,
        corpus: fingerprint(&documents),
        version: env!("CARGO_PKG_VERSION"),
        panel: coverage.panel(&timeline),
        trend: trend(vec![(term.to_owned(), pieces.clone())], &documents, rollup),
        sources: sources(&pieces, &documents),
        timeline,
        coverage,
        evidence: pieces,
    })
}

/// What identifies a set of documents: a hash of their ids, which are hashes of their texts.
pub fn fingerprint(documents: &[Metadata]) -> String {
    let mut ids: Vec<&str> = documents
        .iter()
        .map(|document| document.id.as_str())
        .collect();
    ids.sort_unstable();
    let hash = blake3::hash(ids.join("\n").as_bytes()).to_hex();
    hash.as_str()[..16].to_owned()
}

fn sources(pieces: &[Evidence], documents: &[Metadata]) -> Vec<Citation> {
    let mut sources: Vec<Citation> = Vec::new();
    for piece in pieces {
        if sources.iter().any(|known| known.id == piece.document.id) {
            continue;
        }
        let document = documents
            .iter()
            .find(|document| document.id == piece.document.id);
        sources.extend(document.map(|document| citation(document, None, None)));
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_depends_on_the_documents_and_not_on_their_order() {
        let document = |id: &str| Metadata {
            id: id.to_owned(),
            ..Metadata::default()
        };
        let (a, b) = (document("a"), document("b"));
        let both = fingerprint(&[a.clone(), b.clone()]);
        assert_eq!(both, fingerprint(&[b, a.clone()]));
        assert_ne!(both, fingerprint(&[a]));
    }
}
