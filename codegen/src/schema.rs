//! The JSON Schema of the format, from the types that are the format.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::spec::{Operation, Product};

/// The schema of an operation's file.
pub fn operation() -> Value {
    closed(SchemaSettings::draft07().into_generator().into_root_schema_for::<Operation>().to_value())
}

/// The schema of a `product.yaml`.
pub fn product() -> Value {
    closed(SchemaSettings::draft07().into_generator().into_root_schema_for::<Product>().to_value())
}

/// Refuses unknown keys in every object. `serde(flatten)` and `deny_unknown_fields` exclude one another, so the
/// schema says it in one place for all types.
fn closed(mut schema: Value) -> Value {
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("properties").is_some_and(Value::is_object) && !object.contains_key("additionalProperties") {
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            drop_integer_formats(object);
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Editors warn about formats that JSON Schema does not define, such as `uint32`.
fn drop_integer_formats(object: &mut Map<String, Value>) {
    if object.get("format").and_then(Value::as_str).is_some_and(|format| format.contains("int")) {
        object.remove("format");
    }
}
