//! Pages of questions and answers: a question is the heading of what answers it.

use super::Item;
use super::outline::Part;
use super::unnumbered::UNNUMBERED_ABOVE;
use crate::read::table::table;

/// A question longer than this, in characters, is no heading.
const LONGEST: usize = 200;

/// Makes headings of the questions of a text that has two at least, most of them answered.
pub(super) fn decide(items: &[Item], parts: &mut [Part]) {
    let is_text = |item: &&(usize, &Item)| item.1.kind.is_none();
    let lines: Vec<(usize, &Item)> = items.iter().enumerate().collect();
    let questions: Vec<usize> = lines
        .iter()
        .filter(is_text)
        .filter(|(_, item)| begins(text_of(item), &table().question))
        .map(|(place, _)| *place)
        .collect();
    let answers = lines
        .iter()
        .filter(is_text)
        .filter(|(_, item)| {
            begins(text_of(item), &table().answer) || answer_in(&item.folded).is_some()
        })
        .count();
    if questions.len() < 2 || answers * 2 < questions.len() {
        return;
    }
    for place in questions {
        let item = &items[place];
        let rest = answer_in(&item.folded).unwrap_or(item.text.len());
        let end = item.text[..rest].trim_end().len();
        if item.text[..end].chars().count() <= LONGEST {
            parts[place] = Part::Heading {
                rank: UNNUMBERED_ABOVE,
                end,
                rest,
            };
        }
    }
}

/// A line without the number that it begins with.
fn text_of(item: &Item) -> &str {
    let start = item.marker.map_or(0, |marker| marker.end);
    item.folded[start..].trim_start()
}

/// Whether a text begins with one of these, and a colon behind it.
fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let rest = text.strip_prefix(word).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with([':', '：']))
    })
}

/// Where the answer to the question of the same line begins.
fn answer_in(line: &str) -> Option<usize> {
    let question = line.find(['？', '?'])?;
    let behind = question + line[question..].chars().next()?.len_utf8();
    let rest = line[behind..].trim_start();
    begins(rest, &table().answer).then(|| line.len() - rest.len())
}
