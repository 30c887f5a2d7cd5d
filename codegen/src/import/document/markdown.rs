//! Reads documents that were saved as Markdown, with tables and with HTML in it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, LineIndex};
use super::html;
use super::page::Page;

/// Reads Markdown.
pub(super) fn read(text: &str) -> Page {
    let index = LineIndex::new(text);
    let mut builder = Builder::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = index.line(range.start);
        match event {
            Event::Start(tag) => start(&tag, line, &mut builder),
            Event::End(tag) => end(tag, &mut builder),
            Event::Text(words) | Event::Code(words) => builder.text(&words, line),
            Event::Html(words) | Event::InlineHtml(words) => {
                html::feed(&words, &|byte, inner: &LineIndex| line + inner.line(byte) - 1, &mut builder);
            }
            Event::SoftBreak => builder.text(" ", line),
            Event::HardBreak => builder.break_text(),
            _ => {}
        }
    }
    builder.finish()
}

fn start(tag: &Tag<'_>, line: usize, builder: &mut Builder) {
    match tag {
        Tag::Heading { level, .. } => builder.begin_heading(*level as u8),
        Tag::CodeBlock(_) => builder.begin_code(line),
        Tag::Table(_) => builder.begin_table(line),
        Tag::TableHead | Tag::TableRow => builder.begin_row(line),
        Tag::TableCell => builder.begin_cell(),
        Tag::Item => builder.begin_item(),
        Tag::Paragraph => builder.break_text(),
        _ => {}
    }
}

fn end(tag: TagEnd, builder: &mut Builder) {
    match tag {
        TagEnd::Heading(_) => builder.end_heading(),
        TagEnd::CodeBlock => builder.end_code(),
        TagEnd::Table => builder.end_table(),
        TagEnd::TableHead | TagEnd::TableRow => builder.end_row(),
        TagEnd::TableCell => builder.end_cell(),
        TagEnd::Paragraph | TagEnd::Item => builder.end_text(),
        _ => {}
    }
}
