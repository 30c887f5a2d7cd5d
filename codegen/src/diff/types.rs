//! Compares structs and enums.

use crate::resolve::model::{Choice, Direction, Member, Object};
use crate::spec::Field;

use super::change::Changes;
use super::pairs::{Pairs, pairs};
use super::{keys, surface};

/// Keys that show in Rust, which is compared, or were looked at here.
const HANDLED: &[&str] =
    &["name", "required", "certain", "type", "ref", "sensitive", "type_name", "field_name", "unwrap", "holds"];

pub(super) fn object(old: &Object<'_>, new: &Object<'_>, changes: &mut Changes) {
    let owner = format!("`{}`", new.name);
    if old.schema.description != new.schema.description {
        changes.documented.push(owner.clone());
    }
    match new.direction {
        Direction::Received => received(&old.members, &new.members, &owner, changes),
        Direction::Sent | Direction::Both => sent(&old.members, &new.members, &owner, changes),
    }
}

/// The fields of a struct that callers read. It is `#[non_exhaustive]`.
pub(super) fn received(old: &[Member<'_>], new: &[Member<'_>], owner: &str, changes: &mut Changes) {
    let Pairs { both, gone, come } = together(old, new, &surface::received);
    removed(&gone, owner, changes);
    for member in come {
        let what = format!("a new field `{}` of {owner}", member.spec.name);
        changes.additive("response-field-added", what, "the struct is `#[non_exhaustive]`: there is more to read");
    }
    for (was, is) in both {
        let (before, after) = (surface::received(was), surface::received(is));
        let (name, certain) = (&was.spec.name, (was.spec.schema.certain, is.spec.schema.certain));
        renamed(was, is, owner, changes);
        if before != after {
            let what = format!("the type of the field `{name}` of {owner} changed from `{before}` to `{after}`");
            let kind = if certain == (true, false) { "certain-lost" } else { "type-changed" };
            let reason = match certain {
                (true, false) => "it is no longer certain to be there: who reads it has to say what if not",
                (false, true) => "it is certain to be there: who reads it has no `Option` any more",
                _ => "code that reads it may not compile any more",
            };
            changes.breaking(kind, what, reason);
        } else {
            match certain {
                (true, false) => {
                    let what = format!("the field `{name}` of {owner} is no longer certain to be there");
                    changes.compatible(
                        "certain-lost",
                        what,
                        "it is empty where a reply has none; the type is the same",
                    );
                }
                (false, true) => {
                    let what = format!("the field `{name}` of {owner} is certain to be there");
                    changes.breaking("certain-gained", what, "a reply without it is an error now");
                }
                _ => {}
            }
        }
        rest(was, is, owner, changes);
    }
}

/// The fields of a struct that callers write out. Every field is public, and nothing keeps it from being complete.
fn sent(old: &[Member<'_>], new: &[Member<'_>], owner: &str, changes: &mut Changes) {
    let kind = surface::sent;
    let Pairs { both, gone, come } = together(old, new, &kind);
    removed(&gone, owner, changes);
    for member in come {
        let what = format!("a new field `{}` of {owner}", member.spec.name);
        let reason = if member.is_required() {
            "it has to be given wherever the struct is made"
        } else {
            "where the struct is written out in full, without `..Default::default()`, a field is missing"
        };
        changes.breaking("request-field-added", what, reason);
    }
    for (was, is) in both {
        renamed(was, is, owner, changes);
        let (before, after) = (kind(was), kind(is));
        if before != after {
            let name = &was.spec.name;
            let what = format!("the type of the field `{name}` of {owner} changed from `{before}` to `{after}`");
            let reason = match (was.is_required(), is.is_required()) {
                (false, true) => "it is required now",
                (true, false) => "it is not required any more, and has to be wrapped in `Some`",
                _ => "code that writes it may not compile any more",
            };
            changes.breaking("type-changed", what, reason);
        }
        rest(was, is, owner, changes);
    }
}

