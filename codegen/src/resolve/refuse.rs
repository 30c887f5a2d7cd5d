//! Refuses what the format can say but the emitter cannot write yet.

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::{Node, OperationFile, ProductFolder};
use crate::spec::{Location, ParameterStyle, ResponseKind, Schema, Type};

/// A product behind a gateway that signs in its own way.
pub(super) fn gateway(product: &ProductFolder, context: &mut Context<'_>) {
    if let Some(gateway) = &product.product.gateway {
        let at = product.node.get("gateway").unwrap_or(&product.node);
        say(&format!("the signature of the gateway `{gateway}`"), at, "gateway", context);
    }
}

/// Whether the operation can be generated. Reports everything that cannot.
pub(super) fn operation(product: &ProductFolder, file: &OperationFile, context: &mut Context<'_>) -> bool {
    let operation = &file.operation;
    let mut refused = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let at = file.node.get("parameters").and_then(|list| list.item(index)).unwrap_or(&file.node);
        let about = format!("parameters.{}", parameter.name);
        if parameter.location == Location::Host {
            refused.push(("a parameter in the host".to_owned(), key(at, "in"), about.clone()));
        }
        if parameter.location == Location::Header && parameter.name.contains('*') {
            refused.push(("a header whose name is not fixed".to_owned(), key(at, "name"), about.clone()));
        }
        if parameter.style == Some(ParameterStyle::Xml) {
            refused.push(("an XML body".to_owned(), key(at, "style"), about.clone()));
        }
        if parameter.schema.kind() == Some(Type::Binary) {
            refused.push(("a body of bytes".to_owned(), key(at, "type"), about.clone()));
        }
        schema(&parameter.schema, at, &about, &mut refused);
    }
    let response = file.node.get("response").unwrap_or(&file.node);
    let kind = operation.response.kind.unwrap_or(ResponseKind::Json);
    if !matches!(kind, ResponseKind::Json | ResponseKind::None) {
        refused.push(("a response that is not JSON".to_owned(), key(response, "as"), "response".to_owned()));
    }
    if operation.response.schema.kind().is_some_and(|kind| kind != Type::Object) {
        refused.push(("a response whose root is not an object".to_owned(), response, "response".to_owned()));
    }
    if !operation.response.headers.is_empty() {
        refused.push(("results in headers".to_owned(), key(response, "headers"), "response".to_owned()));
    }
    let path = operation.path.as_deref().unwrap_or("/");
    if !path.starts_with('/') || path.contains(['*', '[', '?']) {
        refused.push((format!("the path `{path}`"), key(&file.node, "path"), "path".to_owned()));
    }
    schema(&operation.response.schema, response, "response", &mut refused);
    for (what, at, about) in &refused {
        say(what, at, about, context);
    }
    refused.is_empty() && product.product.gateway.is_none()
}

/// Shared types, anywhere below a schema.
fn schema<'a>(schema_: &'a Schema, node: &'a Node, about: &str, refused: &mut Vec<(String, &'a Node, String)>) {
    if let Some(reference) = &schema_.reference {
        refused.push((format!("the shared type `{reference}`"), key(node, "ref"), about.to_owned()));
    }
    for (index, field) in schema_.fields.iter().enumerate() {
        let at = node.get("fields").and_then(|list| list.item(index)).unwrap_or(node);
        schema(&field.schema, at, &format!("{about}.{}", field.name), refused);
    }
    for (name, part) in [("items", &schema_.items), ("entries", &schema_.entries)] {
        if let Some(part) = part {
            schema(part, key(node, name), about, refused);
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

fn key<'a>(node: &'a Node, name: &str) -> &'a Node {
    node.get(name).unwrap_or(node)
}
