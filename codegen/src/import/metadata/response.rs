//! What an operation answers.

use crate::diagnostic::Code;
use crate::spec::{Field, Response, ResponseKind, Schema, Type};

use super::guess;
use super::json::{self, Object};
use super::parameters::header_name;
use super::schema::Reader;

/// The reply of a success.
pub(super) fn read(api: &Object, reader: &mut Reader<'_>) -> Response {
    let empty = Object::new();
    let all = json::object(api, "responses").unwrap_or(&empty);
    let mut statuses: Vec<(u16, &Object)> = Vec::new();
    for (key, value) in all {
        let reply = value.as_object();
        match (key.parse::<u16>(), reply) {
            (Ok(status @ 100..=599), Some(reply)) => statuses.push((status, reply)),
            _ if matches!(key.to_ascii_lowercase().as_str(), "1xx" | "2xx" | "3xx" | "4xx" | "5xx" | "default") => {
                if let ("2xx" | "default", Some(reply)) = (key.to_ascii_lowercase().as_str(), reply) {
                    statuses.push((200, reply));
                }
            }
            _ => {
                let what = format!("`{key}` is listed among the statuses of replies: dropped");
                reader.notes.say(Code::StatusDropped, "response", what);
            }
        }
    }
    statuses.sort_by_key(|(status, _)| *status);
    let has_schema = |reply: &&Object| json::object(reply, "schema").is_some_and(|schema| !schema.is_empty());
    let good = |from: u16, to: u16| statuses.iter().filter(move |(status, _)| (from..to).contains(status));
    let chosen = good(200, 300).find(|(_, reply)| has_schema(reply)).or_else(|| good(200, 300).next());
    if let (None, Some((status, _))) = (chosen, good(300, 400).next()) {
        reader.notes.say(Code::ResponseGuessed, "response", format!("the only success is the redirect {status}"));
    }
    let Some((status, reply)) = chosen.or_else(|| good(300, 400).next()) else {
        reader.notes.say(
            Code::ResponseGuessed,
            "response",
            "no reply of a success is documented: it is taken as empty",
        );
        return Response { kind: Some(ResponseKind::None), ..Response::default() };
    };
    let mut response = body(api, reply, reader);
    response.headers = headers(reply, reader);
    if *status >= 300 {
        response.status = vec![*status];
    }
    response
}

/// The kind of the body, and its schema.
fn body(api: &Object, reply: &Object, reader: &mut Reader<'_>) -> Response {
    let produces = |word: &str| json::texts(api, "produces").any(|kind| kind.to_ascii_lowercase().contains(word));
    let streams =
        produces("event-stream") || json::texts(api, "schemes").any(|scheme| scheme.eq_ignore_ascii_case("sse"));
    let none = || Response { kind: Some(ResponseKind::None), ..Response::default() };
    let Some(from) = json::object(reply, "schema").filter(|schema| !schema.is_empty()) else { return none() };
    let mut schema = reader.read(from, "");
    let is_free = schema.entries.as_deref() == Some(&free()) && !from.contains_key("additionalProperties");
    if is_free && !streams {
        reader.notes.say(
            Code::ResponseGuessed,
            "response",
            "the reply is an object with nothing in it: it is taken as empty",
        );
        return none();
    }
    let kind = match schema.kind() {
        _ if streams => Some(ResponseKind::Events),
        Some(Type::String) if matches!(json::text(from, "format"), Some("binary" | "byte")) => {
            schema = Schema { kind: Some(Type::Binary), description: schema.description, ..Schema::default() };
            Some(ResponseKind::Binary)
        }
        Some(Type::String) => Some(ResponseKind::Text),
        _ if produces("xml") && !produces("json") => Some(ResponseKind::Xml),
        _ => None,
    };
    if let Some(kind) = kind {
        let what = format!("the body of the reply is taken as {}", format!("{kind:?}").to_lowercase());
        reader.notes.say(Code::ResponseGuessed, "response", what);
    }
    (schema.required, schema.default) = (false, None);
    Response { kind, schema, ..Response::default() }
}

fn free() -> Schema {
    Schema { kind: Some(Type::Json), ..Schema::default() }
}

/// The headers of a reply. Upper and lower case are the same in their names.
fn headers(reply: &Object, reader: &mut Reader<'_>) -> Vec<Field> {
    let mut headers: Vec<Field> = Vec::new();
    for (name, header) in json::object(reply, "headers").into_iter().flatten() {
        let about = format!("headers.{name}");
        let Some(name) = header_name(name, &about, reader.notes) else { continue };
        if headers.iter().any(|other| other.name.eq_ignore_ascii_case(&name)) {
            reader.notes.say(Code::JunkDropped, &about, format!("the header `{name}` is there twice: dropped"));
            continue;
        }
        let Some(header) = header.as_object() else { continue };
        let mut schema = reader.read(json::object(header, "schema").unwrap_or(header), &about);
        if schema.kind == Some(Type::Json) {
            schema.kind = Some(Type::String);
        }
        guess::sensitive::mark(&name, &mut schema, &about, reader.notes);
        headers.push(Field { name, schema });
    }
    headers
}
