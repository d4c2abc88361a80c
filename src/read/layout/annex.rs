//! Marks the documents inside a document: the plan that a notice issues, the law under a decree, the
//! attachments.

use std::collections::HashSet;

use super::{Hint, Item, byline, head, number, shape};
use crate::document::LineKind;
use crate::read::table::table;

/// How many lines the title of an attached document may be broken into.
const LINES: usize = 4;

/// The longest name of an attachment in a list of them, in characters.
const LONGEST_NAME: usize = 60;

pub(super) fn mark(items: &mut [Item]) {
    mark_contents(items);
    mark_labels(items);
    mark_lists(items);
    let issued = issued(items);
    let mut has_ended = false;
    let mut place = 1;
    while place < items.len() {
        has_ended |= items[place - 1].kind == Some(LineKind::Signature);
        let named = has_ended
            .then(|| issued_title(items, place, &issued))
            .flatten();
        let end = match (named, opening(items, place)) {
            (Some(end), _) => end,
            (None, Some(opening)) => match title(items, place, opening) {
                end if end > place => head::with_edition(items, end),
                end => end,
            },
            (None, None) => place,
        };
        for item in &mut items[place..end] {
            item.kind = Some(LineKind::Title);
        }
        if end > place {
            let under = mark_under(&mut items[end..]);
            mark_salutation(&mut items[end + under..]);
        }
        place = end.max(place + 1);
    }
}

/// The names in 《》 of what the text before the first signature speaks of.
struct Issued {
    names: HashSet<String>,
    /// The longest of them, in bytes.
    longest: usize,
}

fn issued(items: &[Item]) -> Issued {
    let text = items
        .iter()
        .take_while(|item| item.kind != Some(LineKind::Signature));
    let names: HashSet<String> = text
        .flat_map(|item| item.squeezed.split('《').skip(1))
        .filter_map(|rest| Some(name(&rest[..rest.find('》')?])))
        .filter(|name| name.chars().count() >= 4)
        .collect();
    Issued {
        longest: names.iter().map(String::len).max().unwrap_or(0),
        names,
    }
}

/// The end of the lines that name a document which the notice before it issues, with text under them.
fn issued_title(items: &[Item], place: usize, issued: &Issued) -> Option<usize> {
    let is_open = |item: &Item| item.kind.is_none() && item.is_plain() && item.marker.is_none();
    let mut title = String::new();
    for (nth, item) in items[place..].iter().take(LINES).enumerate() {
        if !is_open(item) || title.len() > issued.longest {
            return None;
        }
        title.push_str(&name(&item.squeezed));
        if issued.names.contains(&title) {
            let end = place + nth + 1;
            return items[end..].first()?.kind.is_none().then_some(end);
        }
    }
    None
}

/// A name without its marks, by which it is known again.
fn name(squeezed: &str) -> String {
    squeezed.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What stands before an attached document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// A signature or a closing: anything that reads as a title may follow, or more text.
    End,
    /// 附件1: a title follows.
    Label,
}

fn opening(items: &[Item], place: usize) -> Option<Opening> {
    if items[place].kind.is_some() {
        return None;
    }
    let before = items[..place]
        .iter()
        .rev()
        .find(|item| item.kind != Some(LineKind::Boilerplate))?;
    match before.kind {
        Some(LineKind::Header) if is_label(before) => {
            let lists = before.squeezed.ends_with(['：', ':'])
                && !before.squeezed.contains(|c: char| c.is_ascii_digit());
            (!lists).then_some(Opening::Label)
        }
        Some(LineKind::Signature | LineKind::Closing) => Some(Opening::End),
        _ => None,
    }
}

/// 附件1 alone on a line: a line of facts where something comes after it, furniture where not.
fn mark_labels(items: &mut [Item]) {
    for place in 0..items.len() {
        let item = &items[place];
        let is_free = matches!(item.kind, None | Some(LineKind::Boilerplate)) && item.is_plain();
        if !is_free || !is_label(item) {
            continue;
        }
        let rest = &items[place + 1..];
        let opens = rest.iter().take(3).any(|item| item.kind.is_none());
        items[place].kind = Some(if opens {
            LineKind::Header
        } else {
            LineKind::Boilerplate
        });
    }
}

/// `附件：1.某表` and the numbered lines after it name attachments and are no headings.
fn mark_lists(items: &mut [Item]) {
    let mut in_list = false;
    for item in items.iter_mut() {
        let text = item.squeezed.as_str();
        let opens = table().attachment.iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                rest.trim_start_matches(|c: char| c.is_ascii_digit())
                    .starts_with(['：', ':'])
            })
        });
        if opens {
            in_list = true;
        } else if in_list
            && item.kind.is_none()
            && item.marker.is_some()
            && item.length() <= LONGEST_NAME
        {
            item.marker = None;
        } else {
            in_list = false;
        }
    }
}

