//! Walks through every schema of an operation, with its position and its name.

use crate::read::Node;
use crate::spec::{Field, Operation, Schema};

/// A schema, where it stands and what an acknowledgement calls it.
pub(super) struct Visited<'a> {
    pub(super) schema: &'a Schema,
    pub(super) node: &'a Node,
    pub(super) about: String,
}

/// Every schema of parameters and response, outermost first.
pub(super) fn operation<'a>(operation: &'a Operation, node: &'a Node, act: &mut impl FnMut(Visited<'a>)) {
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let at = node.element("parameters", index);
        schema(&parameter.schema, at, &format!("parameters.{}", parameter.name), act);
    }
    let response = node.at("response");
    fields(&operation.response.headers, response, "headers", "headers.", act);
    let root = &operation.response.schema;
    if root.kind().is_some() || root.reference.is_some() {
        schema(root, response, "", act);
    }
}

/// A schema and every schema in it, outermost first.
pub(super) fn schema<'a>(schema_: &'a Schema, node: &'a Node, about: &str, act: &mut impl FnMut(Visited<'a>)) {
    act(Visited { schema: schema_, node, about: about.to_owned() });
    let prefix = if about.is_empty() { String::new() } else { format!("{about}.") };
    fields(&schema_.fields, node, "fields", &prefix, act);
    if let (Some(items), Some(at)) = (&schema_.items, node.get("items")) {
        schema(items, at, &format!("{about}[]"), act);
    }
    if let (Some(entries), Some(at)) = (&schema_.entries, node.get("entries")) {
        schema(entries, at, &format!("{about}{{}}"), act);
    }
}

fn fields<'a>(list: &'a [Field], node: &'a Node, key: &str, prefix: &str, act: &mut impl FnMut(Visited<'a>)) {
    for (index, field) in list.iter().enumerate() {
        schema(&field.schema, node.element(key, index), &format!("{prefix}{}", field.name), act);
    }
}
