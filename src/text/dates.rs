//! Dates in all spellings to ISO 8601: 2022年12月01日, 2022-01-10 10:48, 二〇二一年十二月, 2021年度,
//! 民國110年3月5日, 20221201.
//!
//! Comes in: text. Goes out: dates with the bytes that they stand on and as much of them as is
//! stated. A range of years (2021-2025年) is two dates of no document and gives none. Needs no
//! clock: 今年 and 上月 stay words.

use std::fmt;
use std::ops::Range;

use super::numerals::integer;

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12, where stated.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31, where stated.
    pub day: Option<u8>,
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The bytes that it stands on, a time of day not included.
    pub range: Range<usize>,
    /// The date.
    pub date: Date,
}

impl Date {
    /// The first date of a text.
    ///
    /// ```
    /// use xianli::text::Date;
    /// let iso = |text| Date::find(text).map(|date| date.to_string());
    /// assert_eq!(iso("2022年12月01日").as_deref(), Some("2022-12-01"));
    /// assert_eq!(iso("發表時間:2022-01-10 10:48").as_deref(), Some("2022-01-10"));
    /// assert_eq!(iso("二〇二一年十二月").as_deref(), Some("2021-12"));
    /// assert_eq!(iso("《纲要(2021-2025年)》"), None);
    /// ```
    pub fn find(text: &str) -> Option<Self> {
        dates(text).first().map(|dated| dated.date)
    }

    /// Reads an ISO 8601 date, `2022`, `2022-01` or `2022-01-10`; what stands behind is ignored.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.trim().get(..10.min(text.trim().len()))?.split('-');
        let year = parts.next()?.parse().ok()?;
        let mut next = || {
            parts
                .next()
                .map_or(Some(None), |part| part.parse().ok().map(Some))
        };
        Self::new(year, next()?, next()?)
    }

    /// A date, if there is such a day.
    pub fn new(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let real_month = month.is_none_or(|month| (1..=12).contains(&month));
        let real_day = match (month, day) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(month), Some(day)) => (1..=days_of(year, month)).contains(&day),
        };
        ((1900..2200).contains(&year) && real_month && real_day).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Days since the beginning of the year 1; a date without month or day counts as its last day.
    pub fn day_number(self) -> i32 {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_of(self.year, month));
        let before = self.year - 1;
        let years = before * 365 + before / 4 - before / 100 + before / 400;
        let months: i32 = (1..month)
            .map(|month| i32::from(days_of(self.year, month)))
            .sum();
        years + months + i32::from(day)
    }
}

/// As ISO 8601: `2022-12-01`, `2022-12` or `2022`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

/// Every date of a text, in order. A bare year counts only with 年 behind it.
pub fn dates(text: &str) -> Vec<Dated> {
    if !may_have_dates(text) {
        return Vec::new();
    }
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let Some((length, date)) = date_starting(&characters, at) else {
            at += 1;
            continue;
        };
        let after = &characters[at + length..];
        let end = after.first().map_or(text.len(), |&(end, _)| end);
        if let Some(skipped) = range_of_years(date, after) {
            at += length + skipped;
            continue;
        }
        found.push(Dated {
            range: characters[at].0..end,
            date,
        });
        at += length;
    }
    found
}

/// Whether a text has what every date has: four digits in a row, or a number right behind 国.
fn may_have_dates(text: &str) -> bool {
    let (mut digits, mut is_behind_republic) = (0, false);
    text.chars().any(|character| {
        let is_digit = is_digit(character);
        digits = if is_digit { digits + 1 } else { 0 };
        let begins = is_behind_republic && (is_digit || matches!(character, '十' | '百'));
        is_behind_republic = matches!(character, '国' | '國');
        begins || digits == 4
    })
}

/// A date at this place, if it is the beginning of a number.
fn date_starting(characters: &[(usize, char)], at: usize) -> Option<(usize, Date)> {
    let first = characters[at].1;
    if !is_digit(first) && !matches!(first, '十' | '百') {
        return None;
    }
    let back = |by: usize| at.checked_sub(by).map(|place| characters[place].1);
    let before = back(1);
    let is_part = match before {
        Some(before) if is_digit(before) || before == '.' => true,
        // The second half of a range: 2021-2025年, 2021年—2025年.
        Some('-' | '—' | '–' | '－' | '~' | '～') => {
            let first = (2..4).filter_map(back).find(|c| !"-—–－~～".contains(*c));
            first.is_some_and(|first| is_digit(first) || first == '年')
        }
        _ => false,
    };
    if before == Some('国') || before == Some('國') {
        return republican(&characters[at..]);
    }
    (!is_part).then(|| date_at(&characters[at..])).flatten()
}

