//! The response of an operation, where it is a struct of its own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Body, Member, Operation, Shape};

use super::imports::Imports;
use super::request::is_events;
use super::shapes::{self, ident};
use super::{docs, object};

pub(super) fn emit(operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let answer = &operation.answer;
    let what = docs::text(&if is_events(operation) {
        format!("One event of those that [`Client::{}`] answers with.", operation.module)
    } else {
        format!("What [`Client::{}`] answers.", operation.module)
    });
    match &answer.body {
        Body::Object(members) if answer.headers.is_empty() => {
            object::received(&operation.response, &what, members, imports)
        }
        _ if answer.headers.is_empty() => Vec::new(),
        body => {
            let mut items = vec![with_headers(operation, body, &what, imports), decode(operation, body, imports)];
            items.push(headers(operation, imports));
            items
        }
    }
}

/// The struct that has the headers beside what is in the body.
fn with_headers(operation: &Operation<'_>, body: &Body<'_>, what: &TokenStream, imports: &mut Imports) -> TokenStream {
    let answer = &operation.answer;
    let (name, field, kind) = (ident(&operation.response), ident(&answer.headers_field), ident(&answer.headers_type));
    let fields = match body {
        Body::Object(members) => members.iter().map(|member| object::field(member, imports)).collect(),
        Body::Value(shape) => {
            let plain = shapes::plain(shape, imports);
            quote!(#[doc = " The body."] pub body: #plain)
        }
        Body::Bytes => {
            let bytes = imports.runtime("Bytes");
            quote!(#[doc = " The body."] pub body: #bytes)
        }
        Body::Nothing => TokenStream::new(),
    };
    quote! {
        #what
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            /// The results that are in headers.
            pub #field: #kind,
            #fields
        }
    }
}

/// How a reply is read into it.
fn decode(operation: &Operation<'_>, body: &Body<'_>, imports: &mut Imports) -> TokenStream {
    let answer = &operation.answer;
    let (name, field, kind) = (ident(&operation.response), ident(&answer.headers_field), ident(&answer.headers_type));
    let (decode, reply) = (imports.runtime("DecodeReply"), imports.runtime("Reply"));
    let values = answer.headers.iter().map(|member| {
        let (field, wire) = (ident(&member.name), &member.spec.name);
        match prefix(member) {
            Some(prefix) => quote!(#field: reply.header_map(#prefix)),
            None => quote!(#field: reply.header(#wire)),
        }
    });
    let (before, rest) = match body {
        Body::Object(members) => {
            let values = members.iter().map(object::value);
            (quote!(let fields = reply.fields()?;), quote!(#(#values),*))
        }
        Body::Value(_) => {
            let decode = imports.runtime("Decode");
            (TokenStream::new(), quote!(body: #decode::decode(reply.root())?))
        }
        Body::Bytes => (TokenStream::new(), quote!(body: reply.bytes())),
        Body::Nothing => (TokenStream::new(), TokenStream::new()),
    };
    quote! {
        impl #decode for #name {
            #[inline]
            fn decode_reply(reply: &#reply) -> Option<Self> {
                #before
                Some(Self { #field: #kind { #(#values),* }, #rest })
            }
        }
    }
}

/// The struct of the headers.
fn headers(operation: &Operation<'_>, imports: &mut Imports) -> TokenStream {
    let name = ident(&operation.answer.headers_type);
    let what = docs::text(&format!("The results of [`Client::{}`] that are in headers.", operation.module));
    let fields = operation.answer.headers.iter().map(|member| object::field(member, imports));
    quote! {
        #what
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    }
}

/// What the names of headers begin with that are the entries of a map.
fn prefix<'m>(member: &'m Member<'_>) -> Option<&'m str> {
    member.spec.name.strip_suffix('*').filter(|_| matches!(member.shape, Shape::Map(_)))
}
