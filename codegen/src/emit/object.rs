//! Structs: responses, and objects inside requests and responses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Definition, Direction, Member, Object, Operation, Shape};

use super::imports::Imports;
use super::shapes::{self, ident};
use super::{docs, encode};

/// The response of an operation.
pub(super) fn response(operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let what = docs::text(&format!("What [`Client::{}`] answers.", operation.module));
    received(&operation.response, &what, &operation.members, imports)
}

/// An object that belongs to an operation.
pub(super) fn emit(object: &Object<'_>, around: &[Definition<'_>], imports: &mut Imports) -> Vec<TokenStream> {
    let what = docs::value(object.schema, &format!("The parts of a [`{}`]", object.name));
    match object.direction {
        Direction::Received => received(&object.name, &what, &object.members, imports),
        Direction::Sent => sent(object, &what, around, imports),
    }
}

fn received(name: &str, what: &TokenStream, members: &[Member<'_>], imports: &mut Imports) -> Vec<TokenStream> {
    let (name, decode, kind) = (ident(name), imports.runtime("DecodeObject"), imports.runtime("Fields"));
    let mut fields = Vec::with_capacity(members.len());
    let mut values = Vec::with_capacity(members.len());
    for member in members {
        let (field, of, wire) = (ident(&member.name), shapes::received(member, imports), &member.spec.name);
        let what = docs::value(&member.spec.schema, &format!("`{wire}`"));
        fields.push(quote!(#what pub #field: #of));
        values.push(match member.inner {
            Some(inner) => quote!(#field: fields.list(#wire, #inner)),
            None if member.spec.schema.certain => quote!(#field: fields.certain(#wire)),
            None => quote!(#field: fields.get(#wire)),
        });
    }
    let definition = quote! {
        #what
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields),*
        }
    };
    let argument = if members.is_empty() { quote!(_fields) } else { quote!(fields) };
    let decode = quote! {
        impl #decode for #name {
            #[inline]
            fn decode_fields(#argument: &#kind<'_>) -> Self {
                Self { #(#values),* }
            }
        }
    };
    // Derived, it would be the slowest part of the struct to compile.
    let default = quote! {
        impl Default for #name {
            #[inline]
            fn default() -> Self {
                Self::empty()
            }
        }
    };
    vec![definition, decode, default]
}

fn sent(object: &Object<'_>, what: &TokenStream, around: &[Definition<'_>], imports: &mut Imports) -> Vec<TokenStream> {
    let default = if has_default(object, around) { quote!(Default,) } else { TokenStream::new() };
    let name = ident(&object.name);
    let fields: Vec<TokenStream> = object
        .members
        .iter()
        .map(|member| {
            let (field, schema) = (ident(&member.name), &member.spec.schema);
            let kind = shapes::sent(&member.shape, schema.required, imports);
            let what = docs::value(schema, &format!("`{}`", member.spec.name));
            quote!(#what pub #field: #kind)
        })
        .collect();
    let (encode, encoder) = (imports.runtime("Encode"), imports.runtime("Encoder"));
    let pairs = encode::members(&object.members);
    let definition = quote! {
        #what
        #[derive(Clone, Debug, #default PartialEq)]
        pub struct #name {
            #(#fields),*
        }
    };
    let encode = quote! {
        impl #encode for #name {
            #[inline]
            fn encode(&self, to: &mut #encoder<'_>) {
                to.object(&[#(#pairs),*]);
            }
        }
    };
    vec![definition, encode]
}

/// Whether the object can be made of nothing: an enum that is required has no value to begin with.
fn has_default(object: &Object<'_>, around: &[Definition<'_>]) -> bool {
    object.members.iter().filter(|member| member.spec.schema.required).all(|member| match &member.shape {
        Shape::Choice(_) => false,
        Shape::Object(name) => around.iter().all(|definition| match definition {
            Definition::Object(inner) if inner.name == *name => has_default(inner, around),
            _ => true,
        }),
        _ => true,
    })
}
