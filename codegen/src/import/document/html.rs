//! Reads documents that were saved as HTML.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Token, Tokenizer};

use super::builder::{Builder, LineIndex};
use super::page::Page;

/// Reads HTML.
pub(super) fn read(text: &str) -> Page {
    let mut builder = Builder::default();
    feed(text, &|byte, index| index.line(byte), &mut builder);
    builder.finish()
}

/// Feeds HTML, or a part of it, to a page. `line` makes a line out of a byte of the text.
pub(super) fn feed(text: &str, line: &dyn Fn(usize, &LineIndex) -> usize, builder: &mut Builder) {
    let index = LineIndex::new(text);
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    // Inside of these nothing is text.
    let mut hidden: Option<HtmlString> = None;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if hidden.is_none() => {
                if matches!(&**tag.name, b"script" | b"style" | b"template" | b"noscript") && !tag.self_closing {
                    hidden = Some(tag.name);
                } else {
                    start(&tag.name, line(tag.span.start, &index), builder);
                }
            }
            Token::EndTag(tag) => {
                if hidden.as_ref() == Some(&tag.name) {
                    hidden = None;
                } else if hidden.is_none() {
                    end(&tag.name, builder);
                }
            }
            Token::String(words) if hidden.is_none() => {
                builder.text(&String::from_utf8_lossy(&words.value), line(words.span.start, &index));
            }
            _ => {}
        }
    }
}

fn start(name: &[u8], line: usize, builder: &mut Builder) {
    match name {
        [b'h', level @ b'1'..=b'6'] => builder.begin_heading(level - b'0'),
        b"pre" => builder.begin_code(line),
        b"br" if builder.in_code() => builder.text("\n", line),
        b"table" => builder.begin_table(line),
        b"tr" => builder.begin_row(line),
        b"td" | b"th" => builder.begin_cell(),
        b"li" => builder.begin_item(),
        // A paragraph in an element of a list is that element.
        b"p" | b"div" | b"section" | b"ul" | b"ol" | b"br" | b"dt" | b"dd" => builder.break_text(),
        _ => {}
    }
}

fn end(name: &[u8], builder: &mut Builder) {
    match name {
        [b'h', b'1'..=b'6'] => builder.end_heading(),
        b"pre" => builder.end_code(),
        b"table" => builder.end_table(),
        b"tr" => builder.end_row(),
        b"td" | b"th" => builder.end_cell(),
        b"li" | b"p" | b"div" | b"section" | b"ul" | b"ol" | b"dt" | b"dd" => builder.end_text(),
        _ => {}
    }
}
