//! Downloading what a reply has a link to.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::resolve::model::Operation;
use crate::spec::Link;

use super::docs;
use super::imports::Imports;
use super::shapes::ident;

/// The methods that download: three for each link.
pub(super) fn methods(operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let all = all(operation).into_iter();
    all.map(|(method, constant, link)| of_link(&method, &constant, link, imports)).collect()
}

/// The data that they go by.
pub(super) fn data(operation: &Operation<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    all(operation).into_iter().map(|(_, constant, link)| datum(&constant, link, imports)).collect()
}

/// Each link with the name of its first method and that of its data.
fn all<'a>(operation: &Operation<'a>) -> Vec<(String, Ident, &'a Link)> {
    let spec = &operation.file.operation;
    let first = spec.link.iter().map(|link| ("download".to_owned(), ident("LINK"), link));
    let others = operation.links.iter().filter_map(|(method, name)| {
        let constant = method.trim_start_matches("download_").to_uppercase();
        Some((method.clone(), ident(&format!("LINK_{constant}")), spec.links.get(*name)?))
    });
    first.chain(others).collect()
}

fn of_link(method: &str, constant: &Ident, link: &Link, imports: &mut Imports) -> TokenStream {
    let (download, path) = (imports.runtime("Download"), imports.path());
    let (to, stream) = (imports.runtime("DownloadTo"), imports.runtime("DownloadStream"));
    let summary = docs::lower(&docs::sentence(&docs::line(&link.summary)));
    let to_file = docs::text(&format!("Downloads into the file, or the folder, `path`: {summary}"));
    let to_writer = docs::text(&format!("Downloads into `writer`: {summary}"));
    let as_stream = docs::text(&format!("Downloads as a stream of bytes: {summary}"));
    let writer = imports.runtime("AsyncWrite");
    let (file_method, writer_method) = (ident(method), ident(&format!("{method}_to")));
    let stream_method = ident(&format!("{method}_stream"));
    quote! {
        #to_file
        #[inline]
        pub fn #file_method(self, path: impl AsRef<#path>) -> #download<Self> {
            #download::new(self, &#constant, path.as_ref())
        }

        #to_writer
        #[inline]
        pub fn #writer_method<'w>(self, writer: impl #writer + Send + 'w) -> #to<'w> {
            #to::new(self, &#constant, writer)
        }

        #as_stream
        #[inline]
        pub fn #stream_method(self) -> #stream {
            #stream::new(self, &#constant)
        }
    }
}

fn datum(constant: &Ident, link: &Link, imports: &mut Imports) -> TokenStream {
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
    quote! {
        static #constant: #kind =
            #kind { path: #path, internal_path: #internal, ready: #ready, reason: #reason, expires: #expires };
    }
}

fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}
