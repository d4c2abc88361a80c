//! Which tokens of the index tell where some units stand side by side.
//!
//! Comes in: a run of units. Goes out: tokens of pairs, each with its place in the run, that
//! together cover it; and the units that none of them covers.

use crate::text::Form;
use crate::tokenize::{is_pair, joined};

/// Tokens that cover a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cover {
    /// Pairs and marks, each with its place in the run, in order.
    pub(super) tokens: Vec<(u32, String)>,
    /// Units at an end of the run, or between two marks, of which the index tells that they
    /// stand in a text and not where.
    pub(super) loose: Vec<String>,
}

impl Cover {
    /// Of a run in a text, where marks stand for themselves.
    pub(super) fn of_text(forms: &[Form]) -> Self {
        Self::of(forms, is_pair)
    }

    /// Of a run in a short field, where every two neighbours are a pair.
    pub(super) fn of_short(forms: &[Form]) -> Self {
        Self::of(forms, |_, _| true)
    }

    /// Every other pair, and the last of each stretch.
    fn of(forms: &[Form], is_pair: impl Fn(&Form, &Form) -> bool) -> Self {
        let pair = |place: usize| {
            let (first, second) = (forms.get(place)?, forms.get(place + 1)?);
            is_pair(first, second).then(|| joined([first, second]))
        };
        let mut cover = Self::default();
        let mut place = 0;
        while let Some(form) = forms.get(place) {
            let before = place.checked_sub(1);
            if let Some(token) = pair(place) {
                cover.tokens.push((place as u32, token));
                place += 1;
            } else if let Some((before, token)) = before.and_then(|at| Some((at, pair(at)?))) {
                cover.tokens.push((before as u32, token));
            } else if form.is_mark() {
                cover.tokens.push((place as u32, joined([form])));
            } else {
                cover.loose.push(joined([form]));
            }
            place += 1;
        }
        cover
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::units;

    fn cover(text: &str) -> (Vec<(u32, String)>, Vec<String>) {
        let forms: Vec<Form> = units(text).into_iter().map(|unit| unit.form).collect();
        let Cover { tokens, loose } = Cover::of_text(&forms);
        (tokens, loose)
    }

    #[test]
    fn every_other_pair_and_the_last_cover_a_run() {
        let places = |text| {
            let places = cover(text).0.into_iter().map(|(place, _)| place);
            places.collect::<Vec<_>>()
        };
        assert_eq!(places("甲乙"), [0]);
        assert_eq!(places("甲乙丙"), [0, 1]);
        assert_eq!(places("甲乙丙丁"), [0, 2]);
        assert_eq!(places("甲乙丙丁戊己庚"), [0, 2, 4, 5]);
    }

    #[test]
    fn marks_stand_for_themselves_and_what_is_alone_beside_them_is_loose() {
        let tokens = |tokens: &[(u32, &str)]| {
            let tokens = tokens
                .iter()
                .map(|&(place, token)| (place, token.to_owned()));
            tokens.collect::<Vec<_>>()
        };
        let (found, loose) = cover("改革、开放，");
        assert_eq!(
            found,
            tokens(&[(0, "改革"), (2, "、"), (3, "开放"), (5, ",")])
        );
        assert!(loose.is_empty());
        let (found, loose) = cover("一、但：优化");
        assert_eq!(found, tokens(&[(0, "一、"), (3, ":"), (4, "优化")]));
        assert_eq!(loose, ["但"]);
        assert_eq!(cover("，推").1, ["推"]);
    }
}
