//! The request: a struct with a field for every parameter, and setters for what is optional.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Operation, Parameter, Product};
use crate::spec::ResponseKind;

use super::imports::Imports;
use super::shapes::{self, ident};
use super::{behaviour, docs, encode, pager};

pub(super) fn emit(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let mut items = vec![definition(operation, imports), methods(of, operation, imports), request(operation, imports)];
    items.push(into_future(operation, imports));
    items.extend(pager::paged(of, operation, imports));
    items
}

fn definition(operation: &Operation<'_>, imports: &mut Imports) -> TokenStream {
    let (name, method) = (ident(&operation.request), &operation.module);
    let call = imports.runtime("Call");
    let optional = operation.parameters.iter().any(|parameter| !parameter.is_argument());
    let what = docs::text(&if optional {
        format!("What to ask of [`Client::{method}`]: add what is optional, then `.await` it.")
    } else {
        format!("What to ask of [`Client::{method}`]: `.await` it.")
    });
    let fields = operation.parameters.iter().map(|parameter| {
        let (field, what) = (ident(&parameter.name), what_is(parameter));
        let kind = shapes::sent(&parameter.shape, parameter.is_argument(), imports);
        quote!(#what pub #field: #kind)
    });
    quote! {
        #what
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct #name {
            call: #call,
            #(#fields),*
        }
    }
}

fn methods(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> TokenStream {
    let (name, response) = (ident(&operation.request), shapes::response(operation, imports));
    let optional = operation.parameters.iter().filter(|parameter| !parameter.is_argument());
    let setters: Vec<TokenStream> = optional.map(|parameter| setter(parameter, imports)).collect();
    let options = imports.runtime("CallOptions");
    let metadata = if is_events(operation) {
        TokenStream::new()
    } else {
        let sending = imports.runtime("SendingWithMetadata");
        quote! {
            /// Sends the request and keeps what came with the reply: request id, attempts, headers, the raw JSON.
            #[inline]
            pub fn with_metadata(self) -> #sending<#response> {
                #sending::new(&self)
            }
        }
    };
    let behaviour = behaviour::methods(of, operation, imports);
    quote! {
        impl #name {
            #(#setters)*

            /// Changes the options of this one call.
            #[inline]
            pub fn with(mut self, change: impl FnOnce(#options) -> #options) -> Self {
                self.call = self.call.with(change);
                self
            }

            #metadata

            #(#behaviour)*
        }
    }
}

/// Whether the reply is a stream of events.
pub(super) fn is_events(operation: &Operation<'_>) -> bool {
    operation.file.operation.response.kind == Some(ResponseKind::Events)
}

fn setter(parameter: &Parameter<'_>, imports: &mut Imports) -> TokenStream {
    let name = ident(&parameter.name);
    // The field tells the rest.
    let what = docs::first_sentence(&parameter.spec.schema, &format!("`{}`", parameter.spec.name));
    let (kind, value) = shapes::argument(&name, &parameter.shape, parameter.schema, imports);
    quote! {
        #what
        #[inline]
        pub fn #name(mut self, #name: #kind) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn request(operation: &Operation<'_>, imports: &mut Imports) -> TokenStream {
    let (name, response) = (ident(&operation.request), shapes::response(operation, imports));
    let (call, request, wire) = (imports.runtime("Call"), imports.runtime("Request"), imports.runtime("Wire"));
    let lines = encode::parameters(operation);
    let argument = if lines.is_empty() { quote!(_wire) } else { quote!(wire) };
    quote! {
        impl #request for #name {
            type Response = #response;

            #[inline]
            fn call(&self) -> &#call {
                &self.call
            }

            #[inline]
            fn encode(&self, #argument: &mut #wire) {
                #(#lines)*
            }
        }
    }
}

fn into_future(operation: &Operation<'_>, imports: &mut Imports) -> TokenStream {
    let (name, response) = (ident(&operation.request), shapes::response(operation, imports));
    let error = imports.runtime("Error");
    let (output, sending) = if is_events(operation) {
        let events = imports.runtime("Events");
        (quote!(#events<#response>), imports.runtime("SendingEvents"))
    } else {
        (response.clone(), imports.runtime("Sending"))
    };
    quote! {
        impl IntoFuture for #name {
            type Output = Result<#output, #error>;
            type IntoFuture = #sending<#response>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                #sending::new(&self)
            }
        }
    }
}

fn what_is(parameter: &Parameter<'_>) -> TokenStream {
    docs::value(&parameter.spec.schema, &format!("`{}`", parameter.spec.name))
}
