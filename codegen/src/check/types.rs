//! Checks one schema: its type, its parts, its values, its origin.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::read::Node;
use crate::spec::{From, Schema, Type};

use super::visit::Visited;
use super::{Context, Problem};

pub(super) fn check(visited: &Visited<'_>, context: &mut Context<'_>) {
    shape(visited, context);
    parts(visited, context);
    values(visited, context);
    origin(visited.schema.from.as_ref(), visited.node, &visited.about, context);
    if visited.schema.sensitive && visited.schema.kind().is_some_and(|kind| kind != Type::String) {
        let problem = Problem::new("only text can be sensitive", "would print", "mark the texts in it instead");
        context.report(Code::WrongShape, visited.node.at("sensitive"), &visited.about, problem);
    }
    if visited.schema.unwrap == Some(true) {
        let problem = Problem::new("`unwrap: true` says what is so without it", "says nothing", "take it out");
        context.report(Code::StaleOverride, visited.node.at("unwrap"), &visited.about, problem);
    }
}

/// The type and the keys that go with it.
fn shape(visited: &Visited<'_>, context: &mut Context<'_>) {
    let Visited { schema, node, about } = visited;
    if let Some(reference) = &schema.reference {
        if !context.product.product.types.contains_key(reference) {
            let known: Vec<&str> = context.product.product.types.keys().map(String::as_str).collect();
            let help = if known.is_empty() {
                "product.yaml has no `types`; write the type here, or `type: json` for anything".to_owned()
            } else {
                crate::read::suggest(reference, &known)
            };
            let problem = Problem::new(format!("there is no shared type `{reference}`"), "unknown type", help);
            context.report(Code::UnknownType, node.at("ref"), about, problem);
        }
        if context
            .product
            .product
            .follow(schema)
            .reference
            .as_ref()
            .is_some_and(|last| context.product.product.types.contains_key(last))
        {
            let problem = Problem::new(
                format!("the shared type `{reference}` is nothing but a name for itself"),
                "never ends",
                "write what it is, or `type: json` if it can be anything",
            );
            context.report(Code::UnknownType, node.at("ref"), about, problem);
        }
        if schema.kind().is_some() {
            let problem =
                Problem::new("a `ref` stands in place of a type", "has a type as well", "keep one of the two");
            context.report(Code::WrongShape, node.at("ref"), about, problem);
        }
        return;
    }
    let Some(kind) = schema.kind() else {
        let help = "add `type`, or `fields`, `items` or `entries`";
        context.report(Code::MissingKey, node, about, Problem::new("`type` is missing", "of what type is it?", help));
        return;
    };
    let keys = [
        ("fields", !schema.fields.is_empty(), kind == Type::Object),
        ("items", schema.items.is_some(), kind == Type::List),
        ("entries", schema.entries.is_some(), kind == Type::Map),
    ];
    for (key, there, belongs) in keys {
        let word = word(kind);
        if there && !belongs {
            let problem = Problem::new(
                format!("`{key}` does not go with `type: {word}`"),
                format!("not for {word}"),
                format!("take `{key}` out, or mend the type"),
            );
            context.report(Code::WrongShape, node.at(key), about, problem);
        }
        if !there && belongs {
            let help = format!("add `{key}`, or write `type: json` if it can be anything");
            let problem = Problem::new(format!("`type: {word}` wants `{key}`"), format!("without `{key}`"), help);
            context.report(Code::WrongShape, node.at("type"), about, problem);
        }
    }
}

/// Reports `certain` where nothing is: in what may be sent as well, and in headers.
pub(super) fn not_certain(schema: &Schema, node: &Node, about: &str, context: &mut Context<'_>) {
    if schema.certain {
        let problem =
            Problem::new("only the fields of a response of its own can be certain", "says nothing here", "take it out");
        context.report(Code::StaleOverride, node.at("certain"), about, problem);
    }
}

/// Fields and values that are there twice.
fn parts(visited: &Visited<'_>, context: &mut Context<'_>) {
    let Visited { schema, node, about } = visited;
    let mut seen = HashSet::new();
    for (index, field) in schema.fields.iter().enumerate() {
        name(&field.name, node.element("fields", index), about, context);
        if !seen.insert(&field.name) {
            let name = &field.name;
            let problem = Problem::new(
                format!("there are two fields `{name}`"),
                "the second one",
                "keep one of them; if they differ, find out which is right",
            );
            let place = node.element("fields", index);
            context.report(Code::Duplicate, place.at("name"), &format!("{about}.{name}"), problem);
        }
    }
    let mut seen = HashSet::new();
    for (index, value) in schema.values.iter().enumerate() {
        if !seen.insert(&value.value) {
            let problem = Problem::new(
                format!("the value `{}` is listed twice", value.value),
                "the second one",
                "keep one of them",
            );
            let place = node.element("enum", index);
            context.report(Code::Duplicate, place.at("value"), about, problem);
        }
    }
}

