//! Decides which structs can be made of nothing.

use std::collections::HashMap;

use super::model::{Definition, Direction, Home, Member, Object, Operation, Shape, TypeName};
use super::shared::Shared;

/// Sets `has_default` of all structs that are sent.
pub(super) fn decide(shared: &mut Shared<'_>, operations: &mut [Operation<'_>]) {
    // Those of shared types know one another, so it takes rounds until nothing changes.
    let mut known: HashMap<(String, String), bool> = HashMap::new();
    loop {
        let mut changed = false;
        for one in shared.all() {
            for object in one.definitions.iter_mut().filter_map(object) {
                let place = (one.module.clone(), object.name.clone());
                let is_known = |name: &TypeName| known.get(&place_of(name, &one.module)) != Some(&false);
                let has = object.members.iter().all(|member| has_default(member, &is_known));
                changed |= object.has_default != has;
                object.has_default = has;
                known.insert(place, has);
            }
        }
        if !changed {
            break;
        }
    }
    for operation in operations {
        let mut own: HashMap<String, bool> = HashMap::new();
        loop {
            let mut changed = false;
            // Parts come after the whole, but for those that several have.
            for object in operation.definitions.iter_mut().rev().filter_map(object) {
                let is_known = |name: &TypeName| match name.home {
                    Home::Here => own.get(&name.name) != Some(&false),
                    _ => known.get(&place_of(name, "")) != Some(&false),
                };
                let has = object.direction == Direction::Received
                    || object.members.iter().all(|member| has_default(member, &is_known));
                changed |= object.has_default != has;
                object.has_default = has;
                own.insert(object.name.clone(), has);
            }
            if !changed {
                break;
            }
        }
    }
}

fn object<'m, 'a>(definition: &'m mut Definition<'a>) -> Option<&'m mut Object<'a>> {
    match definition {
        Definition::Object(object) => Some(object),
        Definition::Choice(_) => None,
    }
}

fn has_default(member: &Member<'_>, is_known: &dyn Fn(&TypeName) -> bool) -> bool {
    !member.is_required()
        || match &member.shape {
            Shape::Choice(_) => false,
            Shape::Object(name) => is_known(name),
            _ => true,
        }
}

/// The module and the name of a type of `types`.
fn place_of(name: &TypeName, here: &str) -> (String, String) {
    (name.home.module().unwrap_or(here).to_owned(), name.name.clone())
}
