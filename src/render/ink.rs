//! Pieces of text with the part that they play on the page, and how each part is painted.

use anstyle::{AnsiColor, Style};

use super::clean;
use super::page::Colour;

/// The part that a piece of text plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Running text.
    Plain,
    /// The title of a document.
    Title,
    /// What a reader may pass over.
    Faint,
    /// A heading.
    Heading,
    /// What matched.
    Match,
    /// What a reader must not pass over: 失效.
    Warning,
    /// An id to cite.
    Id,
}

/// A piece of text in one ink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) ink: Ink,
}

impl Span {
    /// Text of a document or of ours, made harmless.
    pub(super) fn new(ink: Ink, text: &str) -> Self {
        let text = clean(text);
        Self { text, ink }
    }
}

/// Text with the parts between `highlights` (ranges of characters) marked as matches, which
/// without colour is said with 【】.
pub(super) fn marked(characters: &[char], highlights: &[[usize; 2]], colour: Colour) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for &[start, end] in highlights {
        let (start, end) = (start.clamp(at, characters.len()), end.min(characters.len()));
        if start >= end {
            continue;
        }
        spans.push(span_of(Ink::Plain, &characters[at..start]));
        let matched = span_of(Ink::Match, &characters[start..end]);
        spans.push(match colour {
            Colour::Ansi => matched,
            Colour::Plain => Span {
                text: format!("【{}】", matched.text),
                ..matched
            },
        });
        at = end;
    }
    spans.push(span_of(Ink::Plain, &characters[at..]));
    spans.retain(|span| !span.text.is_empty());
    spans
}

/// Writes `text` in `ink`. Plain ink and a plain page need no escape sequence.
pub(super) fn paint(text: &str, ink: Ink, colour: Colour, out: &mut String) {
    match colour {
        Colour::Ansi => {
            let style = style(ink);
            out.push_str(&format!("{style}{text}{style:#}"));
        }
        Colour::Plain => out.push_str(text),
    }
}

fn span_of(ink: Ink, characters: &[char]) -> Span {
    let text: String = characters.iter().collect();
    Span::new(ink, &text)
}

/// Colours that can be read on dark and on light ground.
fn style(ink: Ink) -> Style {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match ink {
        Ink::Plain => Style::new(),
        Ink::Title => Style::new().bold(),
        Ink::Faint => Style::new().dimmed(),
        Ink::Heading => colour(AnsiColor::Cyan),
        Ink::Match => colour(AnsiColor::Red).bold(),
        Ink::Warning => colour(AnsiColor::Magenta).bold(),
        Ink::Id => colour(AnsiColor::Green),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(text: &str, highlights: &[[usize; 2]], colour: Colour) -> String {
        let characters: Vec<char> = text.chars().collect();
        let mut out = String::new();
        for span in marked(&characters, highlights, colour) {
            paint(&span.text, span.ink, colour, &mut out);
        }
        out
    }

    #[test]
    fn a_match_is_bracketed_without_colour_and_bold_with_it() {
        let highlights = [[2, 6], [6, 7]];
        assert_eq!(
            painted("推动免申即享。", &highlights, Colour::Plain),
            "推动【免申即享】【。】"
        );
        assert_eq!(
            painted("推动免申即享。", &highlights[..1], Colour::Ansi),
            "推动\u{1b}[1m\u{1b}[31m免申即享\u{1b}[0m。"
        );
    }

    #[test]
    fn highlights_that_leave_the_text_do_no_harm() {
        assert_eq!(
            painted("一二", &[[1, 9], [0, 1], [5, 7]], Colour::Plain),
            "一【二】"
        );
    }

    #[test]
    fn escape_sequences_of_a_document_are_not_passed_on() {
        assert_eq!(
            painted("a\u{1b}[2Jb", &[[0, 2]], Colour::Plain),
            "【a␛】[2Jb"
        );
    }
}
