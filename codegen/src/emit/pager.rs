//! Going from page to page.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Operation, Product, Shape};
use crate::spec::PagerStyle;

use super::imports::Imports;
use super::page_items;
use super::place::Place;
use super::shapes::{self, ident};

/// How an operation is paged.
struct Paging<'a> {
    pager: &'a crate::spec::Pager,
    position: Place<'a>,
    size: Option<Place<'a>>,
    item: Shape,
    items: TokenStream,
}

/// Nothing where the operation has no pager.
fn paging<'a>(of: &'a Product<'a>, operation: &'a Operation<'a>) -> Option<Paging<'a>> {
    let pager = operation.file.operation.pager.as_ref()?;
    let position = Place::find(of, operation, &pager.position)?;
    let size = pager.size.as_deref().and_then(|path| Place::find(of, operation, path));
    let (item, items) = page_items::emit(of, operation, &pager.items)?;
    Some(Paging { pager, position, size, item, items })
}

/// The methods of the request.
pub(super) fn methods(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> Option<TokenStream> {
    paging(of, operation)?;
    let (pages, items) = (imports.runtime("Pages"), imports.runtime("Items"));
    Some(quote! {
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
    })
}

/// How the request takes part in paging.
pub(super) fn paged(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let paging = paging(of, operation)?;
    let (name, response) = (ident(&operation.request), shapes::response(operation, imports));
    let (paged, pager) = (imports.runtime("Paged"), imports.runtime("Pager"));
    let item = shapes::plain(&paging.item, imports);
    let (position, set_position) = (paging.position.read_text(), paging.position.write_text());
    let page_size = paging.size.map_or_else(|| quote!(None), |size| size.read_number());
    let items = &paging.items;
    Some(quote! {
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
    })
}

/// The data that paging goes by.
pub(super) fn data(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let paging = paging(of, operation)?;
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
    let bound = paging.size.as_ref().and_then(|size| size.last.maximum.as_deref()?.parse::<i64>().ok());
    let bound = bound.map(|bound: i64| quote!(max_size: Some(#bound),));
    Some(quote! {
        static PAGER: #kind = #kind { style: #style, items: #items, #(#paths)* #bound ..#kind::NONE };
    })
}
