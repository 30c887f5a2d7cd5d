//! Holds what was read back from a typed response against the sample that it was decoded from, leaf by leaf.
//!
//! What may differ is what the runtime promises to forgive: numbers and booleans as text and the other way round, a list
//! without the object around it, one element without the list around it, nothing for empty text. A field that the spec
//! does not know is not looked at: it has no place in the response.

use alicloud_codegen::spec::{Field, Product, Schema, Type};
use serde_json::Value;

/// Every leaf that differs, with its path. `read` has the names of the wire.
pub fn differences(sample: &Value, read: &Value, schema: &Schema, product: &Product) -> Vec<String> {
    let mut found = Vec::new();
    Walk { product, found: &mut found }.value(sample, read, schema, "");
    found
}

struct Walk<'a> {
    product: &'a Product,
    found: &'a mut Vec<String>,
}

impl Walk<'_> {
    fn value(&mut self, sample: &Value, read: &Value, schema: &Schema, path: &str) {
        let schema = self.product.follow(schema);
        match (schema.kind(), sample) {
            (_, Value::Null) => self.nothing(read, path),
            (Some(Type::Json) | None, _) => self.same(sample, read, path),
            (Some(Type::Object), Value::Object(_)) => self.object(sample, read, schema, path),
            (Some(Type::Object), _) => match schema.wrapped_list() {
                Some(inner) => self.field(sample, read, inner, path),
                None => self.differs(sample, read, path),
            },
            (Some(Type::List), _) => {
                let items = schema.items.as_deref();
                // Without a list around it, an element is one of itself, and empty text is no element.
                let alone = std::slice::from_ref(sample);
                let elements = match sample {
                    Value::Array(elements) => elements.as_slice(),
                    Value::String(text) if text.is_empty() => &[],
                    _ => alone,
                };
                self.list(elements, read, items.unwrap_or(&Schema::default()), path);
            }
            (Some(Type::Map), Value::Object(entries)) => {
                let schema = schema.entries.as_deref().cloned().unwrap_or_default();
                for (name, value) in entries {
                    self.value(value, &read[name], &schema, &format!("{path}.{name}"));
                }
                self.no_more(read, |name| entries.contains_key(name), path);
            }
            _ if is_same(sample, read) => {}
            _ => self.differs(sample, read, path),
        }
    }

    fn object(&mut self, sample: &Value, read: &Value, schema: &Schema, path: &str) {
        let is_there = |name: &str| sample.get(name).is_some();
        match schema.wrapped_list().filter(|inner| !is_there(&inner.name)) {
            // An element without the list around it, and without the object around that.
            Some(inner) if sample.as_object().is_some_and(|fields| !fields.is_empty()) => {
                self.field(sample, read, inner, path);
            }
            _ => {
                for field in schema.fields.iter().filter(|field| is_there(&field.name)) {
                    self.field(&sample[&field.name], read, field, path);
                }
            }
        }
        let is_known = |name: &str| is_there(name) || schema.wrapped_list().is_some();
        self.no_more(read, is_known, path);
    }

    fn field(&mut self, sample: &Value, read: &Value, field: &Field, path: &str) {
        self.value(sample, &read[&field.name], &field.schema, &format!("{path}.{}", field.name));
    }

    fn list(&mut self, sample: &[Value], read: &Value, items: &Schema, path: &str) {
        let empty = Vec::new();
        let read = read.as_array().unwrap_or(&empty);
        // Elements that are nothing are left out.
        let sample: Vec<&Value> = sample.iter().filter(|element| !element.is_null()).collect();
        if sample.len() != read.len() {
            self.found.push(format!("{path}: {} elements, and {} are read", sample.len(), read.len()));
            return;
        }
        for (at, (sample, read)) in sample.into_iter().zip(read).enumerate() {
            self.value(sample, read, items, &format!("{path}[{at}]"));
        }
    }

    /// Free-form JSON is read as it is.
    fn same(&mut self, sample: &Value, read: &Value, path: &str) {
        match (sample, read) {
            (Value::Object(fields), Value::Object(_)) => {
                fields.iter().for_each(|(name, value)| self.same(value, &read[name], &format!("{path}.{name}")));
                self.no_more(read, |name| fields.contains_key(name), path);
            }
            (Value::Array(sample), Value::Array(read)) if sample.len() == read.len() => {
                let pairs = sample.iter().zip(read).enumerate();
                pairs.for_each(|(at, (sample, read))| self.same(sample, read, &format!("{path}[{at}]")));
            }
            _ if is_same(sample, read) && sample.is_string() == read.is_string() => {}
            _ => self.differs(sample, read, path),
        }
    }

    /// What the sample does not have must not have come from somewhere else.
    fn no_more(&mut self, read: &Value, is_known: impl Fn(&str) -> bool, path: &str) {
        for (name, value) in read.as_object().into_iter().flatten().filter(|(name, _)| !is_known(name)) {
            self.nothing(value, &format!("{path}.{name}"));
        }
    }

    fn nothing(&mut self, read: &Value, path: &str) {
        if !is_nothing(read) {
            self.found.push(format!("{path}: there is nothing, and {} is read", shown(read)));
        }
    }

    fn differs(&mut self, sample: &Value, read: &Value, path: &str) {
        self.found.push(format!("{path}: there is {}, and {} is read", shown(sample), shown(read)));
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether two leaves say the same.
fn is_same(sample: &Value, read: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let (Some(one), Some(other)) = (text(sample), text(read)) else {
        return is_nothing(sample) && is_nothing(read);
    };
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    // Exactly, unless one of the two is no text: then a number is a number however it is written.
    let is_text = sample.is_string() && read.is_string();
    match (sample, read) {
        (Value::String(one), Value::String(other)) => one == other,
        (_, Value::Bool(_)) | (Value::Bool(_), _) => flag(&one) == flag(&other),
        _ if one == other => true,
        _ => !is_text && number(&one).is_some() && number(&one) == number(&other),
    }
}

fn flag(text: &str) -> String {
    match text.to_ascii_lowercase().as_str() {
        "1" => "true".to_owned(),
        "0" => "false".to_owned(),
        other => other.to_owned(),
    }
}

/// A value in a line.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use alicloud_codegen::diagnostic::Report;
    use alicloud_codegen::read;
    use serde_json::json;

    use super::*;

    const PRODUCT: &str = "format: 1\nproduct: X\nversion: \"2020-01-01\"\ntitle: X\ndescription: X.\nmodule: x\n\
        feature: x\nstyle: rpc\nendpoints: { networks: [{ name: public, everywhere: x.aliyuncs.com }] }\n";
    const OPERATION: &str = "format: 1\nsummary: Gets.\nresponse:\n  fields:\n    - { name: Text, type: string }\n    \
        - { name: Count, type: integer }\n    - { name: On, type: boolean }\n    - { name: Free, type: json }\n    \
        - { name: Map, entries: { type: integer } }\n    \
        - name: Items\n      fields: [{ name: Item, items: { fields: [{ name: Id, type: string }] } }]\n";

    fn found(sample: Value, read: Value) -> Vec<String> {
        let mut report = Report::default();
        let file = |name: &str, text: &str| (format!("specs/x/2020-01-01/{name}.yaml"), text.to_owned());
        let specs = read::texts(vec![file("product", PRODUCT), file("GetX", OPERATION)], &mut report);
        assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
        let product = &specs.products[0];
        differences(&sample, &read, &product.operations[0].operation.response.schema, &product.product)
    }

    #[test]
    fn what_is_read_as_it_stands_there_is_the_same() {
        let sample = json!({
            "Text": "a", "Count": 5, "On": true, "Free": { "x": [1, null] }, "Map": { "k": 1 },
            "Items": { "Item": [{ "Id": "i" }, { "Id": "j" }] }
        });
        assert_eq!(found(sample.clone(), sample), [""; 0]);
    }

    #[test]
    fn what_the_runtime_forgives_is_the_same() {
        for (sample, read) in [
            (json!({ "Count": "5", "On": "True", "Text": 7 }), json!({ "Count": 5, "On": true, "Text": "7" })),
            (json!({ "Count": "", "Text": null, "On": 1 }), json!({ "Count": null, "Text": "", "On": true })),
            (json!({ "Count": 5.0 }), json!({ "Count": 5 })),
            (json!({ "Items": [{ "Id": "i" }] }), json!({ "Items": { "Item": [{ "Id": "i" }] } })),
            (json!({ "Items": { "Item": { "Id": "i" } } }), json!({ "Items": { "Item": [{ "Id": "i" }] } })),
            (json!({ "Items": {} }), json!({ "Items": { "Item": [] } })),
            (json!({ "Unknown": 1 }), json!({ "Text": "" })),
        ] {
            assert_eq!(found(sample.clone(), read), [""; 0], "{sample}");
        }
    }

    #[test]
    fn a_wrong_value_a_missing_one_and_one_too_many_are_found() {
        for (sample, read, expected) in [
            (json!({ "Text": "a" }), json!({ "Text": "b" }), ".Text: there is \"a\", and \"b\" is read"),
            (json!({ "Text": "a" }), json!({}), ".Text: there is \"a\", and null is read"),
            (json!({ "Text": "1.0" }), json!({ "Text": "1" }), ".Text: there is \"1.0\", and \"1\" is read"),
            (json!({ "Count": 9978.75 }), json!({ "Count": 9978 }), ".Count: there is 9978.75, and 9978 is read"),
            (json!({ "Count": "5 GB" }), json!({ "Count": null }), ".Count: there is \"5 GB\", and null is read"),
            (json!({ "On": true }), json!({ "On": false }), ".On: there is true, and false is read"),
            (json!({ "Text": { "a": 1 } }), json!({ "Text": "" }), ".Text: there is {\"a\":1}, and \"\" is read"),
            (json!({}), json!({ "Text": "a" }), ".Text: there is nothing, and \"a\" is read"),
            (json!({ "Free": { "x": 1 } }), json!({ "Free": {} }), ".Free.x: there is 1, and null is read"),
            (json!({ "Free": "1" }), json!({ "Free": 1 }), ".Free: there is \"1\", and 1 is read"),
            (json!({ "Map": {} }), json!({ "Map": { "k": 1 } }), ".Map.k: there is nothing, and 1 is read"),
            (
                json!({ "Items": { "Item": [{ "Id": "i" }] } }),
                json!({ "Items": { "Item": [{ "Id": "j" }] } }),
                ".Items.Item[0].Id: there is \"i\", and \"j\" is read",
            ),
            (
                json!({ "Items": { "Item": [{ "Id": "i" }] } }),
                json!({ "Items": { "Item": [] } }),
                ".Items.Item: 1 elements, and 0 are read",
            ),
        ] {
            assert_eq!(found(sample, read), [expected]);
        }
    }
}
