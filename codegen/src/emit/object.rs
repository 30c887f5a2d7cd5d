//! Structs: responses, objects inside requests and responses, and shared types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Direction, Member, Object, Shape};

use super::imports::Imports;
use super::shapes::{self, ident};
use super::{docs, encode};

/// An object that belongs to an operation or to a shared type.
pub(super) fn emit(object: &Object<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let what = docs::value(object.schema, &format!("The parts of a [`{}`]", object.name));
    match object.direction {
        Direction::Received => received(&object.name, &what, &object.members, imports),
        Direction::Sent => sent(object, &what, imports),
        Direction::Both => both(object, &what, imports),
    }
}

/// A struct that is read from a reply.
pub(super) fn received(
    name: &str,
    what: &TokenStream,
    members: &[Member<'_>],
    imports: &mut Imports,
) -> Vec<TokenStream> {
    let (name, decode, kind) = (ident(name), imports.runtime("DecodeObject"), imports.runtime("Fields"));
    let fields: TokenStream = members.iter().map(|member| field(member, imports)).collect();
    let values = members.iter().map(value);
    let definition = quote! {
        #what
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #fields
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

/// A field of a struct that is read from a reply, with the comma behind it.
pub(super) fn field(member: &Member<'_>, imports: &mut Imports) -> TokenStream {
    let (field, of, wire) = (ident(&member.name), shapes::received(member, imports), &member.spec.name);
    let what = docs::value(&member.spec.schema, &format!("`{wire}`"));
    quote!(#what pub #field: #of,)
}

/// The same as it is read.
pub(super) fn value(member: &Member<'_>) -> TokenStream {
    let (field, wire) = (ident(&member.name), &member.spec.name);
    match member.inner {
        Some(inner) => quote!(#field: fields.list(#wire, #inner)),
        None if member.spec.schema.certain => quote!(#field: fields.certain(#wire)),
        None => quote!(#field: fields.get(#wire)),
    }
}

fn sent(object: &Object<'_>, what: &TokenStream, imports: &mut Imports) -> Vec<TokenStream> {
    let default = if object.has_default { quote!(Default,) } else { TokenStream::new() };
    vec![definition(object, what, &default, imports), encode(object, imports)]
}

/// A shared type: as it is sent, whichever way it travels.
fn both(object: &Object<'_>, what: &TokenStream, imports: &mut Imports) -> Vec<TokenStream> {
    let mut items = vec![definition(object, what, &TokenStream::new(), imports), encode(object, imports)];
    let (name, decode, kind) = (ident(&object.name), imports.runtime("DecodeObject"), imports.runtime("Fields"));
    let values = object.members.iter().map(|member| {
        let (field, wire) = (ident(&member.name), &member.spec.name);
        let otherwise = match &member.shape {
            _ if !member.is_required() => None,
            Shape::Integer | Shape::Float | Shape::Boolean | Shape::Json => Some(quote!(unwrap_or_default())),
            Shape::Object(_) => Some(quote!(unwrap_or_else(#decode::empty))),
            Shape::Choice(_) => Some(quote!(unwrap_or_else(|| "".into()))),
            _ => None,
        };
        match otherwise {
            Some(otherwise) => quote!(#field: fields.get::<Option<_>>(#wire).#otherwise),
            None => quote!(#field: fields.get(#wire)),
        }
    });
    let argument = if object.members.is_empty() { quote!(_fields) } else { quote!(fields) };
    items.push(quote! {
        impl #decode for #name {
            #[inline]
            fn decode_fields(#argument: &#kind<'_>) -> Self {
                Self { #(#values),* }
            }
        }
    });
    if object.has_default {
        items.push(quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self {
                    Self::empty()
                }
            }
        });
    }
    items
}

/// The struct as it is sent.
fn definition(object: &Object<'_>, what: &TokenStream, derives: &TokenStream, imports: &mut Imports) -> TokenStream {
    let name = ident(&object.name);
    let fields = object.members.iter().map(|member| {
        let (field, kind) = (ident(&member.name), shapes::member(member, imports));
        let what = docs::value(&member.spec.schema, &format!("`{}`", member.spec.name));
        quote!(#what pub #field: #kind)
    });
    quote! {
        #what
        #[derive(Clone, Debug, #derives PartialEq)]
        pub struct #name {
            #(#fields),*
        }
    }
}

fn encode(object: &Object<'_>, imports: &mut Imports) -> TokenStream {
    let (name, encode, encoder) = (ident(&object.name), imports.runtime("Encode"), imports.runtime("Encoder"));
    let pairs = encode::members(&object.members);
    quote! {
        impl #encode for #name {
            #[inline]
            fn encode(&self, to: &mut #encoder<'_>) {
                to.object(&[#(#pairs),*]);
            }
        }
    }
}
