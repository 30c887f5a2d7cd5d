//! Compares two versions of one operation.

use crate::resolve::model::{Body, Definition, Direction, Member, Operation};

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
    let (was, is) = (surface::response(old), surface::response(new));
    let kinds = (old.file.operation.response.kind, new.file.operation.response.kind);
    if was != is {
        let what = format!("the type that a call answers changed from `{was}` to `{is}`");
        changes.breaking("response-changed", what, "code that uses it may not compile any more");
    } else if kinds.0 != kinds.1 {
        let what = "the reply is read in another way".to_owned();
        changes.breaking("response-changed", what, "a reply that was understood may not be any more");
    }
    let (before, after) = (fields(&old.answer.body), fields(&new.answer.body));
    types::received(before, after, "the response", changes);
    types::received(&old.answer.headers, &new.answer.headers, "the headers of the reply", changes);
}

/// The fields of a body that is an object.
fn fields<'o, 's>(body: &'o Body<'s>) -> &'o [Member<'s>] {
    match body {
        Body::Object(members) => members,
        Body::Value(_) | Body::Bytes | Body::Nothing => &[],
    }
}

pub(super) fn definitions(old: &[Definition<'_>], new: &[Definition<'_>], changes: &mut Changes) {
    for was in old {
        let name = was.name();
        match (was, new.iter().find(|is| is.name() == name)) {
            (Definition::Object(was), Some(Definition::Object(is))) if same(was.direction, is.direction) => {
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

/// Whether a struct is written in the same way: one that travels in both directions is written as one that is sent.
fn same(was: Direction, is: Direction) -> bool {
    (was == Direction::Received) == (is == Direction::Received)
}
