//! Percent-encoding, written apart from the one of the runtime, which it is to judge.

/// Everything but letters, digits and `-_.~` as `%XX`.
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The pairs of a query, or of a form, where a plus is a space.
pub fn pairs(text: &str, is_form: bool) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (decode(name, is_form), decode(value, is_form))).collect()
}

fn decode(text: &str, is_form: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let (byte, left) = match (first, hex) {
            (b'%', Some(byte)) => (byte, &after[2..]),
            (b'+', _) if is_form => (b' ', after),
            (byte, _) => (*byte, after),
        };
        bytes.push(byte);
        rest = left;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        for text in ["", "a b+c/d", "中%2F", "~.-_", "100%"] {
            assert_eq!(decode(&encode(text), false), text);
        }
        assert_eq!(encode("a/ 中"), "a%2F%20%E4%B8%AD");
        assert_eq!(pairs("a=1+2&b=%2B&c", true), [("a", "1 2"), ("b", "+"), ("c", "")].map(owned));
        assert_eq!(pairs("a=1+2", false), [("a", "1+2")].map(owned));
    }

    fn owned((name, value): (&str, &str)) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }
}
