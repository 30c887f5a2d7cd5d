//! Rows of tables of parameters and fields as plain records.

use super::page::{Cell, Row, Table};
use super::types::{Shape, shape};
use super::vocabulary::{Column, location, mark};
use crate::spec::Location;

/// A parameter or a field as its table has it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The name. Empty for the root and for elements of lists.
    pub(super) name: String,
    /// The type, where the table tells one that is known.
    pub(super) shape: Option<Shape>,
    /// The type as it is written.
    pub(super) type_text: String,
    /// The mark of a required parameter.
    pub(super) required: Option<bool>,
    /// Where a column says that it travels.
    pub(super) location: Option<Location>,
    /// What it is for.
    pub(super) description: Cell,
    /// The example, exactly. Empty where there is none.
    pub(super) example: String,
    /// What a column says that the default is. Empty where there is none.
    pub(super) default: String,
    /// The line it begins on, from 1.
    pub(super) line: usize,
}

/// Signs that show in front of a name how deep it is. The sample shows that better.
const DEPTH: &[char] = &['└', '├', '│', '─', '∟', '+', '>', '·', '•', '\u{a0}', '\u{3000}'];

/// The entries of a table, and whether its rows can be read as such at all.
pub(super) fn entries(table: &Table) -> Vec<Entry> {
    table.rows.iter().map(|row| entry(table, row)).collect()
}

fn entry(table: &Table, row: &Row) -> Entry {
    let name = table.text(row, Column::Name);
    let type_text = table.text(row, Column::Type);
    let plain = |text: String| if text == "-" { String::new() } else { text };
    Entry {
        name: name.trim_start_matches(DEPTH).trim().trim_matches('`').replace('\\', ""),
        shape: shape(&type_text),
        required: mark(&table.text(row, Column::Required)),
        location: location(&table.text(row, Column::Location)),
        description: table.cell(row, Column::Description).cloned().unwrap_or_default(),
        example: plain(example(table.cell(row, Column::Example))),
        default: plain(table.text(row, Column::Default)),
        type_text,
        line: row.line,
    }
}

/// Examples keep their lines.
fn example(cell: Option<&Cell>) -> String {
    let texts = cell.iter().flat_map(|cell| &cell.pieces).map(|piece| piece.text.as_str());
    texts.collect::<Vec<_>>().join("\n")
}
