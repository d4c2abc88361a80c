//! How strongly two counts belong together: the measures behind collocates and keyness.
//!
//! Comes in: counts. Goes out: a number each. Every formula names its source; a count of nothing
//! gives a finite number, never NaN.

/// A two by two table of counts: how often a word stands in a part and in the rest.
///
/// For collocates the part is the windows around the term; for keyness it is the documents asked
/// for. The rest is the rest of the corpus, not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contingency {
    /// The word in the part: O11.
    pub inside: u64,
    /// All words of the part: R1.
    pub part: u64,
    /// The word in the rest: O21.
    pub outside: u64,
    /// All words of the rest: R2.
    pub rest: u64,
}

impl Contingency {
    /// How often the word would stand in the part if the part were nothing special.
    pub fn expected(&self) -> f64 {
        let all = as_f64(self.part) + as_f64(self.rest);
        if all == 0.0 {
            return 0.0;
        }
        as_f64(self.part) * (as_f64(self.inside) + as_f64(self.outside)) / all
    }

    /// Log-likelihood (G²) over all four cells, negative where the word stands in the part less
    /// often than expected.
    ///
    /// T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational
    /// Linguistics 19(1), 1993; in the form `2 Σ O ln(O/E)` of S. Evert, Corpora and Collocations,
    /// 2008, section 5.
    pub fn log_likelihood(&self) -> f64 {
        let cells = [
            as_f64(self.inside),
            as_f64(self.part - self.inside),
            as_f64(self.outside),
            as_f64(self.rest - self.outside),
        ];
        let rows = [as_f64(self.part), as_f64(self.rest)];
        let columns = [cells[0] + cells[2], cells[1] + cells[3]];
        let all = rows[0] + rows[1];
        let mut sum = 0.0;
        for (place, &observed) in cells.iter().enumerate() {
            if observed > 0.0 {
                let expected = rows[place / 2] * columns[place % 2] / all;
                sum += observed * (observed / expected).ln();
            }
        }
        // Rounding may leave a little less than nothing.
        let likelihood = (2.0 * sum).max(0.0);
        if cells[0] < self.expected() {
            -likelihood
        } else {
            likelihood
        }
    }

    /// Log ratio: the binary logarithm of how many times more frequent the word is in the part.
    /// A count of nothing is taken as half an occurrence.
    ///
    /// A. Hardie, Log Ratio: an informal introduction, ESRC Centre for Corpus Approaches to Social
    /// Science, Lancaster, 2014.
    pub fn log_ratio(&self) -> f64 {
        if self.part == 0 || self.rest == 0 {
            return 0.0;
        }
        let or_half = |count: u64| if count == 0 { 0.5 } else { as_f64(count) };
        let inside = or_half(self.inside) / as_f64(self.part);
        let outside = or_half(self.outside) / as_f64(self.rest);
        (inside / outside).log2()
    }

    /// %DIFF: by how many percent the word is more frequent in the part; `None` where it does not
    /// stand in the rest at all.
    ///
    /// C. Gabrielatos and A. Marchi, Keyness: Matching metrics to definitions, Corpus Linguistics
    /// in the South 1, Portsmouth, 2011.
    pub fn percent_difference(&self) -> Option<f64> {
        if self.part == 0 || self.outside == 0 {
            return None;
        }
        let inside = as_f64(self.inside) / as_f64(self.part);
        let outside = as_f64(self.outside) / as_f64(self.rest);
        Some((inside - outside) * 100.0 / outside)
    }
}

/// logDice: how exclusively two words keep company, at most 14, whatever the size of the corpus.
/// One less is half as exclusive.
///
/// P. Rychlý, A Lexicographer-Friendly Association Score, RASLAN 2008, pp. 6–9.
pub fn log_dice(together: u64, first: u64, second: u64) -> f64 {
    if together == 0 || first + second == 0 {
        return f64::NEG_INFINITY;
    }
    14.0 + (2.0 * as_f64(together) / (as_f64(first) + as_f64(second))).log2()
}

/// A count as a number to calculate with.
pub(super) fn as_f64(count: u64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "no corpus has 2^53 words, below which every count is exact"
    )]
    let number = count as f64;
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 0.005
    }

    #[test]
    fn log_likelihood_is_the_sum_over_four_cells_written_out() {
        let table = Contingency {
            inside: 30,
            part: 86,
            outside: 347,
            rest: 123_803,
        };
        let by_hand = 2.0
            * (30.0 * (30.0_f64 / (86.0 * 377.0 / 123_889.0)).ln()
                + 56.0 * (56.0_f64 / (86.0 * 123_512.0 / 123_889.0)).ln()
                + 347.0 * (347.0_f64 / (123_803.0 * 377.0 / 123_889.0)).ln()
                + 123_456.0 * (123_456.0_f64 / (123_803.0 * 123_512.0 / 123_889.0)).ln());
        assert!(near(table.log_likelihood(), by_hand));
        assert!(near(table.expected(), 0.2617));
    }

    #[test]
    fn what_is_rarer_than_expected_has_a_negative_likelihood() {
        let table = Contingency {
            inside: 1,
            part: 1000,
            outside: 500,
            rest: 1000,
        };
        assert!(table.log_likelihood() < -100.0);
        assert!(near(table.log_ratio(), -8.9658));
        assert!(near(table.percent_difference().unwrap(), -99.8));
    }

    #[test]
    fn a_word_spread_evenly_is_nothing_special() {
        let table = Contingency {
            inside: 5,
            part: 100,
            outside: 50,
            rest: 1000,
        };
        assert!(near(table.log_likelihood(), 0.0));
        assert!(near(table.log_ratio(), 0.0));
        assert!(near(table.percent_difference().unwrap(), 0.0));
    }

    #[test]
    fn counts_of_nothing_give_numbers() {
        let empty = Contingency {
            inside: 0,
            part: 0,
            outside: 0,
            rest: 0,
        };
        assert_eq!(empty.log_likelihood(), 0.0);
        assert_eq!(empty.log_ratio(), 0.0);
        assert_eq!(empty.percent_difference(), None);
        assert_eq!(log_dice(0, 0, 0), f64::NEG_INFINITY);
        assert!(near(log_dice(8, 8, 8), 14.0));
        assert!(near(log_dice(4, 8, 8), 13.0));
    }
}
