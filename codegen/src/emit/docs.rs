//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::spec::Schema;

pub(super) use super::markdown::{code, line, markdown};
use super::markdown::{is_fence, opens_block, outside_of_code};

/// How wide a doc comment may be, without what is in front of it.
const WIDTH: usize = 108;

/// Doc comments for a text of Markdown, wrapped.
pub(super) fn text(markdown: &str) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut fenced = false;
    for line in paragraphs(markdown) {
        for line in wrapped(line, &mut fenced) {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
    }
    tokens
}

/// The `//!` lines of a module, whatever is in the text.
pub(super) fn inner(markdown: &str) -> String {
    let mut fenced = false;
    let mut text = String::new();
    for line in paragraphs(markdown) {
        for line in wrapped(line, &mut fenced) {
            text.push_str(&(format!("//! {line}").trim_end().to_owned() + "\n"));
        }
    }
    text
}

/// Doc comments for a value: what it is for, an example, and what the documents say of its limits.
pub(super) fn value(schema: &Schema, fallback: &str) -> TokenStream {
    let mut sentences = vec![sentence(&schema.description.as_deref().map_or_else(|| fallback.to_owned(), markdown))];
    if schema.deprecated {
        sentences.push("No longer advised".to_owned());
    }
    if let Some(example) = schema.example.as_deref().filter(|example| is_telling(schema, example)) {
        sentences.push(format!("Example: {}", code(example)));
    }
    let limits = [
        ("Default", &schema.default),
        ("Smallest", &schema.minimum),
        ("Largest", &schema.maximum),
        ("Length", &schema.length),
        ("Pattern", &schema.pattern),
    ];
    for (what, limit) in limits {
        // The largest number that there is limits nothing.
        if let Some(limit) = limit.as_deref().filter(|limit| *limit != "9223372036854775807") {
            sentences.push(format!("{what}: {}", code(limit)));
        }
    }
    let (first, rest) = sentences.split_at(1);
    let first = first.concat();
    // Behind a list, a table or code, what follows is a paragraph of its own.
    let apart = first
        .lines()
        .last()
        .is_some_and(|line| line.starts_with(['`', '-', '*', '|', '#', '>']) && first.contains('\n'));
    let rest = rest.join(". ");
    let between = match (rest.is_empty(), apart) {
        (true, _) => "",
        (false, true) => "\n\n",
        (false, false) => " ",
    };
    text(&format!("{first}{between}{rest}"))
}

/// Doc comments for a value in one sentence.
pub(super) fn first_sentence(schema: &Schema, fallback: &str) -> TokenStream {
    let description = schema.description.as_deref().map_or_else(|| fallback.to_owned(), markdown);
    let first = description.lines().next().filter(|line| !opens_block(line)).unwrap_or(fallback);
    let end = first.match_indices(". ").map(|(end, _)| end).find(|end| {
        let before = &first[..*end];
        !before.ends_with("e.g") && !before.ends_with("i.e") && outside_of_code(first, *end)
    });
    text(&sentence(end.map_or(first, |end| &first[..end])))
}

/// The text with a small letter first, unless its first word is an abbreviation or code.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// The text as a sentence of its own.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let ends_in_code = text.lines().last().is_some_and(|line| line.trim_start().starts_with("```"));
    if text.ends_with(['.', '!', '?', ':']) || text.is_empty() || ends_in_code {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Examples that tell nothing, and those of secrets, are left out.
fn is_telling(schema: &Schema, example: &str) -> bool {
    !schema.sensitive
        && schema.values.is_empty()
        && !matches!(example, "" | "true" | "false")
        && example.chars().count() <= 60
        && !schema.description.as_deref().is_some_and(|description| description.contains(example))
}

/// Lines of one paragraph become one line; blank lines, lists, tables and code stay.
fn paragraphs(markdown: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut fenced, mut open) = (false, false);
    for line in markdown.trim_end().lines() {
        let line = line.trim_end();
        let fence = is_fence(line);
        let structure = fenced
            || fence
            || line.is_empty()
            || line.trim_start().starts_with(['-', '*', '|', '#', '>'])
            || numbered(line);
        match lines.last_mut() {
            Some(last) if open && !structure => {
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
        open = !structure;
        fenced ^= fence;
    }
    lines
}

/// Whether the line is an entry of a numbered list.
fn numbered(line: &str) -> bool {
    line.trim_start()
        .split_once(". ")
        .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A line in as many as it takes. Code, headings and tables stay as they are.
fn wrapped(line: String, fenced: &mut bool) -> Vec<String> {
    let fence = is_fence(&line);
    let stays = *fenced || fence || line.trim_start().starts_with(['#', '|']);
    *fenced ^= fence;
    if stays { vec![line] } else { wrap(&line) }
}

fn wrap(line: &str) -> Vec<String> {
    let indent = match line.trim_start().starts_with("- ") {
        true => "  ",
        false => "",
    };
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let current = lines.last_mut().map_or(0, |last| last.chars().count());
        // What would be a list or a heading at the beginning of a line stays where it is.
        let may_begin = !word.is_empty() && !opens_block(word);
        if may_begin && current > indent.len() && current + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{indent}{word}"));
        } else if let Some(last) = lines.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}
