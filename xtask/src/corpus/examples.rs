//! The values of a request, made of the documented examples.

use alicloud_codegen::spec::{Location, Parameter, Product, Schema, Type};
use serde_json::{Map, Value, json};

/// How deep values go: types that contain themselves have to end somewhere.
const DEEPEST: usize = 40;

/// A value for each parameter, by name.
pub fn values(parameters: &[Parameter], product: &Product) -> Value {
    let value = |parameter: &Parameter| {
        let value = example(&parameter.schema, product, &mut Vec::new());
        let value = match parameter.location {
            Location::Host => word(&value, |c| c.is_ascii_lowercase() || c.is_ascii_digit(), "label"),
            Location::Header => word(&value, |c| ('!'..='~').contains(&c), "text"),
            Location::Path => word(&value, |c| !c.is_control() && c != '.', "text"),
            Location::Query | Location::Form | Location::Body => value,
        };
        (parameter.name.clone(), value)
    };
    Value::Object(parameters.iter().map(value).collect())
}

/// The value, or another where it is text that cannot be sent in its place.
fn word(value: &Value, may_be: fn(char) -> bool, otherwise: &str) -> Value {
    match value {
        Value::String(text) if text.is_empty() || !text.chars().all(may_be) => otherwise.into(),
        other => other.clone(),
    }
}

/// A value of the schema. `around` are the shared types that it is part of.
fn example<'a>(schema: &'a Schema, product: &'a Product, around: &mut Vec<&'a str>) -> Value {
    if let Some(name) = &schema.reference {
        // An object that contains itself ends where it would begin again.
        if around.contains(&name.as_str()) {
            return Value::Null;
        }
        around.push(name);
        let value = product.types.get(name).map_or(Value::Null, |schema| example(schema, product, around));
        around.pop();
        return value;
    }
    let text = schema.example.as_deref().or(schema.default.as_deref());
    let text = text.or(schema.values.first().map(|value| value.value.as_str())).unwrap_or_default();
    let unmasked = text.trim_matches('*');
    match schema.kind() {
        Some(Type::String | Type::Binary) => if text.is_empty() { "text" } else { text }.into(),
        Some(Type::Integer | Type::Long) => unmasked.parse::<i64>().unwrap_or(1).into(),
        Some(Type::Float | Type::Double) => {
            json!(unmasked.parse::<f64>().ok().filter(|number| number.is_finite()).unwrap_or(1.5))
        }
        Some(Type::Boolean) => text.parse::<bool>().unwrap_or(true).into(),
        Some(Type::Object) if around.len() < DEEPEST => {
            let fields = schema.fields.iter().map(|field| (&field.name, example(&field.schema, product, around)));
            let fields = fields.filter(|(_, value)| !value.is_null());
            Value::Object(fields.map(|(name, value)| (name.clone(), value)).collect())
        }
        Some(Type::List) => {
            let one = schema.items.as_deref().map_or(json!("text"), |items| example(items, product, around));
            // Two, so that their numbers and what is between them are seen.
            if one.is_null() { json!([]) } else { json!([one, one]) }
        }
        Some(Type::Map) => {
            let one = schema.entries.as_deref().map_or(json!("text"), |entries| example(entries, product, around));
            let entries: Map<String, Value> =
                Some(("key".to_owned(), one)).into_iter().filter(|(_, one)| !one.is_null()).collect();
            Value::Object(entries)
        }
        Some(Type::Object) => Value::Null,
        // What would be read as a number too large for one is kept as text.
        Some(Type::Json) | None => match serde_json::from_str(text) {
            Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
            _ => json!({ "Key": "value" }),
        },
    }
}
