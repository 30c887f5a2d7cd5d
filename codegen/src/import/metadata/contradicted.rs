//! Widens types that a documented sample contradicts, where another type holds both: otherwise the reply would lose what
//! the sample shows.

use serde_json::Value;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Operation, Schema, Type};

/// Widens what the samples of success contradict. Shared types stay as they are: other operations have them too.
pub(super) fn widen(operation: &mut Operation, notes: &mut Notes) {
    let is_success = |status: Option<u16>| status.is_none_or(|status| (200..300).contains(&status));
    for sample in operation.samples.iter().filter(|sample| is_success(sample.status)) {
        if let Some(Ok(value)) = sample.json.as_deref().map(serde_json::from_str::<Value>) {
            walk(&mut operation.response.schema, &value, "response", notes);
        }
    }
}

fn walk(schema: &mut Schema, sample: &Value, about: &str, notes: &mut Notes) {
    if schema.reference.is_some() {
        return;
    }
    match (schema.kind(), sample) {
        (Some(Type::Object), Value::Object(values)) => {
            for field in &mut schema.fields {
                if let Some(value) = values.get(&field.name) {
                    walk(&mut field.schema, value, &field.name, notes);
                }
            }
        }
        (Some(Type::List), Value::Array(values)) => {
            if let Some(items) = schema.items.as_deref_mut() {
                values.iter().for_each(|value| walk(items, value, about, notes));
            }
        }
        (Some(Type::Map), Value::Object(values)) => {
            if let Some(entries) = schema.entries.as_deref_mut() {
                values.values().for_each(|value| walk(entries, value, about, notes));
            }
        }
        (Some(Type::Map), other) if !other.is_null() && is_free(schema) => {
            notes.say(
                Code::TypeGuessed,
                about,
                format!("a sample shows `{about}` as no object: taken as free-form JSON"),
            );
            schema.entries = None;
            schema.kind = Some(Type::Json);
        }
        (Some(Type::Integer | Type::Long), Value::Number(number))
            if number.as_f64().is_some_and(|number| number.fract() != 0.0) =>
        {
            notes.say(Code::TypeGuessed, about, format!("a sample shows `{about}` with a fraction: taken as `double`"));
            schema.kind = Some(Type::Double);
        }
        _ => {}
    }
}

/// Whether nothing is said of the values of a map.
fn is_free(schema: &Schema) -> bool {
    schema.entries.as_deref().is_some_and(|entries| entries.reference.is_none() && entries.kind() == Some(Type::Json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sample_contradicts_becomes_a_type_that_holds_both() {
        let text = "format: 1\nsummary: Gets.\nresponse:\n  fields:\n    - { name: Rows, items: { entries: { type: json } } }\n    \
                    - { name: Time, type: long }\n    - { name: Count, type: long }\n    - { name: Kept, entries: { type: json } }\n\
                    samples:\n  - json: '{ \"Rows\": [[1]], \"Time\": 0.002, \"Count\": 5, \"Kept\": {} }'\n";
        let mut operation: Operation = serde_yaml::from_str(text).expect("a spec");
        let mut notes = Notes::new("GetX.json");
        widen(&mut operation, &mut notes);
        let kinds: Vec<Option<Type>> =
            operation.response.schema.fields.iter().map(|field| field.schema.kind()).collect();
        assert_eq!(kinds, [Some(Type::List), Some(Type::Double), Some(Type::Long), Some(Type::Map)]);
        let rows = operation.response.schema.fields[0].schema.items.as_deref().expect("elements");
        assert_eq!(rows.kind(), Some(Type::Json));
        let said: Vec<&str> = notes.found.iter().map(|note| note.about.as_str()).collect();
        assert_eq!(said, ["Rows", "Time"]);
    }
}
