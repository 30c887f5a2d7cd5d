//! The shared types of a product.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Schema, Type};

use super::Options;
use super::json::Object;
use super::schema::{Direction, Reader};

/// The shared types, each of which is something in the end.
pub(super) fn read(
    components: &BTreeMap<String, Object>,
    known: &BTreeSet<&str>,
    options: &Options,
    notes: &mut Notes,
) -> BTreeMap<String, Schema> {
    let one = |(name, schema): (&String, &Object)| {
        let mut reader = Reader { known, options, notes, direction: Direction::Both };
        (name.clone(), reader.read(schema, &format!("types.{name}")))
    };
    let mut types = components.iter().map(one).collect();
    end(&mut types, notes);
    types
}

/// Makes free-form JSON of types that are nothing but names for one another in a circle.
fn end(types: &mut BTreeMap<String, Schema>, notes: &mut Notes) {
    // Types of which it is known where they lead: each is looked at once.
    let mut settled: BTreeSet<String> = BTreeSet::new();
    let mut endless: BTreeSet<String> = BTreeSet::new();
    for start in types.keys() {
        let mut way: Vec<&String> = Vec::new();
        let mut on_way: BTreeSet<&String> = BTreeSet::new();
        let mut next = Some(start);
        while let Some(name) = next.filter(|name| !settled.contains(*name)) {
            if !on_way.insert(name) {
                let from = way.iter().position(|other| *other == name).unwrap_or_default();
                endless.extend(way[from..].iter().map(|name| (*name).clone()));
                break;
            }
            way.push(name);
            next = types.get(name).and_then(|schema| schema.reference.as_ref());
        }
        settled.extend(way.into_iter().cloned());
    }
    for name in endless {
        let what = format!("the shared type `{name}` is nothing but a name for itself: it is taken as free-form JSON");
        notes.say(Code::DanglingReference, &format!("types.{name}"), what);
        if let Some(schema) = types.get_mut(&name) {
            schema.reference = None;
            schema.kind = Some(Type::Json);
        }
    }
}
