//! What a value looks like: the JSON Schema of the metadata becomes that of the format.

mod facts;
mod values;

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Field, Schema, Type};

use super::json::{self, Object};
use super::{Options, guess, text};

/// How deep values may be nested. The deepest that is published has 28 levels.
const DEEPEST: usize = 36;

/// Which way a value goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Direction {
    /// In a request.
    Sent,
    /// In a reply.
    Received,
    /// In both: a shared type.
    Both,
}

/// Reads schemas of one operation or product.
pub(super) struct Reader<'a> {
    /// The shared types that are there.
    pub(super) known: &'a BTreeSet<&'a str>,
    pub(super) options: &'a Options,
    pub(super) notes: &'a mut Notes,
    pub(super) direction: Direction,
}

impl Reader<'_> {
    /// The schema of a parameter, a reply or a shared type. `about` is what an acknowledgement calls it.
    pub(super) fn read(&mut self, from: &Object, about: &str) -> Schema {
        self.schema(from, about, 0)
    }

    fn schema(&mut self, from: &Object, about: &str, depth: usize) -> Schema {
        let mut schema = Schema::default();
        self.shape(from, &mut schema, about, depth);
        if schema.kind.is_some() || schema.reference.is_some() || schema.kind() == Some(Type::List) {
            values::read(from, &mut schema, about, self.notes, self.options);
        }
        facts::read(from, &mut schema, about, self.notes);
        if self.options.descriptions {
            schema.description = text::of(json::text(from, "description"), json::text(from, "title"));
        }
        schema
    }

    /// The type and its parts.
    fn shape(&mut self, from: &Object, schema: &mut Schema, about: &str, depth: usize) {
        let reference = json::text(from, "$ref").or_else(|| json::text(from, "ref"));
        if let Some(reference) = reference {
            let name = reference.rsplit('/').next().unwrap_or(reference);
            if self.known.contains(name) {
                schema.reference = Some(name.to_owned());
            } else {
                let what =
                    format!("`{about}` refers to `{reference}`, which is not there: it is taken as free-form JSON");
                self.notes.say(Code::DanglingReference, about, what);
                schema.kind = Some(Type::Json);
            }
            return;
        }
        let properties = json::object(from, "properties").filter(|properties| !properties.is_empty());
        let items = json::object(from, "items");
        let entries = from.get("additionalProperties");
        let written = json::text(from, "type");
        let kind = written.or_else(|| {
            let told = properties.map(|_| "object").or(items.map(|_| "array")).or(entries.map(|_| "object"));
            let taken = told.unwrap_or("any");
            let what = format!(
                "`{about}` has no type: it is taken as {}",
                if told.is_some() { taken } else { "free-form JSON" }
            );
            self.notes.say(Code::TypeGuessed, about, what);
            Some(taken)
        });
        if depth >= DEEPEST && matches!(kind, Some("object" | "array")) {
            self.notes.say(
                Code::TooDeep,
                about,
                format!("`{about}` is nested too deep: it is taken as free-form JSON"),
            );
            schema.kind = Some(Type::Json);
            return;
        }
        let format = json::text(from, "format").unwrap_or_default();
        match kind.unwrap_or_default() {
            "object" => {
                let entries = entries.and_then(|entries| entries.as_object()).filter(|entries| !entries.is_empty());
                match (properties, entries) {
                    (Some(properties), _) => schema.fields = self.fields(properties, about, depth),
                    (None, Some(entries)) => {
                        schema.entries = Some(Box::new(self.schema(entries, &format!("{about}{{}}"), depth + 1)));
                    }
                    (None, None) => {
                        schema.entries = Some(Box::new(Schema { kind: Some(Type::Json), ..Schema::default() }));
                    }
                }
                if schema.fields.is_empty() && schema.entries.is_none() {
                    schema.kind = Some(Type::Json);
                }
                return;
            }
            "array" => {
                if properties.is_some() {
                    self.junk(about, "properties", "array");
                }
                let inner = match items.filter(|items| !items.is_empty()) {
                    Some(items) => self.schema(items, &format!("{about}[]"), depth + 1),
                    None => {
                        let what =
                            format!("`{about}` is a list that does not tell of what: its items are free-form JSON");
                        self.notes.say(Code::ItemsMissing, about, what);
                        Schema { kind: Some(Type::Json), ..Schema::default() }
                    }
                };
                schema.items = Some(Box::new(inner));
                return;
            }
            "string" => schema.kind = Some(Type::String),
            "boolean" => schema.kind = Some(Type::Boolean),
            "integer" if format == "int64" => schema.kind = Some(Type::Long),
            "integer" => schema.kind = Some(Type::Integer),
            "number" if format == "float" => schema.kind = Some(Type::Float),
            "number" => schema.kind = Some(Type::Double),
            "any" => schema.kind = Some(Type::Json),
            other => {
                let what =
                    format!("`{about}` has the type `{other}`, which nobody knows: it is taken as free-form JSON");
                self.notes.say(Code::TypeGuessed, about, what);
                schema.kind = Some(Type::Json);
            }
        }
        for (key, there) in [("properties", properties.is_some()), ("items", items.is_some())] {
            if there {
                self.junk(about, key, kind.unwrap_or_default());
            }
        }
    }

    fn junk(&mut self, about: &str, key: &str, kind: &str) {
        self.notes.say(
            Code::JunkDropped,
            about,
            format!("`{about}` is of type {kind} and has {key} all the same: dropped"),
        );
    }

    fn fields(&mut self, properties: &Object, about: &str, depth: usize) -> Vec<Field> {
        let prefix = if about.is_empty() { String::new() } else { format!("{about}.") };
        let mut fields: Vec<Field> = Vec::with_capacity(properties.len());
        for (name, property) in properties {
            let about = format!("{prefix}{name}");
            let Some(name) = clean_name(name, &about, self.notes) else { continue };
            let Some(property) = property.as_object() else {
                self.notes.say(Code::JunkDropped, &about, format!("`{about}` has no schema: dropped"));
                continue;
            };
            if fields.iter().any(|other| other.name == name) {
                self.notes.say(Code::JunkDropped, &about, format!("`{about}` is there twice: dropped"));
                continue;
            }
            let mut schema = self.schema(property, &about, depth + 1);
            schema.required = self.direction == Direction::Sent && json::is_true(property, "required");
            guess::sensitive::mark(&name, &mut schema, &about, self.notes);
            fields.push(Field { name, schema });
        }
        fields
    }
}

/// A name as it can be on the wire, or nothing.
pub(super) fn clean_name(name: &str, about: &str, notes: &mut Notes) -> Option<String> {
    let clean: String = name.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
    if clean.is_empty() {
        notes.say(Code::NameMended, about, format!("{name:?} cannot be a name: dropped"));
        return None;
    }
    if clean != name {
        notes.say(Code::NameMended, about, format!("{name:?} cannot be a name: it is taken as `{clean}`"));
    }
    Some(clean)
}
