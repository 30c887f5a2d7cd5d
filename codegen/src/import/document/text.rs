//! Reads documents that were saved as plain text.

use std::collections::BTreeSet;

use super::page::{Block, Code, Page, Piece, Section, words};
use super::types::name_and_shape;
use super::vocabulary::{Column, Part, columns, is_name, part, trailing_mark};
use super::{flattened, piped};

/// The lines of a document, and what helps to tell a name from other words.
pub(super) struct Lines<'a> {
    /// The lines, without their ends.
    pub(super) lines: Vec<&'a str>,
    /// Names that samples of the document have.
    pub(super) names: BTreeSet<&'a str>,
}

impl<'a> Lines<'a> {
    /// The line with this index, or nothing behind the last.
    pub(super) fn at(&self, index: usize) -> &'a str {
        self.lines.get(index).copied().unwrap_or_default()
    }

    /// Where the section ends that a line is in: at the next heading, or with the text.
    pub(super) fn section_end(&self, from: usize) -> usize {
        (from..self.lines.len()).find(|index| self.part(*index).is_some()).unwrap_or(self.lines.len())
    }

    /// What the section is about that the line is the heading of. Words such as `Example` are descriptions and examples
    /// in tables too: there a row begins above a blank line, or right below.
    fn part(&self, index: usize) -> Option<Part> {
        let line = self.at(index);
        let found = part(line)?;
        let is_blank = |index: usize| self.at(index).trim().is_empty();
        let capital = line.trim_start_matches(['#', ' ']).chars().next().is_some_and(|c| !c.is_lowercase());
        if !capital || (line.len() > 3 && line.is_ascii() && !line.bytes().any(|byte| byte.is_ascii_lowercase())) {
            return None;
        }
        let told_by_words = line.is_ascii() && line.trim().contains(' ') && found != Part::Errors;
        if index == 0 || !is_blank(index - 1) || told_by_words {
            return Some(found);
        }
        let above = (0..index).rev().find(|at| !is_blank(*at)).unwrap_or(0);
        let row_above = name_and_shape(trailing_mark(self.at(above)).map_or(self.at(above), |(rest, _)| rest))
            .is_some_and(|(name, _)| is_name(name));
        let row_below =
            !is_blank(index + 1) && columns(self.at(index + 1)).is_none() && part(self.at(index + 1)).is_none();
        (!row_above && !row_below).then_some(found)
    }
}

/// Reads plain text.
pub(super) fn read(text: &str) -> Page {
    let lines = Lines { lines: text.lines().collect(), names: names(text) };
    let mut page = Page { sections: vec![Section::new(Part::Head, 1)] };
    let mut index = 0;
    while index < lines.lines.len() {
        let line = lines.at(index);
        if let Some(part) = lines.part(index) {
            page.sections.push(Section::new(part, index + 1));
            index += 1;
            continue;
        }
        let Some(section) = page.sections.last_mut() else { break };
        if let Some((code, rest, next)) = code(&lines, index, section.part) {
            section.blocks.push(Block::Code(Code { text: code, line: index + 1 }));
            // A heading can stand right behind the last bracket.
            if let Some(part) = part(&rest) {
                page.sections.push(Section::new(part, next));
            }
            index = next;
        } else if let Some(columns) = columns(line) {
            let end = lines.section_end(index + 1);
            let (table, next) = if line.contains('|') {
                piped::table(&lines, index, end, columns)
            } else {
                (flattened::table(&lines, index, end, columns), end)
            };
            // What is no row of a table of one line for each row stands below it.
            if !table.columns.contains(&Column::Type) && next == end {
                let rows: BTreeSet<usize> = table.rows.iter().map(|row| row.line).collect();
                let others = (index + 1..end).filter(|at| !rows.contains(&(at + 1)));
                section.blocks.extend(others.filter_map(|at| piece(lines.at(at), at + 1)).map(Block::Text));
            }
            section.blocks.push(Block::Table(table));
            index = next;
        } else {
            section.blocks.extend(piece(line, index + 1).map(Block::Text));
            index += 1;
        }
    }
    page
}

/// A line as a piece of text. Nothing where it is empty.
pub(super) fn piece(line: &str, number: usize) -> Option<Piece> {
    let trimmed = line.trim();
    let bullet = ["•", "◦", "- ", "* "].iter().find_map(|bullet| trimmed.strip_prefix(bullet));
    let text = words(bullet.unwrap_or(trimmed));
    (!text.is_empty() && text != "-").then_some(Piece { text, item: bullet.is_some(), line: number })
}

/// Every name that something in JSON has.
fn names(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(begin) = rest.find('"') {
        rest = &rest[begin + 1..];
        let Some(end) = rest.find(['"', '\n']) else { break };
        if rest[end + 1..].trim_start_matches([' ', '\t']).starts_with(':') && rest[end..].starts_with('"') {
            found.insert(&rest[..end]);
            rest = &rest[end + 1..];
        }
    }
    found
}

/// Code that begins on a line: its text, what stands behind it on its last line, and the next line.
fn code(lines: &Lines<'_>, index: usize, part: Part) -> Option<(String, String, usize)> {
    if !matches!(part, Part::Examples | Part::RequestSample | Part::Sample | Part::ErrorSample) {
        return None;
    }
    match lines.at(index).trim_start().chars().next()? {
        '{' | '[' => Some(json(lines, index)),
        '<' => {
            let end = lines.section_end(index);
            let end = (index..end).find(|at| *at > index && starts_json(lines.at(*at))).unwrap_or(end);
            Some((lines.lines[index..end].join("\n").trim_end().to_owned(), String::new(), end))
        }
        _ => None,
    }
}

fn starts_json(line: &str) -> bool {
    line.starts_with(['{', '['])
}

/// JSON from the line where it opens to where its brackets are closed, or to the end of the section.
fn json(lines: &Lines<'_>, begin: usize) -> (String, String, usize) {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let end = lines.section_end(begin);
    for index in begin..end {
        let line = lines.at(index);
        for (at, c) in line.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' if in_text => escaped = true,
                '"' => in_text = !in_text,
                _ if in_text => {}
                '{' | '[' => depth += 1,
                '}' | ']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        let mut text = lines.lines[begin..index].join("\n");
                        if index > begin {
                            text.push('\n');
                        }
                        text.push_str(&line[..=at]);
                        return (text, line[at + 1..].to_owned(), index + 1);
                    }
                }
                _ => {}
            }
        }
        // Text in JSON does not go on in the next line; a quote that is missing must not swallow the rest.
        (in_text, escaped) = (false, false);
    }
    (lines.lines[begin..end].join("\n").trim_end().to_owned(), String::new(), end)
}
