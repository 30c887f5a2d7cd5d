//! Times as replies write them.

use std::time::SystemTime;

/// Whole seconds since 1970; zero before.
pub(crate) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Milliseconds since 1970.
pub(crate) fn milliseconds(time: SystemTime) -> u64 {
    seconds(time).saturating_mul(1000)
}

/// A time such as `2024-01-04 17:39:49`, in UTC, with this between date and time.
pub(crate) fn text(time: SystemTime, between: char) -> String {
    let seconds = seconds(time);
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}")
}

/// The date that is this many days after the first of January 1970.
fn date(days: u64) -> (u64, u64, u64) {
    // Years begin in March, so that the day that some of them lack is the last one. 719,468 days lead back to year 0.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next, month, day)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn writes_times() {
        for (seconds, expected) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_399, "2000-02-28 23:59:59"),
            (951_782_400, "2000-02-29 00:00:00"),
            (1_748_743_384, "2025-06-01 02:03:04"),
            (4_107_542_400, "2100-03-01 00:00:00"),
        ] {
            assert_eq!(text(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds), ' '), expected);
        }
    }
}
