//! Writes one text as YAML so that every reader of YAML, old or new, reads exactly that text.

/// Where a text stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Context {
    /// On a line of its own.
    Block,
    /// Among others, between brackets or braces.
    Flow,
}

/// A text as it is written.
pub(super) enum Scalar {
    /// In one line.
    InLine(String),
    /// Below a header, in lines that want a margin.
    Block(&'static str, Vec<String>),
}

/// Words that one reader or another takes for something else than text.
const OTHER_WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// How a text is written at the end of a line. Words are folded where they do not fit in `room`, to lines of `width`;
/// several lines become a block if `block`.
pub(super) fn lay_out(text: &str, words: bool, block: bool, room: usize, width: usize) -> Scalar {
    if block && text.contains('\n') && fits_block(text) {
        let header = if text.ends_with('\n') { "|" } else { "|-" };
        return Scalar::Block(header, text.trim_end_matches('\n').split('\n').map(str::to_owned).collect());
    }
    let line = in_line(text, Context::Block);
    if words && line.chars().count() > room && text.contains(' ') && fits_folded(text) {
        return Scalar::Block(">-", folded(text, width));
    }
    Scalar::InLine(line)
}

/// A text in one line, in quotation marks where it needs them.
pub(super) fn in_line(text: &str, context: Context) -> String {
    if is_plain(text, context) { text.to_owned() } else { quoted(text) }
}

/// Whether the text needs no quotation marks. Rather too few than too many do.
fn is_plain(text: &str, context: Context) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let begins = first.is_ascii_alphanumeric() || (first == '/' && text.len() > 1);
    let inner = |c: char| {
        c.is_ascii_alphanumeric()
            || " -_./:()'\"+=@%*&;?<>~^$!|#`".contains(c)
            || (context == Context::Block && ",[]{}".contains(c))
    };
    begins
        && text.chars().all(inner)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !(context == Context::Flow && text.contains(':') && text.contains(['"', '\'']))
        && !OTHER_WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !(first.is_ascii_digit() && looks_like_a_number(text))
}

/// Whether a text that begins with a digit could be a number, a date or a time to some reader.
fn looks_like_a_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_date = digits == 4 && text.as_bytes().get(4) == Some(&b'-');
    let based = text.len() > 1 && text.starts_with('0') && !text[1..].starts_with('.');
    let no_letters = !text.bytes().any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E'));
    is_date || based || no_letters || text.parse::<f64>().is_ok()
}

/// In double quotation marks, with everything escaped that does not print or that breaks lines for some reader.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_invisible(c) => out.push_str(&escape(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escape(c: char) -> String {
    match u32::from(c) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Characters that nobody sees, that break lines, that change the direction of writing, or that pass for another one.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2010}' | '\u{2011}'
            | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fff0}'..='\u{ffff}')
        || u32::from(c) & 0xfffe == 0xfffe
        || c > '\u{e0000}'
}

/// Whether a block of lines reads back as the same text.
fn fits_block(text: &str) -> bool {
    let line_is_safe = |line: &str| line.is_empty() || !line.trim().is_empty() && !line.starts_with('\t');
    !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && !text.chars().any(|c| c != '\n' && c != '\t' && c != '\u{3000}' && is_invisible(c))
        && text.split('\n').all(line_is_safe)
}

/// Whether a text reads back as the same one after its blanks have become line breaks.
fn fits_folded(text: &str) -> bool {
    !text.contains(['\n', '\t'])
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.chars().any(is_invisible)
}

fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
