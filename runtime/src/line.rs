//! Text that fits into one line of an error.

/// `text` without control characters and without needless white space, and with at most `limit` characters.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(limit + 4));
    let mut count = 0;
    for word in text.split(|character: char| character.is_whitespace() || character.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
            count += 1;
        }
        for character in word.chars() {
            if count >= limit {
                line.push('…');
                return line;
            }
            line.push(character);
            count += 1;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn makes_one_short_line() {
        for (text, line) in [
            ("", ""),
            (" a \r\n b\u{0}c\u{2028}d ", "a b c d"),
            ("0123456789", "0123456789"),
            ("0123456789a", "0123456789…"),
            ("中文中文中文中文中文中", "中文中文中文中文中文…"),
        ] {
            assert_eq!(shorten(text, 10), line);
        }
    }
}
