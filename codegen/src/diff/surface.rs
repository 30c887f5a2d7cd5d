//! What a caller writes: types and arguments, word for word as the emitter writes them.

use proc_macro2::TokenStream;

use crate::emit::imports::Imports;
use crate::emit::{self, shapes};
use crate::resolve::model::{Member, Operation, Parameter, Product, Shape};

/// A type by itself, such as `Vec<Tag>`.
pub(super) fn plain(shape: &Shape) -> String {
    written(&shapes::plain(shape, &mut Imports::default()))
}

/// The type of a field of an object that is sent.
pub(super) fn sent(member: &Member<'_>) -> String {
    written(&shapes::member(member, &mut Imports::default()))
}

/// The type that a call answers.
pub(super) fn response(operation: &Operation<'_>) -> String {
    written(&shapes::response(operation, &mut Imports::default()))
}

/// The type of a field of a response.
pub(super) fn received(member: &Member<'_>) -> String {
    written(&shapes::received(member, &mut Imports::default()))
}

/// The type that the argument or the setter of a parameter takes.
pub(super) fn argument(parameter: &Parameter<'_>) -> String {
    let name = shapes::ident(&parameter.name);
    written(&shapes::argument(&name, &parameter.shape, parameter.schema, &mut Imports::default()).0)
}

/// All that is written for an operation, but for the line that names the file it was written from.
pub(super) fn module(product: &Product<'_>, operation: &Operation<'_>) -> String {
    let text = emit::operation::emit(product, operation, &emit::Destination::alicloud());
    text.lines().filter(|line| !line.contains(emit::MARKER)).collect::<Vec<_>>().join("\n")
}

/// Tokens as people write them.
fn written(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    [(" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ","), (" :: ", "::")]
        .iter()
        .fold(text, |text, (spaced, tight)| text.replace(spaced, tight))
}
