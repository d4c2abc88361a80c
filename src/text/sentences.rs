//! A text as its sentences, each with its closing marks.
//!
//! Comes in: a paragraph. Goes out: byte ranges that together cover it. A stop inside quotation marks
//! or brackets ends no sentence, unless nothing closes them. A decimal point ends none either.

use std::ops::Range;

/// Opening marks with their closing ones.
const PAIRS: [(char, char); 9] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('【', '】'),
    ('〔', '〕'),
];

/// The sentences of a text: half-open byte ranges, in order, without a gap.
///
/// ```
/// use xianli::text::sentences;
/// let text = "他说：“好。对。”然后走了。率98.6%!还有；分号";
/// let cut: Vec<_> = sentences(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(cut, ["他说：“好。对。”然后走了。", "率98.6%!", "还有；", "分号"]);
/// ```
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    let mut open = Vec::new();
    let last_of = PAIRS.map(|(_, closing)| text.rfind(closing));
    while let Some((at, character)) = characters.next() {
        if let Some(pair) = PAIRS.iter().position(|(opening, _)| *opening == character) {
            if last_of[pair].is_some_and(|last| last > at) {
                open.push(PAIRS[pair].1);
            }
            continue;
        }
        if open.last() == Some(&character) {
            open.pop();
            continue;
        }
        if !open.is_empty() || !ends(character) {
            continue;
        }
        let mut end = at + character.len_utf8();
        while let Some((next, mark)) = characters.next_if(|&(_, next)| follows_an_end(next)) {
            end = next + mark.len_utf8();
        }
        found.push(start..end);
        start = end;
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

fn ends(character: char) -> bool {
    "。！？!?；;\n\u{2028}".contains(character)
}

fn follows_an_end(character: char) -> bool {
    ends(character) || "”’」』）)】》 \u{3000}…".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn stops_end_sentences_and_keep_their_closing_marks() {
        assert_eq!(cut("一。二！？三"), ["一。", "二！？", "三"]);
        assert_eq!(cut(""), Vec::<&str>::new());
    }

    #[test]
    fn what_is_quoted_stays_whole() {
        assert_eq!(
            cut("推行“一次办。好。”改革。再说"),
            ["推行“一次办。好。”改革。", "再说"]
        );
        assert_eq!(cut("见《甲。乙》。丙"), ["见《甲。乙》。", "丙"]);
    }

    #[test]
    fn an_open_quote_without_its_end_holds_nothing_back() {
        assert_eq!(cut("推行“一次办。好。"), ["推行“一次办。", "好。"]);
    }

    proptest::proptest! {
        #[test]
        fn sentences_cover_the_text_without_a_gap(text in "[甲乙。！”“（） 《》;a]{0,40}") {
            let mut at = 0;
            for range in sentences(&text) {
                proptest::prop_assert_eq!(range.start, at);
                proptest::prop_assert!(range.end > at);
                at = range.end;
            }
            proptest::prop_assert_eq!(at, text.len());
        }
    }
}
