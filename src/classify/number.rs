//! Document numbers (发文字号) in all their brackets, made one: 国办发〔2021〕67号.

use super::labels::{Label, Source};
use super::letterhead::{self, Letterhead};
use super::note::Note;
use super::page::Page;
use crate::document::LineKind;

/// The document's own number: given, stated in the header, under the letterhead, in the note of the
/// order that put it into force, or a line of its own near the top. Numbers that the text cites are
/// not the document's.
pub(super) fn number(
    page: &Page<'_>,
    letterhead: Option<&Letterhead>,
    note: Option<&Note>,
) -> Option<Label<String>> {
    if let Some(given) = page.given(|given| given.number.as_deref())
        && let Some(number) = normalised(given.words)
    {
        return Some(Label::given(number, given));
    }
    if let Some(fact) = page.fact("number")
        && let Some(number) = normalised(fact.value)
    {
        return Some(Label::found(number, page.fact_evidence(fact)));
    }
    letterhead
        .map(|letterhead| letterhead.number(page))
        .or_else(|| alone(page))
        .or_else(|| note.and_then(|note| of_note(page, note)))
}

/// A number on a line of its own near the top, or behind the title.
fn alone(page: &Page<'_>) -> Option<Label<String>> {
    page.head()
        .filter(|(_, seen)| seen.line.kind != LineKind::Boilerplate)
        .find_map(|(place, seen)| {
            let number = whole_line(&seen.line.text)
                .or_else(|| behind_title(seen.line.kind, &seen.line.text))?;
            Some(Label::found(
                number,
                page.line_evidence(Source::Header, place),
            ))
        })
}

/// The order in the note under a title: 2006年11月11日国务院令第478号公布.
fn of_note(page: &Page<'_>, note: &Note) -> Option<Label<String>> {
    let number = order_of(&note.text[note.date()?.range.end..])?;
    let evidence = page.line_evidence(Source::Header, note.place);
    Some(Label::found(number, evidence))
}

/// `中华人民共和国国务院令第478号公布 …` is 国务院令第478号; an order that amends is not the document's.
fn order_of(behind_date: &str) -> Option<String> {
    let end = behind_date.find('号')? + '号'.len_utf8();
    let (order, act) = behind_date.split_at(end);
    let (name, count) = order.split_at(order.rfind('令')? + '令'.len_utf8());
    let is_issued = ["公布", "发布", "颁布"]
        .iter()
        .any(|word| act.starts_with(word));
    let is_name = name.chars().count() <= 30 && name.chars().all(char::is_alphabetic);
    let count = letterhead::count(count)?;
    (is_issued && is_name).then(|| letterhead::shortened(name).to_owned() + &count)
}

/// A number without spaces, its year in 〔〕 whatever stood there, its digits half-width.
///
/// `None` where there is no digit in it: 无, 暂无.
pub(super) fn normalised(number: &str) -> Option<String> {
    let characters: Vec<char> = number
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(half_width)
        .collect();
    let mut normal = String::new();
    for (at, &character) in characters.iter().enumerate() {
        let year = |from: usize| characters.get(from..from + 4).is_some_and(all_digits);
        if OPENING.contains(character) && year(at + 1) {
            normal.push('〔');
        } else if CLOSING.contains(character)
            && at >= 5
            && year(at - 4)
            && OPENING.contains(characters[at - 5])
        {
            normal.push('〕');
        } else {
            normal.push(character);
        }
    }
    normal
        .contains(|character: char| character.is_ascii_digit())
        .then_some(normal)
}

const OPENING: &str = "〔[(（【﹝〖［{「";
const CLOSING: &str = "〕])）】﹞〗］}」";

/// A line that is a number and nothing else, brackets around it aside.
fn whole_line(line: &str) -> Option<String> {
    // What is_number wants at the end, as it may be written, or a bracket behind it.
    if !line
        .trim_end()
        .ends_with(|c| "号號次期".contains(c) || CLOSING.contains(c))
    {
        return None;
    }
    let normal = normalised(line)?;
    let inner = normal
        .strip_prefix(['(', '（', '〔'])
        .and_then(|rest| rest.strip_suffix([')', '）', '〕']))
        .unwrap_or(&normal);
    is_number(inner).then(|| inner.to_owned())
}

