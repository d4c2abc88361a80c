//! Phrases that a text itself sets apart as names: “免申即享”, 以下简称《条例》.

use std::ops::Range;

use crate::text::is_han;

/// The longest name, in characters.
const LONGEST: usize = 14;

/// A phrase that stands as a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The bytes of the name, without its marks.
    pub(super) range: Range<usize>,
    /// What it is short for, where it was introduced by 以下简称.
    pub(super) short_for: Option<Range<usize>>,
}

/// The names of a folded text, in order.
pub(super) fn names(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut title_depth = 0usize;
    for (at, character) in text.char_indices() {
        match character {
            '《' => title_depth += 1,
            '》' => title_depth = title_depth.saturating_sub(1),
            '“' | '「' | '‘' => {
                let inner = at + character.len_utf8();
                let Some(length) = text[inner..].find(['”', '」', '’']) else {
                    continue;
                };
                let range = inner..inner + length;
                if title_depth == 0 && is_name(&text[range.clone()]) {
                    found.push(Named {
                        short_for: long_form(text, at),
                        range,
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a quoted text is a name and no saying: two characters or more, no sentence mark, at most
/// one pause, and not only numbers.
fn is_name(quoted: &str) -> bool {
    let length = quoted.chars().count();
    let han = quoted.chars().filter(|c| is_han(*c)).count();
    (2..=LONGEST).contains(&length)
        && han >= 2
        && !quoted.contains(['，', '。', '；', '：', '！', '？', ',', ';', '“', '…', '《'])
        && quoted.matches('、').count() <= 1
}

/// The words that a name behind 以下简称 is short for: those before the brackets, up to the last
/// mark.
fn long_form(text: &str, quote: usize) -> Option<Range<usize>> {
    const LONGEST_FORM: usize = 40;
    let before = text[..quote].trim_end_matches([':', '：', ' ']);
    let before = ["以下统称", "以下简称", "下称", "简称为", "简称"]
        .iter()
        .find_map(|word| before.strip_suffix(word))?;
    let end = before.trim_end_matches(['(', '（', ' ', '，', ',']).len();
    let start = text[..end]
        .char_indices()
        .rev()
        .take(LONGEST_FORM)
        .take_while(|(_, c)| !"，。；：、！？,;:(（“".contains(*c))
        .last()
        .map_or(end, |(at, _)| at);
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&str, Option<&str>)> {
        names(text)
            .into_iter()
            .map(|named| {
                (
                    &text[named.range],
                    named.short_for.map(|range| &text[range]),
                )
            })
            .collect()
    }

    #[test]
    fn names_are_quoted_and_sayings_are_not_names() {
        assert_eq!(
            told(
                "推行“免申即享”和「双随机、一公开」，牢记“江山就是人民，人民就是江山”，“三”，“12345”"
            ),
            [("免申即享", None), ("双随机、一公开", None)]
        );
        assert_eq!(told("落实《关于“一网通办”的通知》，“没有结尾"), []);
    }

    #[test]
    fn a_short_name_knows_its_long_form() {
        assert_eq!(
            told("推进政务服务一次办成一件事改革（以下简称“一件事改革”），"),
            [("一件事改革", Some("推进政务服务一次办成一件事改革"))]
        );
    }
}
