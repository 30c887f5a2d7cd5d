//! What an operation answers.

use super::Options;
use super::findings::Findings;
use super::guess;
use super::page::Page;
use super::rows::{Entry, entries};
use super::samples::Samples;
use super::schema;
use super::tree::Tree;
use super::vocabulary::{Column, Part};
use crate::diagnostic::Code;
use crate::spec::{Field, Response, Schema};

/// Reads the response: its table, rebuilt by means of the sample, or the sample alone where the text lost the table.
pub(super) fn read(page: &Page, samples: &Samples, options: &Options, findings: &mut Findings<'_>) -> Response {
    let headers = headers(page, options, findings);
    let rows = rows(page, Part::Response);
    let schema =
        if rows.is_empty() { lost(page, samples, findings) } else { rebuilt(&rows, samples, options, findings) };
    Response { kind: None, headers, status: Vec::new(), schema }
}

fn rows(page: &Page, part: Part) -> Vec<Entry> {
    let tables = page.about(part).flat_map(super::page::Section::tables);
    tables.filter(|table| table.columns.contains(&Column::Name)).flat_map(entries).collect()
}

fn rebuilt(rows: &[Entry], samples: &Samples, options: &Options, findings: &mut Findings<'_>) -> Schema {
    let mut tree = Tree::new(samples.value.as_ref(), false, options, findings);
    tree.add(rows);
    tree.finish()
}

/// The sample in place of the table.
fn lost(page: &Page, samples: &Samples, findings: &mut Findings<'_>) -> Schema {
    let heading = page.about(Part::Response).next().map_or(samples.line, |section| section.line);
    let Some(value) = &samples.value else {
        let message = "the document has neither a table of the response nor a sample of it";
        findings.note(Code::LostTable, heading, "response", message, "add the fields of the response");
        return Schema::default();
    };
    let message = "the text lost the table of the response, so its tree, its types and its examples are the sample's";
    let help = "find out the types of numbers, and what the table says about each field";
    findings.note(Code::LostTable, heading, "response", message, help);
    let schema = schema::inferred("", value);
    guess::say_all(&schema, "", heading, findings);
    schema
}

fn headers(page: &Page, options: &Options, findings: &mut Findings<'_>) -> Vec<Field> {
    let rows = rows(page, Part::ResponseHeaders);
    let named = rows.into_iter().filter(|entry| !entry.name.is_empty());
    named
        .map(|entry| Field {
            schema: schema::of(&entry, &format!("headers.{}", entry.name), options, findings),
            name: entry.name,
        })
        .collect()
}
