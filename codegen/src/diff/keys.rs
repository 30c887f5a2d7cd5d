//! Which keys of a spec differ, whatever the format has for keys.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::spec::Schema;

/// Keys that are seen in the documentation of the generated crate alone.
const DOCUMENTATION: &[&str] = &[
    "authorization",
    "asynchronous",
    "default",
    "deprecated",
    "description",
    "errors",
    "example",
    "length",
    "maximum",
    "minimum",
    "pattern",
    "summary",
    "times",
    "title",
];

/// Keys that leave no trace in the generated crate.
const UNSEEN: &[&str] =
    &["acknowledge", "document", "format", "from", "methods", "notes", "ram_prefix", "samples", "schemes", "sources"];

/// The keys that differ between two things, sorted by who sees it.
#[derive(Debug, Default)]
pub(super) struct Differing {
    /// Keys that change documentation alone.
    pub(super) documentation: Vec<String>,
    /// All others, each with both values as text.
    pub(super) other: Vec<(String, String, String)>,
}

/// Compares two things key by key. Keys in `handled` are left to the caller.
pub(super) fn differing<T: Serialize>(old: &T, new: &T, handled: &[&str]) -> Differing {
    let (old, new) = (object(old), object(new));
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    let mut found = Differing::default();
    for key in keys {
        let (was, is) = (old.get(key), new.get(key));
        if was == is || handled.contains(&key.as_str()) || UNSEEN.contains(&key.as_str()) {
            continue;
        }
        if DOCUMENTATION.contains(&key.as_str()) {
            found.documentation.push(key.clone());
        } else {
            found.other.push((key.clone(), text(was), text(is)));
        }
    }
    found
}

/// A schema without its parts, which are compared one by one.
pub(super) fn alone(schema: &Schema) -> Schema {
    Schema { fields: Vec::new(), items: None, entries: None, values: Vec::new(), ..schema.clone() }
}

fn object<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

/// A value as it is shown: `unset` where the key is not written, cut where it is long.
fn text(value: Option<&Value>) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        None => return "unset".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
