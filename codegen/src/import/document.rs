//! Help pages as specs: text, Markdown or HTML in, an operation and what could not be told out.
//!
//! The path of the data: `text`, `markdown` or `html` read a `Page` of sections, paragraphs, code and
//! tables; the rest looks at that alone. `tree` puts the rows of a flattened table back where they belong.

mod access;
mod builder;
mod dotted;
mod errors;
mod findings;
mod flattened;
mod glued;
mod guess;
mod head;
mod history;
mod html;
mod markdown;
mod meaning;
mod page;
mod piped;
mod request;
mod response;
mod rows;
mod sample_tree;
mod samples;
mod schema;
mod syntax;
mod text;
mod tree;
mod types;
mod unglue;
mod values;
mod vocabulary;

use std::sync::Arc;

use crate::diagnostic::{Code, Report};
use crate::import::naming::{reads, summary};
use crate::read::Source;
use crate::spec::{Authorization, Document, FORMAT, Location, Operation, Product, Style};
use findings::Findings;
use page::{Page, Section};
use vocabulary::Part;

/// How a document is imported.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether the vendor's sentences are taken over. Facts only unless set.
    pub with_descriptions: bool,
    /// The product that the operation is of, where it is known: it tells envelope and style, which no document does.
    pub product: Option<Product>,
}

/// What a document became.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The name of the operation.
    pub name: String,
    /// The operation.
    pub operation: Operation,
}

/// Reads one help page. Whether it is text, Markdown or HTML shows in the text. Reports what it guessed and what the
/// document does not tell; without a name of an operation there is nothing but a report.
pub fn import(source: &Arc<Source>, options: &Options, report: &mut Report) -> Option<Imported> {
    let mut findings = Findings::new(source, report);
    let page = read(&source.text);
    let head = head::read(&page);
    let authorization = access::read(&page, &mut findings);
    let Some(name) = name(&page, &head, authorization.as_ref(), &source.path) else {
        let help = "save the whole page, or name the file after the operation";
        findings.note(Code::NamelessPage, 1, "document", "this is no help page of an operation", help);
        return None;
    };
    let syntax = syntax::read(&page);
    let path = syntax.as_ref().map(|(_, path)| path.as_str());
    let samples = samples::read(&page, &mut findings);
    let parameters = request::read(&page, path, options, &mut findings);
    let response = response::read(&page, &samples, options, &mut findings);
    let errors = errors::read(&page, &mut findings);
    let mut operation = Operation {
        format: FORMAT,
        summary: summary::of(&name),
        description: None,
        document: Some(Document {
            title: head.title.clone().unwrap_or_else(|| name.clone()),
            file: file_name(&source.path),
            updated: head.updated.clone(),
            changes: history::read(&page),
        }),
        idempotent: only_reads(&name, authorization.as_ref()),
        authorization,
        deprecated: None,
        style: None,
        method: syntax.as_ref().map(|(method, _)| *method),
        methods: Vec::new(),
        schemes: Vec::new(),
        path: syntax.as_ref().map(|(_, path)| path.clone()),
        authentication: None,
        parameters,
        requires: Vec::new(),
        response,
        envelope: None,
        errors,
        samples: samples.samples,
        waiters: Default::default(),
        pager: None,
        link: None,
        links: Default::default(),
        asynchronous: None,
        notes: Vec::new(),
        acknowledge: Vec::new(),
    };
    let told = if path.is_some() { Style::Roa } else { Style::Rpc };
    operation.style = options.product.as_ref().and_then(|product| (product.style != told).then_some(told));
    operation.notes = std::mem::take(&mut findings.remarks);
    texts(&mut operation, &page, &head, options, &mut findings);
    untold(&operation, &page, options, &mut findings);
    Some(Imported { name, operation })
}

