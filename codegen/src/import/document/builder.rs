//! Puts a page together from what readers of marked-up documents meet.

use super::page::{Block, Cell, Code, Page, Piece, Row, Section, Table, words};
use super::vocabulary::{Column, Part, column, part};

/// A page that is being read.
#[derive(Debug)]
pub(super) struct Builder {
    page: Page,
    /// The text of the paragraph, element or heading that is open.
    text: String,
    item: bool,
    line: usize,
    /// The level of the heading that is open.
    heading: Option<u8>,
    /// Code that is open, with its line breaks.
    code: Option<Code>,
    table: Option<Open>,
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Open {
    line: usize,
    columns: Option<Vec<Column>>,
    rows: Vec<Row>,
    row: Option<Row>,
    cell: Option<Cell>,
    /// How many tables are open inside of a cell: they count as text.
    inner: usize,
}

impl Default for Builder {
    fn default() -> Self {
        let page = Page { sections: vec![Section::new(Part::Head, 1)] };
        Self { page, text: String::new(), item: false, line: 1, heading: None, code: None, table: None }
    }
}

impl Builder {
    /// Adds text to what is open.
    pub(super) fn text(&mut self, text: &str, line: usize) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            return;
        }
        if self.text.trim().is_empty() {
            self.line = line;
        }
        self.text.push_str(text);
    }

    /// Ends a paragraph or an element.
    pub(super) fn end_text(&mut self) {
        if self.heading.is_some() {
            self.text.push(' ');
        }
        if self.heading.is_some() || self.code.is_some() {
            return;
        }
        let text = words(&std::mem::take(&mut self.text));
        let item = std::mem::take(&mut self.item);
        let bullet = text.strip_prefix('•').or_else(|| text.strip_prefix("- "));
        let item = item || bullet.is_some();
        let text = bullet.unwrap_or(&text).trim().to_owned();
        if text.is_empty() {
            return;
        }
        let piece = Piece { text, item, line: self.line };
        match &mut self.table {
            Some(Open { cell: Some(cell), .. }) => cell.pieces.push(piece),
            Some(_) => {}
            None => self.push(Block::Text(piece)),
        }
    }

    /// Ends a paragraph where another begins. One at the beginning of an element of a list is that element.
    pub(super) fn break_text(&mut self) {
        if !self.text.trim().is_empty() {
            self.end_text();
        }
    }

    /// Begins an element of a list.
    pub(super) fn begin_item(&mut self) {
        self.end_text();
        self.item = true;
    }

    /// Begins a heading.
    pub(super) fn begin_heading(&mut self, level: u8) {
        self.end_text();
        if self.table.is_none() {
            self.heading = Some(level);
        }
    }

    /// Ends a heading: a section begins, unless it is one below a section that says nothing of its own.
    pub(super) fn end_heading(&mut self) {
        let Some(level) = self.heading.take() else { return self.end_text() };
        let text = words(&std::mem::take(&mut self.text));
        match part(&text) {
            Some(part) => self.page.sections.push(Section::new(part, self.line)),
            None if level == 2 => self.page.sections.push(Section::new(Part::Other, self.line)),
            None if !text.is_empty() => self.push(Block::Text(Piece { text, item: false, line: self.line })),
            None => {}
        }
    }

    /// Begins code. In a cell it is text.
    pub(super) fn begin_code(&mut self, line: usize) {
        self.end_text();
        if self.table.is_none() {
            self.code = Some(Code { text: String::new(), line });
        }
    }

    /// Ends code.
    pub(super) fn end_code(&mut self) {
        match self.code.take() {
            Some(mut code) => {
                code.text = code.text.trim_start_matches(['\n', '\r']).trim_end().to_owned();
                self.push(Block::Code(code));
            }
            None => self.end_text(),
        }
    }

    /// Begins a table. One in a cell of another is text.
    pub(super) fn begin_table(&mut self, line: usize) {
        self.end_text();
        match &mut self.table {
            Some(table) => table.inner += 1,
            None => self.table = Some(Open { line, ..Open::default() }),
        }
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        self.end_row();
        let Some(mut open) = self.table.take() else { return };
        if open.inner > 0 {
            open.inner -= 1;
            self.table = Some(open);
            return;
        }
        let columns = open.columns.unwrap_or_default();
        if columns.iter().any(|column| *column != Column::Other) {
            self.push(Block::Table(Table { line: open.line, columns, rows: open.rows }));
        }
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self, line: usize) {
        self.end_row();
        if let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) {
            table.row = Some(Row { line, cells: Vec::new(), guessed: false });
        }
    }

    /// Ends a row. The first one of a table tells its columns.
    pub(super) fn end_row(&mut self) {
        self.end_cell();
        let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) else { return };
        let Some(row) = table.row.take().filter(|row| !row.cells.is_empty()) else { return };
        match &table.columns {
            None => table.columns = Some(row.cells.iter().map(|cell| column(&cell.text())).collect()),
            Some(_) => table.rows.push(row),
        }
    }

    /// Begins a cell.
    pub(super) fn begin_cell(&mut self) {
        self.end_cell();
        if let Some(table) = self.table.as_mut().filter(|table| table.inner == 0 && table.row.is_some()) {
            table.cell = Some(Cell::default());
        }
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        self.end_text();
        let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) else { return };
        if let (Some(cell), Some(row)) = (table.cell.take(), table.row.as_mut()) {
            row.cells.push(cell);
        }
    }

    /// Whether code is open, so that white space matters.
    pub(super) fn in_code(&self) -> bool {
        self.code.is_some()
    }

    /// The page. What is still open is closed.
    pub(super) fn finish(mut self) -> Page {
        self.end_code();
        self.end_heading();
        while self.table.is_some() {
            self.end_table();
        }
        self.end_text();
        self.page
    }

    fn push(&mut self, block: Block) {
        if let Some(section) = self.page.sections.last_mut() {
            section.blocks.push(block);
        }
    }
}

/// Where lines begin, to tell the line of a byte.
pub(super) struct LineIndex(Vec<usize>);

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.0.partition_point(|end| *end < byte) + 1
    }
}
