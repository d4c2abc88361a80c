//! What is said of a thing apart from the thing: measures, totals, bare verbs, levels.
//!
//! Comes in: the words of names. Goes out: the part that is asked for. Knows no quantity.

use super::trim::{counted_noun, starts_noun, without_verb};
use crate::lexicon::quantity_words;

/// Whether words are verbs and nothing else: 办结, 竣工投产.
pub(super) fn is_bare_verb(words: &str) -> bool {
    let rest = quantity_words("bare_verb")
        .iter()
        .find_map(|verb| words.strip_prefix(verb));
    rest.is_some_and(|rest| rest.is_empty() || is_bare_verb(rest))
}

/// 雪榕生物项目 of 投资12亿元的雪榕生物项目: the thing that a measure is given of behind it.
pub(super) fn measured_thing<'r>(words: &str, right: &'r str) -> Option<&'r str> {
    let noun = counted_noun(right.trim_start().strip_prefix('的')?);
    let is_measure = ["generic", "measured_by"]
        .iter()
        .any(|kind| quantity_words(kind).contains(&words));
    (is_measure && starts_noun(noun)).then_some(noun)
}

/// 省级 behind 国家级科技企业孵化器: the thing of another level.
pub(super) fn same_level(words: &str, last: Option<&String>) -> Option<String> {
    let levels = quantity_words("level");
    let last = last.filter(|_| levels.contains(&words))?;
    let thing = levels
        .iter()
        .find_map(|level| Some(last.split_once(*level)?.1));
    let thing = thing.map_or_else(|| without_verb(last), str::to_owned);
    Some(format!("{words}{thing}"))
}

/// A thing without what was said of all of it before: 企业总量.
pub(super) fn without_generic(subject: &str) -> &str {
    let generic = quantity_words("generic").iter();
    generic
        .filter_map(|word| subject.strip_suffix(word))
        .find(|thing| !thing.is_empty())
        .unwrap_or(subject)
}

/// A thing without what was measured of it before: 粮食播种面积.
pub(super) fn without_measure(subject: &str) -> String {
    let thing = without_verb(subject);
    let measure = quantity_words("measured_by")
        .iter()
        .find(|word| thing.ends_with(**word));
    measure.map_or(thing.clone(), |word| {
        thing[..thing.len() - word.len()].to_owned()
    })
}
