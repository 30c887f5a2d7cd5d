//! Takes from JSON what is expected there, whatever is there.

use serde_json::{Map, Value};

/// An object of JSON, in the order of the document.
pub(super) type Object = Map<String, Value>;

/// The text of a key, where it is text.
pub(super) fn text<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str)
}

/// The object of a key, where it is one.
pub(super) fn object<'a>(object: &'a Object, key: &str) -> Option<&'a Object> {
    object.get(key).and_then(Value::as_object)
}

/// The elements of a key, where it is a list.
pub(super) fn list<'a>(object: &'a Object, key: &str) -> &'a [Value] {
    object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The texts of a key, where it is a list of such.
pub(super) fn texts<'a>(object: &'a Object, key: &str) -> impl Iterator<Item = &'a str> {
    list(object, key).iter().filter_map(Value::as_str)
}

/// Whether a key is there and is true.
pub(super) fn is_true(object: &Object, key: &str) -> bool {
    object.get(key).is_some_and(|value| value.as_bool() == Some(true) || value.as_str() == Some("true"))
}

/// A value as the documents would print it: text as it is, anything else as JSON. Nothing for nothing.
pub(super) fn printed(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
