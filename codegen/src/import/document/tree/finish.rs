//! Makes schemas of a tree that was rebuilt, with what only the sample has.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Node, Tree};
use crate::diagnostic::Code;
use crate::import::document::{guess, schema};
use crate::spec::{Field, Schema, Type};

/// What only the sample has, by the line of the row that it is inside of.
type Missing = BTreeMap<usize, Vec<String>>;

impl Tree<'_, '_> {
    /// The schema of all of it, with what only the sample has.
    pub(in crate::import::document) fn finish(mut self) -> Schema {
        let mut missing = Missing::new();
        let schema = self.schema(0, &mut missing);
        for (line, names) in missing {
            let message = format!("only the sample has {}", names.join(", "));
            let help = "their types are those of the sample: find out whether they are right";
            self.findings.note(Code::OnlyInSample, line, "response", message, help);
        }
        schema
    }

    /// Fields that are parameters, each with its schema.
    pub(in crate::import::document) fn finish_fields(self) -> Vec<Field> {
        self.finish().fields
    }

    fn schema(&mut self, node: usize, missing: &mut Missing) -> Schema {
        let Node { mut schema, fields, inner, sample, line, about, .. } = std::mem::take(&mut self.nodes[node]);
        match schema.kind {
            Some(Type::List | Type::Map) => {
                let known = schema.items.take();
                let mut inner = match inner {
                    Some(inner) => self.elements(inner, sample, missing),
                    None => match known {
                        Some(known) => {
                            guess::say_all(&known, &format!("{about}[]"), line, self.findings);
                            *known
                        }
                        None => {
                            let message = format!("nothing tells what is in `{about}`");
                            let help = "`json` was written: find out what it holds";
                            self.findings.note(Code::UnknownTypeWord, line, &about, message, help);
                            Schema { kind: Some(Type::Json), ..Schema::default() }
                        }
                    },
                };
                if inner.fields.is_empty() && inner.kind == Some(Type::Object) {
                    inner.kind = Some(Type::Json);
                }
                let inner = Some(Box::new(inner));
                if schema.kind == Some(Type::List) {
                    schema.items = inner
                } else {
                    schema.entries = inner
                }
                schema.kind = None;
            }
            Some(Type::Object) => {
                // Where the table lists nothing inside, anything may be there, whatever the sample has.
                let sample = sample.filter(|_| !fields.is_empty() || about.is_empty());
                schema.fields = self.fields(&fields, sample, (line, &about), missing);
                schema.kind = Some(Type::Json).filter(|_| schema.fields.is_empty() && !about.is_empty());
            }
            _ => {}
        }
        schema
    }

    /// The elements of a list, whose sample is that of the list.
    fn elements(&mut self, inner: usize, sample: Option<Map<String, Value>>, missing: &mut Missing) -> Schema {
        if self.nodes[inner].sample.is_none() && self.nodes[inner].schema.kind == Some(Type::Object) {
            self.nodes[inner].sample = sample;
        }
        self.schema(inner, missing)
    }

    /// The fields of the rows, and between them those that only the sample has.
    fn fields(
        &mut self,
        nodes: &[usize],
        sample: Option<Map<String, Value>>,
        (line, about): (usize, &str),
        missing: &mut Missing,
    ) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let name = std::mem::take(&mut self.nodes[*node].name);
            fields.push(Field { schema: self.schema(*node, missing), name });
        }
        let mut position = 0;
        for (name, value) in sample.into_iter().flatten() {
            match fields.iter().position(|field| field.name == name) {
                Some(known) => position = known + 1,
                None => {
                    let full = if about.is_empty() { name.clone() } else { format!("{about}.{name}") };
                    let schema = schema::inferred(&name, &value);
                    guess::say_all(&schema, &full, line, self.findings);
                    missing.entry(line).or_default().push(format!("`{full}`"));
                    fields.insert(position, Field { schema, name });
                    position += 1;
                }
            }
        }
        fields
    }
}
