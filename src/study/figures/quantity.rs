//! Numbers with their units and words of comparison: 8.1余万路, 不少于60个, 6至8个工作日, 百分之三十.
//!
//! Comes in: a folded sentence. Goes out: its quantities. What only looks like one is left: dates,
//! ordinals, document numbers, hotline numbers, grades and names (5A级, 500强, 7×24小时).

use std::ops::Range;

use super::amount::{Amount, Bound};
use super::comparison::with_comparison;
use super::telling::{describes, is_figure};
use crate::lexicon::quantity_words;
use crate::text::{Number, dates, numbers};

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// The bytes of the sentence from the first word of comparison to the last.
    pub(super) range: Range<usize>,
    /// How much.
    pub(super) amount: Amount,
    /// The unit, without 万 and 亿: 元, %, 项; empty where there is none.
    pub(super) unit: &'static str,
    /// What kind of unit it is.
    pub(super) class: Class,
    /// The words of comparison, as they stand there.
    pub(super) comparison: String,
}

/// What a unit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// It counts what is named behind it: 项, 家.
    Counter,
    /// It measures what is named before it: 元, %.
    Measure,
    /// It is a length of time.
    Duration,
    /// There is none.
    Bare,
}

/// The quantities of a folded sentence, in order.
pub(super) fn quantities(sentence: &str) -> Vec<Quantity> {
    let dated = dated_ranges(sentence);
    let numbers: Vec<Number> = joined_fractions(sentence, numbers(sentence));
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < numbers.len() {
        let number = &numbers[at];
        at += 1;
        let taken = found.last().map_or(0, |last| last.range.end);
        if number.range.start < taken || overlaps(&dated, &number.range) {
            continue;
        }
        let list = series(sentence, &numbers[at - 1..]);
        if list.len() > 1 {
            at += list.len() - 1;
            found.extend(list);
            continue;
        }
        let next = numbers.get(at);
        let Some(quantity) = range_of_two(sentence, number, next)
            .or_else(|| one(sentence, number))
            .map(|quantity| with_comparison(sentence, quantity, taken))
        else {
            continue;
        };
        if is_figure(sentence, &quantity) {
            found.push(quantity);
        }
    }
    let describes: Vec<bool> = (0..found.len())
        .map(|at| describes(sentence, &found[at], found.get(at + 1)))
        .collect();
    let mut describes = describes.into_iter();
    found.retain(|_| !describes.next().unwrap_or(false));
    found
}

/// The bytes of dates, of ranges of years, and of months.
fn dated_ranges(sentence: &str) -> Vec<Range<usize>> {
    dates(sentence)
        .into_iter()
        .map(|dated| dated.range)
        .collect()
}

fn overlaps(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    ranges
        .iter()
        .any(|other| other.start < range.end && range.start < other.end)
}

/// 百分之三十 and 三分之二 are one number; the unit of the first is %. So is 5 . 5, as broken text has it.
fn joined_fractions(sentence: &str, numbers: Vec<Number>) -> Vec<Number> {
    let mut joined: Vec<Number> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let between = joined
            .last()
            .map(|last| &sentence[last.range.end..number.range.start]);
        match (between, joined.last_mut()) {
            (Some("分之"), Some(last)) if last.value > 0.0 => {
                let is_percent = (last.value - 100.0).abs() < f64::EPSILON;
                let times = if is_percent { 1.0 } else { 1.0 / last.value };
                *last = Number {
                    range: last.range.start..number.range.end,
                    value: number.value * times,
                };
            }
            (Some(" . " | " ."), Some(last)) if is_fraction(sentence, last, &number) => {
                let written: String = sentence[last.range.start..number.range.end]
                    .chars()
                    .filter(|c| *c != ' ')
                    .collect();
                *last = Number {
                    range: last.range.start..number.range.end,
                    value: written.parse().unwrap_or(last.value),
                };
            }
            _ => joined.push(number),
        }
    }
    joined
}

/// Whether two numbers are digits and the decimals behind their point.
fn is_fraction(sentence: &str, whole: &Number, decimals: &Number) -> bool {
    let digits = |number: &Number| {
        let mut written = sentence[number.range.clone()].chars();
        written.all(|c| c.is_ascii_digit())
    };
    digits(whole) && digits(decimals)
}

/// A number with its unit, before its words of comparison are looked at.
struct Measured {
    range: Range<usize>,
    value: f64,
    unit: &'static str,
    class: Class,
    /// Whether 余, 多 or 几 stands in it.
    more: Option<char>,
}

fn measured(sentence: &str, number: &Number) -> Option<Measured> {
    if !stands_alone(sentence, number) {
        return None;
    }
    let written = &sentence[number.range.clone()];
    let (mut end, mut value, mut more) = (number.range.end, number.value, None);
    loop {
        let rest = &sentence[end..];
        let first = rest.chars().next();
        match first {
            Some('余' | '多') if more.is_none() => more = first,
            Some('万') => value *= 1e4,
            Some('亿') => value *= 1e8,
            Some('千') if starts_scaled(rest, '千') => value *= 1e3,
            Some('百') if starts_scaled(rest, '百') => value *= 1e2,
            _ => break,
        }
        end += first.map_or(0, char::len_utf8);
    }
    let (unit, class, length) = if written.starts_with("百分之") {
        ("%", Class::Measure, 0)
    } else {
        unit_at(&sentence[end..]).unwrap_or(("", Class::Bare, 0))
    };
    // 万方 measures; 一方 and 八方 do not.
    if unit == "方" && !sentence[..end].ends_with(['万', '亿']) {
        return None;
    }
    Some(Measured {
        range: number.range.start..end + length,
        value: decimal(value),
        unit,
        class,
        more,
    })
}

