//! Writes a diagnostic as JSON, for editors and CI.

use serde_json::{Value, json as object};

use super::{Diagnostic, render};
use crate::read::Position;

/// The diagnostic as one JSON object: `code`, `severity`, `message`, `file`, `line`, `column`, `end_line`, `end_column`,
/// `label`, `help`, `about` and `rendered`, the text as a reader wants to see it, without colours.
///
/// Lines and columns count from 1, columns in characters; all four are null where the whole file is meant.
pub fn json(diagnostic: &Diagnostic) -> Value {
    let Diagnostic { code, source, place, message, label, help, about } = diagnostic;
    let (line, column) = counted(place.start);
    let (end_line, end_column) = counted(place.end);
    object!({
        "code": code.name(),
        "severity": code.severity().to_string(),
        "message": message,
        "file": source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "label": label,
        "help": help,
        "about": about,
        "rendered": render(diagnostic, false),
    })
}

/// Line and column, where there is a line.
fn counted(position: Position) -> (Option<usize>, Option<usize>) {
    let there = position.line > 0;
    (there.then_some(position.line), there.then_some(position.column))
}
