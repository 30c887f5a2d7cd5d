//! What a value looks like, where it is described already.

use std::collections::BTreeSet;

use crate::import::notes::Notes;
use crate::spec::{Field, Schema, Type, Value};

use super::{differs, gone};

/// Adds what is new in a schema; its shape stays.
pub(super) fn of_schema(old: &mut Schema, new: Schema, about: &str, notes: &mut Notes) {
    let (was, is) = (old.kind(), new.kind());
    if was != is || old.reference != new.reference {
        let word = |schema: &Schema| match (&schema.reference, schema.kind()) {
            (Some(reference), _) => format!("a {reference}"),
            (None, kind) => kind.map_or("nothing".to_owned(), |kind| format!("{kind:?}").to_lowercase()),
        };
        // JSON that may be anything is what an import says for want of knowledge.
        if new.kind != Some(Type::Json) {
            differs(about, &format!("the type of `{about}`"), &word(old), &word(&new), notes);
        }
        return;
    }
    // A secret has no values that could be shown.
    if !old.sensitive {
        value("example", &mut old.example, new.example, about, notes);
    }
    value("minimum", &mut old.minimum, new.minimum, about, notes);
    value("maximum", &mut old.maximum, new.maximum, about, notes);
    value("length", &mut old.length, new.length, about, notes);
    value("pattern", &mut old.pattern, new.pattern, about, notes);
    if !old.required && !old.sensitive {
        value("default", &mut old.default, new.default, about, notes);
    }
    old.deprecated |= new.deprecated;
    if !old.sensitive {
        // Where the metadata lists no values at all, it does not say that there are none.
        let is_gone =
            |value: &Value| !new.values.is_empty() && !new.values.iter().any(|other| other.value == value.value);
        for value in old.values.iter().filter(|value| is_gone(value)) {
            gone(about, &format!("the value `{}` of `{about}`", value.value), notes);
        }
        for value in new.values {
            if !old.values.iter().any(|known| known.value == value.value) {
                old.values.push(value);
            }
        }
    }
    fields(&mut old.fields, new.fields, about, notes);
    if let (Some(old), Some(new)) = (&mut old.items, new.items) {
        of_schema(old, *new, &format!("{about}[]"), notes);
    }
    if let (Some(old), Some(new)) = (&mut old.entries, new.entries) {
        of_schema(old, *new, &format!("{about}{{}}"), notes);
    }
}

pub(super) fn fields(old: &mut Vec<Field>, new: Vec<Field>, about: &str, notes: &mut Notes) {
    let path = |name: &str| if about.is_empty() { name.to_owned() } else { format!("{about}.{name}") };
    let names: BTreeSet<&str> = new.iter().map(|field| field.name.as_str()).collect();
    for field in old.iter().filter(|field| !names.contains(field.name.as_str())) {
        let about = path(&field.name);
        gone(&about, &format!("`{about}`"), notes);
    }
    for field in new {
        match old.iter_mut().find(|known| known.name == field.name) {
            Some(known) => of_schema(&mut known.schema, field.schema, &path(&field.name), notes),
            None => old.push(field),
        }
    }
}

/// A value that is told where there is none; one that is there stays.
fn value(key: &str, old: &mut Option<String>, new: Option<String>, about: &str, notes: &mut Notes) {
    match (&*old, new) {
        (None, new) => *old = new,
        (Some(old), Some(new)) if *old != new => {
            differs(about, &format!("the {key} of `{about}`"), &format!("{old:?}"), &format!("{new:?}"), notes);
        }
        (Some(_), _) => {}
    }
}