/// An open enum: `#[non_exhaustive]`, with `Other` for what it does not know.
pub(super) fn choice(old: &Choice<'_>, new: &Choice<'_>, changes: &mut Changes) {
    let owner = &new.name;
    let values = |choice: &Choice<'_>| -> Vec<(String, String, Option<String>)> {
        let named = choice.schema.values.iter().zip(&choice.variants);
        named.map(|(value, name)| (value.value.clone(), name.clone(), value.description.clone())).collect()
    };
    let (was, is) = (values(old), values(new));
    let Pairs { both, gone, come } = pairs(&was, &is, |a, b| a.0 == b.0, |a, b| a.1 == b.1);
    for (value, variant, _) in gone {
        let what = format!("the value `{value}` of `{owner}` is gone");
        changes.breaking("value-removed", what, format!("the variant `{variant}` is gone"));
    }
    for (value, variant, _) in come {
        let what = format!("a new value `{value}` of `{owner}`");
        let reason = format!("a variant `{variant}` of an open enum; `Other({value:?})` does not match it any more");
        changes.additive("value-added", what, reason);
    }
    for (was, is) in both {
        if was.1 != is.1 {
            let what = format!("the value `{}` of `{owner}` has another name", was.0);
            changes.breaking("value-renamed", what, format!("the variant `{}` is called `{}`", was.1, is.1));
        } else if was.0 != is.0 {
            let what = format!("the value `{}` of `{owner}` is `{}` on the wire", was.0, is.0);
            changes.compatible("value-changed", what, "the name in Rust is the same");
        }
        if was.2 != is.2 {
            changes.documented.push(format!("`{owner}::{}`", is.1));
        }
    }
}

/// Fields that are the same: by name, or in place and type.
fn together<'a, 's>(
    old: &'a [Member<'s>],
    new: &'a [Member<'s>],
    kind: &dyn Fn(&Member<'_>) -> String,
) -> Pairs<'a, Member<'s>> {
    let place = |all: &[Member<'_>], one: &Member<'_>| all.iter().position(|other| other.spec.name == one.spec.name);
    let renamed = |was: &Member<'_>, is: &Member<'_>| place(old, was) == place(new, is) && kind(was) == kind(is);
    pairs(old, new, |was, is| was.spec.name == is.spec.name, renamed)
}

fn removed(gone: &[&Member<'_>], owner: &str, changes: &mut Changes) {
    for member in gone {
        let what = format!("the field `{}` of {owner} is gone", member.spec.name);
        changes.breaking("field-removed", what, format!("code that names `{}` does not compile any more", member.name));
    }
}

fn renamed(old: &Member<'_>, new: &Member<'_>, owner: &str, changes: &mut Changes) {
    let (was, is) = (&old.spec.name, &new.spec.name);
    if old.name != new.name {
        let what = format!("the field `{was}` of {owner} was renamed");
        changes.breaking("field-renamed", what, format!("`{}` is called `{}` in Rust", old.name, new.name));
    } else if was != is {
        let what = format!("the field `{was}` of {owner} is `{is}` on the wire");
        changes.compatible("field-changed", what, "the name in Rust is the same");
    }
}

/// What does not show in the type.
fn rest(old: &Member<'_>, new: &Member<'_>, owner: &str, changes: &mut Changes) {
    let name = &new.spec.name;
    if old.inner != new.inner {
        let what = format!("the list in the field `{name}` of {owner} is in another place on the wire");
        changes.compatible("field-changed", what, "the type is the same");
    }
    let alone = |field: &Field| Field { name: field.name.clone(), schema: keys::alone(&field.schema) };
    let differing = keys::differing(&alone(old.spec), &alone(new.spec), HANDLED);
    for (key, was, is) in differing.other {
        let what = format!("`{key}` of the field `{name}` of {owner} changed from {was} to {is}");
        changes.compatible("field-changed", what, "the type is the same");
    }
    if !differing.documentation.is_empty() {
        changes.documented.push(format!("`{name}`"));
    }
}
