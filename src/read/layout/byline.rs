//! Bylines: who wrote a document, on the lines right under its title.
//!
//! In come the lines under a title; out goes how many of them name its authors. A list of public
//! bodies, a signature at the end and a heading that names a body are none.

use super::{Item, shape};
use crate::document::LineKind;
use crate::read::table::table;

/// How many lines a byline may take.
const LINES: usize = 8;

/// How far below a title another body alone on its line makes the first one a heading.
const REACH: usize = 200;

/// Marks the byline under a title as header lines: `items` begin with the line behind the title.
/// Gives the number of lines marked.
pub(super) fn mark(items: &mut [Item]) -> usize {
    let lines = length(items);
    for item in &mut items[..lines] {
        item.kind = Some(LineKind::Header);
    }
    lines
}

/// How many lines of byline stand at the beginning of `items`.
fn length(items: &[Item]) -> usize {
    let lines = items
        .iter()
        .take(LINES + 1)
        .take_while(|item| is_free(item) && (names_authors(item) || shape::is_date(item)))
        .count();
    let (byline, rest) = items.split_at(lines);
    let has_author = byline.first().is_some_and(names_authors);
    let text_follows = rest.first().is_some_and(|next| {
        let is_contents = table().contents.contains(shape::bare(&next.squeezed));
        is_contents
            || next.kind == Some(LineKind::Salutation)
            || next.kind.is_none() && is_text(next)
    });
    let is_dated = byline
        .iter()
        .any(|item| shape::is_date(item) || dated(&item.folded).is_some());
    let is_list = || {
        rest.iter()
            .take(REACH)
            .any(|item| item.kind.is_none() && shape::is_organ(item))
    };
    if has_author && lines <= LINES && text_follows && (is_dated || !is_list()) {
        lines
    } else {
        0
    }
}

/// A line that nothing is known of, or that was taken for a signature or for any date.
fn is_free(item: &Item) -> bool {
    let is_open = match item.kind {
        None | Some(LineKind::Signature) => true,
        Some(LineKind::Header) => shape::is_date(item),
        Some(_) => false,
    };
    is_open && item.is_plain() && item.marker.is_none() && item.length() <= 120
}

/// Running text, or the heading that it begins with.
fn is_text(item: &Item) -> bool {
    item.marker.is_some() || item.length() > 30 || item.squeezed.ends_with(['。', '：', ':', '；'])
}

/// `某市财政局`, `甲部　乙部　丙公司`, `（某市财政局　二〇〇九年五月）`.
fn names_authors(item: &Item) -> bool {
    let line = item.folded.trim();
    let line = line
        .strip_prefix(['（', '('])
        .and_then(|inner| inner.strip_suffix(['）', ')']))
        .unwrap_or(line);
    let names = line[..dated(line).unwrap_or(line.len())]
        .trim_end_matches(['，', ',', ' ', '　', '（', '(']);
    if shape::is_organ_name(&squeezed(names)) && names.chars().count() <= 30 {
        return true;
    }
    let names: Vec<String> = names
        .split(|c: char| c.is_whitespace() || c == '、')
        .filter(|name| !name.is_empty())
        .map(squeezed)
        .collect();
    let organs = names.iter().filter(|name| shape::is_organ_name(name));
    names.len() >= 2
        && organs.count() * 2 >= names.len()
        && names.iter().all(|name| shape::may_be_name(name))
}

/// Where the date begins that a line ends with, behind something else.
fn dated(line: &str) -> Option<usize> {
    let starts = line
        .char_indices()
        .filter(|&(at, c)| at > 0 && (c.is_ascii_digit() || c == '二' || c == '一'));
    starts.map(|(at, _)| at).find(|&at| {
        let date = squeezed(&line[at..]);
        let date = date.trim_end_matches(['）', ')']);
        shape::date_end(date) == Some(date.len())
    })
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    const NOTICE: &str = "某市办公厅转发某意见的通知\n各区人民政府：\n现转发给你们。\n某市人民政府办公厅\n2009年5月21日\n关于加强管理的意见\n";

    fn under_the_attached_title(lines: &str) -> Vec<String> {
        let text = format!("{NOTICE}{lines}\n为加强财政管理，提出如下意见。\n一、目标\n做好。");
        laid_out(&text)[6..].to_vec()
    }

    #[test]
    fn authors_and_date_under_an_attached_title_are_header_lines() {
        for byline in [
            "市财政局\n2009年5月",
            "（市财政局　二〇〇九年五月）",
            "国家发展改革委　交通运输部　某铁路集团有限公司",
            "市发展改革委\n市交通运输局",
            "市财政局、市税务局（2009年5月12日）",
        ] {
            let lines = under_the_attached_title(byline);
            let count = byline.lines().count();
            for line in &lines[..count] {
                assert!(line.starts_with("header "), "{line}");
            }
            assert_eq!(lines[count], "paragraph  | 为加强财政管理，提出如下意见。");
        }
    }

    #[test]
    fn a_body_that_its_tasks_stand_under_is_no_byline() {
        let text = format!("{NOTICE}市财政局\n1.管好资金。\n市民政局\n1.管好床位。");
        assert!(!laid_out(&text).contains(&"header  | 市财政局".to_owned()));
    }

    #[test]
    fn the_signature_of_an_attached_document_stays_one() {
        let text = format!("{NOTICE}市财政局\n2009年5月12日");
        assert_eq!(laid_out(&text)[6], "signature  | 市财政局");
    }

    #[test]
    fn a_contents_may_follow_the_author() {
        let text = "某市养老规划\n（2021—2025年）\n某市民政局\n2021年5月\n目录\n一、背景\n二、要求\n一、背景\n形势好。\n二、要求\n做好。";
        assert_eq!(
            laid_out(text)[..5],
            [
                "title  | 某市养老规划",
                "title  | （2021—2025年）",
                "header  | 某市民政局",
                "header  | 2021年5月",
                "boilerplate  | 目录",
            ]
        );
    }

    #[test]
    fn the_author_under_the_title_of_a_report_is_a_header_line() {
        let text = "某市2020年预算执行情况的报告\n某市财政局\n2021年1月10日\n各位代表：\n现报告如下。\n一、执行\n良好。";
        assert_eq!(
            laid_out(text)[..4],
            [
                "title  | 某市2020年预算执行情况的报告",
                "header  | 某市财政局",
                "header  | 2021年1月10日",
                "salutation  | 各位代表：",
            ]
        );
    }
}
