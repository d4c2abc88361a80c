//! What one word or phrase of a question asks of a paragraph.
//!
//! Comes in: the characters, as typed. Goes out: the units that must stand side by side, and the
//! terms that a looser tier asks for instead.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::DocId;

use crate::lexicon::{is_function_word, is_question_word};
use crate::text::{Form, Unit, units};
use crate::tokenize::{Cutter, unit_token};

use super::cover::Cover;
use super::docs::Docs;
use super::phrase::MOST_PAIRS;
use super::segment::{Place, Segment};

/// How many characters a `*` may stand for.
pub(super) const LONGEST_GAP: u32 = 10;

/// One word or phrase of a question.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// As typed.
    pub(super) text: String,
    /// Where it must stand; `None` for anywhere.
    pub(super) place: Option<Place>,
    /// How its parts stand to each other.
    pub(super) shape: Shape,
    /// What must stand there literally: one run, or the parts of a wildcard or a neighbourhood.
    pub(super) parts: Vec<Run>,
    /// What a looser tier asks for; empty where every tier is literal.
    pub(super) terms: Vec<Run>,
    /// Whether it must not stand there.
    pub(super) excluded: bool,
    /// Whether a person asks in whole sentences: it has a word like 吗 or 怎么办.
    pub(super) asks: bool,
    /// Where it stands, where that had to be read: several tiers ask for it.
    pub(super) read: Read,
}

/// The paragraphs of each part of the index in whose text a leaf stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Read(Arc<Mutex<ByPart>>);

/// By the segment of a part, its start and its end.
type ByPart = BTreeMap<(u32, DocId, DocId), Docs>;

impl Read {
    pub(super) fn of(&self, part: &Segment<'_>) -> Option<Docs> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&Self::key(part)).cloned()
    }

    fn key(part: &Segment<'_>) -> (u32, DocId, DocId) {
        let Range { start, end } = part.docs();
        (part.ordinal, start, end)
    }

    pub(super) fn keep(&self, part: &Segment<'_>, docs: &Docs) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(Self::key(part), docs.clone());
    }
}

/// How the parts of a leaf stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One run of units.
    Run,
    /// Parts in order, at most [`LONGEST_GAP`] characters between two.
    Gaps,
    /// Parts in any order, at most so many characters between two neighbours.
    Near(u32),
}

/// Units that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) forms: Vec<Form>,
    /// The index token of each unit.
    pub(super) tokens: Vec<String>,
}

impl Run {
    pub(super) fn of(text: &str) -> Self {
        Self::from_units(&units(text))
    }

    /// Whether the index alone does not tell where it stands in a place: it is very long, or has a
    /// unit that is alone beside a mark.
    pub(super) fn must_be_read(&self, place: Place) -> bool {
        let in_text = place == Place::Text;
        if self.forms.len() <= MOST_PAIRS && !(in_text && self.has_mark()) {
            return false;
        }
        let cover = match in_text {
            true => Cover::of_text(&self.forms),
            false => Cover::of_short(&self.forms),
        };
        cover.tokens.len() > MOST_PAIRS || (self.forms.len() > 1 && !cover.loose.is_empty())
    }

    fn has_mark(&self) -> bool {
        self.forms.iter().any(Form::is_mark)
    }

    fn from_units(units: &[Unit]) -> Self {
        Self {
            forms: units.iter().map(|unit| unit.form.clone()).collect(),
            tokens: units.iter().map(unit_token).collect(),
        }
    }
}

impl Leaf {
    /// A word as typed: literal in the first tier, its terms in the second.
    pub(super) fn term(text: &str, cutter: &Cutter) -> Self {
        Self {
            terms: terms(text, cutter),
            asks: cutter
                .cut(text)
                .iter()
                .any(|word| is_question_word(&word.token)),
            ..Self::phrase(text)
        }
    }

    /// A phrase: literal in every tier.
    pub(super) fn phrase(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            place: None,
            shape: Shape::Run,
            parts: vec![Run::of(text)],
            terms: Vec::new(),
            excluded: false,
            asks: false,
            read: Read::default(),
        }
    }

    /// `"A B"~N`.
    pub(super) fn near(text: &str, slop: u32) -> Self {
        Self {
            shape: Shape::Near(slop),
            parts: text.split_whitespace().map(Run::of).collect(),
            ..Self::phrase(text)
        }
    }

    /// `A*B`.
    pub(super) fn wildcard(text: &str) -> Self {
        Self {
            shape: Shape::Gaps,
            parts: text.split('*').map(Run::of).collect(),
            ..Self::phrase(text)
        }
    }

    /// Whether it asks for a text and for no place of it.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text && self.shape == Shape::Run && self.place.is_none() && !self.excluded
    }

    /// What the second tier asks for: the terms, or the literal parts where there are none.
    pub(super) fn loose(&self) -> &[Run] {
        if self.terms.is_empty() {
            &self.parts
        } else {
            &self.terms
        }
    }

    /// Whether every tier asks for it as it is.
    pub(super) fn is_required(&self) -> bool {
        self.terms.is_empty() || self.place.is_some()
    }
}

/// The words of a text without those that only hold a sentence together, or all of them where
/// there are no others; single characters that stand side by side stay together.
fn terms(text: &str, cutter: &Cutter) -> Vec<Run> {
    let units = units(text);
    let words: Vec<(Range<usize>, bool)> = cutter
        .cut(text)
        .into_iter()
        .map(|word| {
            let place = |byte| units.partition_point(|unit| unit.range.start < byte);
            let places = place(word.range.start)..place(word.range.end);
            (places, is_function_word(&word.token))
        })
        .filter(|(places, _)| !places.is_empty())
        .collect();
    let has_content = words.iter().any(|(_, is_function)| !is_function);
    let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
    for (places, is_function) in words {
        if is_function && has_content {
            continue;
        }
        let single = places.len() == 1;
        match runs.last_mut() {
            Some((run, true)) if single && run.end == places.start => run.end = places.end,
            _ => runs.push((places, single)),
        }
    }
    let mut terms: Vec<Run> = Vec::new();
    for (places, _) in runs {
        let run = Run::from_units(&units[places]);
        if !terms.contains(&run) {
            terms.push(run);
        }
    }
    terms
}
#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let leaf = Leaf::term(text, &Cutter::default());
        leaf.terms.iter().map(|run| run.tokens.concat()).collect()
    }

    #[test]
    fn terms_are_words_and_runs_of_single_characters_without_function_words() {
        assert_eq!(tokens("数字政府建设"), ["数字", "政府", "建设"]);
        assert_eq!(tokens("补贴是怎么发放的"), ["补贴", "发放"]);
        assert_eq!(tokens("2021年、67号"), ["2021年", "67号"]);
        assert_eq!(tokens("如何"), ["如何"]);
    }
}
