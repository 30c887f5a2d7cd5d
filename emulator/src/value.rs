//! Whether values fit their types.

use alicloud_codegen::spec::{Product, Schema, Type};
use serde_json::Value;

/// What is wrong with a value, and where: the name of the parameter and the way down from it.
#[derive(Debug, PartialEq)]
pub(crate) enum Problem {
    /// A required part is not there.
    Missing(String),
    /// It is not of its type.
    Invalid(String),
}

/// Whether the text of a parameter fits: whole numbers in decimal and in range, `true` and `false` in any case,
/// JSON for whatever has parts. Every text is a string.
pub(crate) fn text_fits(text: &str, schema: &Schema) -> bool {
    match schema.kind() {
        Some(Type::Boolean) => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        Some(Type::Integer) => whole(text).is_some_and(|number| in_range(number, schema)),
        Some(Type::Long) => whole(text).is_some(),
        Some(Type::Float | Type::Double) => is_number(text),
        Some(Type::Object | Type::List | Type::Map | Type::Json) => serde_json::from_str::<Value>(text).is_ok(),
        Some(Type::String | Type::Binary) | None => true,
    }
}

fn whole(text: &str) -> Option<i64> {
    // `parse` takes a plus sign, the service does not.
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

/// 32 bits, unless the documents themselves allow more.
fn in_range(number: i64, schema: &Schema) -> bool {
    let bound = |text: &Option<String>| text.as_deref().and_then(whole);
    let largest = bound(&schema.maximum).unwrap_or_default().max(i32::MAX.into());
    let smallest = bound(&schema.minimum).unwrap_or_default().min(i32::MIN.into());
    (smallest..=largest).contains(&number)
}

fn is_number(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    plain && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether JSON fits. Scalars may be written as text, as many clients do; null counts as absent.
pub(crate) fn json_fits(name: &str, value: &Value, schema: &Schema, product: &Product) -> Result<(), Problem> {
    let schema = product.follow(schema);
    let invalid = || Err(Problem::Invalid(name.to_owned()));
    match (schema.kind(), value) {
        (_, Value::Null) | (Some(Type::Json) | None, _) => Ok(()),
        (Some(Type::Object), Value::Object(object)) => {
            for field in &schema.fields {
                let below = below(name, &field.name);
                match object.get(&field.name) {
                    None | Some(Value::Null) if field.schema.required => return Err(Problem::Missing(below)),
                    None => {}
                    Some(value) => json_fits(&below, value, &field.schema, product)?,
                }
            }
            Ok(())
        }
        (Some(Type::List), Value::Array(items)) => {
            let each = schema.items.as_deref();
            let mut numbered = items.iter().zip(1..);
            numbered.try_for_each(|(item, index)| match each {
                Some(each) => json_fits(&below(name, &index.to_string()), item, each, product),
                None => Ok(()),
            })
        }
        (Some(Type::Map), Value::Object(object)) => object.iter().try_for_each(|(key, value)| match &schema.entries {
            Some(each) => json_fits(&below(name, key), value, each, product),
            None => Ok(()),
        }),
        (Some(Type::Object | Type::List | Type::Map), _) | (_, Value::Array(_) | Value::Object(_)) => invalid(),
        (Some(Type::String | Type::Binary), _) => Ok(()),
        (_, Value::String(text)) if text_fits(text, schema) => Ok(()),
        (_, Value::String(_)) => invalid(),
        (_, scalar) if text_fits(&scalar.to_string(), schema) => Ok(()),
        _ => invalid(),
    }
}

fn below(name: &str, part: &str) -> String {
    if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: Type) -> Schema {
        Schema { kind: Some(kind), ..Schema::default() }
    }

    #[test]
    fn judges_texts() {
        for (kind, good, bad) in [
            (Type::String, &["", "x", "1"][..], &[][..]),
            (Type::Boolean, &["true", "false", "True", "FALSE"], &["", "1", "yes", " true"]),
            (Type::Integer, &["0", "-1", "007", "2147483647"], &["", "1.0", "+1", " 1", "2147483648", "0x1", "1e3"]),
            (Type::Long, &["9223372036854775807", "-9223372036854775808"], &["9223372036854775808", "1_0", "１"]),
            (Type::Double, &["1", "-1.5", "1e+20"], &["", "NaN", "inf", "1e999", "1,5", "."]),
            (Type::Json, &["1", "[]", "{\"a\": null}"], &["", "{", "[1,]"]),
        ] {
            for text in good {
                assert!(text_fits(text, &of(kind)), "{kind:?} {text}");
            }
            for text in bad {
                assert!(!text_fits(text, &of(kind)), "{kind:?} {text}");
            }
        }
        let wide = Schema { maximum: Some("4294967296".to_owned()), ..of(Type::Integer) };
        assert!(text_fits("4294967296", &wide) && !text_fits("4294967297", &wide));
    }
}
