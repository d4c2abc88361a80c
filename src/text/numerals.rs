//! Numbers as they are written to their values: 12, ５,200, 7.16亿, 二十一, 两千零三, 二〇二一.
//!
//! Comes in: text. Goes out: values, with the bytes that they stand on. Will not guess at words that
//! only sound like numbers: 一些, 十分 give the number that stands there and no more.

use std::ops::Range;

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The bytes that it stands on.
    pub range: Range<usize>,
    /// What it is worth.
    pub value: f64,
}

/// The value of a text that is one whole number without a fraction, in any script of digits.
///
/// ```
/// use xianli::text::integer;
/// assert_eq!(integer("二十一"), Some(21));
/// assert_eq!(integer("二〇二一"), Some(2021));
/// assert_eq!(integer("１０"), Some(10));
/// assert_eq!(integer("三万零五百"), Some(30_500));
/// assert_eq!(integer("十二月"), None);
/// ```
pub fn integer(text: &str) -> Option<u64> {
    let characters: Vec<char> = text.trim().chars().collect();
    let digits: Option<Vec<u64>> = characters.iter().map(|&c| digit(c)).collect();
    match digits {
        Some(digits) if !digits.is_empty() => positional(&digits),
        _ => spoken(&characters),
    }
}

/// Every number of a text, in order. Digits take a following 万 or 亿 with them: `7.16亿`.
///
/// ```
/// use xianli::text::numbers;
/// let values = |text| numbers(text).into_iter().map(|number| number.value).collect::<Vec<_>>();
/// assert_eq!(values("共5,200余项、48项，7.16亿元，２７万户"), [5200.0, 48.0, 716_000_000.0, 270_000.0]);
/// assert_eq!(values("二十一类一百五十项"), [21.0, 150.0]);
/// ```
pub fn numbers(text: &str) -> Vec<Number> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&(start, first)) = characters.get(at) {
        let run = if ascii_digit(first).is_some() {
            written(&characters[at..])
        } else {
            let run = characters[at..]
                .iter()
                .take_while(|(_, c)| is_spoken(*c))
                .count();
            let word: Vec<char> = characters[at..at + run].iter().map(|&(_, c)| c).collect();
            let digits: Option<Vec<u64>> = word.iter().map(|&c| digit(c)).collect();
            let value = match digits {
                Some(digits) if digits.len() > 1 => positional(&digits),
                _ => spoken(&word),
            };
            value.map(|value| (run, approximate(value)))
        };
        let Some((run, value)) = run.filter(|&(run, _)| run > 0) else {
            at += 1;
            continue;
        };
        at += run;
        let end = characters.get(at).map_or(text.len(), |&(end, _)| end);
        found.push(Number {
            range: start..end,
            value,
        });
    }
    found
}

/// Digits with separators, a fraction and a unit: how many characters, and the value.
fn written(characters: &[(usize, char)]) -> Option<(usize, f64)> {
    let mut plain = String::new();
    let mut at = 0;
    while let Some(&(_, character)) = characters.get(at) {
        let next_is_digit = characters
            .get(at + 1)
            .is_some_and(|&(_, c)| ascii_digit(c).is_some());
        match character {
            ',' | '，' if next_is_digit && groups_of_three(&characters[at..]) => {}
            '.' | '．' if next_is_digit && !plain.contains('.') => plain.push('.'),
            other => match ascii_digit(other) {
                Some(digit) => plain.push(char::from(b'0' + digit)),
                None => break,
            },
        }
        at += 1;
    }
    let mut value: f64 = plain.parse().ok()?;
    while let Some(&(_, unit)) = characters.get(at) {
        let times = match unit {
            '万' | '萬' => 1e4,
            '亿' | '億' => 1e8,
            _ => break,
        };
        value *= times;
        at += 1;
    }
    Some((at, value))
}

/// Whether a comma is followed by exactly three digits.
fn groups_of_three(from_comma: &[(usize, char)]) -> bool {
    let digits = from_comma[1..]
        .iter()
        .take_while(|(_, c)| ascii_digit(*c).is_some())
        .count();
    digits == 3
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of documents are far below 2^53"
)]
fn approximate(value: u64) -> f64 {
    value as f64
}

fn ascii_digit(character: char) -> Option<u8> {
    match character {
        '0'..='9' => u8::try_from(character).ok().map(|byte| byte - b'0'),
        '０'..='９' => u8::try_from(u32::from(character) - u32::from('０')).ok(),
        _ => None,
    }
}

fn digit(character: char) -> Option<u64> {
    if let Some(digit) = ascii_digit(character) {
        return Some(u64::from(digit));
    }
    Some(match character {
        '〇' | '○' | '零' | 'Ｏ' | '◯' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn scale(character: char) -> Option<u64> {
    Some(match character {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

fn is_spoken(character: char) -> bool {
    (digit(character).is_some() && ascii_digit(character).is_none())
        || scale(character).is_some()
        || "廿卅".contains(character)
}

/// 二〇二一: digit by digit.
fn positional(digits: &[u64]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |value, digit| {
        value.checked_mul(10)?.checked_add(*digit)
    })
}

/// 二百一十: digits with their scales.
fn spoken(characters: &[char]) -> Option<u64> {
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None);
    if !characters
        .iter()
        .any(|&c| digit(c).is_some() || "十拾廿卅百佰千仟".contains(c))
    {
        return None;
    }
    for &character in characters {
        if character == '廿' || character == '卅' {
            section += if character == '廿' { 20 } else { 30 };
        } else if let Some(digit) = digit(character) {
            let before = pending.replace(digit);
            if before.is_some_and(|before| before != 0) {
                return None;
            }
        } else {
            let scale = scale(character)?;
            let digit = pending.take();
            if scale < 10_000 {
                section = section.checked_add(digit.unwrap_or(1).checked_mul(scale)?)?;
            } else {
                section = section.checked_add(digit.unwrap_or(0))?;
                total = match scale {
                    10_000 => total.checked_add(section.checked_mul(scale)?)?,
                    _ => total.checked_add(section)?.checked_mul(scale)?,
                };
                section = 0;
            }
        }
    }
    total
        .checked_add(section)?
        .checked_add(pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spoken_numbers_have_their_value() {
        for (text, value) in [
            ("十", 10),
            ("十一", 11),
            ("一百零三", 103),
            ("两千零二十", 2020),
            ("廿一", 21),
            ("一百一十", 110),
            ("一亿二千万", 120_000_000),
            ("一九九七", 1997),
            ("零", 0),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
        for text in ["", "年", "二三十", "万", "1a"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_stand_on_their_bytes() {
        let text = "超19.5万，减78439天";
        let found: Vec<_> = numbers(text)
            .into_iter()
            .map(|number| (&text[number.range], number.value))
            .collect();
        assert_eq!(found, [("19.5万", 195_000.0), ("78439", 78_439.0)]);
    }

    #[test]
    fn a_comma_between_two_numbers_parts_them() {
        let values: Vec<_> = numbers("12,5200").into_iter().map(|n| n.value).collect();
        assert_eq!(values, [12.0, 5200.0]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "[0-9０-９,.零一二十百千万亿年a]{0,40}") {
            for number in numbers(&text) {
                proptest::prop_assert!(text.get(number.range).is_some());
            }
            integer(&text);
        }
    }
}
