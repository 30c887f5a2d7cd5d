//! Percent-encoding of parameters, the way the gateway signs and reads them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but `A-Z a-z 0-9 - _ . ~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// How a space is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Space {
    /// `%20`: queries and paths.
    Percent,
    /// `+`: form bodies.
    Plus,
}

/// Appends `text` to `to`, encoded.
pub(crate) fn encode(text: &str, space: Space, to: &mut String) {
    match space {
        Space::Percent => to.extend(utf8_percent_encode(text, RESERVED)),
        Space::Plus => {
            for (index, part) in text.split(' ').enumerate() {
                if index > 0 {
                    to.push('+');
                }
                to.extend(utf8_percent_encode(part, RESERVED));
            }
        }
    }
}

/// Whether encoding leaves `text` as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, space: Space) -> String {
        let mut to = String::new();
        encode(text, space, &mut to);
        to
    }

    #[test]
    fn encodes_all_but_the_unreserved() {
        for (text, query, form) in [
            ("", "", ""),
            ("aZ09-_.~", "aZ09-_.~", "aZ09-_.~"),
            ("a b", "a%20b", "a+b"),
            (" ", "%20", "+"),
            ("*+", "%2A%2B", "%2A%2B"),
            ("!'()", "%21%27%28%29", "%21%27%28%29"),
            ("中", "%E4%B8%AD", "%E4%B8%AD"),
            ("%", "%25", "%25"),
        ] {
            assert_eq!(encoded(text, Space::Percent), query);
            assert_eq!(encoded(text, Space::Plus), form);
            assert_eq!(is_plain(text), query == text);
        }
    }
}
