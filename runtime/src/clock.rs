//! Time, as far as requests need it.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where the time comes from; tests bring their own.
pub trait Clock: Debug + Send + Sync + 'static {
    /// The time that requests are dated with.
    fn now(&self) -> SystemTime;

    /// Completes after `duration`, as this clock counts it.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The time of the machine. Sleeping needs a tokio runtime.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}

const SECONDS_PER_DAY: u64 = 86_400;
const DAYS_PER_ERA: u64 = 146_097;
/// Days from 0000-03-01, where the calendar of this module begins, to 1970-01-01.
const DAYS_TO_UNIX_EPOCH: u64 = 719_468;
/// The last second that four digits can name, 9999-12-31T23:59:59Z.
const LAST_SECOND: u64 = 253_402_300_799;

/// `time` as `YYYY-MM-DDTHH:MM:SSZ`. Times before 1970 or after 9999 become the nearest that can be written.
pub(crate) fn timestamp(time: SystemTime) -> [u8; 20] {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).min(LAST_SECOND);
    let (year, month, day) = civil_from_days(seconds / SECONDS_PER_DAY);
    let in_day = seconds % SECONDS_PER_DAY;
    let mut text = *b"0000-00-00T00:00:00Z";
    let digit = |value: u64, place: u64| b'0' + (value / place % 10) as u8;
    (text[0], text[1]) = (digit(year, 1000), digit(year, 100));
    for (start, value) in
        [(2, year), (5, month), (8, day), (11, in_day / 3600), (14, in_day / 60 % 60), (17, in_day % 60)]
    {
        (text[start], text[start + 1]) = (digit(value, 10), digit(value, 1));
    }
    text
}

/// `time` as `YYYY-MM-DDTHH:MM:SSZ`, in UTC. Times before 1970 or after 9999 become the nearest that can be written.
#[must_use]
pub fn format_timestamp(time: SystemTime) -> String {
    timestamp(time).into_iter().map(char::from).collect()
}

/// The time that `YYYY-MM-DDTHH:MM:SSZ` names; `None` for anything else, and before 1970.
#[must_use]
pub fn parse_timestamp(text: &str) -> Option<SystemTime> {
    let bytes = text.as_bytes();
    if bytes.len() != 20 {
        return None;
    }
    for (place, mark) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'Z')] {
        if bytes[place] != mark {
            return None;
        }
    }
    let number = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0_u64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if year < 1970 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_from_civil(year, month, day)?;
    UNIX_EPOCH.checked_add(Duration::from_secs(days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second))
}

/// Year, month and day of a count of days since 1970-01-01. Years are counted from March, which puts the
/// leap day last.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let days = days + DAYS_TO_UNIX_EPOCH;
    let (era, day_of_era) = (days / DAYS_PER_ERA, days % DAYS_PER_ERA);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// The inverse of [`civil_from_days`]; `None` for days that no calendar has.
fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year_from_march = year - u64::from(month <= 2);
    let (era, year_of_era) = (year_from_march / 400, year_from_march % 400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = (era * DAYS_PER_ERA + day_of_era).checked_sub(DAYS_TO_UNIX_EPOCH)?;
    (civil_from_days(days) == (year, month, day)).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_and_parses() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_698_315_752, "2023-10-26T10:22:32Z"),
            (1_748_743_384, "2025-06-01T02:03:04Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (LAST_SECOND, "9999-12-31T23:59:59Z"),
        ] {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(format_timestamp(time), text);
            assert_eq!(parse_timestamp(text), Some(time));
        }
        assert_eq!(format_timestamp(UNIX_EPOCH - Duration::from_secs(5)), "1970-01-01T00:00:00Z");
        assert_eq!(format_timestamp(UNIX_EPOCH + Duration::from_secs(LAST_SECOND + 9)), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn refuses_what_is_no_timestamp() {
        for text in [
            "",
            "2025-06-01",
            "2025-06-01T02:03:04",
            "2025-06-01T02:03:04.5Z",
            "2025-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2025-06-01T24:00:00Z",
            "2025-06-01 02:03:04Z",
            "+025-06-01T02:03:04Z",
            "1969-12-31T23:59:59Z",
            "2025-00-01T00:00:00Z",
            "中25-06-01T02:03:04Z",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn agrees_with_itself_on_every_day_of_four_centuries() {
        for day in 0..DAYS_PER_ERA + 1 {
            let (year, month, day_of_month) = civil_from_days(day);
            assert_eq!(days_from_civil(year, month, day_of_month), Some(day));
        }
    }
}
