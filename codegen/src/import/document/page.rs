//! What all kinds of documents are read into: sections with paragraphs, lists, code and tables.

use super::vocabulary::{Column, Part};

/// A document, whatever it was written in.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its sections, in order. The first is what stands before any heading.
    pub(super) sections: Vec<Section>,
}

/// A heading and what follows it.
#[derive(Debug)]
pub(super) struct Section {
    /// What the heading says that it is about.
    pub(super) part: Part,
    /// The line of the heading, from 1.
    pub(super) line: usize,
    /// What is in it.
    pub(super) blocks: Vec<Block>,
}

/// One thing in a section.
#[derive(Debug)]
pub(super) enum Block {
    /// Text, or an element of a list.
    Text(Piece),
    /// Code as it stands.
    Code(Code),
    /// A table.
    Table(Table),
}

/// A paragraph or an element of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// The text, without line breaks.
    pub(super) text: String,
    /// Whether it is an element of a list.
    pub(super) item: bool,
    /// Its line, from 1.
    pub(super) line: usize,
}

/// Code as it stands.
#[derive(Debug)]
pub(super) struct Code {
    /// The text, line breaks and all.
    pub(super) text: String,
    /// Its first line, from 1.
    pub(super) line: usize,
}

/// A table whose columns are known.
#[derive(Debug)]
pub(super) struct Table {
    /// The line of its head, from 1.
    pub(super) line: usize,
    /// What its columns are.
    pub(super) columns: Vec<Column>,
    /// Its rows, without the head.
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    /// Its first line, from 1.
    pub(super) line: usize,
    /// Its cells, as many as there are columns or fewer.
    pub(super) cells: Vec<Cell>,
    /// Whether other cells could be made of it as well.
    pub(super) guessed: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// The paragraphs and elements of lists in it.
    pub(super) pieces: Vec<Piece>,
}

impl Cell {
    /// A cell with one paragraph, or with nothing.
    pub(super) fn of(text: &str, line: usize) -> Self {
        let text = text.trim().to_owned();
        let pieces = if text.is_empty() { Vec::new() } else { vec![Piece { text, item: false, line }] };
        Self { pieces }
    }

    /// All of it in one line.
    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        texts.join(" ")
    }
}

impl Table {
    /// The cell of a row that is in a column. Nothing where the table has no such column.
    pub(super) fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a Cell> {
        let index = self.columns.iter().position(|one| *one == column)?;
        row.cells.get(index)
    }

    /// The text of the cell of a row that is in a column. Empty where there is none.
    pub(super) fn text(&self, row: &Row, column: Column) -> String {
        self.cell(row, column).map(Cell::text).unwrap_or_default()
    }
}

impl Section {
    /// An empty section.
    pub(super) fn new(part: Part, line: usize) -> Self {
        Self { part, line, blocks: Vec::new() }
    }

    /// Its tables.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// Its code.
    pub(super) fn code(&self) -> impl Iterator<Item = &Code> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Code(code) => Some(code),
            _ => None,
        })
    }

    /// Its paragraphs and elements of lists.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Text(piece) => Some(piece),
            _ => None,
        })
    }
}

impl Page {
    /// The sections that are about something.
    pub(super) fn about(&self, part: Part) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.part == part)
    }
}

/// A text with white space of any kind as single spaces.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
