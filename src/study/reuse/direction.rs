//! Which of two documents was written first, as far as their dates say so.

use serde::Serialize;

use crate::document::Metadata;

/// Which of two documents was first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The first is older.
    FirstToSecond,
    /// The second is older.
    SecondToFirst,
    /// Both are dated the same, as precisely as both are dated.
    SameDate,
    /// At least one is not dated.
    Unknown,
}

impl Direction {
    /// Seen from the other side.
    pub fn reversed(self) -> Self {
        match self {
            Self::FirstToSecond => Self::SecondToFirst,
            Self::SecondToFirst => Self::FirstToSecond,
            other => other,
        }
    }
}

/// Which of two documents was first: by the days of signing or publishing where both have one, else
/// by the years that they report on. Dates are compared as far as both state them, so 2022 and
/// 2022-03 are the same date.
pub fn direction(first: &Metadata, second: &Metadata) -> Direction {
    let day = |document: &Metadata| document.signed.clone().or(document.published.clone());
    let year = |document: &Metadata| document.year.map(|year| year.to_string());
    let either = |document: &Metadata| day(document).or_else(|| year(document)).unwrap_or_default();
    let (first, second) = match (day(first), day(second)) {
        (Some(first), Some(second)) => (first, second),
        _ => match (year(first), year(second)) {
            (Some(first), Some(second)) => (first, second),
            _ => (either(first), either(second)),
        },
    };
    let common = first.len().min(second.len());
    if common == 0 {
        return Direction::Unknown;
    }
    match first.as_bytes()[..common].cmp(&second.as_bytes()[..common]) {
        std::cmp::Ordering::Less => Direction::FirstToSecond,
        std::cmp::Ordering::Greater => Direction::SecondToFirst,
        std::cmp::Ordering::Equal => Direction::SameDate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(year: Option<i32>, signed: Option<&str>, published: Option<&str>) -> Metadata {
        Metadata {
            year,
            signed: signed.map(str::to_owned),
            published: published.map(str::to_owned),
            ..Metadata::default()
        }
    }

    #[test]
    fn days_go_before_years_and_like_is_compared_with_like() {
        let early = dated(Some(2022), Some("2022-01-06"), Some("2022-01-10"));
        let late = dated(Some(2021), None, Some("2022-03"));
        assert_eq!(direction(&early, &late), Direction::FirstToSecond);
        assert_eq!(direction(&late, &early), Direction::SecondToFirst);
        let only_year = dated(Some(2022), None, None);
        assert_eq!(direction(&early, &only_year), Direction::SameDate);
        assert_eq!(direction(&late, &only_year), Direction::FirstToSecond);
    }

    #[test]
    fn a_date_is_compared_as_far_as_both_state_it() {
        let month = dated(None, Some("2022-03"), None);
        let day = dated(None, Some("2022-03-15"), None);
        assert_eq!(direction(&month, &day), Direction::SameDate);
        assert_eq!(
            direction(&day, &dated(None, None, None)),
            Direction::Unknown
        );
    }
}