/// How many characters a range of years goes on for: `至2025年` after `2021年`.
fn range_of_years(date: Date, after: &[(usize, char)]) -> Option<usize> {
    let dash = after
        .iter()
        .take_while(|(_, c)| "-—–－~～至到".contains(*c))
        .count();
    let digits = after[dash..]
        .iter()
        .take_while(|(_, c)| is_digit(*c))
        .count();
    (date.month.is_none() && dash > 0 && digits == 4).then_some(dash + digits)
}

/// A date of the Republican calendar, which counts from 1912: 110年3月5日 behind 民國.
fn republican(characters: &[(usize, char)]) -> Option<(usize, Date)> {
    let reader = &mut Reader { characters, at: 0 };
    reader.skip_spaces();
    let year = i32::from(reader.part()?) + 1911;
    let named = |reader: &mut Reader<'_>, word| -> Option<u8> {
        let before = reader.at;
        let part = reader.part().filter(|_| reader.take(word));
        if part.is_none() {
            reader.at = before;
        }
        part
    };
    if !reader.take('年') {
        return None;
    }
    let month = named(reader, '月');
    let day = month.and_then(|_| named(reader, '日'));
    Some((reader.at, Date::new(year, month, day)?))
}

/// A date at the start: its length in characters, and itself.
fn date_at(characters: &[(usize, char)]) -> Option<(usize, Date)> {
    let reader = &mut Reader { characters, at: 0 };
    let digits = reader.digits();
    if digits.len() == 8 && digits.iter().all(char::is_ascii_digit) {
        return compact(&digits).map(|date| (reader.at, date));
    }
    let year = year_of(&digits)?;
    let separator = reader.separator()?;
    let after_year = reader.at;
    let year_alone = (separator == '年').then_some((after_year, Date::new(year, None, None)?));
    let Some(month) = reader.part() else {
        return year_alone;
    };
    let written_out = separator == '年';
    if written_out && !reader.take('月') {
        return year_alone;
    }
    let after_month = reader.at;
    let month_alone = Date::new(year, Some(month), None).map(|date| (after_month, date));
    let month_alone = month_alone.filter(|_| written_out);
    if !written_out && !reader.take(separator) {
        return None;
    }
    let day = reader.part();
    let closed = !written_out || reader.take('日') || reader.take('号') || reader.take('號');
    match day.and_then(|day| Date::new(year, Some(month), Some(day))) {
        Some(date) if closed => Some((reader.at, date)),
        _ => month_alone.or(year_alone),
    }
}

/// 20221201
fn compact(digits: &[char]) -> Option<Date> {
    let number = |range: Range<usize>| -> Option<i32> {
        digits[range].iter().collect::<String>().parse().ok()
    };
    let part = |range| number(range).and_then(|value| u8::try_from(value).ok());
    Date::new(number(0..4)?, Some(part(4..6)?), Some(part(6..8)?))
}

fn year_of(digits: &[char]) -> Option<i32> {
    if digits.len() != 4 {
        return None;
    }
    let year = integer(&digits.iter().collect::<String>())?;
    i32::try_from(year)
        .ok()
        .filter(|year| (1900..2200).contains(year))
}

