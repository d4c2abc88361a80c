//! Words that a question does not have and its best documents do.
//!
//! People ask in other words than officials write. The best documents of a long question usually
//! speak of its matter, so their words help to find others (J. Rocchio, Relevance feedback in
//! information retrieval, 1971; V. Lavrenko, W. B. Croft, Relevance-based language models, 2001).
//! They change the order of partial matches of whole documents only: no count, no highlight, no
//! closer tier.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::documents::best_documents;
use super::error::SearchError;
use super::request::Sort;
use super::score::{View, Weighted};
use crate::tokenize::Cutter;

/// How many of the best documents are read, of each its best paragraph.
const DOCUMENTS: usize = 5;
/// How many words are taken from them.
const WORDS: usize = 40;

/// The words that tell the best documents of an answer, each weighted by how much it tells.
pub(super) fn related(
    answer: &Answer<'_>,
    weighted: &[Weighted],
    cutter: &Cutter,
) -> Result<Vec<Weighted>, SearchError> {
    let best = best_documents(answer, weighted, Sort::Relevance, DOCUMENTS)?.placed;
    let together: u64 = best.iter().map(|placed| u64::from(placed.rank.score)).sum();
    let mut shares: BTreeMap<String, f64> = BTreeMap::new();
    for placed in &best {
        let text = answer.reader.paragraph(placed.address)?.text;
        let words = cutter.cut_for_search(&text);
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more")]
        let each = f64::from(placed.rank.score) / (together.max(1) as f64 * words.len() as f64);
        for word in words {
            *shares.entry(word.token).or_default() += each;
        }
    }
    let is_new = |token: &str| {
        let known = |asked: &Weighted| asked.view == View::Words && asked.token == token;
        token.chars().nth(1).is_some() && !weighted.iter().any(known)
    };
    shares.retain(|token, _| is_new(token));
    most_telling(answer, shares)
}

fn most_telling(
    answer: &Answer<'_>,
    shares: BTreeMap<String, f64>,
) -> Result<Vec<Weighted>, SearchError> {
    let mut words = Vec::with_capacity(shares.len());
    for (token, share) in shares {
        if let Some(word) = Weighted::of(answer.reader, View::Related, token, 1.0)? {
            words.push((share * f64::from(word.rarity()), word.token));
        }
    }
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    words.truncate(WORDS);
    let most = words.first().map_or(1.0, |(telling, _)| *telling);
    let mut related = Vec::with_capacity(words.len());
    for (telling, token) in words {
        #[expect(clippy::cast_possible_truncation, reason = "a share needs no more")]
        let share = (telling / most) as f32;
        related.extend(Weighted::of(answer.reader, View::Related, token, share)?);
    }
    Ok(related)
}