/// A number in brackets behind a title: 公告（2024年第28号）.
fn behind_title(kind: LineKind, line: &str) -> Option<String> {
    if kind != LineKind::Title && kind != LineKind::Header {
        return None;
    }
    let inner = line.trim().strip_suffix([')', '）'])?;
    let at = inner.rfind(['(', '（'])?;
    let number = normalised(inner[at..].trim_start_matches(['(', '（']))?;
    is_number(&number).then_some(number)
}

/// `某发〔2021〕67号`, `国令第707号`, `2024年第28号`, `第36号`; of minutes `某府纪〔2021〕第12次`.
fn is_number(text: &str) -> bool {
    let Some(rest) = text.strip_suffix(['号', '次', '期']) else {
        return false;
    };
    let before = rest.trim_end_matches(|character: char| character.is_ascii_digit());
    let has_digits = before.len() < rest.len() && rest.len() - before.len() <= 6;
    let before = before.strip_suffix('第').unwrap_or(before);
    let (prefix, has_year) = match before
        .strip_suffix('〕')
        .and_then(|rest| rest.rsplit_once('〔'))
    {
        Some((prefix, year)) => (prefix, year.len() == 4),
        None => (before, false),
    };
    let is_prefix = prefix.chars().count() <= 24
        && prefix.chars().all(|c| c.is_alphanumeric() || c == '-')
        && !["根据", "按照", "依据", "关于"]
            .iter()
            .any(|word| prefix.contains(word));
    let ordered = text.ends_with('号')
        && rest.contains('第')
        && (prefix.ends_with('令')
            || prefix.is_empty()
            || prefix.ends_with('年')
            || prefix.ends_with("公告"));
    has_digits && is_prefix && (has_year && !prefix.is_empty() || ordered)
}

fn all_digits(characters: &[char]) -> bool {
    characters.iter().all(char::is_ascii_digit)
}

fn half_width(character: char) -> char {
    match character {
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0'))
            .unwrap_or(character),
        '號' => '号',
        '發' => '发',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_brackets_give_one_number() {
        for number in [
            "国办发〔2021〕67号",
            "国办发[2021]67号",
            "国办发(2021)67号",
            "国办发（２０２１）６７号",
            "国办发【2021】 67号",
            "国办发﹝2021﹞67号",
        ] {
            assert_eq!(
                normalised(number).as_deref(),
                Some("国办发〔2021〕67号"),
                "{number}"
            );
            assert_eq!(
                whole_line(number).as_deref(),
                Some("国办发〔2021〕67号"),
                "{number}"
            );
        }
    }

    #[test]
    fn orders_and_announcements_have_numbers_too() {
        assert_eq!(whole_line("国令第707号").as_deref(), Some("国令第707号"));
        assert_eq!(
            whole_line("某府纪[2021]第12次").as_deref(),
            Some("某府纪〔2021〕第12次")
        );
        assert_eq!(
            whole_line("（皖政办秘〔2021〕82号）").as_deref(),
            Some("皖政办秘〔2021〕82号")
        );
        assert_eq!(
            behind_title(LineKind::Title, "工业和信息化部公告 （2024年第28号）").as_deref(),
            Some("2024年第28号")
        );
    }

    #[test]
    fn the_order_that_put_a_law_into_force_gives_its_number() {
        for (note, number) in [
            (
                "中华人民共和国国务院令第478号公布　根据2014年7月29日国务院令第653号修订",
                Some("国务院令第478号"),
            ),
            ("上海市人民政府令第9号发布", Some("上海市人民政府令第9号")),
            ("某市人民政府第26次常务会议通过", None),
            ("某市人民政府令第26号修正", None),
        ] {
            assert_eq!(order_of(note).as_deref(), number, "{note}");
        }
    }

    #[test]
    fn a_sentence_that_cites_a_number_has_none() {
        for line in [
            "根据国办发〔2021〕67号",
            "《意见》（国发〔2018〕39号）精神，制定本方案。",
            "2021年11月24日",
            "信息公开第3号",
            "3号",
            "2021年第3次",
        ] {
            assert_eq!(whole_line(line), None, "{line}");
        }
        assert_eq!(normalised("暂无"), None);
    }
}
