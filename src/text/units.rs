//! A text as the sequence of units in which matching is literal.
//!
//! A unit is a Han character, a letter, a whole number, or a mark that means something. What is
//! looked through is no unit: white space, quotation marks, brackets, and a stray mark between two
//! Han characters. So `放管服改革` stands in `“放管服”改革`, and `8.6%` does not stand in `98.6%`.
//!
//! | written | unit |
//! |---|---|
//! | `辦` `办` | `办`: script folded |
//! | `Ａ` `A` `a` | `a`: width and case folded |
//! | `98.6` `９８．６` `5,200` `3.6.3` | one number: `98.6` `5200` `3.6.3` |
//! | `2021.12.24` | a date: `2021` `.` `12.24` |
//! | `—` `——` `－` `–` `-` | `-` |
//! | `×` | `x` |
//! | `，` `。` `、` `；` `：` `％` `+` … | themselves, width folded |
//! | space, `“` `（` `《` `〔` …, zero-width marks | nothing |
//! | a stray mark (`/` `` ` `` `·` `*` …) between two Han characters | nothing |

use std::ops::Range;

use super::fold::fold_char;

/// One unit of matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The bytes of the original text that it stands on.
    pub range: Range<usize>,
    /// What it compares as.
    pub form: Form,
}

/// What a unit compares as.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Form {
    /// A folded character.
    Char(char),
    /// A whole number in ASCII digits and points, without thousands separators.
    Number(String),
}

impl Form {
    /// Writes the unit's token behind `token`.
    pub fn push_to(&self, token: &mut String) {
        match self {
            Self::Char(character) => token.push(*character),
            Self::Number(digits) => token.push_str(digits),
        }
    }

    /// Whether it is a mark: neither Han, nor letter, nor number.
    pub fn is_mark(&self) -> bool {
        match *self {
            Self::Char(character) => !is_common_han(character) && !character.is_alphanumeric(),
            Self::Number(_) => false,
        }
    }

    /// Whether it is a number or a character that numbers are written with.
    pub fn is_numeral(&self) -> bool {
        match self {
            Self::Char(character) => "〇零一二三四五六七八九十百千万两".contains(*character),
            Self::Number(_) => true,
        }
    }
}

impl Unit {
    /// Writes the unit's token behind `token`.
    pub fn push_to(&self, token: &mut String) {
        self.form.push_to(token);
    }

    /// Whether it is a mark: neither Han, nor letter, nor number.
    pub fn is_mark(&self) -> bool {
        self.form.is_mark()
    }

    /// Whether it is a Han character.
    pub fn is_han(&self) -> bool {
        matches!(self.form, Form::Char(character) if is_han(character))
    }
}

/// The units of a text, in order.
///
/// ```
/// use xianli::text::units;
/// let tokens = |text: &str| {
///     let mut joined = Vec::new();
///     for unit in units(text) {
///         let mut token = String::new();
///         unit.push_to(&mut token);
///         joined.push(token);
///     }
///     joined.join(" ")
/// };
/// assert_eq!(tokens("“放管服”改革"), "放 管 服 改 革");
/// assert_eq!(tokens("国办电政函〔2021〕67号"), "国 办 电 政 函 2021 67 号");
/// assert_eq!(tokens("开/展，达９８．６％"), "开 展 , 达 98.6 %");
/// ```
pub fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(text.len() / 3 + 1);
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, form) = if is_common_han(character) {
            (character.len_utf8(), Some(Form::Char(fold_char(character))))
        } else if is_digit(character) {
            let length = number_length(rest);
            (length, Some(Form::Number(number_digits(&rest[..length]))))
        } else if is_dash(character) {
            (length_while(rest, is_dash), Some(Form::Char('-')))
        } else {
            let length = character.len_utf8();
            let folded = fold_width(character);
            let through = is_looked_through(character)
                || is_stray(folded) && stands_between_han(units.last(), &rest[length..]);
            (length, (!through).then_some(Form::Char(folded)))
        };
        if let Some(form) = form {
            let range = at..at + length;
            units.push(Unit { range, form });
        }
        at += length;
    }
    units
}

/// Whether a character is a Han character.
pub fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// Whether a character stands in the block that nearly all Chinese text is written with.
pub fn is_common_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// Between two Han characters, or between one and the edge of the text.
fn stands_between_han(before: Option<&Unit>, after: &str) -> bool {
    let next = after
        .chars()
        .find(|&c| !is_looked_through(c) && !is_stray(fold_width(c)));
    match (before.map(Unit::is_han), next.map(is_han)) {
        (None, None) => false,
        (before, next) => before.unwrap_or(true) && next.unwrap_or(true),
    }
}

/// Script, case and width of one character.
fn fold_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            let half = char::from_u32(character as u32 - 0xFEE0).expect("the block maps to ASCII");
            half.to_ascii_lowercase()
        }
        '×' | '✕' | '╳' => 'x',
        '○' | '◯' => '〇',
        '｡' => '。',
        '､' => '、',
        '⋯' => '…',
        '﹪' => '%',
        // Marks of Chinese text, which have no case to look up.
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3006}' | '\u{3008}'..='\u{3020}' => character,
        _ if character.is_ascii() || is_han(character) => fold_char(character),
        _ => single_lowercase(character),
    }
}

/// The small form of a letter beyond ASCII, where it is one character.
fn single_lowercase(character: char) -> char {
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(small), None) => small,
        _ => character,
    }
}

fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' | '\u{FE63}' | '─' | '━'
    )
}