/// The number that was written: 2069.8 times a hundred million is 206980000000, not a little more.
fn decimal(value: f64) -> f64 {
    const PLACES: f64 = 1e4;
    if value.abs() < 1e11 {
        (value * PLACES).round() / PLACES
    } else {
        value.round()
    }
}

/// 3千万, 5百亿: a scale between digits and 万 or 亿.
fn starts_scaled(rest: &str, scale: char) -> bool {
    let mut characters = rest.chars();
    characters.next() == Some(scale) && matches!(characters.next(), Some('万' | '亿'))
}

/// The unit at the start of a text, with the bytes that it takes.
fn unit_at(rest: &str) -> Option<(&'static str, Class, usize)> {
    let inner = rest.trim_start_matches(' ');
    let space = rest.len() - inner.len();
    [
        ("duration", Class::Duration),
        ("measure", Class::Measure),
        ("counter", Class::Counter),
    ]
    .into_iter()
    .filter_map(|(kind, class)| {
        let mut units = quantity_words(kind).iter();
        units.find_map(|unit| Some((*unit, class, space + unit_length(inner, unit)?)))
    })
    .max_by_key(|(_, _, length)| *length)
}

/// How many bytes a unit takes at the start of a text; Latin units end where the letters end.
fn unit_length(text: &str, unit: &str) -> Option<usize> {
    if unit == "%" && text.starts_with(['％', '﹪']) {
        return Some('％'.len_utf8());
    }
    let start = text.get(..unit.len())?;
    let next = text[unit.len()..].chars().next();
    let letters = unit.ends_with(|c: char| c.is_ascii_alphabetic());
    let goes_on = letters && next.is_some_and(|c| c.is_ascii_alphanumeric());
    (start.eq_ignore_ascii_case(unit) && !goes_on).then_some(unit.len())
}

/// No letter, sign or ordinal word before it, no sign behind it.
fn stands_alone(sentence: &str, number: &Number) -> bool {
    let before = &sentence[..number.range.start];
    let after = &sentence[number.range.end..];
    let tight = before.chars().next_back();
    let glued = tight.is_some_and(|c| c.is_ascii_alphanumeric() || "+＋×*#№.〔[/／=".contains(c));
    let is_time = before.ends_with([':', '：'])
        && before
            .trim_end_matches([':', '：'])
            .ends_with(|c: char| c.is_ascii_digit());
    let is_part = after.starts_with(['+', '＋', '×', '*', '〕', ']', '/', '／', '∶']);
    let is_code = after
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() && unit_at(after).is_none());
    let is_ordinal = quantity_words("ordinal_before")
        .iter()
        .any(|word| before.ends_with(word));
    !(glued || is_time || is_part || is_code || is_ordinal)
}

/// A quantity of one number; 半天 is not one.
fn one(sentence: &str, number: &Number) -> Option<Quantity> {
    let measured = measured(sentence, number)?;
    let bound = match measured.more {
        Some(_) => Bound::AtLeast,
        None => Bound::Exactly,
    };
    Some(Quantity {
        range: measured.range,
        amount: Amount::new(measured.value, bound),
        unit: measured.unit,
        class: measured.class,
        comparison: measured.more.map(String::from).unwrap_or_default(),
    })
}

/// 6至8个工作日, 5%—6%: two numbers and nothing but a word between them.
fn range_of_two(sentence: &str, first: &Number, second: Option<&Number>) -> Option<Quantity> {
    let second = second?;
    let low = measured(sentence, first)?;
    let between = sentence.get(low.range.end..second.range.start)?.trim();
    let is_from = sentence[..first.range.start].ends_with(['由', '从']);
    if is_from || !["至", "到", "-", "—", "——", "–", "－", "~", "～"].contains(&between)
    {
        return None;
    }
    let high = measured(sentence, second)?;
    let same_unit = low.class == Class::Bare || low.unit == high.unit;
    if !same_unit || high.class == Class::Bare || low.value >= high.value {
        return None;
    }
    Some(Quantity {
        range: low.range.start..high.range.end,
        amount: Amount::between(low.value, high.value),
        unit: high.unit,
        class: high.class,
        comparison: between.to_owned(),
    })
}

/// 增长5.1、6.2和7.3个百分点: numbers that share the unit of the last one.
fn series(sentence: &str, numbers: &[Number]) -> Vec<Quantity> {
    let mut list: Vec<Measured> = Vec::new();
    for number in numbers {
        if let Some(last) = list.last() {
            let between = sentence.get(last.range.end..number.range.start);
            if last.class != Class::Bare || !matches!(between, Some("、" | "和" | "及" | "与"))
            {
                break;
            }
        }
        let Some(next) = measured(sentence, number) else {
            break;
        };
        list.push(next);
    }
    let Some(last) = list.last().filter(|last| last.class == Class::Measure) else {
        return Vec::new();
    };
    let (unit, class) = (last.unit, last.class);
    let is_series = sentence[..list[0].range.start].contains("分别");
    if list.len() < 2 || !is_series {
        return Vec::new();
    }
    list.into_iter()
        .map(|measured| Quantity {
            range: measured.range,
            amount: Amount::new(measured.value, Bound::Exactly),
            unit,
            class,
            comparison: String::new(),
        })
        .collect()
}

impl Quantity {
    /// Whether words of comparison stand with it.
    pub(super) fn is_compared(&self) -> bool {
        !self.comparison.is_empty()
    }
}
