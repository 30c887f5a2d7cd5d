//! Compares two versions of one operation.

use crate::resolve::model::{Body, Definition, Direction, Home, Member, Operation, Shape};

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
    let outside = old.parameters.iter().map(|one| (one.spec.name.as_str(), &one.shape));
    let replied =
        fields(&old.answer.body).iter().chain(&old.answer.headers).map(|one| (one.spec.name.as_str(), &one.shape));
    definitions(&old.definitions, &new.definitions, outside.chain(replied), &mut changes);
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

/// Compares the types of an operation, or of a shared type. `outside` are the names and the types of what uses them and
/// is no field of any of them.
pub(super) fn definitions<'a>(
    old: &'a [Definition<'_>],
    new: &[Definition<'_>],
    outside: impl IntoIterator<Item = (&'a str, &'a Shape)>,
    changes: &mut Changes,
) {
    let mut users: Vec<(&str, &Shape)> = outside.into_iter().collect();
    for definition in old {
        if let Definition::Object(object) = definition {
            users.extend(object.members.iter().map(|one| (one.spec.name.as_str(), &one.shape)));
        }
    }
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
            // Where a field or a parameter went with it, or is of another type now, that has been said.
            (_, None) if users.iter().any(|(user, shape)| names(shape, name) && is_told(user, changes)) => {}
            (_, None) => {
                let what = format!("the type `{name}` is gone");
                changes.breaking("type-removed", what, "code that names it does not compile any more");
            }
        }
    }
}

/// Whether a type is made of the one of that name, which is in the same module.
fn names(shape: &Shape, name: &str) -> bool {
    match shape {
        Shape::Object(of) | Shape::Choice(of) => of.home == Home::Here && of.name == name,
        Shape::List(inner) | Shape::Map(inner) => names(inner, name),
        _ => false,
    }
}

/// Whether a breaking change of the field or the parameter of that name was told.
fn is_told(user: &str, changes: &Changes) -> bool {
    let told = [format!("field `{user}` of "), format!("parameter `{user}`")];
    let mut breaking = changes.found.iter().filter(|change| change.effect == Effect::Breaking);
    breaking.any(|change| told.iter().any(|told| change.what.contains(told)))
}

/// Whether a struct is written in the same way: one that travels in both directions is written as one that is sent.
fn same(was: Direction, is: Direction) -> bool {
    (was == Direction::Received) == (is == Direction::Received)
}
