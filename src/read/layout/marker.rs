//! The number that a line begins with: 第一章, 一、, （一）, 1., (1), ① … and what it counts.

use std::ops::Range;

use crate::text::fold_char;

/// What a number at the head of a line counts, the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Family {
    /// 第一编, 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 一、
    Han,
    /// （一）
    HanInBrackets,
    /// 1. and 1、
    Number,
    /// 1.1, where a document counts so
    NumberOfTwo,
    /// 1.1.1, where a document counts so
    NumberOfThree,
    /// (1) and 1)
    NumberInBrackets,
    /// ①
    Circled,
}

/// A number at the head of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// What it counts.
    pub family: Family,
    /// Its value.
    pub ordinal: u32,
    /// The bytes before the text that it numbers: the marker and the space after it.
    pub end: usize,
    /// The bytes of the number itself as printed (第一条, without the space after it).
    pub label_end: usize,
}

/// Whether a line begins as a division does, a part, a chapter, a section or an article. It need not
/// be folded.
pub(super) fn may_be_division(line: &str) -> bool {
    line.chars().next().map(fold_char) == Some('第')
}

/// The marker that a folded line begins with.
pub(super) fn marker(folded: &str) -> Option<Marker> {
    let (family, ordinal, label_end) = divisions(folded)
        .or_else(|| circled(folded))
        .or_else(|| in_brackets(folded))
        .or_else(|| plain(folded))?;
    let rest = &folded[label_end..];
    let end = folded.len() - rest.trim_start().len();
    Some(Marker {
        family,
        ordinal,
        end,
        label_end,
    })
}

/// Whether the line goes on counting in words: 一是, 第二，, 首先.
pub(super) fn counts_in_words(folded: &str) -> bool {
    let Some((_, digits)) = han_number(folded) else {
        return ["首先", "其次", "再次", "最后"]
            .iter()
            .any(|word| folded.starts_with(word));
    };
    folded[digits.end..].starts_with(['是', '要'])
}

/// 第…编 章 节 条, inner spaces allowed: `第 一 章`, `第 12 条`, `第十二条之一`, `第 12-1 条`.
fn divisions(folded: &str) -> Option<(Family, u32, usize)> {
    let rest = folded.strip_prefix('第')?;
    let spaced = rest.trim_start();
    let offset = folded.len() - spaced.len();
    let (ordinal, digits) = spaced_number(spaced)?;
    let mut rest = &spaced[digits.end..];
    if let Some(sub) = rest.strip_prefix('-') {
        let (_, digits) = number(sub)?;
        rest = &sub[digits.end..];
    }
    let rest = rest.trim_start();
    let at = offset + (spaced.len() - rest.len());
    let names = [
        ("部分", Family::Part),
        ("编", Family::Part),
        ("篇", Family::Part),
        ("章", Family::Chapter),
        ("节", Family::Section),
        ("条", Family::Article),
    ];
    let (name, family) = names.into_iter().find(|(name, _)| rest.starts_with(name))?;
    let mut end = at + name.len();
    let after = &folded[end..];
    if let Some(sub) = after.strip_prefix('之')
        && let Some((_, digits)) = han_number(sub)
    {
        end += '之'.len_utf8() + digits.end;
    }
    let after = &folded[end..];
    // 第一条规定 in running text is no article; a division is set off by a space or a bracket, or
    // its text follows at once, which only a line that is all heading or all article does.
    let continues = [
        "第", "规定", "的", "、", "和", "至", "及", "款", "项", "中", "所", "或", "，", ",",
    ];
    if continues.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    Some((family, ordinal, end))
}

/// ① to ⑳, ❶, ⑴, ⒈, ㈠, ㊀: one character that is a number.
fn circled(folded: &str) -> Option<(Family, u32, usize)> {
    let first = folded.chars().next()?;
    let tables = [
        ('①'..='⑳', Family::Circled),
        ('⑴'..='⒇', Family::NumberInBrackets),
        ('⒈'..='⒛', Family::Number),
        ('㈠'..='㈩', Family::HanInBrackets),
        ('❶'..='❿', Family::Circled),
        ('㊀'..='㊉', Family::Circled),
    ];
    let (range, family) = tables
        .into_iter()
        .find(|(range, _)| range.contains(&first))?;
    let ordinal = u32::from(first) - u32::from(*range.start()) + 1;
    Some((family, ordinal, first.len_utf8()))
}

/// （一） (1) 〔一〕 and the half-open 1) 1）.
fn in_brackets(folded: &str) -> Option<(Family, u32, usize)> {
    let opened = folded.strip_prefix(['（', '(', '〔']);
    let inner = opened.unwrap_or(folded).trim_start();
    let start = folded.len() - inner.len();
    let (ordinal, digits, family) = match han_number(inner) {
        Some((ordinal, digits)) => (ordinal, digits, Family::HanInBrackets),
        None => {
            let (ordinal, digits) = number(inner)?;
            (ordinal, digits, Family::NumberInBrackets)
        }
    };
    let rest = inner[digits.end..].trim_start();
    let close = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '）' | ')' | '〕'))?;
    if ordinal > 199 {
        return None;
    }
    let end = start + (inner.len() - rest.len()) + close.len_utf8();
    let after = folded[end..].chars().next();
    let stop = after
        .filter(|c| matches!(c, '、' | '.' | '．'))
        .map_or(0, char::len_utf8);
    Some((family, ordinal, end + stop))
}

