//! An entry of a table as a schema, and what is guessed from its name and its example.

use serde_json::Value as Json;

use super::Options;
use super::findings::Findings;
use super::guess;
use super::meaning::{self, Meaning};
use super::rows::Entry;
use super::types::Shape;
use crate::diagnostic::Code;
use crate::spec::{Schema, Type};

/// The schema of an entry, without what is inside of it.
pub(super) fn of(entry: &Entry, about: &str, options: &Options, findings: &mut Findings<'_>) -> Schema {
    let kind = kind(entry, about, findings);
    let meaning = meaning::read(&entry.description, Some(kind), &entry.example);
    if meaning.lost_values {
        findings.note(
            Code::LostValues,
            entry.line,
            about,
            format!("the values of `{}` are announced, but the text lost them", entry.name),
            "look at the page itself, and add `enum`",
        );
    }
    let mut values = meaning.values.clone();
    if !options.with_descriptions {
        values.iter_mut().for_each(|value| value.description = None);
    }
    let default = Some(entry.default.clone()).filter(|text| !text.is_empty()).or_else(|| meaning.default.clone());
    let description = Some(entry.description.text()).filter(|text| options.with_descriptions && !text.is_empty());
    let is_number = matches!(kind, Type::Integer | Type::Long | Type::Float | Type::Double);
    let bounds = meaning.bounds.clone().filter(|_| is_number);
    let scalar = !matches!(kind, Type::Object | Type::List | Type::Map | Type::Json);
    let mut schema = Schema {
        kind: Some(kind),
        description,
        example: Some(entry.example.clone()).filter(|text| !text.is_empty()),
        default,
        values: if scalar { values } else { Vec::new() },
        minimum: bounds.as_ref().map(|(low, _)| low.clone()),
        maximum: bounds.map(|(_, high)| high),
        deprecated: meaning.deprecated,
        ..Schema::default()
    };
    guess::mark(&entry.name, &mut schema, about, entry.line, findings);
    marks(entry, &meaning, about, findings);
    schema.required = entry.required == Some(true);
    schema
}

/// Sentences against the mark: the mark is kept, and the spec says so.
fn marks(entry: &Entry, meaning: &Meaning, about: &str, findings: &mut Findings<'_>) {
    let (Some(mark), name) = (entry.required, &entry.name) else { return };
    let word = |required| if required { "required" } else { "optional" };
    if let Some(says) = meaning.required.filter(|says| *says != mark) {
        let message = format!("`{name}` is marked {}, but a sentence calls it {}", word(mark), word(says));
        let help = "find out which is right: the mark was kept; `requires` can say that one of several is needed";
        findings.note(Code::ContradictedMark, entry.line, about, message, help);
        findings.remarks.push(format!(
            "{name} is marked {}, but a note of the document calls it {}.",
            word(mark),
            word(says)
        ));
    } else if meaning.required_if && !mark {
        let message = format!("`{name}` is marked optional, and required in some case");
        findings.note(Code::ConditionalMark, entry.line, about, message, "say when in `requires`");
    }
}

/// The type of an entry. What the table does not tell is taken for text.
fn kind(entry: &Entry, about: &str, findings: &mut Findings<'_>) -> Type {
    if let Some(Shape { kind, .. }) = entry.shape {
        return kind;
    }
    let message = if entry.type_text.is_empty() {
        format!("`{}` has no type", entry.name)
    } else {
        format!("`{}` is of the type `{}`, which no spec has", entry.name, entry.type_text)
    };
    findings.note(Code::UnknownTypeWord, entry.line, about, message, "`string` was written: find out what it is");
    Type::String
}

/// A schema from nothing but a value of a sample. What it guesses is not said yet.
pub(super) fn inferred(name: &str, value: &Json) -> Schema {
    let scalar = |kind, text: String| {
        let mut schema =
            Schema { kind: Some(kind), example: Some(text).filter(|text| !text.is_empty()), ..Schema::default() };
        guess::guess(name, &mut schema);
        schema
    };
    match value {
        Json::String(text) => scalar(Type::String, text.clone()),
        Json::Bool(flag) => scalar(Type::Boolean, flag.to_string()),
        Json::Number(number) if number.to_string().parse::<i64>().is_ok() => scalar(Type::Long, number.to_string()),
        Json::Number(number) => scalar(Type::Double, number.to_string()),
        Json::Null => Schema { kind: Some(Type::Json), ..Schema::default() },
        Json::Object(map) if map.is_empty() => Schema { kind: Some(Type::Json), ..Schema::default() },
        Json::Object(map) => Schema {
            fields: map
                .iter()
                .map(|(name, value)| crate::spec::Field { name: name.clone(), schema: inferred(name, value) })
                .collect(),
            ..Schema::default()
        },
        Json::Array(items) => {
            let merged = super::sample_tree::merged(items);
            let items = merged
                .map_or_else(|| Schema { kind: Some(Type::Json), ..Schema::default() }, |value| inferred(name, &value));
            Schema { items: Some(Box::new(items)), ..Schema::default() }
        }
    }
}
