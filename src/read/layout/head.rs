//! Marks what stands above the text: title, header lines, status lines, salutation.

use super::furniture::is_furniture;
use super::{Hint, Item, byline, number, shape};
use crate::document::LineKind;
use crate::read::table::table;

/// How many lines may stand above the text.
const DEEPEST: usize = 160;

pub(super) fn mark(items: &mut [Item]) {
    let body = body(items);
    mark_facts(&mut items[..body]);
    mark_columns(&mut items[..body]);
    mark_order(&mut items[..body]);
    mark_title(items, body);
    mark_salutations(items, body);
    mark_byline(items, body);
}

/// The first line of the text proper.
fn body(items: &[Item]) -> usize {
    items
        .iter()
        .take(DEEPEST)
        .position(begins_body)
        .unwrap_or(items.len().min(DEEPEST))
}

fn begins_body(item: &Item) -> bool {
    let is_marked = item.kind.is_some() || matches!(item.hint, Hint::Title | Hint::Furniture);
    if is_marked || is_fact(item) || is_furniture(item) {
        return false;
    }
    item.marker.is_some()
        || matches!(item.hint, Hint::Heading(2..) | Hint::Row)
        || item.squeezed.ends_with(['。', '：', ':', '；', '！', '？'])
        || item.squeezed.contains('。')
        || item.length() > 120
        || super::marker::counts_in_words(&item.folded)
}

fn is_fact(item: &Item) -> bool {
    shape::is_header(item)
        || shape::is_status(item)
        || shape::is_date(item)
        || number::is_number(item)
        || shape::is_note(item)
        || shape::is_speaker(item)
        || shape::is_letterhead(item)
}

fn mark_facts(head: &mut [Item]) {
    for item in head.iter_mut().filter(|item| item.kind.is_none()) {
        if shape::is_status(item) {
            item.kind = Some(LineKind::Status);
        } else if is_fact(item) {
            item.kind = Some(LineKind::Header);
        } else if is_furniture(item) {
            item.kind = Some(LineKind::Boilerplate);
        }
    }
    mark_long_notes(head);
    mark_values(head);
    mark_rows(head);
}

/// Rows of a table of facts that lost its lines: each begins with a label, and together they have
/// three or more (`发文机关 某市人民政府 发文字号 某政发〔2022〕15号`).
fn mark_rows(head: &mut [Item]) {
    let labels: Vec<usize> = head
        .iter()
        .map(|item| match item.kind {
            None => shape::labels_by_place(item),
            Some(_) => 0,
        })
        .collect();
    let mut place = 0;
    while place < head.len() {
        let rows = labels[place..].iter().take_while(|count| **count > 0);
        let (rows, all) = rows.fold((0, 0), |(rows, all), count| (rows + 1, all + count));
        if all >= 3 {
            for item in &mut head[place..place + rows] {
                item.kind = Some(LineKind::Header);
            }
        }
        place += rows.max(1);
    }
}

/// The letterhead of an order: who gives it and 令, or its bodies, a line each, then 令 or 公告 alone;
/// then a number.
fn mark_order(head: &mut [Item]) {
    /// How many bodies may issue it.
    const BODIES: usize = 12;
    /// What may stand between them and the number.
    const WORDS: [&str; 3] = ["令", "公告", "通告"];
    let Some(last) = (1..head.len()).map(|next| next - 1).find(|&place| {
        let name = head[place].squeezed.as_str();
        let body = WORDS.iter().find_map(|word| name.strip_suffix(word));
        head[place].kind.is_none()
            && number::is_number(&head[place + 1])
            && body.is_some_and(|body| body.is_empty() || shape::is_organ_name(body))
    }) else {
        return;
    };
    let mut first = last;
    if WORDS.contains(&head[last].squeezed.as_str()) {
        let above = head[..last].iter().rev().take(BODIES);
        first -= above
            .take_while(|item| item.kind.is_none() && shape::is_organ(item))
            .count();
        if first == last {
            return;
        }
    }
    for item in &mut head[first..=last] {
        item.kind = Some(LineKind::Title);
    }
}

/// The name of the column of a site that a page stands in (政务公开, 年度报告), above the title.
fn mark_columns(head: &mut [Item]) {
    let title = head
        .iter()
        .rposition(|item| item.kind.is_none() && shape::ends_as_title(&item.squeezed));
    for item in &mut head[..title.unwrap_or(0)] {
        if item.kind.is_none() && table().column.contains(item.squeezed.as_str()) {
            item.kind = Some(LineKind::Boilerplate);
        }
    }
}

/// Notes under a title that were broken over several lines.
fn mark_long_notes(head: &mut [Item]) {
    /// How many lines a note may take.
    const LINES: usize = 8;
    for place in 0..head.len() {
        if head[place].kind.is_some() || !shape::opens_note(&head[place]) {
            continue;
        }
        let rest = &head[place..];
        let closes = rest
            .iter()
            .take(LINES)
            .position(|item| item.squeezed.ends_with(['）', ')']));
        for item in &mut head[place..=place + closes.unwrap_or(0)] {
            item.kind = Some(LineKind::Header);
        }
    }
}

