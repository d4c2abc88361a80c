//! Document numbers alone on a line: of a filed document, an order, minutes.

use super::Item;
use super::shape::SENTENCE;
use crate::text::integer;

/// A document number alone on a line: 国办发〔2021〕67号, 第八十三号, 〔2021〕第8次, with or without
/// brackets around it.
pub(super) fn is_number(item: &Item) -> bool {
    let text = item.squeezed.as_str();
    let text = text
        .strip_prefix(['(', '（'])
        .and_then(|inner| inner.strip_suffix([')', '）']))
        .unwrap_or(text);
    item.length() <= 40 && !text.contains(SENTENCE) && (is_filed(text) || is_counted(text))
}

/// 国办发〔2021〕67号, 某省人民政府令第381号.
fn is_filed(text: &str) -> bool {
    text.ends_with('号')
        && (text.contains(['〔', '﹝', '[', '［', '【', '(', '（']) || text.contains('第'))
        && text.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// 第八十三号, 〔2021〕第8次, 2021年第3期, 总第35期, 某省人民政府令第六十号.
fn is_counted(text: &str) -> bool {
    let Some((before, count)) = text
        .strip_suffix(['号', '次', '期'])
        .and_then(|rest| rest.rsplit_once('第'))
    else {
        return false;
    };
    let is_count = integer(count).is_some() && count.chars().count() <= 7;
    let year = before.trim_end_matches(['〕', '﹞', ']', '］', '】', ')', '）', '年']);
    let is_year = year.len() < before.len()
        && year.chars().rev().take_while(char::is_ascii_digit).count() == 4
        && year.chars().count() <= 20;
    let is_letterhead = text.ends_with('号')
        && ["令", "公告", "通告"]
            .iter()
            .any(|word| before.ends_with(word));
    is_count && (before.is_empty() || before == "总" || is_year || is_letterhead)
}

#[cfg(test)]
mod tests {
    use super::super::RawLine;
    use super::*;

    fn item(text: &str) -> Item {
        Item::new(RawLine::new(1, text.to_owned()))
    }

    #[test]
    fn numbers_of_orders_and_of_minutes_are_known() {
        for line in [
            "国办发〔2021〕67号",
            "第八十三号",
            "（第四十九号）",
            "〔2021〕第8次",
            "（2021）第8号",
            "某府纪[2021]第12次",
            "2021年第3期",
            "（总第35期）",
            "中华人民共和国主席令第八十三号",
        ] {
            assert!(is_number(&item(line)), "{line}");
        }
        for line in ["在某第八次", "第一期工程", "某某第3次", "第二，第三次"] {
            assert!(!is_number(&item(line)), "{line}");
        }
    }
}
