//! Compares two versions of one operation.

use crate::resolve::model::{Body, Definition, Member, Operation};

use super::change::{Change, Changes, Effect};
use super::{behaviour, keys, parameters, surface, types};

/// Keys that are compared part by part.
const HANDLED: &[&str] = &["deprecated", "link", "links", "pager", "parameters", "requires", "response", "waiters"];

pub(super) fn compare(product: &str, old: &Operation<'_>, new: &Operation<'_>) -> Vec<Change> {
    let mut changes = Changes::of(product, Some(&new.file.name));
    if old.file.name != new.file.name {
        let what = format!("`{}` is called `{}` on the wire", old.file.name, new.file.name);
        changes.compatible("operation-renamed", what, "the names in Rust are the same");
    }
    let differing = keys::differing(&old.file.operation, &new.file.operation, HANDLED);
    changes.documented.extend(differing.documentation);
    parameters::compare(old, new, &mut changes);
    response(old, new, &mut changes);
    definitions(&old.definitions, &new.definitions, &mut changes);
    behaviour::compare(old, new, &mut changes);
    for (key, was, is) in differing.other {
        let what = format!("`{key}` changed from {was} to {is}");
        changes.compatible("call-changed", what, "calls are made or judged otherwise; the same code compiles");
    }
    changes.finish()
}

fn response(old: &Operation<'_>, new: &Operation<'_>, changes: &mut Changes) {
    let (was, is) = (&old.file.operation.response, &new.file.operation.response);
    if was == is {
        return;
    }
    if (was.kind, was.schema.kind(), &was.schema.reference) != (is.kind, is.schema.kind(), &is.schema.reference) {
        let what = "the reply is of another kind".to_owned();
        changes.breaking("response-changed", what, "a call answers another type");
    } else if let (Some(was), Some(is)) = (surface::response(old), surface::response(new))
        && was != is
    {
        let what = format!("the reply changed from `{was}` to `{is}`");
        changes.breaking("response-changed", what, "a call answers another type");
    }
    let has = |fields: &[crate::spec::Field], name: &str| fields.iter().any(|field| field.name == name);
    for header in was.headers.iter().filter(|header| !has(&is.headers, &header.name)) {
        let what = format!("the header `{}` of the reply is gone", header.name);
        changes.breaking("response-header-removed", what, "code that reads it does not compile any more");
    }
    for header in is.headers.iter().filter(|header| !has(&was.headers, &header.name)) {
        let what = format!("a new header `{}` of the reply", header.name);
        changes.additive("response-header-added", what, "there is one more result to read");
    }
    types::received(fields(old), fields(new), "the response", changes);
}

/// The fields that the response has of its body.
fn fields<'o, 'a>(operation: &'o Operation<'a>) -> &'o [Member<'a>] {
    match &operation.answer.body {
        Body::Object(members) => members,
        Body::Value(_) | Body::Bytes | Body::Nothing => &[],
    }
}

/// Compares the types of an operation, or those of a shared type.
pub(super) fn definitions(old: &[Definition<'_>], new: &[Definition<'_>], changes: &mut Changes) {
    for was in old {
        let name = was.name();
        match (was, new.iter().find(|is| is.name() == name)) {
            (Definition::Object(was), Some(Definition::Object(is))) if was.direction == is.direction => {
                types::object(was, is, changes);
            }
            (Definition::Choice(was), Some(Definition::Choice(is))) => types::choice(was, is, changes),
            (_, Some(_)) => {
                let what = format!("the type `{name}` is of another kind");
                changes.breaking("type-changed", what, "code that uses it does not compile any more");
            }
            // Where a field went with it, or is of another type now, that has been said.
            (_, None) if changes.found.iter().any(|change| change.effect == Effect::Breaking) => {}
            (_, None) => {
                let what = format!("the type `{name}` is gone");
                changes.breaking("type-removed", what, "code that names it does not compile any more");
            }
        }
    }
}
