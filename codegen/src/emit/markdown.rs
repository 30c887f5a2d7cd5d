//! Text of specs as Markdown that rustdoc takes, whatever is in it: nothing in it is a test, a tag or a broken link.

/// The languages of code that are kept. None of them is one that rustdoc would compile.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "cpp",
    "csharp",
    "css",
    "go",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "jsonc",
    "lua",
    "php",
    "properties",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "text",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
];

/// A text of a spec as Markdown: what only looks like a link or a tag is escaped, links are marked, code without a known
/// language is text, and a fence that was left open is closed.
pub(super) fn markdown(text: &str) -> String {
    let clean = clean(text.trim());
    let mut lines = Vec::new();
    let mut fenced = false;
    for line in clean.lines() {
        let trimmed = line.trim_start();
        if !is_fence(line) {
            // Four spaces would make it code, and rustdoc would run it.
            let indent = line.len() - trimmed.len();
            lines.push(if fenced { line.to_owned() } else { " ".repeat(indent.min(3)) + &unfenced(trimmed) });
            continue;
        }
        let info = trimmed.trim_start_matches('`').trim();
        if fenced {
            lines.push("```".to_owned());
        }
        // A fence with a language inside of code closes that and opens another.
        fenced = !fenced || !info.is_empty();
        if fenced {
            let language = info.to_ascii_lowercase();
            let language = LANGUAGES.iter().find(|known| **known == language).unwrap_or(&"text");
            lines.push(format!("```{language}"));
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    lines.join("\n")
}

/// A text of a spec in one line.
pub(super) fn line(text: &str) -> String {
    let words = clean(text.trim());
    unfenced(&words.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

/// Text in the typeface of code, whatever is in it.
pub(super) fn code(text: &str) -> String {
    let text = clean(text).replace('\n', " ");
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let ticks = "`".repeat(longest + 1);
    match (text.trim().is_empty(), longest) {
        (true, _) => format!("`\"{text}\"`"),
        (false, 0) => format!("`{text}`"),
        (false, _) => format!("{ticks} {text} {ticks}"),
    }
}

/// Whether a line begins or ends a block of code.
pub(super) fn is_fence(line: &str) -> bool {
    let trimmed = line.trim_start();
    // With a tick behind it, it is code in a line.
    trimmed.starts_with("```") && !trimmed.trim_start_matches('`').contains('`')
}

/// Whether what begins with it, at the beginning of a line, is something else than a paragraph.
pub(super) fn opens_block(text: &str) -> bool {
    let text = text.trim_start();
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.starts_with(['#', '>', '|', '+', '=', '~', '-', '*', '_', ':'])
        || text.starts_with("```")
        || (text.starts_with('<') && !text.starts_with("<http"))
        || (number.len() < text.len() && number.starts_with(['.', ')']))
}

/// Whether a place in a line of Markdown is not inside of code.
pub(super) fn outside_of_code(line: &str, place: usize) -> bool {
    let mut at = 0;
    while at < place {
        let rest = &line[at..];
        at += match rest.chars().next() {
            Some('\\') => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            Some('`') => span(rest).map_or_else(|| ticks(rest), str::len),
            Some(other) => other.len_utf8(),
            None => return true,
        };
    }
    at == place
}

/// Without characters that a comment cannot have, or that turn the direction of writing around.
fn clean(text: &str) -> String {
    let is_odd = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace("\r\n", "\n").chars().map(|c| if is_odd(c) { ' ' } else { c }).collect()
}

/// A line that does not open a block of code, whatever marks of lists it begins with.
fn unfenced(line: &str) -> String {
    let (mut begin, mut rest) = (String::new(), line);
    while let Some(length) = mark(rest) {
        // One space: with five, the rest would be code.
        begin.push_str(&rest[..length]);
        begin.push(' ');
        rest = rest[length..].trim_start();
    }
    if rest.starts_with("```") {
        // Code that begins a line with so many ticks would be a fence once the line is wrapped.
        let count = ticks(rest);
        begin.push_str(&"\\`".repeat(count));
        rest = &rest[count..];
    } else if rest.starts_with("~~~") {
        begin.push('\\');
    }
    begin + &escaped(rest)
}

/// The length of the mark of a list at the beginning, if there is one.
fn mark(line: &str) -> Option<usize> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = match line.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..10).contains(&digits) => digits + 1,
        _ => return None,
    };
    line[mark..].starts_with([' ', '\t']).then_some(mark)
}

/// One line outside of code blocks. Code spans and links stay as they are.
fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        let next = rest[c.len_utf8()..].chars().next();
        let (text, length) = match c {
            '`' => match span(rest) {
                Some(span) => (span.to_owned(), span.len()),
                None => ("\\`".repeat(ticks(rest)), ticks(rest)),
            },
            // An escape stays one.
            '\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => (rest[..2].to_owned(), 2),
            '\\' => ("\\\\".to_owned(), 1),
            '[' => match link(rest) {
                Some(link) => (link.to_owned(), link.len()),
                None => ("\\[".to_owned(), 1),
            },
            ']' | '<' | '>' => (format!("\\{c}"), 1),
            'h' => match bare(rest) {
                Some(link) => (format!("<{link}>"), link.len()),
                None => ("h".to_owned(), 1),
            },
            other => (other.to_string(), other.len_utf8()),
        };
        escaped.push_str(&text);
        at += length;
    }
    escaped
}

/// How many ticks a text begins with.
fn ticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The code that a text begins with, ticks included; nothing if it does not end.
fn span(text: &str) -> Option<&str> {
    let open = ticks(text);
    let mut at = open;
    while at < text.len() {
        let next = text[at..].find('`')? + at;
        let close = ticks(&text[next..]);
        at = next + close;
        if close == open {
            return Some(&text[..at]);
        }
    }
    None
}

/// The link that a text begins with: `[words](https://…)`.
fn link(text: &str) -> Option<&str> {
    let words = text[1..].find(']')? + 1;
    let target = text[words..].strip_prefix("](")?;
    let end = target.find(')')?;
    let is_plain = |text: &str, odd: &[char]| !text.is_empty() && !text.contains(odd);
    let is_link = bare(target).is_some_and(|link| link.len() == end)
        && is_plain(&text[1..words], &['[', '`', '<', '>', '\\', '*', '_'])
        && !text[1..words].contains("://");
    is_link.then(|| &text[..words + 2 + end + 1])
}

/// The URL that a text begins with, without the punctuation behind it.
fn bare(text: &str) -> Option<&str> {
    let scheme = ["http://", "https://"].iter().find(|scheme| text.starts_with(**scheme))?;
    let is_end = |c: char| {
        c.is_whitespace() || !c.is_ascii() || matches!(c, '<' | '>' | '"' | '`' | '\\' | '(' | ')' | '[' | ']' | '|')
    };
    let end = text.find(is_end).unwrap_or(text.len());
    let link = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    (link.len() > scheme.len()).then_some(link)
}
