//! How rare a shingle is: 1 where only two documents have it, 0 where all have it.

use super::as_ratio;

/// From how many documents on a corpus can tell what is rare.
pub const ENOUGH: usize = 60;

/// So many documents may say the same after one of them without it becoming a formula.
pub const FOLLOWERS: usize = 5;

/// How often shingles stand in the documents of a corpus.
pub trait Frequencies {
    /// How many documents the corpus has.
    fn documents(&self) -> usize;
    /// How many of them have the shingle.
    fn with(&self, shingle: u32) -> usize;

    /// How rare the shingle is.
    fn rarity(&self, shingle: u32) -> f64 {
        rarity(self.with(shingle), self.documents())
    }
}

/// How rare it is that `having` of `documents` say a thing: `ln(N/n) / ln(N/2)`, the inverse
/// document frequency (K. Spärck Jones, A Statistical Interpretation of Term Specificity, Journal of
/// Documentation 28, 1972), scaled so that what only two have counts 1. A corpus of fewer than
/// [`ENOUGH`] documents is too small to know what is common, and counts as if it had so many.
pub fn rarity(having: usize, documents: usize) -> f64 {
    let all = documents.max(ENOUGH);
    let having = having.clamp(2, all);
    as_ratio(all, having).ln() / as_ratio(all, 2).ln()
}

/// What is left of the score of an echo that `saying` of `documents` have, in whatever words: all of
/// it while they are few enough to have followed one of them.
pub fn weight_of_crowd(saying: usize, documents: usize) -> f64 {
    rarity(saying.saturating_sub(FOLLOWERS), documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_have_counts_one_and_what_all_have_counts_nothing() {
        assert_eq!(rarity(2, 100), 1.0);
        assert_eq!(rarity(0, 100), 1.0);
        assert_eq!(rarity(100, 100), 0.0);
        assert!((rarity(20, 200) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_small_corpus_does_not_know_what_is_common() {
        assert_eq!(rarity(2, 2), 1.0);
        assert!(rarity(5, 5) > 0.6);
        assert_eq!(weight_of_crowd(6, 48), 1.0);
        assert!(weight_of_crowd(20, 48) < 0.5);
    }
}
