//! What a line looks like by itself: a date, a public body, a salutation, a title, a header line.

use super::{Hint, Item};
use crate::read::table::table;

/// Marks that end or part a sentence; a heading or a name has none of them.
pub(super) const SENTENCE: [char; 12] = [
    '。', '；', ';', '，', ',', '！', '!', '？', '?', '：', ':', '…',
];

/// A line that gives facts about the document: `来源:… 日期:…`.
pub(super) fn is_header(item: &Item) -> bool {
    let text = item.squeezed.trim_start_matches(is_ornament);
    if let Some(first) = text.find([':', '：']) {
        let label = text[..first].trim_matches(is_ornament);
        if table().header.contains(label) {
            return true;
        }
    }
    if let Some((label, _)) = item
        .squeezed
        .strip_prefix('【')
        .and_then(|rest| rest.split_once('】'))
        && table().header.contains(label)
    {
        return true;
    }
    let labels = labels(text);
    labels >= 2
        || (labels == 1 && date_end(text).is_some())
        || table().header.iter().any(|label| {
            text.strip_prefix(label)
                .is_some_and(|rest| date_end(rest) == Some(rest.len()))
        })
}

/// How many labels of header lines stand before a colon in the first characters of a line.
fn labels(squeezed: &str) -> usize {
    squeezed
        .match_indices([':', '：'])
        .filter(|&(colon, _)| {
            let before = &squeezed[..colon];
            before
                .char_indices()
                .rev()
                .take(10)
                .any(|(at, _)| table().header.contains(&before[at..]))
        })
        .count()
}

/// How many labels of header lines stand in a line without colons, if it begins with one.
pub(super) fn labels_by_place(item: &Item) -> usize {
    let words: Vec<&str> = item.folded.split_whitespace().collect();
    let (mut place, mut count) = (0, 0);
    while place + 1 < words.len() {
        // A label may be spaced out: 索 引 号.
        let mut label = String::new();
        let longest = words[place..words.len() - 1].iter().take(4).enumerate();
        let is_label = longest.filter_map(|(more, word)| {
            label.push_str(word);
            table().header.contains(label.as_str()).then_some(more + 1)
        });
        match is_label.last() {
            Some(taken) => {
                place += taken;
                count += 1;
            }
            None if count == 0 => break,
            None => place += 1,
        }
    }
    count
}

/// Whether the line is a label of header lines and nothing else: `发文机关：`.
pub(super) fn is_bare_label(item: &Item) -> bool {
    item.squeezed
        .strip_suffix([':', '：'])
        .is_some_and(|label| table().header.contains(label.trim_matches(is_ornament)))
}

/// A line that only states validity.
pub(super) fn is_status(item: &Item) -> bool {
    table().status.contains(bare(&item.squeezed))
}

/// 特此报告。 and its like.
pub(super) fn is_closing(item: &Item) -> bool {
    let text = bare(&item.squeezed).chars();
    table().closing.have(text.filter(|c| !SENTENCE.contains(c)))
}

/// 各位代表： alone on a line.
pub(super) fn is_address(item: &Item) -> bool {
    item.squeezed.ends_with([':', '：', '!', '！', ',', '，']) && {
        let text = item.squeezed.chars();
        let kept = text.filter(|c| !SENTENCE.contains(c) && *c != '、');
        table().address.have(kept)
    }
}

/// Those whom a letter is written to: `市委、市人民政府:`.
pub(super) fn is_salutation(item: &Item) -> bool {
    let Some(names) = item.squeezed.strip_suffix([':', '：']) else {
        return false;
    };
    if item.marker.is_some() || names.contains(['。', '；', ':', '：']) || item.length() > 300 {
        return false;
    }
    let promises = ["如下", "以下", "现将", "主要", "附件"];
    if promises.iter().any(|word| names.contains(word)) {
        return false;
    }
    let last = names.rsplit(['、', '，', ',']).next().unwrap_or(names);
    let last = without_brackets(last);
    table().recipient.iter().any(|end| last.ends_with(end))
        || names.starts_with("尊敬的")
        || is_address(item)
}

/// The name of a public body alone on a line, with or without （盖章）.
pub(super) fn is_organ(item: &Item) -> bool {
    item.marker.is_none() && is_organ_name(&item.squeezed)
}

