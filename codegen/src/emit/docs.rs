//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::spec::Schema;

/// How wide a doc comment may be, without what is in front of it.
const WIDTH: usize = 108;

/// Doc comments for a text of Markdown, wrapped.
pub(super) fn text(markdown: &str) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut fenced = false;
    for line in paragraphs(markdown) {
        let fence = line.trim_start().starts_with("```");
        // Lines of code stay as they are.
        let wrapped = if fenced || fence { vec![line] } else { wrap(&line) };
        fenced ^= fence;
        for line in wrapped {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
    }
    tokens
}

/// Doc comments for a value: what it is for, and an example.
pub(super) fn value(schema: &Schema, fallback: &str) -> TokenStream {
    let mut markdown = sentence(schema.description.as_deref().unwrap_or(fallback));
    if let Some(example) = schema.example.as_deref().filter(|example| is_telling(schema, example)) {
        markdown.push_str(&format!(" Example: {}", code(example)));
    }
    text(&markdown)
}

/// Doc comments for a value in one sentence.
pub(super) fn first_sentence(schema: &Schema, fallback: &str) -> TokenStream {
    let description = schema.description.as_deref().unwrap_or(fallback);
    let first = description.split_once(". ").map_or(description, |(first, _)| first);
    text(&sentence(first.lines().next().unwrap_or(fallback)))
}

/// The text as a sentence of its own.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', ':']) || text.is_empty() { text.to_owned() } else { format!("{text}.") }
}

/// Text in the typeface of code, whatever is in it.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
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
        let fence = line.trim_start().starts_with("```");
        let structure = fenced || fence || line.is_empty() || line.trim_start().starts_with(['-', '*', '|', '#', '>']);
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

fn wrap(line: &str) -> Vec<String> {
    let indent = match line.trim_start().starts_with("- ") {
        true => "  ",
        false => "",
    };
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let current = lines.last_mut().map_or(0, |last| last.chars().count());
        if current > indent.len() && current + 1 + word.chars().count() > WIDTH {
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
