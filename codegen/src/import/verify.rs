//! Holds what was imported against the checks that specs have to pass: drops guesses that fail, and acknowledges what is
//! really so in the documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::read::{Node, NodeKind, OperationFile, Place, Position, ProductFolder, Source, Specs};
use crate::resolve;
use crate::spec::{Acknowledgement, Operation};

use super::metadata::Imported;
use super::notes::Notes;

/// How often guesses are dropped at most: each round drops at least one of the four kinds.
const ROUNDS: usize = 4;

/// Drops what fails and acknowledges what stays. `path` is how the documents are shown.
pub(super) fn verify(imported: &mut Imported, path: &str) {
    let mut notes = Notes::new(path);
    for round in 0..=ROUNDS {
        let mut by_file = by_file(checked(imported));
        let mut dropped = false;
        for (name, operation) in &mut imported.operations {
            let errors = by_file.get(name.as_str()).into_iter().flatten().filter(|one| one.is_error());
            for error in errors {
                dropped |= drop_guess(operation, &error.about, |what| {
                    notes.say(
                        Code::GuessDropped,
                        what,
                        format!("the guessed {what} of `{name}` was dropped: {}", error.message),
                    );
                });
            }
        }
        if dropped && round < ROUNDS {
            continue;
        }
        for (name, operation) in &mut imported.operations {
            let found = by_file.remove(name.as_str()).unwrap_or_default();
            acknowledge(&found, &mut operation.acknowledge, &mut notes);
        }
        acknowledge(&by_file.remove("product").unwrap_or_default(), &mut imported.product.acknowledge, &mut notes);
        break;
    }
    imported.diagnostics.append(&mut notes.found);
}

/// Acknowledges what is new in specs that were merged with those that were there, and drops nothing.
pub(super) fn acknowledge_again(merged: &mut Imported, existing: &ProductFolder) {
    let new: BTreeSet<String> = merged.operations.iter().map(|(name, _)| name.clone()).collect();
    // What was there already is looked at too, since operations name one another.
    let others = existing.operations.iter().filter(|file| !new.contains(&file.name));
    merged.operations.extend(others.map(|file| (file.name.clone(), file.operation.clone())));
    let mut found = by_file(checked(merged));
    merged.operations.retain(|(name, _)| new.contains(name));
    let mut notes = Notes::new(&existing.source.path);
    for (name, operation) in &mut merged.operations {
        acknowledge(&found.remove(name).unwrap_or_default(), &mut operation.acknowledge, &mut notes);
    }
    acknowledge(&found.remove("product").unwrap_or_default(), &mut merged.product.acknowledge, &mut notes);
    merged.diagnostics.append(&mut notes.found);
}

/// What was said about each file.
fn by_file(report: Report) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut by_file: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        by_file.entry(diagnostic.source.path.clone()).or_default().push(diagnostic);
    }
    by_file
}

/// Everything that the check and the naming say.
fn checked(imported: &mut Imported) -> Report {
    let mut report = Report::default();
    let specs = Specs { products: vec![imported.lend()] };
    check::check(&specs, &mut report);
    resolve::resolve(&specs, &mut report);
    if let Some(lent) = specs.products.into_iter().next() {
        imported.operations = lent.operations.into_iter().map(|file| (file.name, file.operation)).collect();
    }
    report
}

impl Imported {
    /// The specs as if they had been read, without places. The operations go with them.
    fn lend(&mut self) -> ProductFolder {
        let source = |path: &str| Arc::new(Source { path: path.to_owned(), text: String::new() });
        let operations = std::mem::take(&mut self.operations).into_iter().map(|(name, operation)| OperationFile {
            node: node(&operation),
            source: source(&name),
            operation,
            name,
        });
        ProductFolder {
            operations: operations.collect(),
            source: source("product"),
            node: node(&self.product),
            product: self.product.clone(),
        }
    }
}

/// Where everything is said to stand.
const FIRST: Position = Position { line: 1, column: 1 };

/// A spec as a tree, without places.
fn node(spec: &impl Serialize) -> Node {
    tree(serde_json::to_value(spec).unwrap_or_default())
}

fn tree(value: Value) -> Node {
    let scalar = |text: String, quoted| NodeKind::Scalar(text, quoted);
    let kind = match value {
        Value::String(text) => scalar(text, true),
        Value::Array(items) => NodeKind::Sequence(items.into_iter().map(tree).collect()),
        Value::Object(map) => {
            NodeKind::Mapping(map.into_iter().map(|(key, value)| (tree(Value::String(key)), tree(value))).collect())
        }
        other => scalar(other.to_string(), false),
    };
    Node { kind, place: Place { start: FIRST, end: FIRST } }
}

/// Drops the guess that a problem is about, if it is about one.
fn drop_guess(operation: &mut Operation, about: &str, mut say: impl FnMut(&str)) -> bool {
    let of_pager = |operation: &Operation| {
        operation.pager.as_ref().is_some_and(|pager| pager.position == about || pager.size.as_deref() == Some(about))
    };
    let what = if about == "pager" || of_pager(operation) {
        operation.pager.take().map(|_| "pager")
    } else if about == "link" {
        operation.link.take().map(|_| "link")
    } else if about == "envelope" {
        operation.envelope.take().map(|_| "envelope")
    } else {
        about.strip_prefix("waiters.").and_then(|name| operation.waiters.remove(name)).map(|_| "waiter")
    };
    what.into_iter().for_each(&mut say);
    what.is_some()
}

fn acknowledge(found: &[Diagnostic], acknowledged: &mut Vec<Acknowledgement>, notes: &mut Notes) {
    for warning in found.iter().filter(|one| one.code.severity() == Severity::Warning) {
        let one = Acknowledgement {
            code: warning.code.name().to_owned(),
            at: warning.about.clone(),
            reason: reason(warning.code).to_owned(),
        };
        if !acknowledged.iter().any(|known| known.code == one.code && known.at == one.at) {
            notes.say(Code::Acknowledged, &warning.about, format!("{}: {}", warning.source.path, warning.message));
            acknowledged.push(one);
        }
    }
}

fn reason(code: Code) -> &'static str {
    match code {
        Code::SameName => "The metadata has both names.",
        Code::SampleMisfit => "The sample of the metadata differs from its schema.",
        Code::RequiredWithDefault => "The metadata says both.",
        Code::ExampleNotListed => "The metadata has a list without it.",
        Code::ExampleIsFormat => "The metadata has no value.",
        Code::RepeatedWords => "The text of the metadata repeats itself.",
        _ => "The metadata says so.",
    }
}
