//! Formulas: phrases of party and state that stand in documents of every place and say nothing of
//! any of them, so that sharing them is no sign of copying.

/// The phrases of `formulas.tsv`, without marks, in the order of the table.
///
/// ```
/// use xianli::lexicon::formulas;
/// assert!(formulas().any(|phrase| phrase == "习近平新时代中国特色社会主义思想"));
/// ```
pub fn formulas() -> impl Iterator<Item = &'static str> {
    include_str!("../../index-schema/formulas.tsv")
        .lines()
        .skip(1)
        .filter_map(|row| row.split('\t').next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::variants::simplified;

    #[test]
    fn every_phrase_is_folded_stands_once_and_is_long_enough_to_be_a_phrase() {
        let mut seen = std::collections::BTreeSet::new();
        for phrase in formulas() {
            assert!(phrase.chars().count() >= 4, "{phrase}");
            assert!(phrase.chars().all(|c| simplified(c) == c), "{phrase}");
            assert!(seen.insert(phrase), "{phrase} stands twice");
        }
        assert!(seen.len() > 200);
    }
}
