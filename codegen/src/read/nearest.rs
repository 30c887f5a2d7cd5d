//! The names that somebody may have meant.

/// `did you mean …`, or the list of what there is.
pub(crate) fn suggest(text: &str, known: &[&str]) -> String {
    let near = known.iter().map(|word| (distance(text, word), *word)).min().filter(|(far, word)| far * 2 <= word.len());
    match near {
        Some((_, word)) => format!("did you mean `{word}`?"),
        None if known.is_empty() => "take it out".to_owned(),
        None => format!("it is one of: {}", known.join(", ")),
    }
}

/// `did you mean …`, with as many as three names that are near, or the nearest if none is.
pub(crate) fn nearest(text: &str, known: &[&str]) -> String {
    // Who names a part of it is near.
    let wanted = text.to_lowercase();
    let far = |word: &str| if word.to_lowercase().contains(&wanted) { 1 } else { distance(text, word) };
    let mut near: Vec<(usize, &str)> = known.iter().map(|word| (far(word), *word)).collect();
    near.sort_unstable();
    near.dedup();
    let Some((least, _)) = near.first().copied() else { return "there is none at all".to_owned() };
    let names: Vec<String> =
        near.iter().take_while(|(far, _)| *far <= least + 2).take(3).map(|(_, word)| format!("`{word}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("did you mean {} or {last}?", rest.join(", ")),
        _ => format!("did you mean {}?", names.concat()),
    }
}

/// How many letters must be changed, added or taken away to make one word of the other, upper and lower case alike.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.to_lowercase().chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
