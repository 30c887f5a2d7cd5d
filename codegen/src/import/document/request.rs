//! The parameters of an operation.

use std::collections::BTreeMap;

use super::findings::Findings;
use super::page::Page;
use super::rows::{Entry, entries};
use super::tree::Tree;
use super::vocabulary::{Column, Part};
use super::{Options, dotted};
use crate::diagnostic::Code;
use crate::spec::{Field, Fill, Location, Parameter, Schema, Type};

/// What every call sends, so that no operation lists it: signing and routing are the runtime's.
const COMMON: &[&str] = &[
    "Action",
    "Version",
    "Format",
    "AccessKeyId",
    "Signature",
    "SignatureMethod",
    "Timestamp",
    "SignatureVersion",
    "SignatureNonce",
];

/// Reads the parameters: the required ones first, which are arguments in Rust, otherwise in the order of the document.
pub(super) fn read(page: &Page, path: Option<&str>, options: &Options, findings: &mut Findings<'_>) -> Vec<Parameter> {
    let (mut all, mut locations, mut line) = (Vec::new(), BTreeMap::new(), 0);
    for section in &page.sections {
        let Part::Request(told) = section.part else { continue };
        for table in section.tables().filter(|table| table.columns.contains(&Column::Name)) {
            line = if line == 0 { table.line } else { line };
            for entry in entries(table) {
                if is_common(&entry) {
                    let message = format!("`{}` is sent with every call, so it was left out", entry.name);
                    findings.note(Code::CommonParameter, entry.line, &entry.name, message, "nothing is to be done");
                    continue;
                }
                if let Some(location) = entry.location.or(told) {
                    locations.insert(entry.name.clone(), location);
                }
                all.push(entry);
            }
        }
    }
    let mut tree = Tree::new(None, true, options, findings);
    tree.add(&all);
    let fields = dotted::fold(tree.finish_fields());
    let mut unknown = Vec::new();
    let parameters = fields.into_iter().map(|field| {
        let placeholder = format!("{{{}}}", field.name);
        let in_path = path.is_some_and(|path| path.contains(&placeholder)).then_some(Location::Path);
        let location = in_path.or_else(|| locations.get(&field.name).copied());
        if location.is_none() {
            unknown.push(field.name.clone());
        }
        parameter(field, location.unwrap_or(Location::Query))
    });
    let mut parameters: Vec<Parameter> = parameters.collect();
    if !unknown.is_empty() {
        let names = unknown.join(", ");
        let message = format!("the document does not tell where parameters travel: {names}");
        let help = "`in: query` was written: the metadata or an SDK tells whether some are in the form or the body";
        findings.note(Code::UnknownLocation, line, "parameters", message, help);
    }
    parameters.sort_by_key(|parameter| !parameter.schema.required);
    parameters
}

/// Whether a row is about a parameter of every call rather than one of this operation.
fn is_common(entry: &Entry) -> bool {
    let text = entry.description.text();
    // Only `Action` is sure by itself; the others can be parameters of an operation's own.
    entry.name == "Action"
        && (text.contains("operation that you want to perform") || text.contains("系统规定参数") || text.is_empty())
        || COMMON.contains(&entry.name.as_str()) && text.contains("common request parameter")
}

fn parameter(field: Field, location: Location) -> Parameter {
    let Field { name, mut schema } = field;
    schema.required |= location == Location::Path;
    let text = schema.kind == Some(Type::String);
    let fill = match name.as_str() {
        "RegionId" if text => Some(Fill::Region),
        "ClientToken" if text => Some(Fill::ClientToken),
        _ => None,
    };
    Parameter {
        name,
        location,
        style: None,
        fill,
        schema: Schema { holds: schema.holds.filter(|_| fill.is_none()), ..schema },
    }
}
