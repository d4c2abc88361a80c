//! Moments as text, in UTC.

use std::time::{Duration, SystemTime};

/// `2024-01-31T08:05:00Z`; before 1970, 1970.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_706_688_300);
/// assert_eq!(xianli::ingest::utc(moment), "2024-01-31T08:05:00Z");
/// ```
pub fn utc(moment: SystemTime) -> String {
    let seconds = since_epoch(moment).as_secs();
    let (year, month, day) = date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Nanoseconds since 1970.
pub(super) fn nanoseconds(moment: SystemTime) -> i64 {
    let after = |duration: Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    match moment.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(duration) => after(duration),
        Err(error) => -after(error.duration()),
    }
}

fn since_epoch(moment: SystemTime) -> Duration {
    moment
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
}

/// Year, month and day of a day counted from 1970-01-01, after Howard Hinnant,
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn date(day: u64) -> (u64, u64, u64) {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_based = (5 * of_year + 2) / 153;
    let month = if march_based < 10 {
        march_based + 3
    } else {
        march_based - 9
    };
    let day = of_year - (153 * march_based + 2) / 5 + 1;
    (era * 400 + year + u64::from(month <= 2), month, day)
}
