//! Lines of mixed Han and Latin text broken at the width of the page.
//!
//! A Han character is two columns wide. A line never begins with a closing mark (。，）) and never
//! ends with an opening one (（“《); Latin words and numbers stay whole where they fit a line.

use std::iter;

use unicode_width::UnicodeWidthChar;

use super::ink::{Ink, Span, paint};
use super::page::{Colour, Page};

/// Marks that may not begin a line.
const CLOSING: &str = "，。、；：！？）】》〉」』〕］％…—,.;:!?)]}%”’·";
/// Marks that may not end a line.
const OPENING: &str = "（【《〈「『〔［“‘([{";

/// Columns before the first and before every further line of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margin {
    pub(super) first: usize,
    pub(super) rest: usize,
}

impl Margin {
    /// The same columns before every line.
    pub(super) fn all(columns: usize) -> Self {
        Self {
            first: columns,
            rest: columns,
        }
    }
}

/// Writes the spans as one paragraph and a line end.
pub(super) fn fill(spans: &[Span], margin: Margin, page: &Page, out: &mut String) {
    if page.width.is_none() && page.colour == Colour::Plain {
        let line: String = spans.iter().map(|span| span.text.as_str()).collect();
        out.extend(iter::repeat_n(' ', margin.first));
        out.push_str(line.trim_end());
        out.push('\n');
        return;
    }
    let characters: Vec<(char, Ink)> = spans
        .iter()
        .flat_map(|span| span.text.chars().map(|character| (character, span.ink)))
        .collect();
    let mut indent = margin.first;
    let mut rest = &characters[..];
    loop {
        let columns = page.width.map(|width| width.saturating_sub(indent).max(2));
        let end = columns.map_or(rest.len(), |columns| line_end(rest, columns));
        out.extend(iter::repeat_n(' ', indent));
        write_line(trim_end(&rest[..end]), page, out);
        out.push('\n');
        rest = trim_start(&rest[end..]);
        if rest.is_empty() {
            break;
        }
        indent = margin.rest;
    }
}

/// How many characters fill one line: to the last place that may be broken, or, where there is
/// none, to the last that fits.
fn line_end(characters: &[(char, Ink)], columns: usize) -> usize {
    let mut used = 0;
    let mut breakable = 0;
    for (place, &(character, _)) in characters.iter().enumerate() {
        if place > 0 && may_break(characters[place - 1].0, character) {
            breakable = place;
        }
        used += character.width().unwrap_or(0);
        if used > columns && !character.is_whitespace() {
            return if breakable > 0 {
                breakable
            } else {
                place.max(1)
            };
        }
    }
    characters.len()
}

/// Whether a line may end after `before` and go on with `after`.
fn may_break(before: char, after: char) -> bool {
    if before.is_whitespace() || after.is_whitespace() {
        return before.is_whitespace() && !after.is_whitespace();
    }
    let wide = |character: char| character.width() == Some(2);
    (wide(before) || wide(after))
        && after.width() != Some(0)
        && !CLOSING.contains(after)
        && !OPENING.contains(before)
}

/// Paints runs of one ink at a time.
fn write_line(characters: &[(char, Ink)], page: &Page, out: &mut String) {
    for run in characters.chunk_by(|a, b| a.1 == b.1) {
        let text: String = run.iter().map(|&(character, _)| character).collect();
        paint(&text, run[0].1, page.colour, out);
    }
}

fn trim_end(characters: &[(char, Ink)]) -> &[(char, Ink)] {
    let kept = characters
        .iter()
        .rposition(|(character, _)| !character.is_whitespace());
    &characters[..kept.map_or(0, |place| place + 1)]
}

fn trim_start(characters: &[(char, Ink)]) -> &[(char, Ink)] {
    let first = characters
        .iter()
        .position(|(character, _)| !character.is_whitespace());
    &characters[first.unwrap_or(characters.len())..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn wrapped(text: &str, width: usize) -> String {
        let page = Page {
            width: Some(width),
            ..Page::plain()
        };
        let mut out = String::new();
        fill(
            &[Span::new(Ink::Plain, text)],
            Margin { first: 0, rest: 2 },
            &page,
            &mut out,
        );
        out
    }

    #[test]
    fn a_han_character_takes_two_columns() {
        assert_eq!(wrapped("数字政府建设", 8), "数字政府\n  建设\n");
        assert_eq!(wrapped("数字政府建设", 9), "数字政府\n  建设\n");
    }

    #[test]
    fn no_line_begins_with_a_full_stop_or_ends_with_an_opening_mark() {
        assert_eq!(wrapped("数字政府。建设", 8), "数字政\n  府。建\n  设\n");
        assert_eq!(wrapped("推进“放管服”", 6), "推进\n  “放\n  管\n  服”\n");
    }

    #[test]
    fn numbers_and_latin_words_stay_whole() {
        assert_eq!(wrapped("全市12345热线", 8), "全市\n  12345\n  热线\n");
    }

    #[test]
    fn a_page_without_width_is_never_wrapped() {
        let mut out = String::new();
        let text = "办".repeat(500);
        fill(
            &[Span::new(Ink::Plain, &text)],
            Margin::all(2),
            &Page::plain(),
            &mut out,
        );
        assert_eq!(out, format!("  {text}\n"));
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_but_space_and_keeps_to_the_width(
            text in "[办理，。（）“”a-z0-9 ]{0,60}", width in 6usize..40,
        ) {
            let out = wrapped(&text, width);
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(solid(&out), solid(&text));
            // A run of marks that may not be parted can be wider than a page of a few columns.
            if width > 20 {
                prop_assert!(out.lines().all(|line| line.width() <= width), "{}", out);
            }
        }
    }
}
