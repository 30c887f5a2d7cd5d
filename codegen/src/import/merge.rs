//! Imports over specs that are there: what a person wrote stays, what is new is added, and what the documents say
//! otherwise is said.

mod reached;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Code;
use crate::read::{OperationFile, ProductFolder};
use crate::spec::{Endpoints, Operation, Parameter, Product};

use super::compare::Difference;
use super::notes::Notes;
use super::{Imported, compare, verify};

use schema::{fields, of_schema};

/// The specs that are there with what is new in the imported ones. Operations that are not imported are left out.
///
/// Guesses are not made again: a key that a person took out stays out.
pub fn merge(imported: Imported, existing: &ProductFolder) -> Imported {
    let mut notes = Notes::new(&existing.source.path);
    let Imported { folder, product, operations, left_out, is_whole, listed, documents, mut diagnostics } = imported;
    let product = of_product(&existing.product, product, &mut notes);
    let files: BTreeMap<&str, &OperationFile> =
        existing.operations.iter().map(|file| (file.name.as_str(), file)).collect();
    if is_whole {
        let there: BTreeSet<&str> = operations.iter().map(|(name, _)| name.as_str()).collect();
        let is_there = |name: &str| there.contains(name) || left_out.contains(name) || listed.contains(name);
        for file in existing.operations.iter().filter(|file| !is_there(&file.name)) {
            gone("operation", &format!("`{}`", file.name), &mut notes);
        }
    }
    let mut differences: BTreeMap<String, Vec<Difference>> = BTreeMap::new();
    let merged = operations.into_iter().map(|(name, new)| match files.get(name.as_str()) {
        Some(file) => {
            let mut own = Notes::new(&file.source.path);
            let merged = of_operation(&file.operation, new.clone(), &mut own);
            notes.found.append(&mut own.found);
            if let Some(document) = documents.get(&name) {
                differences.insert(document.clone(), compare::differences(&merged, &new));
            }
            (name, merged)
        }
        None => (name, new),
    });
    let operations = merged.collect();
    // A guess that a person has decided otherwise is no news.
    diagnostics.retain(|note| {
        differences.get(&note.source.path).is_none_or(|differences| reached::has_reached(note, differences))
    });
    diagnostics.append(&mut notes.found);
    let mut merged = Imported { folder, product, operations, left_out, is_whole, listed, documents, diagnostics };
    verify::acknowledge_again(&mut merged, existing);
    merged
}

/// The files of what differs from the specs that are there, with paths and texts as [`Imported::files`] has them.
pub fn changed(imported: &Imported, existing: &ProductFolder, schemas: &str) -> Vec<(String, String)> {
    let new: BTreeMap<&str, &Operation> =
        imported.operations.iter().map(|(name, operation)| (name.as_str(), operation)).collect();
    let old: BTreeMap<&str, &Operation> =
        existing.operations.iter().map(|file| (file.name.as_str(), &file.operation)).collect();
    let same = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
        if name == "product" {
            return imported.product == existing.product;
        }
        new.get(name).is_some_and(|new| old.get(name) == Some(new))
    };
    imported.files(schemas).into_iter().filter(|(path, _)| !same(path)).collect()
}

fn of_product(old: &Product, new: Product, notes: &mut Notes) -> Product {
    let mut merged = old.clone();
    endpoints(&mut merged.endpoints, new.endpoints, notes);
    for name in merged.types.keys().filter(|name| !new.types.is_empty() && !new.types.contains_key(*name)) {
        gone(&format!("types.{name}"), &format!("the shared type `{name}`"), notes);
    }
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
    for error in &old.errors {
        if !new.errors.iter().any(|other| other.code == error.code && other.status == error.status) {
            gone("errors", &format!("the error `{}`", error.code), notes);
        }
    }
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
    let names: BTreeSet<&str> = new.iter().map(|parameter| parameter.name.as_str()).collect();
    for parameter in old.iter().filter(|parameter| !names.contains(parameter.name.as_str())) {
        let about = format!("parameters.{}", parameter.name);
        gone(&about, &format!("`{about}`"), notes);
    }
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

fn differs(about: &str, what: &str, old: &str, new: &str, notes: &mut Notes) {
    notes.say(
        Code::KeptAsWritten,
        about,
        format!("{what} is {old} in the spec, and {new} in the metadata: the spec stays"),
    );
}

/// Says that the metadata no longer has a part of the spec.
fn gone(about: &str, what: &str, notes: &mut Notes) {
    notes.say(Code::KeptAsWritten, about, format!("{what} is in the spec, and not in the metadata: the spec stays"));
}
