//! Tables whose cells are followed by bars, and whose rows run over several lines.

use super::page::{Cell, Piece, Row, Table};
use super::text::Lines;
use super::types::shape;
use super::vocabulary::{Column, is_name};

/// Reads the table whose head is on the line `head`, at most up to the line `end`: the table and the line behind it.
pub(super) fn table(lines: &Lines<'_>, head: usize, end: usize, columns: Vec<Column>) -> (Table, usize) {
    // Where the head begins with a bar, so does every row; elsewhere a bar at the beginning ends an empty cell.
    let leading = lines.at(head).trim_start().starts_with('|');
    let mut rows = Vec::new();
    let mut open = Open::default();
    for index in head + 1..end {
        let line = lines.at(index);
        if is_rule(line) {
            continue;
        }
        let mut line = line.trim();
        if line.is_empty() && open.is_empty() {
            continue;
        }
        if open.is_empty() && !line.contains('|') {
            return (Table { line: head + 1, columns, rows }, index);
        }
        if open.cells.len() > 1 && begins_row(line, leading) {
            rows.extend(open.close());
        }
        if open.is_empty() {
            open.line = index + 1;
            line = line.strip_prefix('|').filter(|_| leading).unwrap_or(line);
        }
        open.add(line, index + 1);
        if open.cells.len() >= columns.len() && open.text.is_empty() {
            rows.extend(open.close());
        }
    }
    rows.extend(open.close());
    (Table { line: head + 1, columns, rows }, end)
}

/// `---|---|---|`
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ')) && line.contains("--")
}

/// Whether a line has a name and a type: then the row before it has lost a cell.
fn begins_row(line: &str, leading: bool) -> bool {
    let line = line.strip_prefix('|').filter(|_| leading).unwrap_or(line);
    let mut cells = line.split(" | ");
    let name = cells.next().map(str::trim);
    name.is_some_and(is_name) && cells.next().is_some_and(|text| shape(text).is_some()) && cells.next().is_some()
}

/// A row whose end was not seen yet.
#[derive(Default)]
struct Open {
    line: usize,
    cells: Vec<Cell>,
    /// The lines of the cell that was not closed yet.
    text: Vec<Piece>,
}

impl Open {
    fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.text.is_empty()
    }

    /// Adds a line: a bar ends a cell if there is a space or an end of the line beside it on both sides.
    fn add(&mut self, line: &str, number: usize) {
        let mut begin = 0;
        let bytes = line.as_bytes();
        for (at, _) in line.match_indices('|') {
            let free = |index: Option<usize>| {
                index.and_then(|index| bytes.get(index)).is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'|')
            };
            if free(at.checked_sub(1)) && free(Some(at + 1)) {
                self.take(&line[begin..at], number);
                self.cells.push(Cell { pieces: std::mem::take(&mut self.text) });
                begin = at + 1;
            }
        }
        self.take(&line[begin..], number);
    }

    fn take(&mut self, text: &str, number: usize) {
        let text = text.trim();
        if text.is_empty() || text == "-" && !self.text.is_empty() {
            return;
        }
        let item = text.strip_prefix("- ").or_else(|| text.strip_prefix('•')).map(|text| text.trim().to_owned());
        match (self.text.last_mut(), item) {
            (_, Some(text)) => self.text.push(Piece { text, item: true, line: number }),
            (Some(last), None) if !last.item => {
                last.text.push(' ');
                last.text.push_str(text);
            }
            (_, None) => self.text.push(Piece { text: text.to_owned(), item: false, line: number }),
        }
    }

    fn close(&mut self) -> Option<Row> {
        if !self.text.is_empty() {
            self.cells.push(Cell { pieces: std::mem::take(&mut self.text) });
        }
        let cells = std::mem::take(&mut self.cells);
        cells.iter().any(|cell| !cell.pieces.is_empty()).then_some(Row { line: self.line, cells, guessed: false })
    }
}