/// Values on lines of their own under their labels (`发文机关：` / `科技司`), where a page sets its
/// facts out that way.
fn mark_values(head: &mut [Item]) {
    if head
        .iter()
        .filter(|item| shape::is_bare_label(item))
        .count()
        < 3
    {
        return;
    }
    for place in 1..head.len() {
        if shape::is_bare_label(&head[place - 1]) && head[place].kind.is_none() {
            head[place].kind = Some(LineKind::Header);
        }
    }
}

/// The first group of neighbouring lines that reads as a title, or that facts stand under.
fn mark_title(items: &mut [Item], body: usize) {
    if let Some(place) = items.iter().position(|item| item.hint == Hint::Title) {
        let title = items[place].squeezed.clone();
        mark_again(items, body.max(place + 1), &title);
        // A decree stands before the law that it puts into force.
        if place < 3 {
            return;
        }
    }
    if items.len() < 2 {
        return;
    }
    let is_open = |item: &Item| item.kind.is_none() && shape::may_be_title(item);
    let mut place = 0;
    while place < body {
        if !is_open(&items[place]) {
            place += 1;
            continue;
        }
        let end = place
            + items[place..body]
                .iter()
                .take_while(|item| is_open(item))
                .count();
        if is_letterhead(&items[..body], place, end) {
            for item in &mut items[place..end] {
                item.kind = Some(LineKind::Header);
            }
        } else if let Some(lines) = title_in(&items[..body], place, end) {
            let title = items[lines.start].squeezed.clone();
            let is_whole = lines.len() == 1;
            let lines = lines.start..with_edition(items, lines.end);
            for item in &mut items[lines] {
                item.kind = Some(LineKind::Title);
            }
            if is_whole {
                mark_again(items, body, &title);
            }
            return;
        }
        place = end;
    }
}

/// The end of a title with the edition under it, if there is one.
pub(super) fn with_edition(items: &[Item], end: usize) -> usize {
    let is_one = items
        .get(end)
        .is_some_and(|item| item.kind.is_none() && item.is_plain() && shape::is_edition(item));
    end + usize::from(is_one)
}

/// The title wherever the head repeats it.
fn mark_again(items: &mut [Item], end: usize, title: &str) {
    for item in items[..end]
        .iter_mut()
        .filter(|item| item.squeezed == title)
    {
        item.kind = Some(LineKind::Title);
    }
    for place in 0..end {
        // The second time it may be broken.
        for lines in 2..=3.min(end - place) {
            let group = &mut items[place..place + lines];
            let again: String = group.iter().map(|item| item.squeezed.as_str()).collect();
            if again == title {
                for item in group {
                    item.kind = Some(LineKind::Title);
                }
            }
        }
    }
}

/// Bodies alone above the number of a document whose title stands below.
fn is_letterhead(head: &[Item], start: usize, end: usize) -> bool {
    let group = &head[start..end];
    let is_numbered = head.get(end).is_some_and(number::is_number);
    is_numbered
        && group.iter().all(shape::is_organ)
        && head[end..].iter().any(|item| {
            item.kind.is_none() && shape::may_be_title(item) && shape::ends_as_title(&item.squeezed)
        })
}

/// The lines of `start..end` that make the title, if any do.
fn title_in(head: &[Item], start: usize, end: usize) -> Option<std::ops::Range<usize>> {
    let group = &head[start..end];
    if let Some(last) = group
        .iter()
        .position(|item| shape::ends_as_title(&item.squeezed))
    {
        let first = (0..last)
            .rev()
            .take_while(|&place| is_cut_title(&group[place]))
            .last()
            .unwrap_or(last);
        let repeats = group[last + 1..]
            .iter()
            .take_while(|item| shape::ends_as_title(&item.squeezed))
            .count();
        return Some(start + first..start + last + 1 + repeats);
    }
    let facts_follow = head.get(end).is_some_and(|item| {
        matches!(item.kind, Some(LineKind::Header | LineKind::Status)) && !shape::is_speaker(item)
    });
    let first_of_all = head[..start].iter().all(|item| item.kind.is_some());
    (facts_follow && first_of_all && group.len() <= 3).then_some(start..end)
}

/// A line that a longer title was broken after: 某市人民政府关于, 关于印发《…》.
fn is_cut_title(item: &Item) -> bool {
    let text = item.squeezed.as_str();
    text.contains("关于")
        || text.ends_with(['的', '和', '、'])
        || text.ends_with("印发")
        || shape::is_organ(item)
}

/// Who wrote the document, under its title and the header lines that follow it.
fn mark_byline(items: &mut [Item], body: usize) {
    let head = &items[..body];
    let Some(title) = head
        .iter()
        .position(|item| item.kind == Some(LineKind::Title))
    else {
        return;
    };
    let above = head[title..]
        .iter()
        .take_while(|item| matches!(item.kind, Some(LineKind::Title | LineKind::Header)))
        .count();
    byline::mark(&mut items[title + above..]);
}