/// The end of the title that begins at `place`; `place` itself if none does.
fn title(items: &[Item], place: usize, opening: Opening) -> usize {
    let open = items[place..]
        .iter()
        .take(LINES)
        .take_while(|item| item.kind.is_none() && shape::may_be_title(item))
        .count();
    let group = &items[place..place + open];
    let has_text = items[place + open..].iter().any(|item| item.kind.is_none());
    if group.is_empty() || (!has_text && opening == Opening::End) {
        return place;
    }
    if let Some(last) = group
        .iter()
        .position(|item| shape::ends_as_title(&item.squeezed))
    {
        return place + last + 1;
    }
    let centered = group
        .iter()
        .take_while(|item| item.hint == Hint::Centered)
        .count();
    match opening {
        _ if centered > 0 => place + centered,
        Opening::Label => place + 1,
        Opening::End => place,
    }
}

/// The notes, numbers, dates and authors right under the title of an attached document, as header
/// lines. Gives their number.
fn mark_under(items: &mut [Item]) -> usize {
    /// How many notes may stand there.
    const NOTES: usize = 4;
    let is_note = |item: &Item| {
        let notes = shape::is_note(item) || number::is_number(item) || shape::is_date(item);
        item.kind.is_none() && notes
    };
    let notes = items
        .iter()
        .take(NOTES)
        .take_while(|item| is_note(item))
        .count();
    for item in &mut items[..notes] {
        item.kind = Some(LineKind::Header);
    }
    notes + byline::mark(&mut items[notes..])
}

/// Whom an attached report was written to.
fn mark_salutation(items: &mut [Item]) {
    if let Some(first) = items.first_mut()
        && first.kind.is_none()
        && shape::is_salutation(first)
    {
        first.kind = Some(LineKind::Salutation);
    }
}

/// 附件, 附件1, 附件二：, 附表 alone on a line.
fn is_label(item: &Item) -> bool {
    let text = shape::bare(&item.squeezed);
    table().attachment.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.chars().count() <= 3
                && rest
                    .chars()
                    .all(|c| c.is_ascii_digit() || "一二三四五六七八九十－-—".contains(c))
        })
    })
}

/// A table of contents: from 目录 to where its first line comes again, and lines with dot leaders.
fn mark_contents(items: &mut [Item]) {
    for item in items.iter_mut().filter(|item| item.kind.is_none()) {
        if has_leader(&item.squeezed) {
            item.kind = Some(LineKind::Boilerplate);
        }
    }
    let heads: Vec<usize> = (0..items.len())
        .filter(|&place| {
            table()
                .contents
                .contains(shape::bare(&items[place].squeezed))
        })
        .collect();
    for head in heads {
        let end = contents_end(items, head);
        for item in &mut items[head..end] {
            item.kind = Some(LineKind::Boilerplate);
        }
    }
}

/// The first line after a table of contents that begins at `head`.
fn contents_end(items: &[Item], head: usize) -> usize {
    /// The longest line of a table of contents, in characters.
    const SHORT: usize = 60;
    let rest = &items[head + 1..];
    let entries = rest
        .iter()
        .position(|item| item.length() > SHORT || item.squeezed.ends_with('。'))
        .unwrap_or(rest.len());
    let Some(first) = rest[..entries].first().map(|item| entry(&item.squeezed)) else {
        return head + 1;
    };
    let again = rest[..entries]
        .iter()
        .skip(1)
        .position(|item| entry(&item.squeezed) == first);
    match again {
        Some(again) => head + 2 + again,
        // The text may go on in the middle of the list, with a heading spelt otherwise.
        None => {
            let restart = first_marker_again(&rest[..entries])
                .or_else(|| last_named_again(&rest[..entries], &rest[entries..]));
            head + 1 + restart.unwrap_or(0)
        }
    }
}

/// The end of the list where the text, which begins with a heading that is not listed, names the rest
/// again.
fn last_named_again(entries: &[Item], text: &[Item]) -> Option<usize> {
    let headings: Vec<&str> = text
        .iter()
        .filter(|item| item.marker.is_some())
        .map(|item| entry(&item.squeezed))
        .collect();
    let is_again = |item: &Item| item.marker.is_some() && headings.contains(&entry(&item.squeezed));
    is_again(entries.first()?).then_some(())?;
    entries.iter().rposition(is_again).map(|last| last + 1)
}

