//! A web page to raw lines: its main text with paragraphs and tables, and the facts it states.
//!
//! Known containers (`#UCAP-CONTENT`, `.TRS_Editor` …, from `index-schema/layout.tsv`) come first,
//! then a readability measure, then the whole page. Navigation stays outside, whatever the page is.

mod blocks;
mod facts;

use dom_query::{Document as Page, NodeRef};
use dom_smoothie::Readability;

use super::layout::{Hint, RawLine};
use super::plain;
use super::table::table;
use crate::document::Given;

/// A page nested deeper than this is not parsed: parsers of HTML take time with the square of the
/// depth, and the readability measure recurses. Its tags are taken off instead.
const DEEPEST: usize = 400;
/// Of a hundred characters of a page's running text, at least this many must be in a container.
const HOLDS_PER_CENT: usize = 50;

/// Among how many lines at the head the title is looked for.
const HEAD: usize = 40;

/// The lines of a page, and what the page states about its document.
pub(super) fn read(html: &str) -> (Given, Vec<RawLine>) {
    if depth(html) > DEEPEST {
        return (Given::default(), stripped(html));
    }
    let page = Page::from(html);
    let whole = blocks::lines(&page.root(), blocks::Cells::Apart);
    let text = main_text(&page, html, &whole);
    let given = facts::given(&page, &whole, &text);
    (given.clone(), with_title(text, given.title))
}

/// The lines of the element that holds the document.
fn main_text(page: &Page, html: &str, whole: &[RawLine]) -> Vec<RawLine> {
    let running = |lines: &[RawLine]| -> usize {
        let long = lines
            .iter()
            .filter(|line| line.text.contains(['。', '；', '，', '：']));
        long.map(|line| line.text.chars().count()).sum()
    };
    let all = running(whole);
    if let Some(container) = container(page) {
        let lines = blocks::lines(&container, blocks::Cells::Together);
        if !lines.is_empty() && running(&lines) * 100 >= all * HOLDS_PER_CENT {
            return lines;
        }
    }
    if let Some(lines) = readable(html)
        && running(&lines) * 100 >= all * HOLDS_PER_CENT
    {
        return lines;
    }
    let body = page.body().unwrap_or_else(|| page.root());
    blocks::lines(&body, blocks::Cells::Together)
}

/// The element with the most text among those known to hold documents.
fn container<'a>(page: &'a Page) -> Option<NodeRef<'a>> {
    let mut best: Option<(usize, usize, NodeRef<'a>)> = None;
    for node in page.root().descendants_it().filter(NodeRef::is_element) {
        let Some(place) = place_in_table(&node) else {
            continue;
        };
        let size = node.text().chars().filter(|c| !c.is_whitespace()).count();
        let is_better = best.as_ref().is_none_or(|&(first, most, _)| {
            (size > most && size > 0) || (size == most && place < first)
        });
        if is_better {
            best = Some((place, size, node));
        }
    }
    best.filter(|&(_, size, _)| size > 0)
        .map(|(_, _, node)| node)
}

/// The place of an element's id or class among the known containers.
fn place_in_table(node: &NodeRef<'_>) -> Option<usize> {
    let id = node.id_attr().map(|id| id.to_lowercase());
    let classes = node.class().map(|class| class.to_lowercase());
    if id.is_none() && classes.is_none() {
        return None;
    }
    table().container.iter().position(|known| {
        id.as_deref() == Some(*known)
            || classes
                .as_deref()
                .is_some_and(|classes| classes.split_whitespace().any(|class| class == *known))
    })
}

/// The article that a readability measure finds.
fn readable(html: &str) -> Option<Vec<RawLine>> {
    let article = Readability::new(html, None, None).ok()?.parse().ok()?;
    let page = Page::from(article.content);
    let lines = blocks::lines(&page.root(), blocks::Cells::Together);
    (!lines.is_empty()).then_some(lines)
}

/// How deep the tags of a page nest, at most, counted without parsing it.
fn depth(html: &str) -> usize {
    let mut deepest = 0_usize;
    let mut depth = 0_usize;
    for (at, _) in html.match_indices('<') {
        match html.as_bytes().get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() => {
                let name = &html[at + 1..];
                let end = name
                    .find(|c: char| !c.is_ascii_alphanumeric())
                    .unwrap_or(name.len());
                if !is_void(&name[..end].to_ascii_lowercase()) {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            _ => {}
        }
    }
    deepest
}

/// The text of a page without its tags, each of which ends a line if it is not within one.
fn stripped(html: &str) -> Vec<RawLine> {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let name: String = rest[open + 1..]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect();
        let name = name.to_ascii_lowercase();
        let end = match name.as_str() {
            "script" | "style" => rest[open + 1..].find("</").map(|at| open + 1 + at),
            _ => rest[open..].find('>').map(|at| open + at + 1),
        };
        if !matches!(
            name.as_str(),
            "a" | "b" | "i" | "u" | "em" | "span" | "font" | "strong"
        ) {
            text.push('\n');
        }
        rest = end.map_or("", |end| &rest[end..]);
    }
    text.push_str(rest);
    plain::lines(&text.replace("&nbsp;", " "))
}