/// The salutation stands where the text begins; speeches repeat theirs anywhere.
fn mark_salutations(items: &mut [Item], body: usize) {
    for item in items.iter_mut().skip(body) {
        if item.kind.is_none() && shape::is_address(item) {
            item.kind = Some(LineKind::Salutation);
        }
    }
    for item in items.iter_mut().skip(body).take(3) {
        match item.kind {
            None if shape::is_salutation(item) => item.kind = Some(LineKind::Salutation),
            Some(_) => {}
            None => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    #[test]
    fn a_text_without_a_title_gets_none() {
        let lines = laid_out("2023年,某市某局坚持改革,现将情况报告如下:\n一、成效\n有成效。");
        assert_eq!(
            lines[0],
            "paragraph  | 2023年,某市某局坚持改革,现将情况报告如下:"
        );
    }

    #[test]
    fn a_title_may_be_broken_into_two_lines() {
        let lines = laid_out(
            "某市人民政府关于\n进一步优化营商环境的通知\n某政发〔2021〕3号\n各县人民政府：\n现通知如下。",
        );
        assert_eq!(
            lines[..4],
            [
                "title  | 某市人民政府关于",
                "title  | 进一步优化营商环境的通知",
                "header  | 某政发〔2021〕3号",
                "salutation  | 各县人民政府：",
            ]
        );
    }

    #[test]
    fn the_title_is_known_again_where_it_is_broken() {
        let lines = laid_out(
            "某部公告 （2024年第28号）\n标题：\n某部公告 （2024年第28号）\n某部公告\n（2024年第28号）\n某部批准某标准。",
        );
        assert_eq!(
            lines[2..],
            [
                "title  | 某部公告 （2024年第28号）",
                "title  | 某部公告",
                "title  | （2024年第28号）",
                "paragraph  | 某部批准某标准。",
            ]
        );
    }

    #[test]
    fn the_letterhead_of_a_filed_document_is_no_title() {
        for letterhead in ["某市大数据局文件", "某市人民政府办公室\n某市财政局"]
        {
            let lines = laid_out(&format!(
                "{letterhead}\n某数〔2019〕22号\n某市大数据局关于印发某计划的通知\n各县大数据局：\n现印发给你们。"
            ));
            let above = letterhead.lines().count() + 1;
            assert!(
                lines[..above]
                    .iter()
                    .all(|line| line.starts_with("header "))
            );
            assert_eq!(lines[above], "title  | 某市大数据局关于印发某计划的通知");
        }
    }

    #[test]
    fn a_joint_order_names_its_bodies_above_the_word() {
        let lines = laid_out(
            "国家发展和改革委员会\n财政部\n令\n第25号\n《某办法》已经审议通过，现予公布。\n主任　何某\n2018年12月1日\n某办法\n第一条　为了规范，制定本办法。",
        );
        let kinds: Vec<_> = lines
            .iter()
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        let expected = [
            "title",
            "title",
            "title",
            "header",
            "paragraph",
            "signature",
            "signature",
            "title",
            "paragraph",
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn an_order_under_the_title_of_its_page_has_its_letterhead() {
        let lines = laid_out(
            "某办法\n发布日期：2020-06-17\n某省人民政府令\n第381号\n《某办法》已经审议通过，现予公布。",
        );
        assert_eq!(
            lines[..4],
            [
                "title  | 某办法",
                "header  | 发布日期：2020-06-17",
                "title  | 某省人民政府令",
                "header  | 第381号",
            ]
        );
    }

    #[test]
    fn rows_of_a_table_of_facts_are_header_lines() {
        let lines = laid_out(
            "发文机关 某县人民政府办公室\n发文字号 某府办发〔2022〕15号 成文日期 2022年06月17日\n标　　题 某县关于某事的通知\n\
             某县关于某事的通知\n各乡镇人民政府：\n现通知如下。\n来源 广泛。",
        );
        let kinds: Vec<_> = lines
            .iter()
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        let expected = [
            "header",
            "header",
            "header",
            "title",
            "salutation",
            "paragraph",
            "paragraph",
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn a_note_may_be_broken_into_lines() {
        let lines = laid_out(
            "某市文明行为促进条例\n（2017年12月21日某市人大常委会\n第三十三次会议通过  2018年3月31日\n某省人大常委会批准）\n第一条　为了文明，制定本条例。",
        );
        let kinds: Vec<_> = lines
            .iter()
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        assert_eq!(kinds, ["title", "header", "header", "header", "paragraph"]);
    }

    #[test]
    fn a_speech_has_a_note_and_a_speaker_under_its_title() {
        let lines = laid_out(
            "政府工作报告\n——2024年2月3日在某市第六届人民代表大会\n第六次会议上\n市长\u{2003}林海波\n各位代表：\n现在报告工作。\n各位代表！\n我们要努力。",
        );
        let kinds: Vec<_> = lines
            .iter()
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        assert_eq!(
            kinds,
            [
                "title",
                "header",
                "header",
                "header",
                "salutation",
                "paragraph",
                "salutation",
                "paragraph"
            ]
        );
    }
}
