//! What a sample tells about the structure around a name.

use serde_json::{Map, Value};

/// One value that has all that the elements of a list have. `None` where there is no element that tells anything.
pub(super) fn merged(items: &[Value]) -> Option<Value> {
    let mut objects = items.iter().filter_map(Value::as_object);
    let Some(first) = objects.next() else {
        return items.iter().find(|item| !item.is_null()).cloned();
    };
    let mut all = first.clone();
    for object in objects {
        for (name, value) in object {
            let known = all.entry(name.clone()).or_insert(Value::Null);
            if tells_nothing(known) {
                *known = value.clone();
            }
        }
    }
    Some(Value::Object(all))
}

fn tells_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// The object that a value is, or that the elements of a list have in common.
pub(super) fn object(value: Option<&Value>) -> Option<Map<String, Value>> {
    match value? {
        Value::Object(map) if !map.is_empty() => Some(map.clone()),
        Value::Array(items) => match merged(items)? {
            Value::Object(map) => Some(map),
            // Lists of lists.
            inner @ Value::Array(_) => object(Some(&inner)),
            _ => None,
        },
        _ => None,
    }
}

/// The one list in an object that has nothing else: `{"Order": [...]}`.
pub(super) fn only_list(value: Option<&Value>) -> Option<(&String, &Value)> {
    let map = value?.as_object().filter(|map| map.len() == 1)?;
    map.iter().next().filter(|(_, value)| value.is_array())
}

/// A scalar as an example has it.
pub(super) fn example(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Bool(_) | Value::Number(_) => value.map(ToString::to_string),
        _ => None,
    }
}