pub(super) fn is_organ_name(squeezed: &str) -> bool {
    let name = without_brackets(squeezed);
    let length = name.chars().count();
    (3..=40).contains(&length)
        && !name.contains(SENTENCE)
        && !name.contains(|c: char| c.is_ascii_digit())
        && !name.starts_with(['《', '“', '各', '—'])
        && table().organ.iter().any(|end| name.ends_with(end))
}

/// What the name of a body or a company may look like, by its length and characters.
pub(super) fn may_be_name(squeezed: &str) -> bool {
    (3..=25).contains(&squeezed.chars().count()) && squeezed.chars().all(char::is_alphabetic)
}

/// The letterhead of a filed document: `某市人民政府办公室文件`.
pub(super) fn is_letterhead(item: &Item) -> bool {
    item.squeezed
        .strip_suffix("文件")
        .is_some_and(is_organ_name)
}

/// A date alone on a line, in brackets or not: 2022年1月6日, 二〇二二年一月六日, 2022-01-06 10:48.
pub(super) fn is_date(item: &Item) -> bool {
    let text = item
        .squeezed
        .trim_matches(['(', ')', '（', '）', '[', ']', '【', '】']);
    date_end(text) == Some(text.len())
}

/// Who printed a document, when, and how often, under it: 某市人民政府办公室 2023年5月8日印发,
/// （共印20份）.
pub(super) fn is_imprint(item: &Item) -> bool {
    let printed = item.squeezed.strip_suffix("印发");
    let copies = bare(&item.squeezed)
        .strip_prefix("共印")
        .and_then(|rest| rest.strip_suffix('份'))
        .is_some_and(|count| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()));
    copies || item.length() <= 60 && printed.is_some_and(names_organ_and_date)
}

/// A public body and a date on one line.
pub(super) fn is_organ_with_date(item: &Item) -> bool {
    item.length() <= 60 && names_organ_and_date(&item.squeezed)
}

fn names_organ_and_date(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        let is_start = c.is_ascii_digit() || c == '二' || c == '一';
        is_start
            && date_end(&text[at..]) == Some(text.len() - at)
            && is_organ_name(text[..at].trim_end_matches(['，', ',', '(', '（']))
    })
}

/// The end of the date that white-space-free text begins with, its time of day included.
pub(super) fn date_end(text: &str) -> Option<usize> {
    let mut at = digits(text, 4).filter(|(count, _)| *count == 4)?.1;
    for (index, marks) in [['年', '-', '/', '.', '－'], ['月', '-', '/', '.', '－']]
        .iter()
        .enumerate()
    {
        let mark = text[at..].chars().next().filter(|c| marks.contains(c))?;
        at += mark.len_utf8();
        match digits(&text[at..], 2) {
            Some((_, length)) => at += length,
            None if index == 1 && mark == '月' => return Some(at),
            None => return None,
        }
    }
    if let Some(day) = text[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '日' | '号'))
    {
        at += day.len_utf8();
    }
    let time =
        |c: char| c.is_ascii_digit() || matches!(c, ':' | '：' | '时' | '分' | '秒' | 't' | '.');
    at += text[at..].find(|c| !time(c)).unwrap_or(text.len() - at);
    Some(at)
}

/// How many digits, ASCII, full-width or Han, text begins with, and where they end; of ASCII digits
/// at most `most`, of Han numerals four (二十三 is two digits).
fn digits(text: &str, most: usize) -> Option<(usize, usize)> {
    let is_wide = |c: char| ('０'..='９').contains(&c) || "〇○零一二三四五六七八九十".contains(c);
    let ascii = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    if ascii > 0 {
        return Some((ascii, ascii));
    }
    let wide = text.chars().take(4).take_while(|c| is_wide(*c));
    let (count, end) = wide.fold((0, 0), |(count, end), c| (count + 1, end + c.len_utf8()));
    (count > 0).then_some((count, end))
}

/// What a title has behind it in brackets, on a line of its own: （试行）, （2021—2025年）.
pub(super) fn is_edition(item: &Item) -> bool {
    let Some(inner) = item
        .squeezed
        .strip_prefix(['（', '('])
        .and_then(|rest| rest.strip_suffix(['）', ')']))
    else {
        return false;
    };
    let years = inner.strip_suffix('年').unwrap_or(inner);
    let is_span = years.contains(['—', '-', '－', '–', '~', '～', '至'])
        && years
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .all(|part| part.len() == 4)
        && years
            .chars()
            .all(|c| c.is_ascii_digit() || "—-－–~～至年".contains(c));
    let is_named = ["试行", "暂行", "草案", "稿", "版", "修订"]
        .iter()
        .any(|word| inner.ends_with(word));
    item.length() <= 20 && !inner.contains(SENTENCE) && (is_span || is_named)
}

