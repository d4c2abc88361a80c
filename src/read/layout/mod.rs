//! Raw lines to lines with a kind, a level and a heading path.
//!
//! In come the lines of a file, with what its format knew of them as hints; out go the same lines,
//! each told what it is for. Nothing is dropped but empty lines, and a run-in heading is split off.

mod annex;
mod byline;
mod decimals;
mod divisions;
mod ending;
mod furniture;
mod head;
mod marker;
mod number;
mod outline;
mod questions;
mod runs;
mod shape;
mod status;
mod unnumbered;

use crate::document::{Line, LineKind};
use crate::text::fold;
use marker::Marker;

/// What a format knows of a line beyond its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Hint {
    /// Nothing.
    #[default]
    None,
    /// The title of the document.
    Title,
    /// A heading of this depth, by style or tag.
    Heading(u8),
    /// A line set in the middle: a title, a heading, a number.
    Centered,
    /// A row of a table.
    Row,
    /// Page furniture: a line of a table of contents, a running header.
    Furniture,
}

/// A line before it is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawLine {
    /// The number of the line in the decoded file, from 1.
    pub number: usize,
    /// The text without outer white space; never empty.
    pub text: String,
    /// What the format knows of it.
    pub hint: Hint,
}

impl RawLine {
    /// A line that the format says nothing of.
    pub(super) fn new(number: usize, text: String) -> Self {
        Self {
            number,
            text,
            hint: Hint::None,
        }
    }
}

/// A line while it is being laid out.
#[derive(Debug)]
struct Item {
    number: usize,
    text: String,
    /// The text folded; the same offsets.
    folded: String,
    /// The head of the folded text without white space, for comparing with the table.
    squeezed: String,
    hint: Hint,
    marker: Option<Marker>,
    kind: Option<LineKind>,
}

/// How many characters of a line are compared with the table.
const SQUEEZED: usize = 400;

impl Item {
    fn new(raw: RawLine) -> Self {
        let folded = fold(&raw.text).into_owned();
        Self {
            number: raw.number,
            marker: marker::marker(&folded)
                .filter(|_| !matches!(raw.hint, Hint::Row | Hint::Furniture)),
            squeezed: squeezed(&folded),
            folded,
            text: raw.text,
            hint: raw.hint,
            kind: None,
        }
    }

    /// Whether the format says nothing that would make the line something other than text.
    fn is_plain(&self) -> bool {
        matches!(self.hint, Hint::None | Hint::Centered)
    }

    /// The text length in characters, white space not counted, at most [`SQUEEZED`].
    fn length(&self) -> usize {
        self.squeezed.chars().count()
    }
}

/// The first characters of a text that are no white space.
fn squeezed(folded: &str) -> String {
    let mut squeezed = String::new();
    let mut left = SQUEEZED;
    for part in folded.split(char::is_whitespace) {
        let part = match part.char_indices().nth(left) {
            Some((end, _)) => &part[..end],
            None => part,
        };
        squeezed.push_str(part);
        left -= part.chars().count();
        if left == 0 {
            break;
        }
    }
    squeezed
}

/// Lays out the lines of one document.
pub(super) fn lay_out(raw: Vec<RawLine>) -> Vec<Line> {
    let apart = raw
        .into_iter()
        .flat_map(status::apart)
        .flat_map(divisions::apart);
    let mut items: Vec<Item> = apart.map(Item::new).collect();
    decimals::mark(&mut items);
    furniture::mark_trails(&mut items);
    head::mark(&mut items);
    furniture::mark(&mut items);
    ending::mark(&mut items);
    annex::mark(&mut items);
    outline::lines(&items)
}

/// Whether a line begins with a number that counts headings, articles or items.
pub(super) fn has_marker(text: &str) -> bool {
    marker::marker(&fold(text)).is_some()
}

/// A line without the label of the article that it begins with, if it does.
pub(super) fn without_article(text: &str) -> &str {
    if !marker::may_be_division(text) {
        return text;
    }
    match marker::marker(&fold(text)) {
        Some(found) if found.family == marker::Family::Article => &text[found.end..],
        _ => text,
    }
}

/// Whether a line gives facts about its document: `来源：…`.
pub(super) fn is_header(text: &str) -> bool {
    shape::is_header(&Item::new(RawLine::new(1, text.to_owned())))
}

/// Whether a line is page furniture by its words.
pub(super) fn is_furniture(text: &str) -> bool {
    furniture::is_furniture(&Item::new(RawLine::new(1, text.to_owned())))
}

/// Whether text ends as titles of official documents do.
pub(super) fn reads_as_title(text: &str) -> bool {
    let squeezed: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    shape::ends_as_title(&squeezed)
}

