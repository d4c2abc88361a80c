//! Which units of a text are part of a formula or of a title in 《》: shared by everyone, and so no
//! sign that one text was taken from another.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon;

use super::content::Content;

/// The units of every phrase, under their first two, longest first.
static PHRASES: LazyLock<HashMap<[u32; 2], Vec<Vec<u32>>>> = LazyLock::new(|| {
    let mut phrases: HashMap<_, Vec<Vec<u32>>> = HashMap::new();
    for phrase in lexicon::formulas() {
        let codes = Content::of(phrase).codes;
        if let [first, second, ..] = codes[..] {
            phrases.entry([first, second]).or_default().push(codes);
        }
    }
    for same_start in phrases.values_mut() {
        same_start.sort_by_key(|codes| std::cmp::Reverse(codes.len()));
    }
    phrases
});

/// For each unit of `content`, whether it means nothing on its own: part of a phrase of
/// `formulas.tsv`, or of a title between 《 and 》.
pub fn idle_units(text: &str, content: &Content) -> Vec<bool> {
    let mut idle = vec![false; content.len()];
    mark_formulas(&content.codes, &mut idle);
    mark_sessions(text, content, &mut idle);
    mark_titles(text, content, &mut idle);
    idle
}

fn mark_formulas(codes: &[u32], idle: &mut [bool]) {
    let mut at = 0;
    while at + 1 < codes.len() {
        let found = PHRASES
            .get(&[codes[at], codes[at + 1]])
            .and_then(|phrases| {
                phrases
                    .iter()
                    .find(|phrase| codes[at..].starts_with(phrase))
            });
        match found {
            Some(phrase) => {
                idle[at..at + phrase.len()].fill(true);
                at += phrase.len();
            }
            None => at += 1,
        }
    }
}

/// 省委十二届五次全会: which session of which organ is no more telling than a title.
fn mark_sessions(text: &str, content: &Content, idle: &mut [bool]) {
    const ORGANS: [&str; 7] = ["自治区党委", "党委", "省委", "市委", "区委", "县委", "州委"];
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    for (at, _) in text.match_indices("次全会") {
        let before = text[..at].trim_end_matches(is_number);
        let before = before.strip_suffix('届').unwrap_or(before);
        let before = before.trim_end_matches(is_number);
        let organ = ORGANS.iter().find_map(|organ| before.strip_suffix(organ));
        let start = organ.unwrap_or(before).len();
        let end = at + "次全会".len();
        for (range, idle) in content.ranges.iter().zip(idle.iter_mut()) {
            *idle |= start <= range.start && range.end <= end;
        }
    }
}

fn mark_titles(text: &str, content: &Content, idle: &mut [bool]) {
    let mut depth = 0usize;
    let mut unit = 0;
    for (at, character) in text.char_indices() {
        match character {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        while unit < content.len() && content.ranges[unit].start <= at {
            if depth > 0 && content.ranges[unit].start == at {
                idle[unit] = true;
            }
            unit += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let content = Content::of(text);
        let idle = idle_units(text, &content);
        let kept = content.ranges.iter().zip(&idle).filter(|(_, idle)| !**idle);
        kept.map(|(range, _)| &text[range.clone()]).collect()
    }

    #[test]
    fn what_is_left_is_what_the_text_says_itself() {
        assert_eq!(
            told("我局坚持以習近平新時代中國特色社會主義思想為指導，推行免证办。"),
            "我局推行免证办"
        );
        assert_eq!(
            told("落实《法治政府建设实施纲要(2021-2025年)》和《论<坚持>》要求，办结率98.6%"),
            "落实和要求办结率98.6"
        );
        assert_eq!(
            told("认真落实省委十二届五次全会和市委六届七次全会部署"),
            "认真落实和部署"
        );
    }

    #[test]
    fn a_title_that_never_ends_hides_the_rest_of_its_line_only() {
        assert_eq!(told("见《办法"), "见");
        assert_eq!(told("》推行免证办"), "推行免证办");
    }
}
