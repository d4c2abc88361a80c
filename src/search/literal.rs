//! Where some units stand side by side in a text: the literal truth that the index only finds
//! candidates for.

use std::ops::Range;

use crate::text::{Form, Unit};

/// The places where `forms` stand side by side, as ranges of `units`, in order; they may overlap.
pub(super) fn occurrences<'a>(
    units: &'a [Unit],
    forms: &'a [Form],
) -> impl Iterator<Item = Range<usize>> + 'a {
    let length = forms.len();
    let places = 0..(units.len() + 1).saturating_sub(length.max(1));
    places
        .filter(move |&start| {
            length > 0
                && units[start..start + length]
                    .iter()
                    .zip(forms)
                    .all(|(unit, form)| unit.form == *form)
        })
        .map(move |start| start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::units;

    #[test]
    fn every_place_is_found_overlapping_ones_too() {
        let forms = |text: &str| {
            units(text)
                .into_iter()
                .map(|unit| unit.form)
                .collect::<Vec<_>>()
        };
        let text = units("天天天，98.6%");
        let places = |wanted: &str| occurrences(&text, &forms(wanted)).collect::<Vec<_>>();
        assert_eq!(places("天天"), [0..2, 1..3]);
        assert!(places("8.6%").is_empty());
        assert_eq!(places("９８．６％").first(), Some(&(4..6)));
        assert!(places("天天天，98.6%的").is_empty());
        assert!(places("").is_empty());
    }
}
