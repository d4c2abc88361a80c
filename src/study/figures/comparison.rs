//! The words that bound a number: 近, 超, 余, 以上, 不少于.
//!
//! Comes in: a quantity and the sentence it stands in. Goes out: the quantity with its bound, its
//! words of comparison inside its range.

use super::amount::{Amount, Bound};
use super::quantity::{Class, Quantity};
use crate::lexicon::quantity_words;

/// The quantity with the words of comparison before it (not before byte `from`) and behind it.
pub(super) fn with_comparison(sentence: &str, mut quantity: Quantity, from: usize) -> Quantity {
    const BEFORE: [(&str, Bound); 4] = [
        ("at_least_before", Bound::AtLeast),
        ("at_most_before", Bound::AtMost),
        ("about_before", Bound::About),
        ("nearly_before", Bound::Nearly),
    ];
    const AFTER: [(&str, Bound); 3] = [
        ("at_least_after", Bound::AtLeast),
        ("at_most_after", Bound::AtMost),
        ("about_after", Bound::About),
    ];
    let before = &sentence[from..quantity.range.start];
    let found = BEFORE
        .iter()
        .filter_map(|(kind, bound)| {
            let word = quantity_words(kind)
                .iter()
                .find(|word| ends_with_bound(before, word))?;
            Some((*word, *bound))
        })
        .max_by_key(|(word, _)| word.len());
    if let Some((word, bound)) = found {
        quantity.range.start -= word.len();
        quantity.bounded(word, bound, Where::Before);
    }
    let after = &sentence[quantity.range.end..];
    let is_inside =
        quantity.class == Class::Duration && after.starts_with('内') && !after.starts_with("内部");
    let found = AFTER
        .iter()
        .filter_map(|(kind, bound)| {
            let word = quantity_words(kind)
                .iter()
                .find(|word| after.starts_with(**word))?;
            Some((*word, *bound))
        })
        .max_by_key(|(word, _)| word.len());
    let found = found.or(is_inside.then_some(("内", Bound::AtMost)));
    if let Some((word, bound)) = found {
        quantity.range.end += word.len();
        quantity.bounded(word, bound, Where::Behind);
    }
    quantity
}

/// Whether a word of comparison ends a text and is not the end of another word (节约, 附近).
fn ends_with_bound(text: &str, word: &str) -> bool {
    let others = quantity_words("not_bound");
    text.ends_with(word)
        && !others
            .iter()
            .any(|other| other.ends_with(word) && text.ends_with(other))
}

/// On which side of a number a word stands.
#[derive(Clone, Copy)]
enum Where {
    Before,
    Behind,
}

impl Quantity {
    fn bounded(&mut self, word: &str, bound: Bound, place: Where) {
        // A range keeps its ends, and 余 of 近100余项 is no more than 近 says.
        if self.amount.bound != Bound::Between {
            self.amount = Amount::new(self.amount.value, bound);
        }
        match place {
            Where::Before => self.comparison.insert_str(0, word),
            Where::Behind => self.comparison.push_str(word),
        }
    }
}