/// Where the numbers of a list of headings begin anew.
fn first_marker_again(entries: &[Item]) -> Option<usize> {
    let first = entries.first()?.marker?;
    entries
        .iter()
        .skip(1)
        .position(|item| {
            item.marker.is_some_and(|marker| {
                marker.family == first.family && marker.ordinal == first.ordinal
            })
        })
        .map(|at| at + 1)
}

/// A line of a table of contents without its page number.
fn entry(squeezed: &str) -> &str {
    squeezed.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | '—' | '（' | '）' | '(' | ')')
    })
}

/// `总则……………3`, `总则..........3`
fn has_leader(squeezed: &str) -> bool {
    let text = squeezed.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '-' | '—' | '（' | '）' | '(' | ')')
    });
    text.len() < squeezed.len()
        && (text.ends_with("……") || text.ends_with("....") || text.ends_with("····"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    #[test]
    fn the_plan_that_a_notice_issues_has_its_own_title() {
        let text = "某县办公室关于印发养老方案的通知\n各乡镇人民政府：\n现印发给你们。\n某县办公室\n2020年5月21日\n\
                    （此件公开发布）\n某县养老服务实施方案\n（2020年5月20日通过）\n一、目标\n到2022年全覆盖。\n附件1\n任务分工\n一、床位\n由民政局建床位。";
        assert_eq!(
            laid_out(text),
            [
                "title  | 某县办公室关于印发养老方案的通知",
                "salutation  | 各乡镇人民政府：",
                "paragraph  | 现印发给你们。",
                "signature  | 某县办公室",
                "signature  | 2020年5月21日",
                "closing  | （此件公开发布）",
                "title  | 某县养老服务实施方案",
                "header  | （2020年5月20日通过）",
                "heading1  | 一、目标",
                "paragraph 一、目标 | 到2022年全覆盖。",
                "header  | 附件1",
                "title  | 任务分工",
                "heading1  | 一、床位",
                "paragraph 一、床位 | 由民政局建床位。",
            ]
        );
    }

    #[test]
    fn each_document_that_a_notice_names_begins_with_its_title() {
        let text = "某省办公厅关于印发某政策和某计划的通知\n各市人民政府：\n《某工业政策》《某工业计划（2021—2023年）》印发给你们。\n\
                    某省办公厅\n2021年9月2日\n某工业政策\n一、支持平台\n培育平台。\n某工业\n计划（2021-2023年）\n为了推动，制定本计划。\n一、总体要求\n做好。";
        let titles: Vec<String> = laid_out(text)
            .into_iter()
            .filter_map(|line| line.strip_prefix("title  | ").map(str::to_owned))
            .collect();
        assert_eq!(titles[1..], ["某工业政策", "某工业", "计划（2021-2023年）"]);
    }

    #[test]
    fn a_contents_ends_before_a_preface_that_it_does_not_list() {
        let text = "某市养老规划\n目　录\n一、背景\n（一）基础\n二、要求\n前　言\n为了养老，制定本规划。\n一、背景\n（一）基础\n有机构。\n二、要求\n做好。";
        assert_eq!(
            laid_out(text)[1..7],
            [
                "boilerplate  | 目　录",
                "boilerplate  | 一、背景",
                "boilerplate  | （一）基础",
                "boilerplate  | 二、要求",
                "paragraph  | 前　言",
                "paragraph  | 为了养老，制定本规划。",
            ]
        );
    }

    #[test]
    fn a_regulation_has_notes_a_contents_and_articles() {
        let text = "某市文明条例\n（2019年4月19日某市人大常委会通过）\n目　录\n第一章 总则\n第二章 附则\n\
                    第一章　总则\n第一条　为了文明，制定本条例。\n第二条　下列行为应当禁止：\n（一）吐痰；\n（二）喧哗。\n第二章　附则\n第三条　本条例自公布之日起施行。";
        assert_eq!(
            laid_out(text),
            [
                "title  | 某市文明条例",
                "header  | （2019年4月19日某市人大常委会通过）",
                "boilerplate  | 目　录",
                "boilerplate  | 第一章 总则",
                "boilerplate  | 第二章 附则",
                "heading1  | 第一章　总则",
                "paragraph 第一章　总则/第一条 | 第一条　为了文明，制定本条例。",
                "paragraph 第一章　总则/第二条 | 第二条　下列行为应当禁止：",
                "paragraph 第一章　总则/第二条 | （一）吐痰；",
                "paragraph 第一章　总则/第二条 | （二）喧哗。",
                "heading1  | 第二章　附则",
                "paragraph 第二章　附则/第三条 | 第三条　本条例自公布之日起施行。",
            ]
        );
    }
}
