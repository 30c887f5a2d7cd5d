//! Waiting, paging, downloading and streaming: methods of requests, and the data that the runtime goes by.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Body, Operation, Product};
use crate::spec::Waiter;

use super::imports::Imports;
use super::shapes::ident;
use super::{docs, links, pager, waiter};

/// The methods of the request.
pub(super) fn methods(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let spec = &operation.file.operation;
    let mut methods = Vec::new();
    for (method, name) in &operation.waiters {
        let (wait, method) = (imports.runtime("Wait"), ident(method));
        let Some(waiter) = spec.waiters.get(*name) else { continue };
        let constant = ident(&waiter_name(name));
        let what = docs::text(&waiting(waiter));
        methods.push(quote! {
            #what
            #[inline]
            pub fn #method(self) -> #wait<Self> {
                #wait::new(self, &#constant)
            }
        });
    }
    methods.extend(pager::methods(of, operation, imports));
    methods.extend(links::methods(operation, imports));
    if matches!(operation.answer.body, Body::Bytes) {
        let stream = imports.runtime("SendingStream");
        methods.push(quote! {
            /// Sends the request and reads the bytes of the reply as they come, rather than all at once.
            #[inline]
            pub fn stream(self) -> #stream {
                #stream::new(&self)
            }
        });
    }
    methods
}

/// The data that waiters, pagers and links go by.
pub(super) fn statics(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let spec = &operation.file.operation;
    let mut statics = Vec::new();
    for (name, waiter) in &spec.waiters {
        statics.push(waiter::emit(of, &ident(&waiter_name(name)), name, waiter, imports));
    }
    statics.extend(pager::data(of, operation, imports));
    statics.extend(links::data(operation, imports));
    statics
}

fn waiter_name(name: &str) -> String {
    format!("UNTIL_{}", crate::resolve::field_name(name).to_uppercase())
}

/// What a waiter waits for, and which states end the wait otherwise.
fn waiting(waiter: &Waiter) -> String {
    let mut text = format!("Asks again and again until {}.", docs::line(&waiter.summary).trim_end_matches('.'));
    if let Some(times) = waiter.times {
        text.push_str(&format!(" The documents advise to ask {times} times at most."));
    }
    let list = |states: &mut dyn Iterator<Item = &String>| {
        states.map(|state| docs::code(state)).collect::<Vec<_>>().join(", ")
    };
    if !waiter.failure.is_empty() {
        text.push_str(&format!("\n\nFails in the states {}.", list(&mut waiter.failure.iter())));
    }
    if !waiter.needs_action.is_empty() {
        text.push_str("\n\nFails, and says what to do, where somebody has to act:\n");
        for (state, advice) in &waiter.needs_action {
            text.push_str(&format!("\n- {}: {}", docs::code(state), docs::sentence(&docs::line(advice))));
        }
    }
    text
}
