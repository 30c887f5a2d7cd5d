//! The timestamps of signed requests: `YYYY-MM-DDTHH:MM:SSZ`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time that the text names; `None` for anything else, and for times before 1970.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    const SHAPE: &[u8; 20] = b"0000-00-00T00:00:00Z";
    let fits = |(byte, shape): (u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == *shape };
    if text.len() != SHAPE.len() || !text.bytes().zip(SHAPE).all(fits) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let days_of_month = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before = usize::try_from(month).ok()?.checked_sub(1)?;
    let in_range = year >= 1970 && (1..=*days_of_month.get(before)?).contains(&day) && hour < 24;
    if !in_range || minute > 59 || second > 59 {
        return None;
    }
    let leap_years = |year: u64| year / 4 - year / 100 + year / 400;
    let years = (year - 1970) * 365 + leap_years(year - 1) - leap_years(1969);
    let days = years + days_of_month.iter().take(before).sum::<u64>() + day - 1;
    UNIX_EPOCH.checked_add(Duration::from_secs(((days * 24 + hour) * 60 + minute) * 60 + second))
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_timestamps() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T00:00:00Z", 951_782_400),
            ("2023-10-26T10:22:32Z", 1_698_315_752),
            ("2025-06-01T02:03:04Z", 1_748_743_384),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
        ] {
            assert_eq!(parse(text), Some(UNIX_EPOCH + Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_timestamp() {
        for text in [
            "",
            "2025-06-01T02:03:04",
            "2025-06-01T02:03:04z",
            "2025-06-01 02:03:04Z",
            "2025-13-01T00:00:00Z",
            "2025-00-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2025-06-01T24:00:00Z",
            "2025-06-01T02:60:04Z",
            "+025-06-01T02:03:04Z",
            "1969-12-31T23:59:59Z",
            "中25-06-01T02:03:04Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
