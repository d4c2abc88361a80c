//! Chapters and articles that share a line: `第一章　总则　　第一条　为了…` is two lines.

use super::RawLine;
use super::marker::{Family, marker, may_be_division};
use crate::text::fold;

/// The longest name of a chapter, in characters.
const LONGEST: usize = 40;

/// The line, or the headings and the article that it is made of, in their order.
pub(super) fn apart(raw: RawLine) -> Vec<RawLine> {
    if !may_be_division(&raw.text) {
        return vec![raw];
    }
    let folded = fold(&raw.text);
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(length) = heading(&folded[start..]) {
        parts.push(start..start + length);
        start += length;
    }
    if parts.is_empty() {
        drop(folded);
        return vec![raw];
    }
    parts.push(start..folded.len());
    let part = |range: std::ops::Range<usize>| RawLine {
        text: raw.text[range].trim().to_owned(),
        ..raw.clone()
    };
    parts.into_iter().map(part).collect()
}

/// The length of the heading that a line begins with, if another division follows it.
fn heading(line: &str) -> Option<usize> {
    let first = marker(line).filter(|first| first.family < Family::Article)?;
    let spaces = line
        .char_indices()
        .skip_while(|(at, _)| *at <= first.end)
        .take(LONGEST)
        .take_while(|(_, c)| *c != '。')
        .filter(|(_, c)| c.is_whitespace());
    spaces.map(|(at, space)| at + space.len_utf8()).find(|&at| {
        let follows = marker(&line[at..]).filter(|next| next.family <= Family::Article);
        follows.is_some_and(|next| next.family > first.family)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    #[test]
    fn a_chapter_and_its_first_article_on_a_line_are_told_apart() {
        let text = "某市办法\n第一章　总则　　第一条 　为规范管理，制定本办法。\n第二条 　本市适用本办法。\n\
                    第二章　管理 第一节　目录　　第三条 　实行统一目录。依照第一章 第一条办理。";
        assert_eq!(
            laid_out(text)[1..],
            [
                "heading1  | 第一章　总则",
                "paragraph 第一章　总则/第一条 | 第一条 　为规范管理，制定本办法。",
                "paragraph 第一章　总则/第二条 | 第二条 　本市适用本办法。",
                "heading1  | 第二章　管理",
                "heading2 第二章　管理 | 第一节　目录",
                "paragraph 第二章　管理/第一节　目录/第三条 | 第三条 　实行统一目录。依照第一章 第一条办理。",
            ]
        );
    }
}
