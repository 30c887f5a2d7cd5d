//! Documents by their leaves.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every leaf of a document by its path.
pub fn leaves(value: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    walk(value, String::new(), &mut found);
    found
}

fn walk(value: &Value, path: String, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| walk(inner, format!("{path}.{name}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| walk(inner, format!("{path}[{index}]"), found));
        }
        leaf => {
            found.insert(path, leaf.clone());
        }
    }
}
