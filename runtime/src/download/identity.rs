//! Which file it is that a server sends, and what it should add up to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG, LAST_MODIFIED};

/// What a server tells about a whole file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Identity {
    /// What tells one version of the file from another: a strong ETag, or else the time of the last change.
    pub(super) validator: Option<String>,
    /// In bytes.
    pub(super) length: Option<u64>,
    /// CRC-64/XZ.
    pub(super) crc64: Option<u64>,
    pub(super) md5: Option<[u8; 16]>,
}

impl Identity {
    /// What the reply with the whole file (`200`) tells.
    pub(super) fn of_whole(headers: &HeaderMap) -> Self {
        let md5 = text(headers, "content-md5").and_then(|text| STANDARD.decode(text).ok()?.try_into().ok());
        let length = text(headers, CONTENT_LENGTH.as_str()).and_then(|length| length.parse().ok());
        Self { length, md5, ..Self::common(headers) }
    }

    /// What the reply with a part of the file (`206`) tells. The checksum in `Content-MD5` may be that of the part.
    pub(super) fn of_part(headers: &HeaderMap) -> Self {
        Self { length: content_range(headers).and_then(|range| range.total), ..Self::common(headers) }
    }

    fn common(headers: &HeaderMap) -> Self {
        let etag = text(headers, ETAG.as_str()).filter(|etag| etag.starts_with('"'));
        Self {
            validator: etag.or_else(|| text(headers, LAST_MODIFIED.as_str())).map(str::to_owned),
            crc64: text(headers, "x-oss-hash-crc64ecma").and_then(|sum| sum.parse().ok()),
            ..Self::default()
        }
    }

    /// Whether a reply can be about the same file: nothing that both tell differs.
    pub(super) fn matches(&self, other: &Self) -> bool {
        fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        agree(self.validator.as_ref(), other.validator.as_ref())
            && agree(self.length.as_ref(), other.length.as_ref())
            && agree(self.crc64.as_ref(), other.crc64.as_ref())
    }

    /// Takes over what a later reply about the same file tells beyond this.
    pub(super) fn complete(&mut self, other: Self) {
        self.length = self.length.or(other.length);
        self.crc64 = self.crc64.or(other.crc64);
        self.md5 = self.md5.or(other.md5);
    }
}

/// What `Content-Range` says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct ContentRange {
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) total: Option<u64>,
}

pub(super) fn content_range(headers: &HeaderMap) -> Option<ContentRange> {
    let (range, total) = text(headers, CONTENT_RANGE.as_str())?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let range = ContentRange {
        first: first.trim().parse().ok()?,
        last: last.trim().parse().ok()?,
        total: total.trim().parse().ok(),
    };
    (range.first <= range.last && range.last < u64::MAX).then_some(range)
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
    }

    #[test]
    fn reads_what_servers_tell() {
        let whole = headers(&[
            ("content-length", "9"),
            ("etag", "\"a\""),
            ("last-modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("x-oss-hash-crc64ecma", "11051210869376104954"),
            ("content-md5", "JfnnlDI7RTiF9RgfGNK2MQ=="),
        ]);
        let identity = Identity::of_whole(&whole);
        assert_eq!(identity.validator.as_deref(), Some("\"a\""));
        assert_eq!((identity.length, identity.crc64), (Some(9), Some(0x995D_C9BB_DF19_39FA)));
        assert_eq!(identity.md5.unwrap()[..2], [0x25, 0xf9]);
        // A weak ETag does not tell versions apart, byte for byte.
        let part = headers(&[
            ("content-length", "3"),
            ("content-range", "bytes 2-4/9"),
            ("etag", "W/\"a\""),
            ("content-md5", "?"),
        ]);
        let part = Identity::of_part(&part);
        assert_eq!(part, Identity { length: Some(9), ..Identity::default() });
        assert!(identity.matches(&part));
        assert!(!identity.matches(&Identity { length: Some(8), ..Identity::default() }));
        assert!(!identity.matches(&Identity { validator: Some("\"b\"".into()), ..Identity::default() }));
    }

    #[test]
    fn reads_ranges() {
        for (text, expected) in [
            ("bytes 0-4/9", Some((0, 4, Some(9)))),
            ("bytes 2-4/*", Some((2, 4, None))),
            ("bytes 4-2/9", None),
            ("bytes */9", None),
            ("bytes 0-18446744073709551615/*", None),
            ("items 0-1/2", None),
            ("", None),
        ] {
            let range = content_range(&headers(&[("content-range", text)]));
            assert_eq!(range.map(|range| (range.first, range.last, range.total)), expected, "{text}");
        }
    }
}
