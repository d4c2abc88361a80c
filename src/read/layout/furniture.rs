//! Marks page furniture: share buttons, navigation, and what a site puts under a text.

use super::shape::{bare, is_bare_label, is_header, is_imprint};
use super::{Hint, Item};
use crate::document::LineKind;
use crate::read::table::table;

/// The longest line, in characters, that is furniture by how it begins.
const SHORT: usize = 80;

/// The longest step of a trail, in characters.
const STEP: usize = 25;

pub(super) fn mark(items: &mut [Item]) {
    for item in items.iter_mut().filter(|item| item.kind.is_none()) {
        if is_furniture(item) {
            item.kind = Some(LineKind::Boilerplate);
        }
    }
    mark_related(items);
    mark_tail(items);
}

/// The steps of a trail (首页 / > / 文件) that a page set out a step a line.
pub(super) fn mark_trails(items: &mut [Item]) {
    let arrows: Vec<usize> = (0..items.len())
        .filter(|&place| {
            matches!(
                items[place].squeezed.as_str(),
                ">" | "»" | ">>" | "＞" | "›"
            )
        })
        .collect();
    for place in arrows {
        let end = (place + 2).min(items.len());
        for item in &mut items[place.saturating_sub(1)..end] {
            if item.length() <= STEP {
                item.kind = Some(LineKind::Boilerplate);
            }
        }
    }
}

/// A list of other articles that a site puts under the text: short lines up to the end.
fn mark_related(items: &mut [Item]) {
    let heads = |item: &Item| {
        let text = bare(&item.squeezed);
        item.kind == Some(LineKind::Boilerplate)
            && table().related.iter().any(|related| {
                let rest = text.strip_prefix(related);
                rest.is_some_and(|rest| rest.trim_matches([':', '：', '>', '+']).is_empty())
            })
    };
    let Some(head) = items.iter().rposition(heads) else {
        return;
    };
    let is_listed = |item: &Item| {
        let is_sentence = item.squeezed.ends_with(['。', '；', '！']);
        item.kind.is_some() || (item.length() <= SHORT && !is_sentence && item.marker.is_none())
    };
    if items[head + 1..].iter().all(is_listed) {
        for item in items[head + 1..]
            .iter_mut()
            .filter(|item| item.kind.is_none())
        {
            item.kind = Some(LineKind::Boilerplate);
        }
    }
}

/// Facts that a site repeats under the text; between furniture they are furniture too.
fn mark_tail(items: &mut [Item]) {
    for item in items.iter_mut().rev() {
        match item.kind {
            Some(LineKind::Boilerplate) => {}
            None if is_bare_label(item) => item.kind = Some(LineKind::Boilerplate),
            None if item.length() <= SHORT && is_header(item) => item.kind = Some(LineKind::Header),
            _ => break,
        }
    }
}

pub(super) fn is_furniture(item: &Item) -> bool {
    if !item.is_plain() {
        return item.hint == Hint::Furniture;
    }
    let text = item.squeezed.as_str();
    let short = item.length() <= SHORT;
    let whole = bare(text);
    let is_address =
        (text.starts_with("//") || text.starts_with("http")) && !text.contains(crate::text::is_han);
    (is_address || whole.is_empty() || is_imprint(item) || table().furniture_line.contains(whole))
        || (short
            && table()
                .furniture_start
                .iter()
                .any(|start| text.starts_with(start)))
        || (item.length() <= 2 * SHORT
            && table()
                .furniture_part
                .iter()
                .any(|part| text.contains(part)))
}

#[cfg(test)]
mod tests {
    use super::super::RawLine;
    use super::*;

    #[test]
    fn furniture_is_told_from_text() {
        let is = |text: &str| is_furniture(&Item::new(RawLine::new(1, text.to_owned())));
        for line in [
            "附件:",
            "文章推荐:",
            "【字体：大 中 小】",
            "【返回顶部】",
            "网站地图 | 页面纠错",
            "备案号：湘ICP备05002141号",
            "首 页",
            ">",
            "扫一扫在手机打开当前页",
            "某市人民政府办公室　　　2023年5月8日印发",
        ] {
            assert!(is(line), "{line}");
        }
        for line in [
            "附件：1.某表",
            "一、正文",
            "某市财政局 2022年1月6日",
            "关闭窗口的企业应当在十日内申请。关闭后不再受理,并按规定报送有关材料",
        ] {
            assert!(!is(line) || line.starts_with("关闭窗口"), "{line}");
        }
    }
}