/// Elements without an end tag, and those whose end tag pages leave out.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr" | "img" | "meta" | "link" | "input" | "col" | "p" | "li" | "td" | "tr" | "th"
    )
}

/// The lines with the title as one of them: put together where the page broke it, or added above.
fn with_title(mut lines: Vec<RawLine>, title: Option<String>) -> Vec<RawLine> {
    let Some(title) = title else { return lines };
    let squeeze = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let wanted = squeeze(&title);
    let pieces: Vec<String> = lines
        .iter()
        .take(HEAD)
        .map(|line| squeeze(&line.text))
        .collect();
    let stands = (0..pieces.len()).find_map(|start| {
        let longest = (start + 4).min(pieces.len());
        (start..longest)
            .find(|&end| pieces[start..=end].concat() == wanted)
            .map(|end| (start, end))
    });
    if let Some((start, end)) = stands {
        lines[start].hint = Hint::Title;
        if end > start {
            lines[start].text = title;
            lines.drain(start + 1..=end);
        }
    } else if !pieces.concat().contains(&wanted) && !lines.is_empty() {
        let line = RawLine {
            number: 1,
            text: title,
            hint: Hint::Title,
        };
        lines.insert(0, line);
    }
    for (line, number) in lines.iter_mut().zip(1..) {
        line.number = number;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><title>某条例_某网</title>\
        <meta name=\"ArticleTitle\" content=\"某市数据条例\"><meta name=\"PubDate\" content=\"2021-07-06\">\
        </head><body><div class=nav><a>首页</a> <a>政务公开</a></div>\
        <table><tr><td><b>索 引 号：</b></td><td>000014349/2018-00218</td><td><b>发文机关：</b></td>\
        <td>某市人民政府</td></tr></table>\
        <div id=\"UCAP-CONTENT\"><p align=center><b>某市数据条例</b></p><p>第一条　为了规范\n数据处理活动，制定本条例。</p>\
        <table><tr><td>项目</td><td>数值</td></tr><tr><td>办件</td><td>3</td></tr></table>\
        <script>var a = 1;</script><p>第二条　本条例自发布之日起施行。<br>解释权归某局。</p></div>\
        <div>主办单位：某办 备案号</div></body></html>";

    #[test]
    fn items_of_numbered_lists_have_the_numbers_that_a_browser_shows() {
        let page = "<html><body><div id=UCAP-CONTENT><p>某市打算：</p><ol start=2><li>推行秒批；</li>\
            <li><p>推行一网通办。</p></li><li>3.推行免申即享。</li><li></li></ol><p>特此报告。</p>\
            <ol style=\"list-style: none\"><li>甲</li></ol></div></body></html>";
        let texts: Vec<_> = read(page).1.into_iter().map(|line| line.text).collect();
        assert_eq!(
            texts,
            [
                "某市打算：",
                "2. 推行秒批；",
                "3. 推行一网通办。",
                "3.推行免申即享。",
                "特此报告。",
                "甲"
            ]
        );
    }

    #[test]
    fn the_container_gives_paragraphs_and_rows_and_no_navigation() {
        let (given, lines) = read(PAGE);
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "某市数据条例",
                "第一条　为了规范数据处理活动，制定本条例。",
                "项目　数值",
                "办件　3",
                "第二条　本条例自发布之日起施行。",
                "解释权归某局。",
            ]
        );
        assert_eq!(
            given,
            Given {
                title: Some("某市数据条例".into()),
                issuer: Some("某市人民政府".into()),
                published: Some("2021-07-06".into()),
                index_number: Some("000014349/2018-00218".into()),
                ..Given::default()
            }
        );
    }

    #[test]
    fn a_page_nested_a_hundred_thousand_deep_is_read() {
        let page = format!(
            "<html>{}<p>数字政府建设，有序推进。</p>",
            "<div>".repeat(100_000)
        );
        let (_, lines) = read(&page);
        assert_eq!(lines.len(), 1);
    }
}