/// Reports a name that cannot be one on the wire.
pub(super) fn name(name: &str, node: &Node, about: &str, context: &mut Context<'_>) {
    if name.is_empty() || name.trim() != name || name.chars().any(char::is_control) {
        let problem = Problem::new(
            format!("{name:?} cannot be a name"),
            "empty, or with white space or control characters",
            "write the name exactly as it is on the wire",
        );
        context.report(Code::BadName, node.at("name"), about, problem);
    }
}

/// Example, default and bounds against the value list, against the type and against themselves.
fn values(visited: &Visited<'_>, context: &mut Context<'_>) {
    let Visited { schema, node, about } = visited;
    for (key, value) in [("example", &schema.example), ("default", &schema.default)] {
        let Some(value) = value else { continue };
        if !schema.values.is_empty() && !schema.values.iter().any(|known| known.value == *value) {
            let problem = Problem::new(
                format!("the {key} `{value}` is not one of the documented values"),
                "not in the list",
                format!("add it to `enum`, or mend the {key}"),
            );
            context.report(Code::ExampleNotListed, node.at(key), about, problem);
        }
    }
    let bounds = [("minimum", &schema.minimum), ("maximum", &schema.maximum)];
    for (key, value) in [("example", &schema.example), ("default", &schema.default)].into_iter().chain(bounds) {
        let misfit = value.as_ref().filter(|value| !fits(schema.kind(), value));
        if let Some(value) = misfit {
            let word = schema.kind().map_or("", word);
            let problem = Problem::new(
                format!("the {key} `{value}` is no {word}"),
                format!("expected a {word}"),
                format!("mend the type or the {key}"),
            );
            context.report(Code::ValueMisfit, node.at(key), about, problem);
        }
    }
    if let Some(example) = schema.example.as_ref().filter(|example| looks_like_a_format(example)) {
        let problem = Problem::new(
            format!("the example `{example}` is a format, not a value"),
            "nobody sends this",
            "write a value in that format",
        );
        context.report(Code::ExampleIsFormat, node.at("example"), about, problem);
    }
}

/// Whether a text is a value of a type. Documents mask digits with stars.
fn fits(kind: Option<Type>, value: &str) -> bool {
    let digits = value.replace('*', "0");
    match kind {
        Some(Type::Integer | Type::Long) => digits.parse::<i128>().is_ok(),
        Some(Type::Float | Type::Double) => digits.parse::<f64>().is_ok(),
        Some(Type::Boolean) => matches!(value.to_ascii_lowercase().as_str(), "true" | "false"),
        _ => true,
    }
}

/// `yyyy-MM-dd HH:mm:ss` and its like.
fn looks_like_a_format(example: &str) -> bool {
    let letters = example.to_lowercase();
    letters.contains("yyyy") && letters.contains("mm") && !example.bytes().any(|byte| byte.is_ascii_digit())
}

/// Sources that are not there, and origins of keys that are not there.
pub(super) fn origin(from: Option<&From>, node: &Node, about: &str, context: &mut Context<'_>) {
    let at_from = node.at("from");
    match from {
        None => {}
        Some(From::All(source)) => known_source(source, at_from, about, context),
        Some(From::Keys(keys)) => {
            for (key, source) in keys {
                let at_key = at_from.at(key);
                known_source(source, at_key, about, context);
                if node.get(key).is_none() {
                    let problem = Problem::new(
                        format!("`from` tells the origin of `{key}`, which is not there"),
                        "not a key of this",
                        format!("add `{key}`, or take its origin out"),
                    );
                    context.report(Code::UnknownSource, at_key, about, problem);
                }
            }
        }
    }
}

/// Reports a source that the product does not list.
pub(super) fn known_source(source: &str, node: &Node, about: &str, context: &mut Context<'_>) {
    let sources = &context.product.product.sources;
    if !sources.contains_key(source) {
        let known: Vec<&str> = sources.keys().map(String::as_str).collect();
        let help = crate::read::suggest(source, &known);
        let problem = Problem::new(format!("product.yaml lists no source `{source}`"), "unknown source", help);
        context.report(Code::UnknownSource, node, about, problem);
    }
}

fn word(kind: Type) -> &'static str {
    match kind {
        Type::String => "string",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Long => "long",
        Type::Float => "float",
        Type::Double => "double",
        Type::Object => "object",
        Type::List => "list",
        Type::Map => "map",
        Type::Json => "json",
        Type::Binary => "binary",
    }
}

/// Whether a type is one value rather than a structure.
pub(crate) fn is_scalar(schema: &Schema) -> bool {
    !matches!(schema.kind(), Some(Type::Object | Type::List | Type::Map | Type::Json) | None)
}
