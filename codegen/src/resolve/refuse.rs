//! Refuses what the format can say but the emitter cannot write yet.

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::{Node, OperationFile, ProductFolder};
use crate::spec::{Authentication, Location, ParameterStyle, ResponseKind, Schema, Type};

/// A product behind a gateway that signs in its own way.
pub(super) fn gateway(product: &ProductFolder, context: &mut Context<'_>) {
    if let Some(gateway) = &product.product.gateway {
        let at = product.node.at("gateway");
        say(&format!("the signature of the gateway `{gateway}`"), at, "gateway", context);
    }
}

/// Whether the operation can be generated. Reports everything that cannot.
pub(super) fn operation(product: &ProductFolder, file: &OperationFile, context: &mut Context<'_>) -> bool {
    let operation = &file.operation;
    let mut refused = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let at = file.node.element("parameters", index);
        let about = format!("parameters.{}", parameter.name);
        if parameter.location == Location::Host {
            refused.push(("a parameter in the host".to_owned(), at.at("in"), about.clone()));
        }
        if parameter.location == Location::Header && parameter.name.contains('*') {
            refused.push(("a header whose name is not fixed".to_owned(), at.at("name"), about.clone()));
        }
        if parameter.style == Some(ParameterStyle::Xml) {
            refused.push(("an XML body".to_owned(), at.at("style"), about.clone()));
        }
        let in_pairs = matches!(parameter.location, Location::Query | Location::Form);
        let is_flat = !matches!(parameter.style, Some(ParameterStyle::Json | ParameterStyle::Simple));
        if in_pairs && is_flat && has_map(&parameter.schema) {
            refused.push(("a map that is written as parameters".to_owned(), at, about.clone()));
        }
        if parameter.schema.kind() == Some(Type::Binary) {
            refused.push(("a body of bytes".to_owned(), at.at("type"), about.clone()));
        }
        schema(&parameter.schema, at, &about, &mut refused);
    }
    let response = file.node.at("response");
    let kind = operation.response.kind.unwrap_or(ResponseKind::Json);
    if !matches!(kind, ResponseKind::Json | ResponseKind::None) {
        refused.push(("a response that is not JSON".to_owned(), response.at("as"), "response".to_owned()));
    }
    if operation.response.schema.kind().is_some_and(|kind| kind != Type::Object) {
        refused.push(("a response whose root is not an object".to_owned(), response, "response".to_owned()));
    }
    if !operation.response.headers.is_empty() {
        refused.push(("results in headers".to_owned(), response.at("headers"), "response".to_owned()));
    }
    if operation.authentication == Some(Authentication::Bearer) {
        refused.push((
            "a call that only a bearer token can make".to_owned(),
            file.node.at("authentication"),
            "authentication".to_owned(),
        ));
    }
    lists_in_paths(file, &mut refused);
    let path = operation.path.as_deref().unwrap_or("/");
    if !path.starts_with('/') || path.contains(['*', '[', '?']) {
        refused.push((format!("the path `{path}`"), file.node.at("path"), "path".to_owned()));
    }
    schema(&operation.response.schema, response, "response", &mut refused);
    for (what, at, about) in &refused {
        say(what, at, about, context);
    }
    refused.is_empty() && product.product.gateway.is_none()
}

/// Pagers that go through several lists, or whose parameters are no plain values.
fn lists_in_paths<'a>(file: &'a OperationFile, refused: &mut Vec<(String, &'a Node, String)>) {
    let operation = &file.operation;
    if let (Some(pager), Some(at)) = (&operation.pager, file.node.get("pager")) {
        // The last step goes into the list of items; none before may.
        if pager.items.trim_end_matches("[]").contains("[]") {
            refused.push(("a pager whose items are in several lists".to_owned(), at.at("items"), "pager".to_owned()));
        }
        let plain = |name: &str| {
            let parameter = operation.parameters.iter().find(|parameter| parameter.name == name);
            parameter.is_some_and(|parameter| {
                matches!(parameter.schema.kind(), Some(Type::String | Type::Integer | Type::Long))
            })
        };
        for (name, place) in [("position", Some(&pager.position)), ("size", pager.size.as_ref())] {
            if place.is_some_and(|name| !plain(name)) {
                refused.push((
                    "a pager whose parameters are no plain values".to_owned(),
                    at.at(name),
                    "pager".to_owned(),
                ));
            }
        }
    }
}

/// Whether there is a map or free-form JSON anywhere in it: their keys would be names of parameters.
fn has_map(schema: &Schema) -> bool {
    let parts = [&schema.items, &schema.entries].into_iter().flatten().map(|part| &**part);
    schema.kind() == Some(Type::Map) || parts.chain(schema.fields.iter().map(|field| &field.schema)).any(has_map)
}

/// Shared types, anywhere below a schema.
fn schema<'a>(schema_: &'a Schema, node: &'a Node, about: &str, refused: &mut Vec<(String, &'a Node, String)>) {
    if let Some(reference) = &schema_.reference {
        refused.push((format!("the shared type `{reference}`"), node.at("ref"), about.to_owned()));
    }
    for (index, field) in schema_.fields.iter().enumerate() {
        let at = node.element("fields", index);
        schema(&field.schema, at, &format!("{about}.{}", field.name), refused);
    }
    for (name, part) in [("items", &schema_.items), ("entries", &schema_.entries)] {
        if let Some(part) = part {
            schema(part, node.at(name), about, refused);
        }
    }
}

fn say(what: &str, at: &Node, about: &str, context: &mut Context<'_>) {
    let problem = Problem::new(
        format!("no code can be generated yet for {what}"),
        "not yet",
        "leave the operation out of specs/ until it can",
    );
    context.report(Code::NotEmitted, at, about, problem);
}
