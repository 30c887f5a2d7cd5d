//! The words that a name is made of.

/// The words in lower case: `DescribeDBInstances` is `describe`, `db`, `instances`.
pub(in crate::import) fn of(name: &str) -> Vec<String> {
    split(name).into_iter().map(|word| word.to_lowercase()).collect()
}

/// The words as they are spelled.
pub(in crate::import) fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    let mut word = String::new();
    for (index, c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index));
        let after = chars.get(index + 1);
        // A word begins behind a small letter, and with the last capital before a small letter.
        let begins = c.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || (before.is_some_and(|before| before.is_uppercase())
                    && after.is_some_and(|after| after.is_lowercase() && *after != 's')));
        if (begins || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.push(*c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_fall_into_words() {
        let table = [
            ("DescribeDBInstances", "Describe DB Instances"),
            ("GetTURNCredentials", "Get TURN Credentials"),
            ("next_token", "next token"),
            ("ListIPs", "List IPs"),
            ("x-oss-meta", "x oss meta"),
            ("createInstance", "create Instance"),
            ("", ""),
        ];
        for (name, words) in table {
            assert_eq!(super::split(name).join(" "), words);
        }
    }
}
