//! Where some units stand side by side in a text: the literal truth that the index only finds
//! candidates for.

use std::ops::Range;

use crate::text::{Form, Unit, each_unit};

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

/// Whether `forms` stand side by side somewhere in a text. D. Knuth, J. Morris, V. Pratt, Fast Pattern
/// Matching in Strings, 1977.
pub(super) fn stands(forms: &[Form], text: &str) -> bool {
    let goes_on = |forms: &[Form], borders: &[usize], mut length: usize, next: &Form| {
        while length > 0 && forms[length] != *next {
            length = borders[length - 1];
        }
        length + usize::from(forms[length] == *next)
    };
    // Of each beginning of the run, how much of its own beginning it ends in.
    let mut borders = vec![0];
    for next in forms.iter().skip(1) {
        let last = borders[borders.len() - 1];
        borders.push(goes_on(forms, &borders, last, next));
    }
    let mut length = 0;
    !forms.is_empty()
        && each_unit(text).any(|unit| {
            length = goes_on(forms, &borders, length, &unit.form);
            length == forms.len()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::units;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_run_stands_where_it_occurs(text in "[天一，1。 ]{0,20}", run in "[天一，1。]{0,5}") {
            let forms: Vec<Form> = units(&run).into_iter().map(|unit| unit.form).collect();
            let occurs = occurrences(&units(&text), &forms).next().is_some();
            prop_assert_eq!(stands(&forms, &text), occurs);
        }
    }

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
