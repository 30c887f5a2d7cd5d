//! The documented error codes.

use super::findings::Findings;
use super::page::{Page, Row, Table};
use super::vocabulary::{Column, Part};
use crate::diagnostic::Code;
use crate::spec::ErrorCode;

/// Reads the table of error codes.
pub(super) fn read(page: &Page, findings: &mut Findings<'_>) -> Vec<ErrorCode> {
    let mut errors: Vec<ErrorCode> = Vec::new();
    for section in page.about(Part::Errors) {
        for table in section.tables() {
            // Rows that were merged in the table have the status once.
            let mut status = None;
            for row in &table.rows {
                status = table.text(row, Column::Status).trim().parse().ok().or(status);
                if row.guessed {
                    let message = "the text lost where the code ends and the message begins";
                    let help = "see whether the code is right, letter for letter";
                    findings.note(Code::GuessedSplit, row.line, "errors", message, help);
                }
                errors.extend(error(table, row, status).filter(|error| !errors.contains(error)));
            }
        }
        if let Some(piece) = section.pieces().find(|piece| elsewhere(&piece.text)) {
            findings.note(
                Code::ErrorsElsewhere,
                piece.line,
                "errors",
                "more error codes are on a page of the whole product",
                "add those that a caller has to know",
            );
        }
    }
    errors
}

fn error(table: &Table, row: &Row, status: Option<u16>) -> Option<ErrorCode> {
    let code = table.text(row, Column::Code);
    let message = table.text(row, Column::Message);
    (!code.is_empty()).then(|| ErrorCode {
        status,
        code,
        message: Some(message).filter(|text| !text.is_empty()),
        from: None,
    })
}

fn elsewhere(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("service error codes") || text.contains("list of error codes") || text.contains("访问错误中心")
}
