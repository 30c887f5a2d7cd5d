//! The parameters of an operation.

use serde_json::Value;

use crate::check::is_scalar;
use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Location, Parameter, ParameterStyle, Schema, Type};

use super::guess;
use super::json::{self, Object};
use super::schema::{Reader, clean_name};

/// Reads them in the order of the document.
pub(super) fn read(list: &[Value], reader: &mut Reader<'_>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::with_capacity(list.len());
    for from in list.iter().filter_map(Value::as_object) {
        let Some(parameter) = one(from, reader) else { continue };
        if parameter.location == Location::Body && parameters.iter().any(|other| other.location == Location::Body) {
            let what = format!("`{}` is a second body: dropped", parameter.name);
            reader.notes.say(Code::ParameterDropped, &parameter.name, what);
            continue;
        }
        let same = |other: &&mut Parameter| other.name == parameter.name && other.location == parameter.location;
        match parameters.iter_mut().find(same) {
            Some(first) => {
                let differs = if *first == parameter { "" } else { ", and not in the same way" };
                let what = format!("`{}` is listed twice{differs}: merged", parameter.name);
                reader.notes.say(Code::ParameterMerged, &parameter.name, what);
                merge(&mut first.schema, parameter.schema);
            }
            None => parameters.push(parameter),
        }
    }
    parameters
}

/// What the second one knows and the first does not; required if one of them is.
fn merge(first: &mut Schema, second: Schema) {
    first.required |= second.required;
    first.example = first.example.take().or(second.example);
    first.default = first.default.take().or(second.default);
    first.description = first.description.take().or(second.description);
    if first.values.is_empty() {
        first.values = second.values;
    }
}

fn one(from: &Object, reader: &mut Reader<'_>) -> Option<Parameter> {
    let name = json::text(from, "name").unwrap_or_default();
    let mut name = clean_name(name, name, reader.notes)?;
    let about = format!("parameters.{name}");
    let location = match json::text(from, "in").unwrap_or_default() {
        "query" => Location::Query,
        "formData" => Location::Form,
        "path" => Location::Path,
        "header" => Location::Header,
        "body" => Location::Body,
        "host" => Location::Host,
        other => {
            let what = format!("`{name}` is in `{other}`, which cannot be sent: dropped");
            reader.notes.say(Code::ParameterDropped, &about, what);
            return None;
        }
    };
    if location == Location::Header {
        name = header_name(&name, &about, reader.notes)?;
    }
    let empty = Object::new();
    let schema_from = json::object(from, "schema").unwrap_or(&empty);
    let written = json::text(from, "style");
    let mut schema = reader.read(schema_from, &about);
    schema.required = json::is_true(schema_from, "required") || json::is_true(from, "required");
    // A reference without a style can only be to a plain value, unless it is the body.
    let refers = schema_from.contains_key("$ref");
    if refers && schema.kind == Some(Type::Json) && written.is_none() && location != Location::Body {
        schema.kind = Some(Type::String);
        let what = format!("`{about}` has no style, so what it refers to is a plain value: it is taken as text");
        reader.notes.say(Code::TypeGuessed, &about, what);
    }
    let is_bytes = matches!(json::text(schema_from, "format"), Some("binary" | "byte"));
    if location == Location::Body && is_bytes && json::text(schema_from, "type") == Some("string") {
        schema.kind = Some(Type::Binary);
        (schema.holds, schema.values) = (None, Vec::new());
    }
    if matches!(location, Location::Path | Location::Host) && !schema.required {
        schema.required = true;
        let place = if location == Location::Path { "path" } else { "host" };
        let what = format!("`{name}` is in the {place}, which is broken without it: it is required");
        reader.notes.say(Code::MadeRequired, &about, what);
    }
    let style = style(written, &schema, location, &about, reader.notes);
    guess::sensitive::mark(&name, &mut schema, &about, reader.notes);
    Some(Parameter { name, location, style, fill: None, schema })
}

/// The style, where the value is one that has any.
fn style(
    written: Option<&str>,
    schema: &Schema,
    location: Location,
    about: &str,
    notes: &mut Notes,
) -> Option<ParameterStyle> {
    let is_plain = is_scalar(schema) && schema.kind().is_some();
    let joins = schema.items.as_deref().is_some_and(is_scalar);
    if is_plain {
        if let Some(written) = written.filter(|written| !matches!(*written, "json" | "simple")) {
            notes.say(
                Code::StyleMended,
                about,
                format!("`{about}` is a plain value, so the style {written} is dropped"),
            );
        }
        return None;
    }
    let mut mended = |why: &str| {
        notes.say(Code::StyleMended, about, format!("`{about}` {why}: it is sent as JSON"));
        Some(ParameterStyle::Json)
    };
    match written {
        Some("json") => Some(ParameterStyle::Json),
        Some("xml") if location == Location::Body => Some(ParameterStyle::Xml),
        Some("flat" | "repeatList") if location == Location::Body => mended("is the body, which cannot be flat"),
        Some("flat") => Some(ParameterStyle::Flat),
        Some("repeatList") => Some(ParameterStyle::RepeatList),
        Some("simple") if joins => Some(ParameterStyle::Simple),
        Some("simple") => mended("is said to be joined by commas, and is no list of plain values"),
        Some(other) => mended(&format!("has the style `{other}`, which nobody knows")),
        None if location == Location::Body => Some(ParameterStyle::Json),
        None => None,
    }
}

/// The name of a header as it can be sent. Documents print other dashes.
pub(super) fn header_name(name: &str, about: &str, notes: &mut Notes) -> Option<String> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let dashed: String =
        name.chars().map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c }).collect();
    let clean: String = dashed.chars().filter(|c| is_token(*c)).collect();
    if clean.is_empty() {
        notes.say(Code::NameMended, about, format!("no header can be called {name:?}: dropped"));
        return None;
    }
    if clean != name {
        notes.say(Code::NameMended, about, format!("no header can be called {name:?}: it is taken as `{clean}`"));
    }
    Some(clean)
}