/// The note under the title of a law or a speech: `（2021年5月27日…会议通过）`, `——在…会议上`.
pub(super) fn is_note(item: &Item) -> bool {
    let text = item.squeezed.as_str();
    let acts = [
        "通过", "会议", "修正", "修订", "公布", "施行", "批准", "发布", "印发", "制定", "修改",
        "大会",
    ];
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let dashed = text.starts_with("——") || text.starts_with("--");
    let occasion = text.ends_with("会议上")
        || text.ends_with("会上")
        || (date_end(text).is_some() && text.contains("会议上"));
    (bracketed && acts.iter().any(|act| text.contains(act)))
        || (dashed
            && (date_end(text.trim_start_matches(['—', '-', '在'])).is_some()
                || text.contains("会议")))
        || (occasion && !text.contains(['。', '；']) && item.length() <= 60)
}

/// The first line of a note that goes on over the next: it opens a bracket, with a date, and does not
/// close it.
pub(super) fn opens_note(item: &Item) -> bool {
    let text = item.squeezed.as_str();
    text.strip_prefix(['（', '('])
        .is_some_and(|inner| date_end(inner).is_some() && !inner.contains(['）', ')']))
}

/// Who gives the report: `市长 林海波`, `杭州市人民政府市长 姚高员`.
pub(super) fn is_speaker(item: &Item) -> bool {
    item.length() <= 24
        && !item.squeezed.contains(SENTENCE)
        && !item.squeezed.contains(|c: char| c.is_ascii_digit())
        && item.text.trim().contains(char::is_whitespace)
        && table().speaker.iter().any(|office| {
            item.squeezed.rfind(office).is_some_and(|at| {
                let name = item.squeezed[at + office.len()..].chars().count();
                (2..=5).contains(&name)
            })
        })
}

/// Who signs a joint order: `财政部部长：刘某`.
pub(super) fn is_officer_of_organ(item: &Item) -> bool {
    let Some((office, name)) = item.squeezed.split_once([':', '：']) else {
        return false;
    };
    (2..=4).contains(&name.chars().count())
        && name.chars().all(crate::text::is_han)
        && table()
            .speaker
            .iter()
            .any(|word| office.strip_suffix(*word).is_some_and(is_organ_name))
}

/// A line that could be the title or a part of it: short, unmarked, no sentence.
pub(super) fn may_be_title(item: &Item) -> bool {
    item.marker.is_none()
        && item.hint != Hint::Row
        && (3..=120).contains(&item.length())
        && !item.squeezed.ends_with(SENTENCE)
        && !item.squeezed.contains(['。', '；', '！', '？'])
        && !item
            .squeezed
            .starts_with(['—', '-', '附', '【', '[', '>', '（', '(', '*'])
        && !super::marker::counts_in_words(&item.folded)
}

/// Whether text ends as titles do: 报告, 通知, 条例（试行）.
pub(super) fn ends_as_title(squeezed: &str) -> bool {
    let name = without_brackets(squeezed).trim_end_matches(['》', '”', '"', '〉', '>']);
    table().title.iter().any(|end| name.ends_with(end))
}

/// Whether a line is short and unmarked enough for an unnumbered heading.
pub(super) fn may_be_heading(item: &Item) -> bool {
    item.marker.is_none()
        && item.is_plain()
        && (4..=30).contains(&item.length())
        && !item.squeezed.contains(SENTENCE)
        && !item
            .squeezed
            .starts_with(['—', '-', '（', '(', '【', '[', '《', '·', '•', '*', '>'])
        && item
            .squeezed
            .chars()
            .filter(|c| crate::text::is_han(*c))
            .count()
            * 2
            >= item.length()
        && !super::marker::counts_in_words(&item.folded)
        && !is_date(item)
}

/// Whether text ends as unnumbered headings do: 回顾, 安排, 总体要求.
pub(super) fn ends_as_section(squeezed: &str) -> bool {
    table().section.iter().any(|end| squeezed.ends_with(end))
}

