//! Holds samples against the response tree.

use serde_json::Value as Json;

use crate::diagnostic::{Code, Report};
use crate::read::{Node, NodeKind, OperationFile, Place, Position};
use crate::spec::{Sample, Schema, Type};

use super::types::known_source;
use super::{Context, Problem};

pub(super) fn check(file: &OperationFile, context: &mut Context<'_>) {
    for (index, sample) in file.operation.samples.iter().enumerate() {
        let node = file.node.element("samples", index);
        if let Some(source) = &sample.from {
            known_source(source, node.at("from"), "samples", context);
        }
        if sample.json.is_none() && sample.xml.is_none() {
            let problem =
                Problem::new("a sample needs `json` or `xml`", "has neither", "add the reply as a block of text");
            context.report(Code::MissingKey, node, "samples", problem);
        }
        if let Some(text) = &sample.json {
            json(file, sample, text, node.at("json"), context);
        }
    }
}

fn json(file: &OperationFile, sample: &Sample, text: &str, node: &Node, context: &mut Context<'_>) {
    let block = Block::new(node, context.text());
    let value: Json = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let start = block.position(Position { line: error.line(), column: error.column() });
            let problem = Problem::new(format!("the sample is not JSON: {error}"), "not JSON", "mend it");
            context.report_at(Code::NotJson, Place { start, end: start }, "samples", problem);
            return;
        }
    };
    let success = sample.status.is_none_or(|status| (200..300).contains(&status));
    let root = &file.operation.response.schema;
    if success && (root.kind().is_some() || root.reference.is_some()) {
        let mut rehearsal = Report::default();
        let mut without_places = Context::new(context.product, &file.source, &mut rehearsal);
        Fit { block: &block, context: &mut without_places }.check(root, &value, None, "");
        if !rehearsal.diagnostics.is_empty() {
            // JSON is YAML, which gives every value a place. Most samples fit, and need none.
            let places = Node::parse(text).ok();
            Fit { block: &block, context }.check(root, &value, places.as_ref(), "");
        }
    }
}

struct Fit<'a, 'b> {
    block: &'a Block,
    context: &'a mut Context<'b>,
}

impl Fit<'_, '_> {
    fn check(&mut self, schema: &Schema, value: &Json, node: Option<&Node>, path: &str) {
        let product = self.context.product;
        let schema = product.product.follow(schema);
        let Some(kind) = schema.kind() else { return };
        match (kind, value) {
            (_, Json::Null)
            | (Type::Json, _)
            | (Type::String | Type::Binary, Json::String(_))
            | (Type::Boolean, Json::Bool(_))
            | (Type::Float | Type::Double, Json::Number(_)) => {}
            (Type::Integer | Type::Long, Json::Number(number)) if number.as_i64().is_some() => {}
            (Type::Object, Json::Object(object)) => {
                for (index, (name, inner)) in object.iter().enumerate() {
                    let inner_path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    let at_inner = node.and_then(|node| entry(node, index));
                    match schema.fields.iter().find(|field| field.name == *name) {
                        Some(field) => self.check(&field.schema, inner, at_inner.map(|(_, value)| value), &inner_path),
                        None => {
                            let message = format!("the sample has `{inner_path}`, which the response does not");
                            self.misfit(at_inner.map(|(key, _)| key), &inner_path, message, "not in the response");
                        }
                    }
                }
            }
            (Type::List, Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(each) = &schema.items {
                        self.check(each, item, node.and_then(|node| node.item(index)), &format!("{path}[]"));
                    }
                }
            }
            (Type::Map, Json::Object(object)) => {
                for (index, inner) in object.values().enumerate() {
                    if let Some(each) = &schema.entries {
                        let at_inner = node.and_then(|node| entry(node, index)).map(|(_, value)| value);
                        self.check(each, inner, at_inner, &format!("{path}{{}}"));
                    }
                }
            }
            _ => {
                let (expected, found) = (described(kind), kind_of(value));
                let whole = if path.is_empty() { "the sample" } else { path };
                let message = format!("`{whole}` is {found} in the sample, but {expected} in the response");
                self.misfit(node, path, message, &format!("expected {expected}"));
            }
        }
    }

    fn misfit(&mut self, node: Option<&Node>, about: &str, message: String, label: &str) {
        let place = node.map_or(self.block.whole, |node| self.block.place(node.place));
        let about = if about.is_empty() { "samples" } else { about };
        let problem = Problem::new(message, label, "mend the one that is wrong");
        self.context.report_at(Code::SampleMisfit, place, about, problem);
    }
}

/// A block of text in a file: where its lines and columns are in the file.
struct Block {
    whole: Place,
    line: usize,
    indent: usize,
}

impl Block {
    fn new(node: &Node, text: &str) -> Self {
        let header = node.place.start.line;
        // A block begins on the line below its `|`; depending on the parser, its place begins with either.
        let starts_below =
            text.lines().nth(header.saturating_sub(1)).is_some_and(|line| line.trim_end().ends_with(['|', '-', '+']));
        let line = if starts_below { header + 1 } else { header };
        let first = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        Self { whole: node.place, line, indent: first.len() - first.trim_start().len() }
    }

    fn position(&self, inner: Position) -> Position {
        Position { line: self.line + inner.line.max(1) - 1, column: self.indent + inner.column.max(1) }
    }

    fn place(&self, inner: Place) -> Place {
        Place { start: self.position(inner.start), end: self.position(inner.end) }
    }
}

fn entry(node: &Node, index: usize) -> Option<(&Node, &Node)> {
    match &node.kind {
        NodeKind::Mapping(entries) => entries.get(index).map(|(key, value)| (key, value)),
        _ => None,
    }
}

fn described(kind: Type) -> &'static str {
    match kind {
        Type::String | Type::Binary => "text",
        Type::Boolean => "true or false",
        Type::Integer | Type::Long => "a whole number",
        Type::Float | Type::Double => "a number",
        Type::Object => "an object",
        Type::List => "a list",
        Type::Map => "a map",
        Type::Json => "anything",
    }
}

fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
