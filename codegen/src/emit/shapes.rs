//! Shapes as Rust types: in fields, in arguments, in responses.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::resolve::model::{Body, Home, Member, Operation, Shape, TypeName};
use crate::spec::{Holds, Schema, Type};

use super::imports::Imports;

/// A name as a token.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The type itself.
pub(crate) fn plain(shape: &Shape, imports: &mut Imports) -> TokenStream {
    match shape {
        Shape::Text => quote!(String),
        Shape::Sensitive => imported(imports, "SensitiveString"),
        Shape::Integer => quote!(i64),
        Shape::Float => quote!(f64),
        Shape::Boolean => quote!(bool),
        Shape::Json => imported(imports, "Value"),
        Shape::List(inner) => {
            let inner = plain(inner, imports);
            quote!(Vec<#inner>)
        }
        Shape::Map(inner) => {
            let (map, inner) = (imports.map(), plain(inner, imports));
            quote!(#map<String, #inner>)
        }
        Shape::Binary => imported(imports, "RequestBody"),
        Shape::Object(TypeName { name, home }) | Shape::Choice(TypeName { name, home }) => {
            let name = ident(name);
            match home {
                Home::Here => quote!(#name),
                Home::Shared(_) => {
                    let types = imports.types();
                    quote!(#types::#name)
                }
                Home::Inside(module) => {
                    let (types, module) = (imports.types(), ident(module));
                    quote!(#types::#module::#name)
                }
            }
        }
    }
}

/// The type of a field of an object that is sent.
pub(crate) fn member(member: &Member<'_>, imports: &mut Imports) -> TokenStream {
    if member.boxed {
        let plain = plain(&member.shape, imports);
        return quote!(Option<Box<#plain>>);
    }
    sent(&member.shape, member.is_required(), imports)
}

/// What `Response` of a request is.
pub(crate) fn response(operation: &Operation<'_>, imports: &mut Imports) -> TokenStream {
    match &operation.answer.body {
        Body::Value(shape) if !operation.answer.is_struct() => plain(shape, imports),
        Body::Bytes if !operation.answer.is_struct() => imported(imports, "Bytes"),
        _ => {
            let name = ident(&operation.response);
            quote!(#name)
        }
    }
}

/// The type of a field of a request: the type itself where it is required, otherwise an `Option`.
pub(crate) fn sent(shape: &Shape, required: bool, imports: &mut Imports) -> TokenStream {
    let plain = plain(shape, imports);
    if required { plain } else { quote!(Option<#plain>) }
}

/// The type of a field of a response: text, lists and maps are empty where they are absent.
pub(crate) fn received(member: &Member<'_>, imports: &mut Imports) -> TokenStream {
    let plain = plain(&member.shape, imports);
    let empty = matches!(member.shape, Shape::Text | Shape::Sensitive | Shape::List(_) | Shape::Map(_));
    if empty || member.spec.schema.certain { plain } else { quote!(Option<#plain>) }
}

/// The type of an argument, and how the argument becomes the type itself.
pub(crate) fn argument(
    name: &Ident,
    shape: &Shape,
    schema: &Schema,
    imports: &mut Imports,
) -> (TokenStream, TokenStream) {
    match shape {
        Shape::Text if schema.kind() == Some(Type::String) && schema.holds == Some(Holds::Integer) => {
            (quote!(impl ToString), quote!(#name.to_string()))
        }
        Shape::Text | Shape::Sensitive | Shape::Choice(_) | Shape::Json | Shape::Binary => {
            let plain = plain(shape, imports);
            (quote!(impl Into<#plain>), quote!(#name.into()))
        }
        Shape::List(inner) => {
            let plain_inner = plain(inner, imports);
            match **inner {
                Shape::Text | Shape::Sensitive | Shape::Choice(_) => (
                    quote!(impl IntoIterator<Item = impl Into<#plain_inner>>),
                    quote!(#name.into_iter().map(Into::into).collect()),
                ),
                _ => (quote!(impl IntoIterator<Item = #plain_inner>), quote!(#name.into_iter().collect())),
            }
        }
        Shape::Integer | Shape::Float | Shape::Boolean | Shape::Map(_) | Shape::Object(_) => {
            (plain(shape, imports), quote!(#name))
        }
    }
}

fn imported(imports: &mut Imports, name: &'static str) -> TokenStream {
    let name = imports.runtime(name);
    quote!(#name)
}
