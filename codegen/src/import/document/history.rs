//! When an operation changed.

use super::head::is_iso_date;
use super::page::Page;
use super::vocabulary::{Column, Part};
use crate::spec::Change;

/// What the vendor's stock phrases say, in our own words.
const PHRASES: &[(&str, &str)] = &[
    ("response structure", "The structure of the response changed."),
    ("request parameters", "The parameters changed."),
    ("error code", "The error codes changed."),
    ("internal configuration", "The service changed inside; calls are as before."),
    ("description update", "The description changed."),
    ("deprecated", "The advice to call it changed."),
];

/// Reads the history of changes, in the order of the document.
pub(super) fn read(page: &Page) -> Vec<Change> {
    let mut changes = Vec::new();
    for table in page.about(Part::History).flat_map(super::page::Section::tables) {
        for row in &table.rows {
            let date = table.text(row, Column::Time);
            let summary = table.text(row, Column::Summary).to_lowercase();
            if let Some(date) = date.get(..10).filter(|date| is_iso_date(date)) {
                let ours = PHRASES.iter().find(|(phrase, _)| summary.contains(phrase));
                let ours = ours.map_or("The document does not say what changed.", |(_, ours)| ours);
                changes.push(Change { date: date.to_owned(), summary: ours.to_owned() });
            }
        }
    }
    changes
}