/// Whether text ends as the names of public bodies do.
pub(super) fn reads_as_organ(text: &str) -> bool {
    let squeezed: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    shape::is_organ_name(&squeezed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::plain;

    /// Each line as `kind level path | text`.
    pub(super) fn laid_out(text: &str) -> Vec<String> {
        lay_out(plain::lines(text))
            .into_iter()
            .map(|line| {
                let kind = format!("{:?}", line.kind).to_lowercase();
                let level = line.level.map_or(String::new(), |level| level.to_string());
                format!("{kind}{level} {} | {}", line.path.join("/"), line.text)
            })
            .collect()
    }

    proptest::proptest! {
        #[test]
        fn squeezed_text_is_the_first_characters_without_white_space(
            text in "[一a \u{3000}]{0,12}", times in 1_usize..80,
        ) {
            let text = text.repeat(times);
            let kept = text.chars().filter(|c| !c.is_whitespace()).take(SQUEEZED);
            proptest::prop_assert_eq!(squeezed(&text), kept.collect::<String>());
        }

        #[test]
        fn only_what_may_be_a_division_is_one(text in "[第一二1节章条①（）、. ]{0,6}") {
            let found = marker::marker(&text).filter(|found| found.family <= marker::Family::Article);
            proptest::prop_assert!(found.is_none() || marker::may_be_division(&text));
        }
    }

    #[test]
    fn a_report_from_title_to_signature() {
        let text = "某区政务服务局2022年工作报告\n\n来源:政务服务局 日期:2022年12月01日 【字体:\n\
                    文件已失效\n市委、市人民政府:\n2022年,办件量增长,现报告如下:\n一、主要成效\n\
                    (一)深化改革。推行一网通办。\n1.数字政府\n一是上线平台。\n2、营商环境\n二是减少材料。\n\
                    二、下一步打算\n继续努力。\n特此报告。\n某区政务服务局\n2022年1月6日\n附件:\n文章推荐:\n";
        assert_eq!(
            laid_out(text),
            [
                "title  | 某区政务服务局2022年工作报告",
                "header  | 来源:政务服务局 日期:2022年12月01日 【字体:",
                "status  | 文件已失效",
                "salutation  | 市委、市人民政府:",
                "paragraph  | 2022年,办件量增长,现报告如下:",
                "heading1  | 一、主要成效",
                "heading2 一、主要成效 | (一)深化改革",
                "paragraph 一、主要成效/(一)深化改革 | 推行一网通办。",
                "heading3 一、主要成效/(一)深化改革 | 1.数字政府",
                "paragraph 一、主要成效/(一)深化改革/1.数字政府 | 一是上线平台。",
                "heading3 一、主要成效/(一)深化改革 | 2、营商环境",
                "paragraph 一、主要成效/(一)深化改革/2、营商环境 | 二是减少材料。",
                "heading1  | 二、下一步打算",
                "paragraph 二、下一步打算 | 继续努力。",
                "closing  | 特此报告。",
                "signature  | 某区政务服务局",
                "signature  | 2022年1月6日",
                "boilerplate  | 附件:",
                "boilerplate  | 文章推荐:",
            ]
        );
    }

    #[test]
    fn questions_are_headings_over_their_answers() {
        let text = "《某办法》答记者问\n近日，某局公布某办法，记者采访了某局负责人。\n一、问：出台背景是什么？\n\
                    答：为了规范管理，制定某办法。\n一是公开。\n二、问：主要内容有哪些？\n答：共十条。\n\
                    三、问：何时施行？答：明年起。\n";
        assert_eq!(
            laid_out(text)[2..],
            [
                "heading1  | 一、问：出台背景是什么？",
                "paragraph 一、问：出台背景是什么？ | 答：为了规范管理，制定某办法。",
                "paragraph 一、问：出台背景是什么？ | 一是公开。",
                "heading1  | 二、问：主要内容有哪些？",
                "paragraph 二、问：主要内容有哪些？ | 答：共十条。",
                "heading1  | 三、问：何时施行？",
                "paragraph 三、问：何时施行？ | 答：明年起。",
            ]
        );
    }

    #[test]
    fn minutes_have_their_facts_above_and_a_column_of_the_site_is_no_title() {
        let text = "工作报告\n某市政府第12次常务会议纪要\n时间：2023年5月8日\n地点：市政府会议室\n主持：王某\n\
                    出席：张某、李某\n会议议定事项如下：\n一、关于补贴标准\n会议决定提高标准。\n二、关于服务\n会议同意。\n";
        assert_eq!(
            laid_out(text)[..8],
            [
                "boilerplate  | 工作报告",
                "title  | 某市政府第12次常务会议纪要",
                "header  | 时间：2023年5月8日",
                "header  | 地点：市政府会议室",
                "header  | 主持：王某",
                "header  | 出席：张某、李某",
                "paragraph  | 会议议定事项如下：",
                "heading1  | 一、关于补贴标准",
            ]
        );
    }

    #[test]
    fn a_list_of_other_articles_under_the_text_is_furniture() {
        let text = "某区2020年工作总结\n2020年，某区推行一网通办。\n相关稿件\n·某区2019年工作总结\n·某区2018年工作总结\n";
        assert_eq!(
            laid_out(text)[2..],
            [
                "boilerplate  | 相关稿件",
                "boilerplate  | ·某区2019年工作总结",
                "boilerplate  | ·某区2018年工作总结",
            ]
        );
    }

    #[test]
    fn a_run_in_heading_keeps_its_line_whole() {
        let lines = lay_out(plain::lines(
            "一、成效\n（一）加强管理。 局党组高度重视。\n（二）乙。丙。",
        ));
        assert_eq!(lines[2].lead, "（一）加强管理。 ");
        assert_eq!(lines[2].printed(), "（一）加强管理。 局党组高度重视。");
        assert_eq!(lines[1].number, lines[2].number);
    }
}
