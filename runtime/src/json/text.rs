//! JSON strings with escapes.

/// Resolves the escapes of `text`, which the parser has accepted. Halves of surrogate pairs that stand alone become
/// U+FFFD.
pub(super) fn unescape(text: &str) -> String {
    let mut to = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        to.push_str(plain);
        let mut characters = escaped.chars();
        let kind = characters.next();
        rest = characters.as_str();
        match kind {
            Some('b') => to.push('\u{8}'),
            Some('f') => to.push('\u{c}'),
            Some('n') => to.push('\n'),
            Some('r') => to.push('\r'),
            Some('t') => to.push('\t'),
            Some('u') => {
                let (unit, behind) = code_unit(rest);
                rest = behind;
                to.push(match second_half(unit, rest) {
                    Some((character, behind)) => {
                        rest = behind;
                        character
                    }
                    None => char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER),
                });
            }
            Some(other) => to.push(other),
            None => {}
        }
    }
    to.push_str(rest);
    to
}

/// The four hexadecimal digits that `text` begins with, and what follows them.
fn code_unit(text: &str) -> (u32, &str) {
    text.split_at_checked(4)
        .and_then(|(digits, rest)| Some((u32::from_str_radix(digits, 16).ok()?, rest)))
        .unwrap_or((u32::from(char::REPLACEMENT_CHARACTER), ""))
}

/// The character that `high` makes with the escape that `text` begins with, if they are a pair.
fn second_half(high: u32, text: &str) -> Option<(char, &str)> {
    if !(0xd800..0xdc00).contains(&high) {
        return None;
    }
    let (low, rest) = code_unit(text.strip_prefix("\\u")?);
    if !(0xdc00..0xe000).contains(&low) {
        return None;
    }
    Some((char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))?, rest))
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn resolves_escapes() {
        for (text, expected) in [
            (r#"a\"b\\c\/d"#, "a\"b\\c/d"),
            (r"\b\f\n\r\t", "\u{8}\u{c}\n\r\t"),
            (r"\u4e2d\u0041z", "中Az"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
        ] {
            assert_eq!(unescape(text), expected);
        }
    }
}
