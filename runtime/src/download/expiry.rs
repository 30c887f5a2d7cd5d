//! When a link expires: as it says so itself, or as the reply does that has it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use url::Url;

use super::link::Link;
use crate::clock::parse_timestamp;
use crate::json::Json;
use crate::lookup::texts;

/// From here on a number counts milliseconds since 1970: in seconds it would be the year 5138.
const MILLISECONDS: u64 = 100_000_000_000;

/// When the link of a reply expires, if anybody says so. What the link says comes first: that is what the server of the
/// file goes by.
pub(super) fn expiry(url: &Url, link: &Link, root: Json<'_>) -> Option<SystemTime> {
    let (_, own) = url.query_pairs().find(|(name, _)| name == "Expires").unzip();
    let told = || link.expires.and_then(|path| texts(root, path).iter().find_map(|text| parse(text)));
    own.and_then(|own| seconds(own.parse().ok()?)).or_else(told)
}

/// The time that a text names: seconds or milliseconds since 1970, or a date with a time as ISO 8601 or with a space
/// writes it. Without a zone it is taken for UTC: should it be that of China, the link is refused before, and renewed
/// then. Nothing for anything else.
fn parse(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    if let Ok(number) = text.parse::<u64>() {
        return if number < MILLISECONDS { seconds(number) } else { after(Duration::from_millis(number)) };
    }
    let (date_and_time, rest) = text.split_at_checked("yyyy-MM-ddTHH:mm:ss".len())?;
    let (date, time) = date_and_time.split_once(['T', ' '])?;
    let time = parse_timestamp(&format!("{date}T{time}Z"))?;
    // Parts of a second do not matter.
    let zone =
        rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    match zone {
        "" | "Z" => Some(time),
        _ if zone.starts_with('+') => time.checked_sub(offset(&zone[1..])?),
        _ if zone.starts_with('-') => time.checked_add(offset(&zone[1..])?),
        _ => None,
    }
}

/// How far a zone is from UTC: `08:00` or `0800`.
fn offset(text: &str) -> Option<Duration> {
    let digits = text.replacen(':', "", 1);
    let number: u64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    Some(Duration::from_secs(number / 100 * 3600 + number % 100 * 60))
}

fn seconds(seconds: u64) -> Option<SystemTime> {
    after(Duration::from_secs(seconds))
}

fn after(duration: Duration) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(duration)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    const LINK: Link = Link { expires: Some("Data.Until"), ..Link::NONE };

    #[test]
    fn reads_what_services_write() {
        for (text, expected) in [
            ("1748743384", Some(1_748_743_384)),
            (" 1748743384000 ", Some(1_748_743_384)),
            ("2025-06-01T02:03:04Z", Some(1_748_743_384)),
            ("2025-06-01T02:03:04.567Z", Some(1_748_743_384)),
            ("2025-06-01T10:03:04+08:00", Some(1_748_743_384)),
            ("2025-05-31T21:33:04.5-0430", Some(1_748_743_384)),
            ("2025-06-01 02:03:04", Some(1_748_743_384)),
            ("2025-06-01T02:03:04", Some(1_748_743_384)),
            ("2025-06-01", None),
            ("2025-06-31 02:03:04", None),
            ("2025-06-01 02:03:04 CST", None),
            ("2025-06-01T02:03:04+8", None),
            ("2025-06-01T02:03:04+8:00", None),
            ("2025-06-01T02:03:04+中00", None),
            ("二〇二五年六月一日二时三分四秒", None),
            ("in an hour", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(parse(text), expected.and_then(seconds), "{text:?}");
        }
        assert!(parse("18446744073709551615").is_some_and(|time| time > UNIX_EPOCH), "milliseconds, however many");
    }

    #[test]
    fn takes_the_word_of_the_link_first() {
        let at = |url: &str, body: &str| {
            expiry(&Url::parse(url).unwrap(), &LINK, Document::parse(body.to_owned()).unwrap().root())
        };
        let until = r#"{"Data":{"Until":99}}"#;
        for (url, body, expected) in [
            ("http://a/b?Expires=12&x", "{}", Some(12)),
            ("http://a/b?Expires=12&x", until, Some(12)),
            ("http://a/b?Expires=soon", until, Some(99)),
            ("http://a/b", r#"{"Data":{"Until":"99"}}"#, Some(99)),
            ("http://a/b", r#"{"Data":{"Until":"soon"}}"#, None),
            ("http://a/b", "{}", None),
        ] {
            assert_eq!(at(url, body), expected.and_then(seconds), "{url} {body}");
        }
    }
}
