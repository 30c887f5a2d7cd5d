//! Cleans the texts of documents: no links that lead nowhere outside of them, no HTML, no code that would be run.

/// The text, or else the other one, cleaned; nothing where nothing is left.
pub(super) fn of(text: Option<&str>, other: Option<&str>) -> Option<String> {
    text.map(clean).filter(|text| !text.is_empty()).or_else(|| other.map(clean).filter(|text| !text.is_empty()))
}

/// The text without what only the web site of the documents understands.
pub(super) fn clean(text: &str) -> String {
    let text = help_links(&tags(text));
    let lines = text.lines().map(|line| {
        let kept: String = line.chars().map(plain).collect();
        // Four blanks at the beginning would make code of it.
        let level = kept.len() - kept.trim_start().len();
        format!("{}{}", " ".repeat(level.min(2)), kept.trim())
    });
    let mut out: Vec<String> = Vec::new();
    for line in lines.map(|line| line.replace("```", "")) {
        let (is_empty, follows_empty) = (line.trim().is_empty(), out.last().is_none_or(String::is_empty));
        match (is_empty, follows_empty) {
            (true, true) => {}
            (true, false) => out.push(String::new()),
            (false, _) => out.push(once(&line)),
        }
    }
    out.join("\n").trim().to_owned()
}

/// A line without words that it says twice in a row, which is a slip that the check would find.
fn once(line: &str) -> String {
    let indent = &line[..line.len() - line.trim_start().len()];
    let mut words: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        words.push(word);
        for length in 1..=3 {
            let end = words.len();
            let has_letters = |words: &[&str]| words.iter().any(|word| word.chars().any(char::is_alphabetic));
            if end >= 2 * length
                && words[end - length..] == words[end - 2 * length..end - length]
                && has_letters(&words[end - length..])
            {
                words.truncate(end - length);
            }
        }
    }
    format!("{indent}{}", words.join(" "))
}

/// Blanks for tabs and for what nobody sees.
fn plain(c: char) -> char {
    let unseen =
        c.is_control() || matches!(c, '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{feff}');
    if unseen { ' ' } else { c }
}

/// `[words](~~123~~)` becomes the words alone.
fn help_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](~~") {
        let (before, after) = rest.split_at(at);
        let Some(end) = after.find(')') else { break };
        match before.rfind('[') {
            Some(open) => {
                out.push_str(&before[..open]);
                out.push_str(&before[open + 1..]);
            }
            None => out.push_str(before),
        }
        rest = &after[end + 1..];
    }
    out + rest
}

/// How long a tag may be, in bytes.
const LONGEST_TAG: usize = 300;

/// Tags of HTML become nothing; line breaks stay.
fn tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        // No tag is longer, and looking to the end of the text each time would take long.
        let near = after.as_bytes().iter().take(LONGEST_TAG).position(|byte| matches!(byte, b'<' | b'>'));
        match near.filter(|end| is_tag && after.as_bytes()[*end] == b'>') {
            Some(end) => {
                let name = after[..end].trim_start_matches('/').to_ascii_lowercase();
                if ["br", "p", "li", "tr", "note"]
                    .iter()
                    .any(|tag| name == *tag || name.starts_with(&format!("{tag} ")))
                {
                    out.push('\n');
                }
                rest = &after[end + 1..];
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_tag_ends_soon() {
        let attribute = |length: usize| format!("<a b=\"{}\">c", "名".repeat(length));
        assert_eq!(clean(&attribute(80)), "c");
        assert_eq!(clean(&attribute(300)), attribute(300));
        assert_eq!(clean("<a <b>c"), "<a c");
        // Were the text looked through at each `<`, this would take minutes.
        let many = "<a".repeat(1_000_000);
        assert_eq!(clean(&many), many);
    }

    #[test]
    fn documents_become_plain_words() {
        let table = [
            ("调用[DescribeRegions](~~36063~~)查询。", "调用DescribeRegions查询。"),
            ("a<br>b <props=\"china\">c</props>", "a\nb c"),
            ("x < y and y > z", "x < y and y > z"),
            ("    four blanks\n\n\n\n\ttab", "four blanks\n\n tab"),
            ("Valid values: Valid values: true", "Valid values: true"),
            ("```json\n{}\n```", "json\n{}"),
            ("a\0b\rc", "a b c"),
            ("[open", "[open"),
            ("](~~1~~)", ""),
        ];
        for (text, expected) in table {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }
}
