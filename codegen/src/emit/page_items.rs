//! The expression that takes the items out of a page.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Body, Direction, Member, Operation, Product, Shape};
use crate::spec::Path;

use super::place::{find_object, seen};
use super::shapes::ident;

/// What an expression is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// The value itself.
    Plain,
    /// An `Option` of it.
    Optional,
    /// An iterator.
    Each,
}

/// Where a step stands.
struct At {
    shape: Shape,
    state: State,
    expression: TokenStream,
}

/// The type of the items, and the expression that takes them out of `response`. Nothing where the path leads to
/// no list of a type.
pub(super) fn emit(of: &Product<'_>, operation: &Operation<'_>, path: &str) -> Option<(Shape, TokenStream)> {
    let path = Path::parse(path);
    let mut steps = path.0.iter().peekable();
    let mut members: &[Member<'_>] = &[];
    let mut at = At { shape: Shape::Json, state: State::Plain, expression: quote!(response) };
    let mut direction = Direction::Received;
    match &operation.answer.body {
        Body::Object(own) => members = own,
        Body::Value(shape) => {
            at.shape = shape.clone();
            if operation.answer.is_struct() {
                at.expression = quote!(response.body);
            }
        }
        Body::Bytes | Body::Nothing => return None,
    }
    while let Some(step) = steps.next() {
        if !step.name.is_empty() {
            let mut around = None;
            if let Shape::Object(name) = &at.shape {
                let object = find_object(of, operation, name)?;
                (members, direction) = (&object.members, object.direction);
                around = Some(name.clone());
            }
            let found = members.iter().find(|member| member.spec.name == step.name)?;
            let is_list = matches!(found.shape, Shape::List(_) | Shape::Map(_));
            let plain = match direction {
                Direction::Received => is_list || found.spec.schema.certain,
                Direction::Sent | Direction::Both => found.is_required(),
            };
            let shape = around.map_or_else(|| found.shape.clone(), |name| seen(&found.shape, &name));
            let (state, expression) = into_field(&at, found, is_list, plain);
            at = At { shape, state, expression };
            // A list with an object around it takes two steps of the path.
            let each = match found.inner {
                Some(_) => steps.next()?.each,
                None => step.each,
            };
            if !each {
                continue;
            }
        }
        let Shape::List(item) = at.shape else { return None };
        if steps.peek().is_none() {
            let expression = at.expression;
            let is_flat = at.state != State::Each;
            return Some((*item, if is_flat { expression } else { quote!(#expression.collect()) }));
        }
        let expression = at.expression;
        let each = if at.state == State::Each { expression } else { quote!(#expression.into_iter()) };
        at = At { shape: *item, state: State::Each, expression: each };
    }
    None
}

/// The step into a field: a list is empty where it is not there.
fn into_field(at: &At, found: &Member<'_>, is_list: bool, plain: bool) -> (State, TokenStream) {
    let (field, from) = (ident(&found.name), &at.expression);
    match (at.state, is_list, plain) {
        (State::Plain, _, true) => (State::Plain, quote!(#from.#field)),
        (State::Plain, true, false) => (State::Plain, quote!(#from.#field.unwrap_or_default())),
        (State::Plain, false, false) => (State::Optional, quote!(#from.#field)),
        (State::Optional, true, true) => (State::Plain, quote!(#from.map(|inner| inner.#field).unwrap_or_default())),
        (State::Optional, true, false) => {
            (State::Plain, quote!(#from.and_then(|inner| inner.#field).unwrap_or_default()))
        }
        (State::Optional, false, true) => (State::Optional, quote!(#from.map(|inner| inner.#field))),
        (State::Optional, false, false) => (State::Optional, quote!(#from.and_then(|inner| inner.#field))),
        (State::Each, true, true) => (State::Each, quote!(#from.flat_map(|inner| inner.#field))),
        (State::Each, true, false) => (State::Each, quote!(#from.filter_map(|inner| inner.#field).flatten())),
        (State::Each, false, true) => (State::Each, quote!(#from.map(|inner| inner.#field))),
        (State::Each, false, false) => (State::Each, quote!(#from.filter_map(|inner| inner.#field))),
    }
}
