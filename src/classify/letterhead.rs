//! The letterhead that an order, an announcement or minutes stand under, and the number below it.
//!
//! Comes in: the head of a page. Goes out: who issues under it, the number with the name before it
//! (国务院令第341号), and which lines it takes, so that the title of what it puts into force can be
//! found behind them.

use std::ops::Range;

use super::issuer::is_organ;
use super::labels::{Label, Source};
use super::note::without_ordinals;
use super::number::normalised;
use super::page::Page;
use crate::document::LineKind;
use crate::lexicon::Organ;
use crate::text::{fold, integer};

/// A letterhead with what it states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letterhead {
    /// Its lines, the number's among them, by place.
    pub(super) lines: Range<usize>,
    pub(super) form: Form,
    /// The bodies that it names.
    organs: Vec<String>,
    /// 国务院令第341号; of minutes what is printed: 〔2021〕第8次.
    number: String,
}

/// What is issued under a letterhead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 国务院令
    Order,
    /// 某省人民代表大会常务委员会公告
    Announcement,
    /// 某市人民政府常务会议纪要
    Minutes,
}

/// The words that letterheads end in.
const FORMS: [(&str, Form); 4] = [
    ("令", Form::Order),
    ("公告", Form::Announcement),
    ("通告", Form::Announcement),
    ("纪要", Form::Minutes),
];

/// What a name may leave off: 中华人民共和国国务院 is 国务院.
const STATE: &str = "中华人民共和国";

/// How many lines of a page may stand above its letterhead.
const DEEPEST: usize = 8;

/// The longest name of a letterhead, in characters.
const LONGEST: usize = 60;

/// The first letterhead of a page.
pub(super) fn letterhead(page: &Page<'_>) -> Option<Letterhead> {
    let own: Vec<usize> = page
        .head()
        .filter(|(_, seen)| seen.line.kind != LineKind::Boilerplate)
        .map(|(place, _)| place)
        .collect();
    (0..own.len().min(DEEPEST)).find_map(|nth| {
        let place = own[nth];
        let (name, behind) = split(&page.lines[place].folded)?;
        if behind.is_empty() {
            let next = *own.get(nth + 1)?;
            let number = count(&page.lines[next].folded)?;
            found(page, &own[..=nth], name, number, next)
        } else {
            found(page, &own[..=nth], name, count(behind)?, place)
        }
    })
}

impl Letterhead {
    /// The bodies that issue under it. An order of the president names an office, and none.
    pub(super) fn issuer(&self, page: &Page<'_>) -> Option<Label<String>> {
        let names = self.form != Form::Minutes && !self.organs.is_empty();
        names.then(|| {
            let evidence = page.line_evidence(Source::Header, self.lines.start);
            Label::found(self.organs.join("、"), evidence)
        })
    }

    /// The document number.
    pub(super) fn number(&self, page: &Page<'_>) -> Label<String> {
        let last = self.lines.end - 1;
        let places = [self.lines.start, last];
        let places = if self.lines.len() == 1 {
            &places[..1]
        } else {
            &places
        };
        Label {
            value: self.number.clone(),
            evidence: places
                .iter()
                .map(|&place| page.line_evidence(Source::Header, place))
                .collect(),
            guess: false,
        }
    }
}

/// A letterhead whose name ends the last line of `above` and whose number stands at `last`.
fn found(
    page: &Page<'_>,
    above: &[usize],
    name: &str,
    number: String,
    last: usize,
) -> Option<Letterhead> {
    let (word, form) = form_of(name)?;
    let mut organs = organs(&name[..name.len() - word.len()]);
    let mut start = *above.last()?;
    // The bodies of a joint order stand on lines of their own above the word.
    if name == word {
        for &place in above.iter().rev().skip(1) {
            let more = self::organs(&page.lines[place].folded);
            if more.is_empty() {
                break;
            }
            organs.splice(0..0, more);
            start = place;
        }
        if organs.is_empty() {
            return None;
        }
    }
    let name = if name == word {
        organs.concat() + word
    } else {
        shortened(&squeezed(name)).to_owned()
    };
    let number = match form {
        Form::Minutes => number,
        Form::Order | Form::Announcement => name + &number,
    };
    Some(Letterhead {
        lines: start..last + 1,
        form,
        organs,
        number,
    })
}

/// A line cut behind the name of a letterhead, if it begins with one; brackets aside.
fn split(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (end, _) = FORMS
        .iter()
        .filter_map(|(word, form)| Some((line.rfind(word)? + word.len(), form)))
        .max_by_key(|(end, _)| *end)?;
    let (name, behind) = line.split_at(end);
    let is_name = name.chars().count() <= LONGEST
        && !["关于", "《", "“", "的", "根据", "按照"]
            .iter()
            .any(|word| name.contains(word))
        && !name.contains(['。', '，', '；', '：', ',', '（', '(']);
    is_name.then(|| (name, behind.trim()))
}

fn form_of(name: &str) -> Option<(&'static str, Form)> {
    FORMS.into_iter().find(|(word, _)| name.ends_with(word))
}

/// A number without the name before it, its numerals made digits: 第八十三号, （第49号）,
/// 2021年第3号, 〔2021〕第8次, 〔五届〕第58号, 第12期.
pub(super) fn count(line: &str) -> Option<String> {
    let line = normalised_numerals(&squeezed(line));
    let bare = line
        .strip_prefix(['（', '('])
        .and_then(|inner| inner.strip_suffix(['）', ')']))
        .unwrap_or(&line);
    let normal = normalised(bare)?;
    let rest = normal.strip_suffix(['号', '次', '期'])?;
    let before = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_counted = before.len() < rest.len() && rest.len() - before.len() <= 6;
    let ordinal = before.strip_suffix('第');
    let before = ordinal.unwrap_or(before);
    let term = before
        .strip_prefix(['〔', '[', '（', '('])
        .and_then(|inner| inner.strip_suffix(['〕', ']', '）', ')']));
    let year = before.strip_suffix('年');
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_known = match (term, year) {
        (Some(term), _) => is_year(term) || term.ends_with('届'),
        (None, Some(year)) => is_year(year) && ordinal.is_some(),
        (None, None) => before.is_empty() && ordinal.is_some(),
    };
    (is_counted && is_known).then_some(normal)
}

