//! A sentence about an operation from nothing but its name.

/// `GetDataExportDownloadURL` as `Gets data export download URL.`: a place for a sentence that somebody has to write.
pub(super) fn summary(name: &str) -> String {
    let mut words = words(name).into_iter();
    let verb = third_person(&words.next().unwrap_or_default());
    let mut text = verb;
    for word in words {
        text.push(' ');
        let acronym = word.len() > 1 && word.chars().all(|c| !c.is_lowercase());
        text.push_str(&if acronym { word } else { word.to_lowercase() });
    }
    text.push('.');
    text
}

/// The words of a name in camel case; capital letters in a row are one word.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase()));
        match words.last_mut() {
            Some(word) if !begins && *letter != '_' => word.push(*letter),
            _ if *letter == '_' => words.push(String::new()),
            _ => words.push(letter.to_string()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn third_person(verb: &str) -> String {
    let mut verb = verb.to_lowercase();
    if let Some(stem) = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        verb = format!("{stem}ies");
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end)) {
        verb.push_str("es");
    } else {
        verb.push('s');
    }
    let mut chars = verb.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_sentences() {
        let table = [
            ("GetDataExportDownloadURL", "Gets data export download URL."),
            ("QueryDBInstances", "Queries DB instances."),
            ("DescribeDownloadTask", "Describes download task."),
            ("attachInstance_v2", "Attaches instance v2."),
        ];
        for (name, expected) in table {
            assert_eq!(super::summary(name), expected);
        }
    }
}