/// Walks over the parts of one date; inner spaces are looked through.
struct Reader<'c> {
    characters: &'c [(usize, char)],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.characters
            .get(self.at)
            .map(|&(_, character)| character)
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(|c| c == ' ' || c == '\u{3000}') {
            self.at += 1;
        }
    }

    fn digits(&mut self) -> Vec<char> {
        let mut digits = Vec::new();
        while let Some(character) = self.peek().filter(|&c| is_digit(c)) {
            digits.push(character);
            self.at += 1;
        }
        digits
    }

    /// What parts year and month, if a month can follow; spaces around it are passed.
    fn separator(&mut self) -> Option<char> {
        let before = self.at;
        self.skip_spaces();
        let separator = self.peek().filter(|c| "年-/.．－".contains(*c));
        match separator {
            Some('年') => self.at += 1,
            Some(_) if self.at == before => self.at += 1,
            _ => return None,
        }
        separator
    }

    /// A month or a day; leaves the place where there is none.
    fn part(&mut self) -> Option<u8> {
        let before = self.at;
        self.skip_spaces();
        let mut digits = self.digits();
        while let Some(character) = self.peek().filter(|c| "十廿卅百".contains(*c)) {
            digits.push(character);
            self.at += 1;
            digits.extend(self.digits());
        }
        let after = self.at;
        self.skip_spaces();
        if self.peek().is_none_or(|c| !"月日号號年-/.．－".contains(c)) {
            self.at = after;
        }
        let value = integer(&digits.iter().collect::<String>());
        let part = value.and_then(|value| u8::try_from(value).ok());
        if part.is_none() {
            self.at = before;
        }
        part
    }

    fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
        || matches!(
            character,
            '〇' | '○' | 'Ｏ' | '◯' | '零' | '一' | '二' | '三' | '四' | '五'
        )
        || matches!(character, '六' | '七' | '八' | '九')
}

fn days_of(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Vec<String> {
        dates(text)
            .iter()
            .map(|dated| dated.date.to_string())
            .collect()
    }

    #[test]
    fn every_spelling_gives_the_same_date() {
        for text in [
            "2022年12月1日",
            "2022年12月01日",
            "２０２２年１２月１日",
            "2022 年 12 月 1 日",
            "二〇二二年十二月一日",
            "二○二二年十二月一日",
            "二零二二年十二月一日",
            "2022-12-01",
            "2022-12-1 10:48",
            "2022/12/01",
            "2022.12.01",
            "20221201",
            "民國111年12月1日",
            "中華民國一百十一年十二月一日",
        ] {
            assert_eq!(iso(text), ["2022-12-01"], "{text}");
        }
    }

    #[test]
    fn as_much_is_given_as_is_stated() {
        assert_eq!(iso("2021年度工作"), ["2021"]);
        assert_eq!(iso("截至2022年10月底"), ["2022-10"]);
        assert_eq!(iso("2021年11月31日"), ["2021-11"]);
        assert_eq!(iso("二〇二一年十二月"), ["2021-12"]);
        assert_eq!(
            iso("2020年3月27日通过，2020年6月11日批准"),
            ["2020-03-27", "2020-06-11"]
        );
        assert_eq!(iso("二〇二三年二十五日"), ["2023"]);
        assert_eq!(iso("——2024年2月3日在某大会上"), ["2024-02-03"]);
    }

    #[test]
    fn ranges_of_years_and_other_numbers_are_no_dates() {
        for text in [
            "《法治政府建设实施纲要(2021-2025年)》",
            "（2021—2025 年）",
            "2021年至2025年",
            "12345热线",
            "12.4国家宪法日",
            "1455次、2000多平米",
            "13661025214",
            "国办发〔2021〕67号",
            "20年来",
        ] {
            assert_eq!(iso(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_date_stands_on_its_bytes() {
        let text = "信息提供日期 : 2021-12-24 16:53来源";
        assert_eq!(&text[dates(text)[0].range.clone()], "2021-12-24");
    }

    #[test]
    fn days_are_counted() {
        let day = |text: &str| Date::from_iso(text).unwrap().day_number();
        assert_eq!(day("2024-03-01") - day("2024-02-28"), 2);
        assert_eq!(day("2022-01-01") - day("2021-12-31"), 1);
        assert_eq!(Date::from_iso("2022-13"), None);
        assert_eq!(
            Date::from_iso("2022-01-10T10:48").unwrap().to_string(),
            "2022-01-10"
        );
    }

    /// Without looking first whether there may be any.
    fn starting_anywhere(text: &str) -> bool {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        (0..characters.len()).any(|at| date_starting(&characters, at).is_some())
    }

    proptest::proptest! {
        #[test]
        fn where_a_date_starts_there_may_be_dates(text in "[0-9２〇一二十百年月日./ 民國国-]{0,16}") {
            proptest::prop_assert!(may_have_dates(&text) || !starting_anywhere(&text));
        }

        #[test]
        fn no_text_makes_it_fail(text in "[0-9〇一二十百年月日./ 至民國-]{0,30}") {
            for dated in dates(&text) {
                proptest::prop_assert!(text.get(dated.range.clone()).is_some());
                proptest::prop_assert_eq!(Date::from_iso(&dated.date.to_string()), Some(dated.date));
            }
        }
    }
}
