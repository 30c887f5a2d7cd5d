//! Names and values of queries and forms, decoded.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// Names and values, in the order of the wire.
pub(crate) type Pairs = Vec<(String, String)>;

/// Decodes `a=1&b=x+y`. `None` if what is decoded is not UTF-8. A `%` that begins no byte stands for itself.
pub(crate) fn decode(text: &[u8]) -> Option<Pairs> {
    let mut pairs = Pairs::new();
    for part in text.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
        let middle = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
        let value = part.get(middle + 1..).unwrap_or_default();
        pairs.push((decode_one(&part[..middle])?, decode_one(value)?));
    }
    Some(pairs)
}

fn decode_one(text: &[u8]) -> Option<String> {
    let spaced: Cow<'_, [u8]> = if text.contains(&b'+') {
        text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect()
    } else {
        text.into()
    };
    percent_decode(&spaced).decode_utf8().ok().map(Cow::into_owned)
}

/// The value of a name: the first one.
pub(crate) fn get<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_queries_and_forms() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(decode(b"").unwrap(), []);
        assert_eq!(decode(b"a=1&&b=x+y%20z&c").unwrap(), [pair("a", "1"), pair("b", "x y z"), pair("c", "")]);
        assert_eq!(decode(b"k%3D=a=b%26&%zz=%").unwrap(), [pair("k=", "a=b&"), pair("%zz", "%")]);
        assert_eq!(decode(b"=").unwrap(), [pair("", "")]);
        assert_eq!(decode(b"a=%ff"), None);
    }
}