/// 一、 and 1. 1． 1、; never 12.4 or 2.0, but 1.2021年.
fn plain(folded: &str) -> Option<(Family, u32, usize)> {
    if let Some((ordinal, digits)) = han_number(folded) {
        let rest = folded[digits.end..].trim_start();
        let stop = rest.chars().next()?;
        let at = folded.len() - rest.len() + stop.len_utf8();
        return matches!(stop, '、' | '.' | '．')
            .then_some((Family::Han, ordinal, at))
            .or_else(|| {
                // 一 总体要求: a space in place of the 、, after one numeral only.
                let spaced = rest.len() < folded.len() - digits.end;
                (spaced && crate::text::is_han(stop) && rest.chars().count() <= 30).then_some((
                    Family::Han,
                    ordinal,
                    digits.end,
                ))
            });
    }
    let (ordinal, digits) = number(folded)?;
    let rest = &folded[digits.end..];
    let stop = rest.chars().next()?;
    let after = &rest[stop.len_utf8()..];
    let year = after.chars().take_while(char::is_ascii_digit).count() == 4
        && after[4..].trim_start().starts_with(['年', '—', '-', '–']);
    let digit_follows = after.starts_with(|c: char| c.is_ascii_digit()) && !year;
    let is_stop = stop == '、' || stop == '．' || (stop == '.' && !digit_follows);
    (is_stop && ordinal > 0 && ordinal <= 199).then_some((
        Family::Number,
        ordinal,
        digits.end + stop.len_utf8(),
    ))
}

/// A number in ASCII or full-width digits, of at most four.
fn number(text: &str) -> Option<(u32, Range<usize>)> {
    let mut value = 0;
    let mut end = 0;
    for (at, c) in text.char_indices().take(5) {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '０'..='９' => u32::from(c) - u32::from('０'),
            _ => break,
        };
        value = value * 10 + digit;
        end = at + c.len_utf8();
    }
    (end > 0 && value <= 9999).then_some((value, 0..end))
}

/// A number of either kind, Han numerals with inner spaces allowed (第 十 二 章).
fn spaced_number(text: &str) -> Option<(u32, Range<usize>)> {
    if let Some(found) = number(text) {
        return Some(found);
    }
    let end = text
        .char_indices()
        .find(|(_, c)| han_digit(*c).is_none() && !c.is_whitespace())
        .map_or(text.len(), |(at, _)| at);
    let squeezed: String = text[..end].chars().filter(|c| !c.is_whitespace()).collect();
    let (value, digits) = han_number(&squeezed)?;
    (digits.end == squeezed.len()).then_some((value, 0..text[..end].trim_end().len()))
}

/// A number in Han numerals below a thousand: 三, 十二, 二十, 一百零五, 二〇.
fn han_number(text: &str) -> Option<(u32, Range<usize>)> {
    let mut value = 0;
    let mut last = None;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match han_digit(c) {
            Some(unit @ (10 | 100)) => {
                let count = last.take().unwrap_or(1);
                value += count * unit;
            }
            Some(0) => last = Some(last.unwrap_or(0) * 10),
            Some(digit) => {
                last = Some(
                    last.filter(|_| value == 0)
                        .map_or(digit, |tens| tens * 10 + digit),
                );
            }
            None => break,
        }
        end = at + c.len_utf8();
        if end > 21 {
            return None;
        }
    }
    let value = value + last.unwrap_or(0);
    (end > 0 && value > 0 && value < 2000).then_some((value, 0..end))
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<(Family, u32, &str)> {
        marker(line).map(|marker| (marker.family, marker.ordinal, &line[marker.end..]))
    }

    #[test]
    fn each_form_of_number_is_known() {
        let cases = [
            ("第一章　总则", Family::Chapter, 1, "总则"),
            ("第 十 二 章 附則", Family::Chapter, 12, "附則"),
            ("第二节 监督", Family::Section, 2, "监督"),
            ("第一百零五条　本条例", Family::Article, 105, "本条例"),
            ("第 12-1 条　本法", Family::Article, 12, "本法"),
            ("第十二条之一 本法", Family::Article, 12, "本法"),
            ("一、总体要求", Family::Han, 1, "总体要求"),
            ("十二、其他", Family::Han, 12, "其他"),
            ("（三）加强领导", Family::HanInBrackets, 3, "加强领导"),
            ("(十一)加强领导", Family::HanInBrackets, 11, "加强领导"),
            ("3.聚焦", Family::Number, 3, "聚焦"),
            ("2、打造", Family::Number, 2, "打造"),
            ("１．打造", Family::Number, 1, "打造"),
            ("1.2021年共受理", Family::Number, 1, "2021年共受理"),
            ("(4)依法", Family::NumberInBrackets, 4, "依法"),
            ("4）依法", Family::NumberInBrackets, 4, "依法"),
            ("③公开", Family::Circled, 3, "公开"),
            ("㈡公开", Family::HanInBrackets, 2, "公开"),
        ];
        for (line, family, ordinal, rest) in cases {
            assert_eq!(
                parsed(&crate::text::fold(line)),
                Some((family, ordinal, &*crate::text::fold(rest))),
                "{line}"
            );
        }
    }

    #[test]
    fn numbers_that_count_nothing_are_no_markers() {
        for line in [
            "12.4国家宪法日",
            "2.0版本",
            "98.6%的事项",
            "2021年，",
            "第一条规定的",
            "第一季度",
            "一是加强",
            "一年来，",
            "3.6.3节",
            "十四五期间",
            "（2021年5月）",
            "1+1+10+92",
        ] {
            assert_eq!(parsed(line), None, "{line}");
        }
        assert!(counts_in_words("十一是组织"));
        assert!(!counts_in_words("一年来"));
    }
}
