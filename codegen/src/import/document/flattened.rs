//! Tables whose cells were written one behind the other: name, type and mark glued together, then the description as
//! paragraphs, then the example right above the next row.

use super::glued;
use super::page::{Cell, Row, Table};
use super::text::{Lines, piece};
use super::types::Shape;
use super::types::{name_and_shape, shape};
use super::vocabulary::{Column, is_name, trailing_mark};
use crate::spec::Type;

/// Reads the table whose head is on the line `head`, up to the line `end`.
pub(super) fn table(lines: &Lines<'_>, head: usize, end: usize, columns: Vec<Column>) -> Table {
    let rows = if columns.contains(&Column::Type) {
        typed(lines, head + 1, end, &columns)
    } else {
        glued::rows(lines, head + 1, end, &columns)
    };
    Table { line: head + 1, columns, rows }
}

/// The glued beginning of a row.
struct Head<'a> {
    name: &'a str,
    type_text: &'a str,
    shape: Shape,
    mark: Option<bool>,
    /// What stands behind it, in layouts that have the example before the description.
    rest: &'a str,
}

fn typed(lines: &Lines<'_>, begin: usize, end: usize, columns: &[Column]) -> Vec<Row> {
    let mut heads: Vec<(usize, Head<'_>)> = Vec::new();
    for index in begin..end {
        if let Some(head) = head(lines.at(index), columns, lines)
            && begins_row(lines, index, end, &head, heads.last(), columns)
        {
            heads.push((index, head));
        }
    }
    let mut rows = Vec::with_capacity(heads.len());
    for (position, (at, head)) in heads.iter().enumerate() {
        let next = heads.get(position + 1).map(|(next, _)| *next);
        let body = body(lines, at + 1, next.unwrap_or(end), next.is_some());
        let cells = columns.iter().map(|column| match column {
            Column::Name => Cell::of(head.name, at + 1),
            Column::Type => Cell::of(head.type_text, at + 1),
            Column::Required => Cell::of(head.mark.map_or("", |mark| if mark { "Yes" } else { "No" }), at + 1),
            Column::Description => body.description.clone(),
            Column::Example if head.rest.is_empty() => body.example.clone(),
            Column::Example => Cell::of(head.rest, at + 1),
            _ => Cell::default(),
        });
        rows.push(Row { line: at + 1, cells: cells.collect(), guessed: false });
    }
    rows
}

/// Splits the line that a row begins with, if it can be one.
fn head<'a>(line: &'a str, columns: &[Column], lines: &Lines<'_>) -> Option<Head<'a>> {
    let line = line.trim_end();
    let position = |column| columns.iter().position(|one| *one == column);
    let marked = columns.contains(&Column::Required);
    if let (Some(example), Some(description)) = (position(Column::Example), position(Column::Description))
        && example < description
    {
        return head_with_example(line, marked, lines);
    }
    let (rest, mark) = match trailing_mark(line) {
        Some((rest, mark)) if marked => (rest, Some(mark)),
        _ if marked => return None,
        _ => (line, None),
    };
    let (name, shape) = name_and_shape(rest)?;
    let type_text = rest.get(name.len()..).unwrap_or_default().trim();
    (name.is_empty() || is_name(name)).then_some(Head { name, type_text, shape, mark, rest: "" })
}

/// The same in the older layout, where the example stands behind the mark.
fn head_with_example<'a>(line: &'a str, marked: bool, lines: &Lines<'_>) -> Option<Head<'a>> {
    const WORDS: &[&str] =
        &["String", "Long", "Integer", "Boolean", "Array", "Object", "Float", "Double", "RepeatList", "Map"];
    let mut found: Option<Head<'a>> = None;
    for (at, _) in line.char_indices().skip(1) {
        let (name, rest) = (line[..at].trim_end(), &line[at..]);
        let Some(word) = WORDS.iter().find(|word| rest.starts_with(*word)) else { continue };
        let Some(shape) = shape(word).filter(|_| is_name(name)) else { continue };
        let mut rest = &rest[word.len()..];
        if let Some(of) = rest.strip_prefix(" of ") {
            rest = of.trim_start_matches(|c: char| c.is_alphanumeric());
        }
        let trimmed = rest.trim_start();
        let yes = trimmed.strip_prefix("Yes").map(|rest| (rest, true));
        let mark = yes.or_else(|| trimmed.strip_prefix("No").map(|rest| (rest, false)));
        let (rest, mark) = match (marked, mark) {
            (true, Some((rest, mark))) => (rest, Some(mark)),
            (true, None) => continue,
            (false, _) => (rest, None),
        };
        let type_text = line[at..line.len() - rest.len()].trim_end_matches(|c: char| c.is_whitespace());
        let type_text =
            if mark.is_some() { type_text.trim_end_matches("Yes").trim_end_matches("No") } else { type_text };
        let head = Head { name, type_text: type_text.trim(), shape, mark, rest: rest.trim() };
        // The first that fits, unless a later one has a name that the sample knows.
        if lines.names.contains(name) {
            return Some(head);
        }
        found.get_or_insert(head);
    }
    found
}

/// Whether a line that could begin a row does: it could be an example too.
fn begins_row(
    lines: &Lines<'_>,
    index: usize,
    end: usize,
    head: &Head<'_>,
    last: Option<&(usize, Head<'_>)>,
    columns: &[Column],
) -> bool {
    let Some((last_at, last)) = last else { return true };
    if head.name.is_empty() {
        let of_an_object = last.shape.kind == Type::Object && !matches!(head.shape.kind, Type::Object | Type::Map);
        return of_an_object || matches!(last.shape.kind, Type::List | Type::Map);
    }
    if head.mark.is_some() || lines.names.contains(head.name) {
        return true;
    }
    if !lines.at(index - 1).trim().is_empty() {
        return true;
    }
    // Below a paragraph: an example of the row above, or a row with neither example above nor anything between.
    let could_be_example = !matches!(last.shape.kind, Type::Object | Type::List | Type::Map)
        && (last_at + 2..index).any(|at| !lines.at(at).trim().is_empty());
    let next = (index + 1 < end).then(|| lines.at(index + 1).trim()).filter(|next| !next.is_empty());
    match next {
        None => (index + 1..end).any(|at| !lines.at(at).trim().is_empty()) || !could_be_example,
        Some(next) if piece(next, 0).is_some_and(|piece| piece.item) => false,
        Some(next) => !(could_be_example && self::head(next, columns, lines).is_some()),
    }
}

/// What stands between the beginning of a row and the next row.
struct Body {
    description: Cell,
    example: Cell,
}

fn body(lines: &Lines<'_>, begin: usize, end: usize, row_follows: bool) -> Body {
    let last_line = (begin..end).rev().find(|index| !lines.at(*index).trim().is_empty());
    let Some(last_line) = last_line else {
        return Body { description: Cell::default(), example: Cell::default() };
    };
    let chunk =
        (begin..=last_line).rev().take_while(|index| !lines.at(*index).trim().is_empty()).last().unwrap_or(begin);
    let touches_next = row_follows && last_line + 1 == end;
    let alone = (begin..chunk).all(|index| lines.at(index).trim().is_empty());
    // Lines of lists and notes belong to the description, even where the example stands right below them.
    let listed = (chunk..=last_line).rev().find(|index| {
        let line = lines.at(*index);
        line.starts_with([' ', '\t', '\u{a0}']) || piece(line, 0).is_some_and(|piece| piece.item)
    });
    let first = match listed {
        Some(index) => index + 1,
        None if is_note(lines.at(chunk)) => chunk + 1,
        None => chunk,
    };
    let is_sentence = |index: usize| {
        let line = lines.at(index).trim();
        line.ends_with(['.', '。', ':', '：']) && line.split_whitespace().nth(2).is_some()
    };
    let example_from = match (touches_next, row_follows) {
        // Nothing but one paragraph: what reads like a sentence describes.
        (true, _) if alone && chunk > begin && first == chunk && is_sentence(chunk) => end,
        (true, _) => first,
        (false, true) => end,
        // Below the last row nothing tells whether the last paragraph is the example.
        (false, false) if first > chunk || (alone && chunk == begin) => first,
        (false, false) if alone || is_sentence(chunk) => end,
        (false, false) => first,
    };
    let example: Vec<&str> = (example_from..end.min(last_line + 1)).map(|index| lines.at(index).trim_end()).collect();
    let pieces =
        (begin..example_from.min(last_line + 1)).filter_map(|index| piece(lines.at(index), index + 1)).collect();
    let mut cell = Cell::default();
    let text = example.join("\n").trim().to_owned();
    if !text.is_empty() {
        cell.pieces.push(super::page::Piece { text, item: false, line: example_from + 1 });
    }
    Body { description: Cell { pieces }, example: cell }
}

fn is_note(line: &str) -> bool {
    ["Note", "Important", "Warning", "Notice", "Caution", "说明", "重要", "警告"].iter().any(|word| {
        line.trim().strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '：']))
    })
}
