//! How parameters and objects are written to the wire.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::resolve::model::{Member, Operation, Parameter, Shape};
use crate::spec::{Location, ParameterStyle};

use super::shapes::ident;

/// The lines that write all parameters: by location, and in the order of the bytes of their names, in which they are
/// signed, so that nothing has to be sorted at run time.
pub(super) fn parameters(operation: &Operation<'_>) -> Vec<TokenStream> {
    let mut lines: Vec<TokenStream> = operation
        .file
        .operation
        .requires
        .iter()
        .filter(|rule| !rule.any_of.is_empty())
        .map(|rule| any_of(operation, &rule.any_of))
        .collect();
    let mut sorted: Vec<&Parameter<'_>> = operation.parameters.iter().collect();
    sorted.sort_by(|a, b| (a.spec.location as u8, &a.spec.name).cmp(&(b.spec.location as u8, &b.spec.name)));
    let path = operation.file.operation.path.as_deref().unwrap_or("/");
    lines.extend(sorted.into_iter().map(|one| parameter(one, path)));
    lines
}

fn any_of(operation: &Operation<'_>, names: &[String]) -> TokenStream {
    let pairs = names.iter().filter_map(|name| {
        let parameter = operation.parameters.iter().find(|parameter| parameter.spec.name == *name)?;
        let field = ident(&parameter.name);
        Some(if parameter.is_argument() { quote!((#name, true)) } else { quote!((#name, self.#field.is_some())) })
    });
    quote!(wire.require_any(&[#(#pairs),*]);)
}

/// Whether a path is nothing but one placeholder, so that the parameter is the whole path as it is.
pub(super) fn is_whole(path: &str) -> bool {
    path.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).is_some_and(|name| !name.contains(['{', '}']))
}

fn parameter(parameter: &Parameter<'_>, path: &str) -> TokenStream {
    let (name, field) = (&parameter.spec.name, ident(&parameter.name));
    let style = parameter.spec.style;
    let method = match (parameter.spec.location, style) {
        (Location::Query, Some(ParameterStyle::Json)) => quote!(query_json),
        (Location::Query, Some(ParameterStyle::Simple)) => quote!(query_simple),
        (Location::Query, _) if is_free(&parameter.shape, style) => quote!(query_json),
        (Location::Query, _) => quote!(query),
        (Location::Host, _) => quote!(host),
        (Location::Form, Some(ParameterStyle::Json)) => quote!(form_json),
        (Location::Form, Some(ParameterStyle::Simple)) => quote!(form_simple),
        (Location::Form, _) if is_free(&parameter.shape, style) => quote!(form_json),
        (Location::Form, _) => quote!(form),
        (Location::Header, _) => match name.strip_suffix('*') {
            // The star stands for the keys of a map.
            Some(prefix) => return quote!(wire.header_map(#prefix, &self.#field);),
            None => quote!(header),
        },
        (Location::Path, _) if is_whole(path) => return quote!(wire.whole_path(&self.#field);),
        (Location::Path, _) => quote!(path),
        (Location::Body, _) => return body(parameter, &field),
    };
    quote!(wire.#method(#name, &self.#field);)
}

fn body(parameter: &Parameter<'_>, field: &Ident) -> TokenStream {
    match &parameter.shape {
        Shape::Binary => {
            let value = if parameter.is_argument() { quote!(Some(&self.#field)) } else { quote!(self.#field.as_ref()) };
            quote!(wire.body(#value, Some("application/octet-stream"));)
        }
        _ if parameter.spec.style == Some(ParameterStyle::Xml) => {
            let root = parameter.root.unwrap_or(&parameter.spec.name);
            quote!(wire.body_xml(#root, &self.#field);)
        }
        // Text is a document already: quoting it would make another of it.
        Shape::Text => quote!(wire.body_json_text(&self.#field);),
        _ => quote!(wire.body_json(&self.#field);),
    }
}

/// Free-form JSON is written as JSON unless the spec says that it is flat.
fn is_free(shape: &Shape, style: Option<ParameterStyle>) -> bool {
    *shape == Shape::Json && style.is_none()
}

/// The pairs of names and fields of an object.
pub(super) fn members(members: &[Member<'_>]) -> Vec<TokenStream> {
    members
        .iter()
        .map(|member| {
            let (name, field) = (&member.spec.name, ident(&member.name));
            quote!((#name, &self.#field))
        })
        .collect()
}