/// White space, quotation marks, brackets, and what has no width.
fn is_looked_through(character: char) -> bool {
    match character {
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' => true,
        '\u{2018}'..='\u{201F}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' => true,
        '＂' | '＇' | '（' | '）' | '［' | '］' | '｛' | '｝' | '＜' | '＞' | '‹' | '›' | '«'
        | '»' | '⟨' | '⟩' => true,
        '\u{FE35}'..='\u{FE44}' | '\u{FE59}'..='\u{FE5E}' | '｢' | '｣' => true,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {
            true
        }
        _ => character.is_whitespace() || character.is_control(),
    }
}

/// A mark that typing or scanning leaves between two Han characters; in its folded form.
fn is_stray(folded: char) -> bool {
    matches!(
        folded,
        '`' | '´' | '/' | '^' | '_' | '|' | '\\' | '~' | '*' | '·' | '•' | '‧' | '・' | '﹒'
    )
}

/// Bytes of the number that begins a text: `digits(.digits)*`, where the first digits may stand in
/// groups of three behind commas; of a date with points only the year.
fn number_length(text: &str) -> usize {
    let first = length_while(text, is_digit);
    let mut length = first;
    if digits_in(&text[..first]) <= 3 {
        while let Some(group) = length_behind(&text[length..], |c| c == ',')
            && digits_in(&text[length..length + group]) == 3
        {
            length += group;
        }
    }
    let mut points = 0;
    while let Some(part) = length_behind(&text[length..], is_point) {
        length += part;
        points += 1;
    }
    let is_date = points >= 2 && is_year(&text[..first]);
    if is_date { first } else { length }
}

/// Bytes of a mark and of the digits behind it.
fn length_behind(text: &str, is_mark: fn(char) -> bool) -> Option<usize> {
    let mark = text.chars().next().filter(|&c| is_mark(c))?.len_utf8();
    let digits = length_while(&text[mark..], is_digit);
    (digits > 0).then_some(mark + digits)
}

/// What a number compares as.
fn number_digits(number: &str) -> String {
    let kept = number.chars().filter(|&c| c != ',');
    kept.map(|c| digit(c).unwrap_or('.')).collect()
}

fn digits_in(text: &str) -> usize {
    text.chars().filter(|&c| is_digit(c)).count()
}

/// Four digits of the last century or of this one.
fn is_year(digits: &str) -> bool {
    let digits = number_digits(digits);
    digits.len() == 4 && matches!(&digits[..2], "19" | "20")
}

fn is_point(character: char) -> bool {
    matches!(character, '.' | '．')
}

fn is_digit(character: char) -> bool {
    digit(character).is_some()
}

/// The ASCII digit of a half- or full-width digit.
fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_u32(character as u32 - 0xFEE0),
        _ => None,
    }
}

/// Bytes of the longest start of `text` whose characters all hold.
fn length_while(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.char_indices()
        .find(|&(_, c)| !holds(c))
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> String {
        let mut joined = String::new();
        for unit in units(text) {
            if !joined.is_empty() {
                joined.push(' ');
            }
            unit.push_to(&mut joined);
        }
        joined
    }

    #[test]
    fn a_number_is_one_unit_and_a_date_is_not() {
        assert_eq!(tokens("98.6％"), "98.6 %");
        assert_eq!(tokens("明察1,455次"), "明 察 1455 次");
        assert_eq!(tokens("2019,2020年"), "2019 , 2020 年");
        assert_eq!(tokens("版本3.6.3"), "版 本 3.6.3");
        assert_eq!(tokens("2021.12.24"), "2021 . 12.24");
        assert_eq!(tokens("1.加强"), "1 . 加 强");
    }

    #[test]
    fn marks_that_typing_left_are_looked_through_only_between_han_characters() {
        assert_eq!(tokens("规范化工`作"), "规 范 化 工 作");
        assert_eq!(tokens("开/展"), "开 展");
        assert_eq!(tokens("1/3"), "1 / 3");
        assert_eq!(tokens("km/h"), "k m / h");
        assert_eq!(tokens("互联网+监管"), "互 联 网 + 监 管");
        assert_eq!(tokens("改革,完善"), "改 革 , 完 善");
    }

    #[test]
    fn brackets_quotes_spaces_dashes_and_width_make_no_difference() {
        let number = tokens("国办电政函〔2021〕67号");
        for other in ["[2021]", "(2021)", "（2021）", "【2021】", "［2021］"] {
            assert_eq!(tokens(&format!("国办电政函{other}67号")), number);
        }
        assert_eq!(tokens("2021—2025 年"), tokens("2021-2025年"));
        assert_eq!(tokens("7×24小时"), tokens("7x24小时"));
        assert_eq!(
            tokens("\u{FEFF}\u{3000}电子证照 电子印章"),
            tokens("电子证照电子印章")
        );
    }

    proptest! {
        #[test]
        fn units_stand_in_order_on_character_boundaries(text in "\\PC{0,60}") {
            let mut end = 0;
            for unit in units(&text) {
                prop_assert!(unit.range.start >= end && unit.range.end > unit.range.start);
                prop_assert!(text.get(unit.range.clone()).is_some());
                end = unit.range.end;
            }
        }

        #[test]
        fn folding_first_changes_no_unit(text in "[a-zA-Z0-9０-９．，。（）“”、/辦办規乾 一-龥]{0,40}") {
            prop_assert_eq!(units(&super::super::fold(&text)), units(&text));
        }
    }
}