/// Text with the numeral between 第 and 号 in digits.
fn normalised_numerals(text: &str) -> String {
    let numeral = text.rfind('第').and_then(|at| {
        let start = at + '第'.len_utf8();
        let length = text[start..].find(['号', '號', '次', '期'])?;
        let value = integer(&text[start..start + length])?;
        Some((start..start + length, value))
    });
    match numeral {
        Some((range, value)) => {
            format!("{}{value}{}", &text[..range.start], &text[range.end..])
        }
        None => text.to_owned(),
    }
}

/// The bodies that a line names, and nothing else: `财政部　税务总局`.
fn organs(line: &str) -> Vec<String> {
    let known = |name: &str| {
        let whole = without_ordinals(shortened(name));
        (is_organ(&whole) || Organ::beginning(&fold(&whole)).is_some()).then_some(whole)
    };
    let parts: Option<Vec<String>> = line.split_whitespace().map(known).collect();
    match parts {
        Some(parts) => parts,
        None => known(&squeezed(line)).into_iter().collect(),
    }
}

/// A name without that of the state, where it is one without: 国务院, 交通运输部, 主席.
pub(super) fn shortened(name: &str) -> &str {
    let bare = name.strip_prefix(STATE).unwrap_or(name);
    let stands = bare.starts_with("主席") || Organ::beginning(bare).is_some();
    if stands { bare } else { name }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Line};

    fn of(lines: &[(LineKind, &str)]) -> Option<(String, Option<String>)> {
        let lines = (1..).zip(lines).map(|(number, (kind, text))| Line {
            number,
            kind: *kind,
            level: None,
            text: (*text).to_owned(),
            lead: String::new(),
            path: Vec::new(),
        });
        let document = Document {
            lines: lines.collect(),
            ..Document::default()
        };
        let page = Page::new(&document);
        let letterhead = letterhead(&page)?;
        let issuer = letterhead.issuer(&page).map(|issuer| issuer.value);
        Some((letterhead.number(&page).value, issuer))
    }

    fn under(name: &str, number: &str) -> Option<(String, Option<String>)> {
        of(&[(LineKind::Title, name), (LineKind::Header, number)])
    }

    fn stated(number: &str, issuer: &str) -> Option<(String, Option<String>)> {
        Some((number.to_owned(), Some(issuer.to_owned())))
    }

    #[test]
    fn a_number_alone_takes_the_name_above_it() {
        assert_eq!(
            under("中华人民共和国国务院令", "第341号"),
            stated("国务院令第341号", "国务院")
        );
        assert_eq!(
            under("浙 江 省 人 民 政 府 令", "第 381 号"),
            stated("浙江省人民政府令第381号", "浙江省人民政府")
        );
        assert_eq!(
            under("国家发展和改革委员会令", "2023年 第5号"),
            stated("国家发展和改革委员会令2023年第5号", "国家发展和改革委员会")
        );
        assert_eq!(
            under("江苏省人民代表大会常务委员会公告", "第六十号"),
            stated(
                "江苏省人民代表大会常务委员会公告第60号",
                "江苏省人民代表大会常务委员会"
            )
        );
        assert_eq!(
            under("中国人民银行令", "〔2021〕第3号"),
            stated("中国人民银行令〔2021〕第3号", "中国人民银行")
        );
    }

    #[test]
    fn the_president_orders_by_office() {
        assert_eq!(
            under("中华人民共和国主席令", "（第八十三号）"),
            Some(("主席令第83号".to_owned(), None))
        );
    }

    #[test]
    fn name_and_number_may_share_a_line() {
        assert_eq!(
            of(&[(LineKind::Header, "上海市人民政府令第54号")]),
            stated("上海市人民政府令第54号", "上海市人民政府")
        );
        assert_eq!(
            of(&[(
                LineKind::Title,
                "中华人民共和国工业和信息化部公告 （2024年第28号）"
            )]),
            stated("工业和信息化部公告2024年第28号", "工业和信息化部")
        );
    }

    #[test]
    fn a_joint_order_names_its_bodies_on_lines_of_their_own() {
        let lines = [
            (LineKind::Title, "国家发展和改革委员会"),
            (LineKind::Title, "财政部"),
            (LineKind::Title, "令"),
            (LineKind::Header, "第25号"),
        ];
        assert_eq!(
            of(&lines),
            stated(
                "国家发展和改革委员会财政部令第25号",
                "国家发展和改革委员会、财政部"
            )
        );
    }

    #[test]
    fn minutes_are_numbered_as_printed() {
        for (printed, number) in [
            ("〔2021〕第8次", "〔2021〕第8次"),
            ("（2021）第8号", "〔2021〕第8号"),
            ("[2021]8号", "〔2021〕8号"),
            ("（第十二期）", "第12期"),
        ] {
            assert_eq!(
                under("某市人民政府常务会议纪要", printed),
                Some((number.to_owned(), None))
            );
        }
    }

    #[test]
    fn a_title_is_no_letterhead() {
        assert_eq!(under("某市人民政府关于禁渔的通告", "第3号"), None);
        assert_eq!(under("某市人民政府令", "某政发〔2021〕3号"), None);
        assert_eq!(under("某市人民政府令", "第3条"), None);
    }
}
