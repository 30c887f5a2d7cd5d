//! What schemas say about values: references, types, and values made from examples.

use alicloud_codegen::spec::{Product, Schema, Type};
use serde_json::{Map, Number, Value};

/// How deep a value that is made from a schema goes: types may contain themselves.
const DEEPEST: usize = 8;

/// A text as a value of the type of a schema; as text where it does not fit.
pub(crate) fn typed(text: &str, schema: &Schema) -> Value {
    let parsed = match schema.kind() {
        Some(Type::Boolean) => text.to_ascii_lowercase().parse().ok().map(Value::Bool),
        Some(Type::Integer | Type::Long | Type::Float | Type::Double) => {
            serde_json::from_str::<Number>(text).ok().map(Value::Number)
        }
        Some(Type::Json) => serde_json::from_str(text).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// A value made from the examples of a schema, for operations without a sample.
pub(crate) fn example(schema: &Schema, product: &Product) -> Value {
    example_at(schema, product, 0)
}

fn example_at(schema: &Schema, product: &Product, depth: usize) -> Value {
    let schema = product.follow(schema);
    if depth > DEEPEST {
        return Value::Null;
    }
    let text = schema.example.as_deref();
    match schema.kind() {
        Some(Type::Object) => {
            let field = |field: &alicloud_codegen::spec::Field| {
                (field.name.clone(), example_at(&field.schema, product, depth + 1))
            };
            Value::Object(schema.fields.iter().map(field).filter(|(_, value)| !value.is_null()).collect())
        }
        Some(Type::List) => {
            let item = schema.items.as_deref().map(|items| example_at(items, product, depth + 1));
            Value::Array(item.into_iter().filter(|item| !item.is_null()).collect())
        }
        Some(Type::Map) => {
            let entry = schema.entries.as_deref().map(|entries| example_at(entries, product, depth + 1));
            entry
                .into_iter()
                .filter(|entry| !entry.is_null())
                .map(|entry| ("key".to_owned(), entry))
                .collect::<Map<_, _>>()
                .into()
        }
        Some(Type::Boolean) => match typed(text.unwrap_or_default(), schema) {
            Value::Bool(value) => value.into(),
            _ => true.into(),
        },
        Some(Type::Integer | Type::Long | Type::Float | Type::Double) => {
            match typed(text.unwrap_or_default(), schema) {
                Value::Number(value) => value.into(),
                _ => 0.into(),
            }
        }
        Some(Type::Json) => text.map_or_else(|| Value::Object(Map::new()), |text| typed(text, schema)),
        Some(Type::String | Type::Binary) | None => {
            let value = text.or_else(|| schema.values.first().map(|value| value.value.as_str()));
            value.unwrap_or_default().into()
        }
    }
}
