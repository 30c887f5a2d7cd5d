//! What an answer says beside its body: the status and the headers that carry results.

use alicloud_codegen::spec::{Field, Product, Schema, Type};
use serde_json::Value;

use crate::catalog::Served;
use crate::outgoing::Outgoing;
use crate::schema;

/// Headers that are computed, whatever the documents give as their example.
const COMPUTED: [&str; 5] = ["connection", "content-length", "date", "transfer-encoding", "x-acs-request-id"];

/// The status of a success: that of the sample, or the first of those that are documented, or 200.
pub(crate) fn status(served: &Served) -> u16 {
    let documented = &served.operation.response.status;
    let sampled = served.sample.status;
    match documented.first() {
        Some(first) if !documented.contains(&sampled) => *first,
        _ => sampled,
    }
}

/// Adds the headers that carry results, each with its example or a value of its type.
pub(crate) fn add_headers(served: &Served, outgoing: &mut Outgoing) {
    for field in &served.operation.response.headers {
        let name = field.name.to_ascii_lowercase();
        if COMPUTED.contains(&name.as_str()) {
            continue;
        }
        match name.strip_suffix('*') {
            Some(prefix) => outgoing.set_header(&format!("{prefix}key"), &entry(field, &served.product)),
            None => outgoing.set_header(&name, &text(&schema::example(&field.schema, &served.product))),
        }
    }
}

/// The value of one of the headers that a name with a star stands for.
fn entry(field: &Field, product: &Product) -> String {
    let schema = product.follow(&field.schema);
    let each: Option<&Schema> = schema.entries.as_deref().filter(|_| schema.kind() == Some(Type::Map));
    text(&schema::example(each.unwrap_or(schema), product))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
