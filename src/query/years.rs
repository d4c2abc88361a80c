//! Years as people write them to a [`YearRange`].

use super::tree::YearRange;

impl YearRange {
    /// Reads `2021`, `2021年`, `2019..2021`, `2019-2021`, `2019至2021年`, `2019..`, `..2021`, in half
    /// or full width; `None` for anything else. The years may stand in either order.
    ///
    /// ```
    /// use xianli::query::YearRange;
    /// let range = |first, last| Some(YearRange { first, last });
    /// assert_eq!(YearRange::parse("2019..2021"), range(Some(2019), Some(2021)));
    /// assert_eq!(YearRange::parse("２０２１年"), range(Some(2021), Some(2021)));
    /// assert_eq!(YearRange::parse("2020.."), range(Some(2020), None));
    /// assert_eq!(YearRange::parse("去年"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let ascii: String = text.trim().chars().map(half_width).collect();
        for separator in ["..", "—", "－", "–", "-", "~", "至", "到"] {
            if let Some((first, last)) = ascii.split_once(separator) {
                let last = last.trim_start_matches(separator);
                return Self::between(bound(first)?, bound(last)?);
            }
        }
        let year = year(&ascii)?;
        Self::between(Some(year), Some(year))
    }

    /// Whether a year lies in the range.
    pub fn contains(self, year: i32) -> bool {
        self.first.is_none_or(|first| first <= year) && self.last.is_none_or(|last| year <= last)
    }

    fn between(first: Option<i32>, last: Option<i32>) -> Option<Self> {
        match (first, last) {
            (None, None) => None,
            (Some(late), Some(early)) if late > early => Some(Self {
                first: Some(early),
                last: Some(late),
            }),
            _ => Some(Self { first, last }),
        }
    }
}

/// One side of a range: empty is open. The outer `None` is no year at all.
#[expect(clippy::option_option, reason = "an open side is not a wrong one")]
fn bound(text: &str) -> Option<Option<i32>> {
    let text = text.trim();
    if text.is_empty() {
        Some(None)
    } else {
        year(text).map(Some)
    }
}

fn year(text: &str) -> Option<i32> {
    let digits = text.trim().trim_end_matches('年').trim_end();
    let four = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    four.then(|| digits.parse().ok()).flatten()
}

fn half_width(character: char) -> char {
    match character {
        '０'..='９' | '．' => {
            char::from_u32(character as u32 - 0xFEE0).expect("the block maps to ASCII")
        }
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_and_all_separators_mean_the_same_years() {
        let expected = Some(YearRange {
            first: Some(2019),
            last: Some(2021),
        });
        for text in [
            "2019..2021",
            "2021..2019",
            "2019-2021",
            "2019——2021年",
            "2019年至2021年",
            "２０１９．．２０２１",
        ] {
            assert_eq!(YearRange::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_year_is_none() {
        for text in ["", "..", "21", "20211", "二〇二一", "2021..abc", "-"] {
            assert_eq!(YearRange::parse(text), None, "{text}");
        }
    }
}
