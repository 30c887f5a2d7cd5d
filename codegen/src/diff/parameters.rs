//! Compares parameters: the arguments of the method, and the fields and setters of the request.

use crate::emit::MOST_ARGUMENTS;
use crate::resolve::model::{Operation, Parameter};
use crate::spec::Parameter as Spec;

use super::change::Changes;
use super::pairs::{Pairs, pairs};
use super::{keys, surface};

/// Keys that show in Rust, which is compared.
const HANDLED: &[&str] =
    &["name", "required", "type", "ref", "sensitive", "type_name", "field_name", "unwrap", "holds"];

pub(super) fn compare(old: &Operation<'_>, new: &Operation<'_>, changes: &mut Changes) {
    let place =
        |all: &[Parameter<'_>], one: &Parameter<'_>| all.iter().position(|other| other.spec.name == one.spec.name);
    // A parameter that has another name at the same place, and is the same otherwise, was renamed.
    let renamed = |was: &Parameter<'_>, is: &Parameter<'_>| {
        place(&old.parameters, was) == place(&new.parameters, is)
            && (&was.shape, was.is_argument()) == (&is.shape, is.is_argument())
    };
    let by_name = |was: &Parameter<'_>, is: &Parameter<'_>| was.spec.name == is.spec.name;
    let Pairs { both, gone, come } = pairs(&old.parameters, &new.parameters, by_name, renamed);
    for parameter in gone {
        let what = format!("the parameter `{}` is gone", parameter.spec.name);
        let reason = if parameter.is_argument() {
            format!("`{}` takes one argument less", old.module)
        } else {
            format!("the field and the setter `{}` are gone", parameter.name)
        };
        changes.breaking("parameter-removed", what, reason);
    }
    for parameter in come {
        let name = &parameter.spec.name;
        if parameter.is_argument() {
            let what = format!("a new parameter `{name}`, which is required");
            changes.breaking("required-parameter-added", what, format!("`{}` takes one argument more", new.module));
        } else {
            let what = format!("a new parameter `{name}`, which is optional");
            let reason = format!("a setter `{}`; requests cannot be written out, so none lacks it", parameter.name);
            changes.additive("optional-parameter-added", what, reason);
        }
    }
    for (was, is) in both {
        parameter(was, is, changes);
    }
    arguments(old, new, changes);
}

fn parameter(old: &Parameter<'_>, new: &Parameter<'_>, changes: &mut Changes) {
    let name = &old.spec.name;
    if *name != new.spec.name {
        let what = format!("the parameter `{name}` is called `{}`", new.spec.name);
        if old.name == new.name {
            changes.compatible("parameter-renamed", what, "it is sent by another name; that in Rust is the same");
        } else {
            changes.breaking("parameter-renamed", what, format!("`{}` is `{}` in Rust", old.name, new.name));
        }
    } else if old.name != new.name {
        let what = format!("the parameter `{name}` has another name in Rust");
        changes.breaking("field-renamed", what, format!("`{}` is called `{}`", old.name, new.name));
    }
    match (old.is_argument(), new.is_argument()) {
        (false, true) => {
            let what = format!("the parameter `{name}` is required now");
            changes.breaking("parameter-required", what, "it is an argument of the method and no longer a setter");
        }
        (true, false) => {
            let what = format!("the parameter `{name}` is not required any more");
            changes.breaking("parameter-optional", what, "it is a setter and no longer an argument of the method");
        }
        _ => {}
    }
    let (was, is) = (surface::plain(&old.shape), surface::plain(&new.shape));
    let (took, takes) = (surface::argument(old), surface::argument(new));
    if was != is {
        let what = format!("the type of the parameter `{name}` changed from `{was}` to `{is}`");
        changes.breaking("type-changed", what, "code that sets or reads it may not compile any more");
    } else if took != takes {
        let what = format!("`{name}` takes `{takes}` instead of `{took}`");
        if takes == "impl ToString" {
            changes.additive("argument-widened", what, "numbers can be given as well as text");
        } else {
            changes.breaking("type-changed", what, "numbers do not compile any more");
        }
    }
    let alone = |spec: &Spec| Spec { schema: keys::alone(&spec.schema), ..spec.clone() };
    let differing = keys::differing(&alone(old.spec), &alone(new.spec), HANDLED);
    for (key, was, is) in differing.other {
        let what = format!("`{key}` of the parameter `{name}` changed from {was} to {is}");
        changes.compatible("parameter-changed", what, "it is sent otherwise; the same code compiles");
    }
    if !differing.documentation.is_empty() {
        changes.documented.push(format!("`{name}`"));
    }
}

/// The arguments of the method, which have an order; in a struct they have none.
fn arguments(old: &Operation<'_>, new: &Operation<'_>, changes: &mut Changes) {
    let names = |operation: &Operation<'_>| -> Vec<String> {
        let arguments = operation.parameters.iter().filter(|parameter| parameter.is_argument());
        arguments.map(|parameter| parameter.name.clone()).collect()
    };
    let (was, is) = (names(old), names(new));
    match (was.len() > MOST_ARGUMENTS, is.len() > MOST_ARGUMENTS) {
        (false, false) => {
            let kept = |names: &[String], others: &[String]| -> Vec<String> {
                names.iter().filter(|name| others.contains(name)).cloned().collect()
            };
            if kept(&was, &is) != kept(&is, &was) {
                let what = format!("the required parameters are in another order: {}", is.join(", "));
                let reason = format!("the arguments of `{}` change places, some perhaps unnoticed", new.module);
                changes.breaking("argument-order", what, reason);
            }
        }
        (false, true) => {
            let what = format!("there are more than {MOST_ARGUMENTS} required parameters");
            changes.breaking(
                "arguments-bundled",
                what,
                format!("`{}` takes one struct: `{}`", new.module, new.required),
            );
        }
        (true, false) => {
            let what = format!("there are not more than {MOST_ARGUMENTS} required parameters any more");
            let reason = format!("`{}` takes arguments; `{}` is gone", new.module, old.required);
            changes.breaking("arguments-unbundled", what, reason);
        }
        (true, true) => {}
    }
}
