//! What the documents say about a value beside its type: example, default, bounds.

use serde_json::Value;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Holds, Schema, Type};

use super::super::json::{self, Object};

/// Reads them into the schema. What contradicts the type is left out, but for examples, which the check judges.
pub(super) fn read(from: &Object, schema: &mut Schema, about: &str, notes: &mut Notes) {
    schema.deprecated = json::is_true(from, "deprecated");
    schema.example = json::printed(from.get("example")).filter(|example| !example.trim().is_empty());
    if schema.kind() == Some(Type::String) {
        if schema.example.as_deref().is_some_and(is_json) {
            schema.holds = Some(Holds::Json);
        }
        if json::is_true(from, "isFileTransferUrl") {
            schema.holds = Some(Holds::Link);
        }
    }
    schema.default =
        json::printed(from.get("default")).and_then(|default| kept("default", default, schema, about, notes));
    schema.minimum = json::printed(from.get("minimum")).and_then(|bound| kept("minimum", bound, schema, about, notes));
    schema.maximum = json::printed(from.get("maximum")).and_then(|bound| kept("maximum", bound, schema, about, notes));
    let length = |least: &str, most: &str| {
        let (least, most) = (count(from.get(least)), count(from.get(most)));
        (least.is_some() || most.is_some())
            .then(|| format!("{}..{}", least.unwrap_or_default(), most.unwrap_or_default()))
    };
    schema.length = match schema.kind() {
        Some(Type::String) => length("minLength", "maxLength"),
        Some(Type::List) => length("minItems", "maxItems"),
        _ => None,
    };
    schema.pattern = json::text(from, "pattern").filter(|pattern| !pattern.is_empty()).map(str::to_owned);
}

/// A default or a bound, if it is a value of the type.
fn kept(key: &str, value: String, schema: &Schema, about: &str, notes: &mut Notes) -> Option<String> {
    let is_bound = key != "default";
    let fits = match schema.kind() {
        _ if value.is_empty() => false,
        Some(Type::Integer | Type::Long) => value.parse::<i128>().is_ok(),
        Some(Type::Float | Type::Double) => value.parse::<f64>().is_ok_and(f64::is_finite),
        Some(Type::Boolean) => !is_bound && matches!(value.as_str(), "true" | "false"),
        Some(Type::List) => !is_bound && serde_json::from_str::<Value>(&value).is_ok_and(|value| value.is_array()),
        Some(Type::Object | Type::Map) => {
            !is_bound && serde_json::from_str::<Value>(&value).is_ok_and(|value| value.is_object())
        }
        _ => !is_bound,
    };
    if !fits {
        let what = format!("the {key} {value:?} of `{about}` is no value of its type: dropped");
        notes.say(Code::DefaultDropped, about, what);
    }
    fits.then_some(value)
}

fn count(value: Option<&Value>) -> Option<String> {
    json::printed(value).filter(|text| text.parse::<u64>().is_ok())
}

/// Whether a text is an object or a list of JSON.
fn is_json(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
