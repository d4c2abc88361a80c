//! Which quantities are indicators, and which only describe a thing or place it in a ranking.
//!
//! Comes in: a folded sentence with a quantity. Goes out: yes or no. 10亿元以上项目38个 counts projects;
//! 中储粮50万吨仓储基地 is a name; 在全国168个城市排第15 ranks.

use std::ops::Range;

use super::quantity::{Class, Quantity};
use crate::lexicon::quantity_words;
use crate::text::is_han;

/// Whether a quantity is one to count with.
pub(super) fn is_figure(sentence: &str, quantity: &Quantity) -> bool {
    let before = &sentence[..quantity.range.start];
    let after = &sentence[quantity.range.end..];
    let written = &sentence[quantity.range.clone()];
    if quantity_words("not_after")
        .iter()
        .any(|word| after.starts_with(word))
        || stands_in_short_quotes(sentence, &quantity.range)
        || is_field_of_a_ranking(before, after)
        || is_one_of(after)
    {
        return false;
    }
    let is_spoken = !written.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let is_small_spoken = quantity.amount.value < 11.0;
    let is_small = is_small_spoken && quantity.class != Class::Measure;
    match quantity.class {
        Class::Bare => {
            let large = written.contains(['万', '亿', '余', '多']);
            (large || quantity.is_compared()) && !is_spoken
        }
        Class::Duration => quantity.is_compared() || ends_with_any(before, "duration_link"),
        _ if is_spoken && has_no_digit(written) && quantity.unit != "%" => quantity.is_compared(),
        _ if is_spoken && is_small => quantity.is_compared() || ends_with_any(before, "total"),
        Class::Measure if is_spoken => {
            matches!(
                quantity.unit,
                "倍" | "番" | "成" | "%" | "个百分点" | "百分点"
            ) || !is_small_spoken
        }
        _ => true,
    }
}

/// Whether a quantity only says which things are counted: 10亿元以上项目50个.
pub(super) fn describes(sentence: &str, quantity: &Quantity, next: Option<&Quantity>) -> bool {
    if quantity.class == Class::Measure && sizes_a_project(sentence, quantity) {
        return true;
    }
    let rest = &sentence[quantity.range.end..];
    // 10亿元企业达25家
    if quantity.unit == "元"
        && ["企业", "项目", "园区"]
            .iter()
            .any(|thing| rest.starts_with(thing))
    {
        return true;
    }
    if quantity.class != Class::Measure || !quantity.is_compared() {
        return false;
    }
    // 收入低于10000元的人口
    if rest.starts_with('的') && !matches!(quantity.unit, "%" | "‰") {
        return true;
    }
    let noun = rest.strip_prefix('的').unwrap_or(rest);
    const NEAR: usize = 10;
    let end = noun
        .char_indices()
        .nth(NEAR)
        .map_or(noun.len(), |(at, _)| at);
    let near = noun[..end]
        .split(['，', ',', '、', '；', '。'])
        .next()
        .unwrap_or_default();
    let names_things = quantity_words("counted")
        .iter()
        .any(|word| near.contains(word));
    let counts = next.is_some_and(|next| {
        let between = &sentence[quantity.range.end..next.range.start];
        let is_one = !between.contains(['，', ',', '、', '；']) && !between.is_empty();
        next.class == Class::Counter && is_one && between.chars().count() <= 16
    });
    let is_class = ["以上", "以下", "超", "超过", "过"]
        .iter()
        .any(|word| quantity.comparison == *word);
    counts || names_things && is_class && quantity.unit == "元"
}

/// Whether a quantity is part of what a project is called: 中储粮50万吨仓储基地. Behind a verb it says how
/// much is done: 完成22万亩生态修复.
fn sizes_a_project(sentence: &str, quantity: &Quantity) -> bool {
    let stops = ['，', ',', '、', '；', '。', '：', '（', '('];
    let noun = sentence[quantity.range.end..].split(stops).next();
    let noun = noun.unwrap_or_default();
    let before = sentence[..quantity.range.start].rsplit(stops).next();
    let before = before.unwrap_or_default();
    quantity_words("extent").contains(&quantity.unit)
        && noun.chars().take(2).filter(|c| is_han(*c)).count() == 2
        && !noun.starts_with(['的', '和', '及', '与', '并', '以', '左', '其', '后', '居'])
        && !before.is_empty()
        && !ends_with_any(before, "action")
        && !ends_with_any(before, "link")
        && !ends_with_any(before, "change")
}

/// 在全国168个重点城市排第16位: how many were ranked.
fn is_field_of_a_ranking(before: &str, after: &str) -> bool {
    let stops = ['，', ',', '。', '；', '、', '：'];
    let rest = after.split(stops).next().unwrap_or_default();
    let ranked = quantity_words("ranked")
        .iter()
        .any(|word| rest.contains(word));
    let place = ["全国", "全省", "全区", "全市", "全球", "同类"];
    let clause = before.rsplit(stops).next().unwrap_or_default();
    ranked && place.iter().any(|word| clause.ends_with(word))
}

/// 9个市之一: how many there are, of which this is one.
fn is_one_of(after: &str) -> bool {
    let near: String = after.chars().take(8).collect();
    near.split(['，', ',', '。', '；', '、'])
        .next()
        .is_some_and(|words| words.ends_with("之一") || words.contains("之一的"))
}

/// 千, 百亿: scales without a digit.
fn has_no_digit(written: &str) -> bool {
    !written.contains([
        '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '〇', '零',
    ])
}

/// Whether bytes stand between quotation marks with so little else that they are part of a name:
/// “两个15%”.
fn stands_in_short_quotes(sentence: &str, range: &Range<usize>) -> bool {
    const LONGEST: usize = 12;
    let Some(open) = sentence[..range.start].rfind(['“', '「', '‘']) else {
        return false;
    };
    let closing = ['”', '」', '’'];
    if sentence[open..range.start].contains(closing) {
        return false;
    }
    let Some(close) = sentence[range.end..].find(closing) else {
        return false;
    };
    sentence[open..range.end + close].chars().count() <= LONGEST
}

pub(super) fn ends_with_any(text: &str, kind: &str) -> bool {
    quantity_words(kind).iter().any(|word| text.ends_with(word))
}
