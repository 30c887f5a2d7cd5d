//! Imports over specs that are there: what a person wrote stays, what is new is added, and what the documents say
//! otherwise is said.

use crate::diagnostic::Code;
use crate::read::ProductFolder;
use crate::spec::{Endpoints, Field, Operation, Parameter, Product, Schema};

use super::notes::Notes;
use super::{Imported, verify};

/// The specs that are there with what is new in the imported ones. Operations that are not imported are left out.
///
/// Guesses are not made again: a key that a person took out stays out.
pub fn merge(imported: Imported, existing: &ProductFolder) -> Imported {
    let mut notes = Notes::new(&existing.source.path);
    let Imported { folder, product, operations, left_out, is_whole, listed, mut diagnostics } = imported;
    let product = of_product(&existing.product, product, &mut notes);
    let merged =
        operations.into_iter().map(|(name, new)| match existing.operations.iter().find(|file| file.name == name) {
            Some(file) => {
                let mut own = Notes::new(&file.source.path);
                let merged = of_operation(&file.operation, new, &mut own);
                notes.found.append(&mut own.found);
                (name, merged)
            }
            None => (name, new),
        });
    let operations = merged.collect();
    diagnostics.append(&mut notes.found);
    let mut merged = Imported { folder, product, operations, left_out, is_whole, listed, diagnostics };
    verify::acknowledge_again(&mut merged, existing);
    merged
}

/// The files of what differs from the specs that are there, with paths and texts as [`Imported::files`] has them.
pub fn changed(imported: &Imported, existing: &ProductFolder, schemas: &str) -> Vec<(String, String)> {
    let same = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
        if name == "product" {
            return imported.product == existing.product;
        }
        let new = imported.operations.iter().find(|(other, _)| other == name).map(|(_, operation)| operation);
        let old = existing.operations.iter().find(|file| file.name == name).map(|file| &file.operation);
        old.is_some() && old == new
    };
    imported.files(schemas).into_iter().filter(|(path, _)| !same(path)).collect()
}

fn of_product(old: &Product, new: Product, notes: &mut Notes) -> Product {
    let mut merged = old.clone();
    endpoints(&mut merged.endpoints, new.endpoints, notes);
    for (name, schema) in new.types {
        match merged.types.get_mut(&name) {
            Some(old) => of_schema(old, schema, &format!("types.{name}"), notes),
            None => drop(merged.types.insert(name, schema)),
        }
    }
    merged
}

fn endpoints(old: &mut Endpoints, new: Endpoints, notes: &mut Notes) {
    for network in new.networks {
        let Some(known) = old.networks.iter_mut().find(|known| known.name == network.name) else {
            old.networks.push(network);
            continue;
        };
        for (region, host) in network.regions {
            match known.regions.get(&region).or(known.everywhere.as_ref()) {
                Some(other) if *other == host => {}
                Some(other) => differs("endpoints", &format!("the host of {region}"), other, &host, notes),
                None => drop(known.regions.insert(region, host)),
            }
        }
    }
}

fn of_operation(old: &Operation, new: Operation, notes: &mut Notes) -> Operation {
    let mut merged = old.clone();
    let facts = [
        ("method", format!("{:?}", old.method), format!("{:?}", new.method)),
        ("path", format!("{:?}", old.path), format!("{:?}", new.path)),
        ("style", format!("{:?}", old.style), format!("{:?}", new.style)),
        ("authentication", format!("{:?}", old.authentication), format!("{:?}", new.authentication)),
        ("response", format!("{:?}", old.response.kind), format!("{:?}", new.response.kind)),
    ];
    for (what, old, new) in facts.iter().filter(|(_, old, new)| old != new) {
        differs(what, &format!("`{what}`"), old, new, notes);
    }
    merged.authorization = merged.authorization.or(new.authorization);
    merged.deprecated = merged.deprecated.or(new.deprecated);
    merged.asynchronous = merged.asynchronous.or(new.asynchronous);
    if merged.methods.is_empty() {
        merged.methods = new.methods;
    }
    if merged.schemes.is_empty() {
        merged.schemes = new.schemes;
    }
    parameters(&mut merged.parameters, new.parameters, notes);
    of_schema(&mut merged.response.schema, new.response.schema, "", notes);
    fields(&mut merged.response.headers, new.response.headers, "headers", notes);
    for error in new.errors {
        if !merged.errors.iter().any(|known| known.code == error.code && known.status == error.status) {
            merged.errors.push(error);
        }
    }
    if merged.samples.is_empty() {
        merged.samples = new.samples;
    }
    merged
}

fn parameters(old: &mut Vec<Parameter>, new: Vec<Parameter>, notes: &mut Notes) {
    for parameter in new {
        let about = format!("parameters.{}", parameter.name);
        let same_place = |known: &&mut Parameter| known.name == parameter.name && known.location == parameter.location;
        if let Some(known) = old.iter_mut().find(same_place) {
            if known.schema.required != parameter.schema.required {
                let (old, new) = (known.schema.required.to_string(), parameter.schema.required.to_string());
                differs(&about, &format!("whether `{about}` is required"), &old, &new, notes);
            }
            of_schema(&mut known.schema, parameter.schema, &about, notes);
        } else if let Some(known) = old.iter().find(|known| known.name == parameter.name) {
            let (old, new) = (format!("{:?}", known.location), format!("{:?}", parameter.location));
            differs(&about, &format!("the place of `{about}`"), &old, &new, notes);
        } else {
            old.push(parameter);
        }
    }
}

/// Adds what is new in a schema; its shape stays.
fn of_schema(old: &mut Schema, new: Schema, about: &str, notes: &mut Notes) {
    let (was, is) = (old.kind(), new.kind());
    if was != is || old.reference != new.reference {
        let word = |schema: &Schema| match (&schema.reference, schema.kind()) {
            (Some(reference), _) => format!("a {reference}"),
            (None, kind) => kind.map_or("nothing".to_owned(), |kind| format!("{kind:?}").to_lowercase()),
        };
        // JSON that may be anything is what an import says for want of knowledge.
        if new.kind != Some(crate::spec::Type::Json) {
            differs(about, &format!("the type of `{about}`"), &word(old), &word(&new), notes);
        }
        return;
    }
    let add = |old: &mut Option<String>, new: Option<String>| *old = old.take().or(new);
    add(&mut old.example, new.example);
    add(&mut old.minimum, new.minimum);
    add(&mut old.maximum, new.maximum);
    add(&mut old.length, new.length);
    add(&mut old.pattern, new.pattern);
    if !old.required {
        add(&mut old.default, new.default);
    }
    old.deprecated |= new.deprecated;
    if !old.sensitive {
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

fn fields(old: &mut Vec<Field>, new: Vec<Field>, about: &str, notes: &mut Notes) {
    for field in new {
        let about = if about.is_empty() { field.name.clone() } else { format!("{about}.{}", field.name) };
        match old.iter_mut().find(|known| known.name == field.name) {
            Some(known) => of_schema(&mut known.schema, field.schema, &about, notes),
            None => old.push(field),
        }
    }
}

fn differs(about: &str, what: &str, old: &str, new: &str, notes: &mut Notes) {
    notes.say(
        Code::KeptAsWritten,
        about,
        format!("{what} is {old} in the spec, and {new} in the metadata: the spec stays"),
    );
}
