//! What a caller writes: types and arguments, word for word as the emitter writes them.

use proc_macro2::TokenStream;

use crate::emit::imports::Imports;
use crate::emit::{self, Destination, shapes};
use crate::resolve::model::{Member, Operation, Parameter, Product, Shape};

/// A type by itself, such as `Vec<Tag>`.
pub(super) fn plain(shape: &Shape) -> String {
    written(&shapes::plain(shape, &mut Imports::default()))
}

/// The type of a field of a request.
pub(super) fn sent(shape: &Shape, required: bool) -> String {
    written(&shapes::sent(shape, required, &mut Imports::default()))
}

/// The type of a field of a response.
pub(super) fn received(member: &Member<'_>) -> String {
    written(&shapes::received(member, &mut Imports::default()))
}

/// What awaiting a request gives, where it is no struct of the operation's own.
pub(super) fn response(operation: &Operation<'_>) -> Option<String> {
    let is_own = operation.answer.is_struct();
    (!is_own).then(|| written(&shapes::response(operation, &mut Imports::default())))
}

/// The type that the argument or the setter of a parameter takes.
pub(super) fn argument(parameter: &Parameter<'_>) -> String {
    let name = shapes::ident(&parameter.name);
    written(&shapes::argument(&name, &parameter.shape, parameter.schema, &mut Imports::default()).0)
}

/// All that is written for an operation, but for the line that names the file it was written from.
pub(super) fn module(product: &Product<'_>, operation: &Operation<'_>) -> String {
    let text = emit::operation::emit(product, operation, &Destination::alicloud());
    text.lines().filter(|line| !line.contains(emit::MARKER)).collect::<Vec<_>>().join("\n")
}

/// Tokens as people write them.
fn written(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    [(" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ","), (" :: ", "::")]
        .iter()
        .fold(text, |text, (spaced, tight)| text.replace(spaced, tight))
}