/// Text without the bracketed words at its end.
pub(super) fn without_brackets(text: &str) -> &str {
    let mut text = text;
    while text.ends_with(['）', ')', '〕', ']']) {
        match text.rfind(['（', '(', '〔', '[']) {
            Some(open) if open > 0 => text = &text[..open],
            _ => break,
        }
    }
    text
}

/// Text without outer brackets and stops.
pub(super) fn bare(squeezed: &str) -> &str {
    squeezed.trim_matches(|c: char| is_ornament(c) || SENTENCE.contains(&c))
}

/// Brackets and bullets that pages put around words.
fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '【' | '】'
            | '['
            | ']'
            | '（'
            | '）'
            | '('
            | ')'
            | '「'
            | '」'
            | '·'
            | '•'
            | '|'
            | '｜'
            | '*'
            | '■'
            | '●'
    )
}

#[cfg(test)]
mod tests {
    use super::super::RawLine;
    use super::*;

    fn item(text: &str) -> Item {
        Item::new(RawLine::new(1, text.to_owned()))
    }

    #[test]
    fn header_lines_are_known_in_every_spelling_of_the_seeds() {
        for line in [
            "来源:龙华区政务服务数据管理局 日期:2022年12月01日 【字体:",
            "來源:防城港市大數據和行政審批局 發表時間:2022-01-10 10:48",
            "信息提供日期 : 2021-12-24 16:53来源 : 福田区政务服务数据管理局 信息索引号 : /2021-9478004",
            "2022-01-10 10:48 来源：某局",
            "法規性質：命令",
            "標　　題：某通知",
            "发布时间 2022-01-10",
            "【法宝引证码】 CLI.12.5115678 原文链接：https://x",
            "廢止註記：廢",
        ] {
            assert!(is_header(&item(line)), "{line}");
        }
        for line in [
            "2021年,我局报告如下:",
            "责任单位：市发改委",
            "一、时间：三月",
        ] {
            assert!(!is_header(&item(line)), "{line}");
        }
    }

    #[test]
    fn dates_are_known_in_digits_and_in_numerals() {
        for line in [
            "2022年1月6日",
            "二〇二二年一月六日",
            "（2021年11月24日）",
            "2022-01-10 10:48",
            "2019 年 3 月 28 日",
            "2022年12月",
        ] {
            assert!(is_date(&item(line)), "{line}");
        }
        for line in ["2022年", "2022年1月6日上午", "98.6%", "一年来"] {
            assert!(!is_date(&item(line)), "{line}");
        }
        assert!(is_organ_with_date(&item(
            "福田区政务服务数据管理局 2021年11月24日"
        )));
    }

    #[test]
    fn an_edition_belongs_to_the_title_above_it() {
        for line in [
            "（试行）",
            "（2021—2025年）",
            "(2023年版)",
            "（征求意见稿）",
            "（2021-2025）",
        ] {
            assert!(is_edition(&item(line)), "{line}");
        }
        for line in [
            "（2021年5月）",
            "（2021年3月1日通过）",
            "（一）总则",
            "试行",
        ] {
            assert!(!is_edition(&item(line)), "{line}");
        }
    }

    #[test]
    fn salutations_name_those_written_to_and_promise_nothing() {
        for line in [
            "市委、市人民政府:",
            "各位代表：",
            "各旗、县、区人民政府，稀土高新区管委会，市直有关部门、单位：",
            "各相关单位和专家：",
        ] {
            assert!(is_salutation(&item(line)), "{line}");
        }
        for line in ["现将有关情况报告如下:", "重点抓好八个方面工作：", "附件："]
        {
            assert!(!is_salutation(&item(line)), "{line}");
        }
    }

    #[test]
    fn speakers_and_notes_stand_under_titles() {
        assert!(is_speaker(&item("市长\u{a0} 马\u{a0} 军")));
        assert!(is_speaker(&item("杭州市人民政府市长\u{a0} 姚高员")));
        assert!(!is_speaker(&item("市长热线")));
        assert!(is_note(&item(
            "（2024年1月29日在杭州市第十四届人民代表大会第四次会议上）"
        )));
        assert!(is_note(&item("——2024年2月3日在贵港市第六届人民代表大会")));
    }
}
