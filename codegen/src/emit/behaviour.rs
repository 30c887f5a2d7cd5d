//! Waiting, paging and downloading: methods of requests, and the data that the runtime goes by.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Member, Operation, Parameter, Product, Shape};
use crate::spec::{PagerStyle, Path, Waiter};

use super::docs;
use super::imports::Imports;
use super::shapes::{self, ident};
use super::waiter;

/// The methods of the request.
pub(super) fn methods(operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
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
    if paging(operation).is_some() {
        let (pages, items) = (imports.runtime("Pages"), imports.runtime("Items"));
        methods.push(quote! {
            /// A stream of pages, from the one that is asked for to the last.
            #[inline]
            pub fn pages(self) -> #pages<Self> {
                #pages::new(self)
            }

            /// A stream of the items of all pages.
            #[inline]
            pub fn items(self) -> #items<Self> {
                #items::new(self)
            }
        });
    }
    if let Some(link) = &spec.link {
        let (download, path) = (imports.runtime("Download"), imports.path());
        let (to, stream) = (imports.runtime("DownloadTo"), imports.runtime("DownloadStream"));
        let summary = docs::lower(&docs::sentence(&docs::markdown(&link.summary)));
        let to_file = docs::text(&format!("Downloads into the file, or the folder, `path`: {summary}"));
        let to_writer = docs::text(&format!("Downloads into `writer`: {summary}"));
        let as_stream = docs::text(&format!("Downloads as a stream of bytes: {summary}"));
        let writer = imports.runtime("AsyncWrite");
        methods.push(quote! {
            #to_file
            #[inline]
            pub fn download(self, path: impl AsRef<#path>) -> #download<Self> {
                #download::new(self, &LINK, path.as_ref())
            }

            #to_writer
            #[inline]
            pub fn download_to<'w>(self, writer: impl #writer + Send + 'w) -> #to<'w> {
                #to::new(self, &LINK, writer)
            }

            #as_stream
            #[inline]
            pub fn download_stream(self) -> #stream {
                #stream::new(self, &LINK)
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
    if let Some(paging) = paging(operation) {
        statics.push(pager(&paging, imports));
    }
    if let Some(link) = &spec.link {
        let kind = imports.runtime("Link");
        let path = &link.path;
        let [internal, reason, expires] =
            [&link.internal, &link.reason, &link.expires].map(|path| optional(path.as_deref()));
        let ready = match &link.ready {
            Some(ready) => {
                let (path, equals) = (&ready.path, &ready.equals);
                quote!(Some((#path, #equals)))
            }
            None => quote!(None),
        };
        statics.push(quote! {
            static LINK: #kind =
                #kind { path: #path, internal_path: #internal, ready: #ready, reason: #reason, expires: #expires };
        });
    }
    statics
}

/// How the request takes part in paging.
pub(super) fn paged(operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let Some(paging) = paging(operation) else { return Vec::new() };
    let (name, response) = (ident(&operation.request), ident(&operation.response));
    let (paged, pager) = (imports.runtime("Paged"), imports.runtime("Pager"));
    let item = shapes::plain(&paging.item, imports);
    let (position, set_position) = position(paging.position);
    let page_size = paging.size.map_or_else(|| quote!(None), size);
    let items = &paging.items;
    vec![quote! {
        impl #paged for #name {
            type Item = #item;

            #[inline]
            fn pager(&self) -> &'static #pager {
                &PAGER
            }

            #[inline]
            fn position(&self) -> Option<String> {
                #position
            }

            #[inline]
            fn set_position(&mut self, position: &str) {
                #set_position
            }

            #[inline]
            fn page_size(&self) -> Option<i64> {
                #page_size
            }

            #[inline]
            fn into_items(response: #response) -> Vec<Self::Item> {
                #items
            }
        }
    }]
}

/// What paging needs to know.
struct Paging<'a> {
    pager: &'a crate::spec::Pager,
    position: &'a Parameter<'a>,
    size: Option<&'a Parameter<'a>>,
    item: Shape,
    items: TokenStream,
}

/// Nothing where the operation has no pager, or where its items are not in one plain list.
fn paging<'a>(operation: &'a Operation<'a>) -> Option<Paging<'a>> {
    let pager = operation.file.operation.pager.as_ref()?;
    let parameter = |name: &str| operation.parameters.iter().find(|parameter| parameter.spec.name == name);
    let position = parameter(&pager.position)?;
    let size = pager.size.as_deref().and_then(parameter);
    let (item, items) = items(operation, &Path::parse(&pager.items))?;
    Some(Paging { pager, position, size, item, items })
}