/// Markup shows: tags of tables or of a whole page, or headings and tables of Markdown.
fn read(text: &str) -> Page {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lower = text.get(..text.len().min(4096)).unwrap_or(text).to_ascii_lowercase();
    let is_html = ["<html", "<body", "<!doctype html"].iter().any(|tag| lower.contains(tag))
        || lower.trim_start().starts_with("<h");
    let headings = text.lines().filter(|line| line.starts_with('#') && line.trim_start_matches('#').starts_with(' '));
    if is_html {
        html::read(text)
    } else if headings.count() > 1 {
        markdown::read(text)
    } else {
        text::read(text)
    }
}

/// The name that the title tells, or the action, or the file.
fn name(page: &Page, head: &head::Head, authorization: Option<&Authorization>, path: &str) -> Option<String> {
    let action = match authorization {
        Some(Authorization::Grant(grant)) => grant.action.split_once(':').map(|(_, name)| name.to_owned()),
        _ => None,
    };
    let stem = file_name(path).and_then(|name| name.split('.').next().map(str::to_owned));
    let tables =
        page.sections.iter().any(|section| section.tables().next().is_some() || section.code().next().is_some());
    let found = head.operation.clone().or(action).or(stem);
    found.filter(|name| head::is_operation(name) && tables)
}

fn file_name(path: &str) -> Option<String> {
    path.rsplit('/').next().map(str::to_owned).filter(|name| !name.is_empty())
}

/// Whether name and level say that nothing is changed.
fn only_reads(name: &str, authorization: Option<&Authorization>) -> bool {
    let level = match authorization {
        Some(Authorization::Grant(grant)) => grant.level.as_deref(),
        _ => None,
    };
    reads::only(name, level.unwrap_or("none"))
}

/// The vendor's sentences, or places for ours.
fn texts(operation: &mut Operation, page: &Page, head: &head::Head, options: &Options, findings: &mut Findings<'_>) {
    if options.with_descriptions {
        if let Some(summary) = &head.summary {
            operation.summary.clone_from(summary);
        }
        let pieces = page.about(Part::Description).flat_map(Section::pieces);
        let lines: Vec<String> =
            pieces.map(|piece| if piece.item { format!("- {}", piece.text) } else { piece.text.clone() }).collect();
        operation.description = Some(lines.join("\n\n")).filter(|text| !text.is_empty());
    } else {
        let message = "the summary was made of the name, and nothing is described";
        findings.note(
            Code::NeedsWords,
            head.line,
            "summary",
            message,
            "write in your own words what the operation does",
        );
    }
}

/// What no document tells.
fn untold(operation: &Operation, page: &Page, options: &Options, findings: &mut Findings<'_>) {
    let line = page.about(Part::Response).next().map_or(1, |section| section.line);
    if options.product.is_none() {
        let names: Vec<&str> = operation.response.schema.fields.iter().map(|field| field.name.as_str()).collect();
        let likely: Vec<&str> = ["RequestId", "Success", "Code", "ErrorCode", "Message", "ErrorMessage"]
            .into_iter()
            .filter(|name| names.contains(name))
            .collect();
        let message = match likely.as_slice() {
            [] => "the document does not tell where a reply says that it failed".to_owned(),
            likely => {
                format!("the document does not tell where a reply says that it failed; it has {}", likely.join(", "))
            }
        };
        findings.note(Code::UnknownEnvelope, line, "envelope", message, "write `envelope` into product.yaml");
    }
    if operation.idempotent {
        let message = "name and access level say that it only reads, so it may be sent again after a failure";
        findings.note(Code::GuessedIdempotent, 1, "idempotent", message, "take `idempotent` out if that is wrong");
    }
    let body = operation.parameters.iter().filter(|parameter| parameter.location == Location::Body).count();
    if body > 1 {
        let message = format!("{body} parameters share the body");
        findings.note(
            Code::UnknownLocation,
            1,
            "parameters",
            message,
            "find out whether they are one object or a form",
        );
    }
}
