//! What a module imports: collected while its items are written, so that nothing unused is imported.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The names that a module uses.
#[derive(Default)]
pub(crate) struct Imports {
    runtime: BTreeSet<&'static str>,
    map: bool,
    path: bool,
    types: bool,
    /// Whether the module is one of `types`.
    is_shared: bool,
}

impl Imports {
    /// Those of a module of `types`.
    pub(super) fn shared() -> Self {
        Self { is_shared: true, ..Self::default() }
    }

    /// Where the shared types are.
    pub(super) fn types(&mut self) -> TokenStream {
        self.types |= !self.is_shared;
        if self.is_shared { quote!(super) } else { quote!(types) }
    }

    /// Something of the runtime, as a token to write.
    pub(super) fn runtime(&mut self, name: &'static str) -> Ident {
        self.runtime.insert(name);
        Ident::new(name, Span::call_site())
    }

    /// `BTreeMap`.
    pub(super) fn map(&mut self) -> TokenStream {
        self.map = true;
        quote!(BTreeMap)
    }

    /// `Path`.
    pub(super) fn path(&mut self) -> TokenStream {
        self.path = true;
        quote!(Path)
    }

    /// The `use` lines.
    pub(super) fn lines(&self) -> Vec<TokenStream> {
        let mut lines = Vec::new();
        if self.map {
            lines.push(quote!(
                use std::collections::BTreeMap;
            ));
        }
        if self.path {
            lines.push(quote!(
                use std::path::Path;
            ));
        }
        let names = self.runtime.iter().map(|name| Ident::new(name, Span::call_site()));
        if !self.runtime.is_empty() {
            lines.push(quote!(use alicloud_runtime::{#(#names),*};));
        }
        if self.types {
            lines.push(quote!(
                use super::types;
            ));
        }
        lines
    }
}