/// The type of the items, and the expression that takes them out of the response.
fn items(operation: &Operation<'_>, path: &Path) -> Option<(Shape, TokenStream)> {
    let mut members: &[Member<'_>] = &operation.members;
    let mut expression = quote!(response);
    let mut optional = false;
    let mut steps = path.0.iter();
    while let Some(step) = steps.next() {
        let member = members.iter().find(|member| member.spec.name == step.name)?;
        let field = ident(&member.name);
        match &member.shape {
            Shape::List(item) => {
                let is_last = member.inner.is_none() || steps.next().is_some();
                let taken = if optional {
                    quote!(#expression.map(|inner| inner.#field).unwrap_or_default())
                } else {
                    quote!(#expression.#field)
                };
                return (is_last && steps.next().is_none()).then(|| ((**item).clone(), taken));
            }
            Shape::Object(name) => {
                expression = if optional {
                    quote!(#expression.and_then(|inner| inner.#field))
                } else {
                    quote!(#expression.#field)
                };
                optional = true;
                members = operation.definitions.iter().find_map(|definition| match definition {
                    crate::resolve::model::Definition::Object(object) if object.name == *name => {
                        Some(object.members.as_slice())
                    }
                    _ => None,
                })?;
            }
            _ => return None,
        }
    }
    None
}

/// How the position is read and set: it is text whatever the parameter is.
fn position(parameter: &Parameter<'_>) -> (TokenStream, TokenStream) {
    let field = ident(&parameter.name);
    match (&parameter.shape, parameter.is_argument()) {
        (Shape::Integer, false) => {
            (quote!(self.#field.map(|number| number.to_string())), quote!(self.#field = position.parse().ok();))
        }
        (Shape::Integer, true) => (
            quote!(Some(self.#field.to_string())),
            quote! {
                if let Ok(number) = position.parse() {
                    self.#field = number;
                }
            },
        ),
        (_, false) => (quote!(self.#field.clone()), quote!(self.#field = Some(position.to_owned());)),
        (_, true) => (quote!(Some(self.#field.clone())), quote!(self.#field = position.to_owned();)),
    }
}

fn size(parameter: &Parameter<'_>) -> TokenStream {
    let field = ident(&parameter.name);
    match (&parameter.shape, parameter.is_argument()) {
        (Shape::Integer, false) => quote!(self.#field),
        (Shape::Integer, true) => quote!(Some(self.#field)),
        (_, false) => quote!(self.#field.as_deref().and_then(|size| size.parse().ok())),
        (_, true) => quote!(self.#field.parse().ok()),
    }
}

fn pager(paging: &Paging<'_>, imports: &mut Imports) -> TokenStream {
    let (kind, style_kind) = (imports.runtime("Pager"), imports.runtime("PagerStyle"));
    let first = paging.pager.first.unwrap_or(1);
    let style = match paging.pager.style {
        PagerStyle::PageNumber => quote!(#style_kind::PageNumber { first: #first }),
        PagerStyle::Token => quote!(#style_kind::Token),
        PagerStyle::Offset => quote!(#style_kind::Offset),
    };
    let items = paging.pager.items.trim_end_matches("[]");
    let pager = paging.pager;
    let paths = [
        ("next", &pager.next),
        ("total", &pager.total),
        ("pages", &pager.pages),
        ("number", &pager.number),
        ("page_size", &pager.page_size),
    ];
    let paths = paths.iter().filter_map(|(name, path)| {
        let (name, path) = (ident(name), path.as_deref()?);
        Some(quote!(#name: Some(#path),))
    });
    // More than the documented bound is not given, whatever is asked for.
    let bound = paging.size.and_then(|size| size.spec.schema.maximum.as_deref()?.parse::<i64>().ok());
    let bound = bound.map(|bound| quote!(max_size: Some(#bound),));
    quote! {
        static PAGER: #kind = #kind { style: #style, items: #items, #(#paths)* #bound ..#kind::NONE };
    }
}

fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}

fn waiter_name(name: &str) -> String {
    format!("UNTIL_{}", crate::resolve::field_name(name).to_uppercase())
}

/// What a waiter waits for, and which states end the wait otherwise.
fn waiting(waiter: &Waiter) -> String {
    let mut text = format!("Asks again and again until {}.", docs::markdown(&waiter.summary).trim_end_matches('.'));
    let list = |states: &mut dyn Iterator<Item = &String>| {
        states.map(|state| docs::code(state)).collect::<Vec<_>>().join(", ")
    };
    if !waiter.failure.is_empty() {
        text.push_str(&format!("\n\nFails in the states {}.", list(&mut waiter.failure.iter())));
    }
    if !waiter.needs_action.is_empty() {
        text.push_str("\n\nFails, and says what to do, where somebody has to act:\n");
        for (state, advice) in &waiter.needs_action {
            text.push_str(&format!("\n- {}: {}", docs::code(state), docs::sentence(&docs::markdown(advice))));
        }
    }
    text
}
