//! The sentence and the clause that a term stands in, freed of marks that are looked through.
//!
//! Comes in: a text and the byte range of a term. Goes out: what stands before and after it,
//! folded, so that cue words can be compared. Judges nothing.

use std::ops::Range;

use crate::text::fold;

/// What stands around a term, folded and without quotation marks, brackets and spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The bytes of the sentence in the text.
    pub sentence: Range<usize>,
    /// The bytes of the clause in the text.
    pub clause: Range<usize>,
    /// The sentence up to the term.
    pub sentence_before: String,
    /// The sentence from the term on, the term left out.
    pub sentence_after: String,
    /// The clause up to the term.
    pub before: String,
    /// The clause from the term on, the term left out.
    pub after: String,
    /// Whether the term stands between 《 and 》.
    pub in_title_marks: bool,
}

/// What stands around the bytes `term` of `text`.
pub fn surroundings(text: &str, term: &Range<usize>) -> Surroundings {
    let folded = fold(text);
    let sentence = stretch(&folded, term, ends_sentence);
    let clause = stretch(&folded, term, ends_clause);
    let free = |range: Range<usize>| folded[range].chars().filter(|c| !is_mark(*c)).collect();
    Surroundings {
        sentence_before: free(sentence.start..term.start),
        sentence_after: free(term.end..sentence.end),
        before: free(clause.start.max(sentence.start)..term.start),
        after: free(term.end..clause.end.min(sentence.end)),
        in_title_marks: stands_in_title_marks(&folded[sentence.start..term.start]),
        clause: clause.start.max(sentence.start)..clause.end.min(sentence.end),
        sentence,
    }
}

/// Characters below which a sentence says too little on its own (a run-in heading).
const SHORT: usize = 24;

/// The sentence around `term` as written, without outer space.
pub fn sentence_of<'t>(text: &'t str, term: &Range<usize>) -> &'t str {
    text[stretch(text, term, ends_sentence)].trim()
}

/// The sentence around `term` as a quote: as [`sentence_of`], with the next one where it is short.
pub fn quote_of<'t>(text: &'t str, term: &Range<usize>) -> &'t str {
    let mut range = stretch(text, term, ends_sentence);
    if text[range.clone()].trim().chars().count() < SHORT && range.end < text.len() {
        range.end = stretch(text, &(range.end..range.end), ends_sentence).end;
    }
    text[range].trim()
}

/// The longest range around `term` in which no character before or after it ends the stretch; an
/// ending mark behind the term belongs to it.
fn stretch(text: &str, term: &Range<usize>, ends: fn(&str, usize, char) -> bool) -> Range<usize> {
    let start = text[..term.start]
        .char_indices()
        .rev()
        .find(|&(at, c)| ends(text, at, c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let end = text[term.end..]
        .char_indices()
        .map(|(at, c)| (term.end + at, c))
        .find(|&(at, c)| ends(text, at, c))
        .map_or(text.len(), |(at, c)| at + c.len_utf8());
    start..end
}

fn ends_sentence(_: &str, _: usize, character: char) -> bool {
    matches!(
        character,
        '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n'
    )
}

fn ends_clause(text: &str, at: usize, character: char) -> bool {
    match character {
        '，' | '：' => true,
        ',' | ':' => {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            !(digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next()))
        }
        _ => ends_sentence(text, at, character),
    }
}

fn is_mark(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '"' | '\''
                | '“'
                | '”'
                | '‘'
                | '’'
                | '「'
                | '」'
                | '『'
                | '』'
                | '('
                | ')'
                | '（'
                | '）'
                | '['
                | ']'
                | '【'
                | '】'
                | '〔'
                | '〕'
                | '*'
                | '`'
        )
}

fn stands_in_title_marks(before: &str) -> bool {
    let opened = before.matches('《').count();
    opened > before.matches('》').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, term: &str) -> Surroundings {
        let start = text.find(term).unwrap();
        surroundings(text, &(start..start + term.len()))
    }

    #[test]
    fn clause_and_sentence_end_at_their_marks_and_not_inside_a_number() {
        let text = "去年无事。今年,共5,200项“免申即享”事项上线，企业受益；另一句。";
        let found = around(text, "免申即享");
        assert_eq!(found.before, "共5,200项");
        assert_eq!(found.after, "事项上线，");
        assert_eq!(found.sentence_before, "今年,共5,200项");
        assert_eq!(found.sentence_after, "事项上线，企业受益；");
        let start = text.find("免申即享").unwrap();
        assert_eq!(
            sentence_of(text, &(start..start + 12)),
            "今年,共5,200项“免申即享”事项上线，企业受益；"
        );
        assert_eq!(
            text[found.sentence].trim(),
            sentence_of(text, &(start..start + 12))
        );
    }

    #[test]
    fn a_short_sentence_is_quoted_with_the_next() {
        let text = "（一）推行免申即享。首批38项，全年兑付8.9亿元，惠及企业1.2万户次。另有他事。";
        let start = text.find("免申").unwrap();
        assert_eq!(
            quote_of(text, &(start..start + 12)),
            "（一）推行免申即享。首批38项，全年兑付8.9亿元，惠及企业1.2万户次。"
        );
    }

    #[test]
    fn traditional_text_is_folded_and_keeps_its_ranges() {
        let found = around("尚未實現「免證辦」。", "免證辦");
        assert_eq!(
            (found.before.as_str(), found.after.as_str()),
            ("尚未实现", "。")
        );
    }

    #[test]
    fn a_term_in_a_title_is_known() {
        assert!(around("印发《免申即享实施方案》。", "免申即享").in_title_marks);
        assert!(!around("按《方案》推行免申即享。", "免申即享").in_title_marks);
    }
}
