//! The modules of shared types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Definition, Product, SharedType};

use super::imports::Imports;
use super::shapes::ident;
use super::{File, MARKER, choice, docs, format, object};

/// One file for each shared type, and one that names them; none where there are none.
pub(super) fn emit(product: &Product<'_>) -> Vec<File> {
    if product.types.is_empty() {
        return Vec::new();
    }
    let from = &product.folder.source.path;
    let mut files: Vec<File> = product
        .types
        .iter()
        .filter(|one| !one.definitions.is_empty())
        .map(|one| File { path: format!("{}/types/{}.rs", product.module, one.module), text: module(one, from) })
        .collect();
    files.push(File { path: format!("{}/types/mod.rs", product.module), text: root(product, from) });
    files
}

fn root(product: &Product<'_>, from: &str) -> String {
    let title =
        docs::inner(&format!("Types that several operations of {} share.", docs::line(&product.folder.product.title)));
    let header = format!("{title}// {MARKER} from {from}; do not edit.\n");
    let there = || product.types.iter().filter(|one| !one.definitions.is_empty());
    let mut lines: Vec<TokenStream> = there()
        .map(|one| {
            let module = ident(&one.module);
            quote!(pub mod #module;)
        })
        .collect();
    lines.extend(there().filter_map(|one| {
        let (module, name) = (ident(&one.module), ident(one.name.as_deref()?));
        Some(quote!(pub use self::#module::#name;))
    }));
    format!("{header}\n{}", format::lines(lines))
}

fn module(one: &SharedType<'_>, from: &str) -> String {
    let what = match &one.name {
        Some(name) => format!("`{name}` and its parts."),
        None => format!("The parts of `{}`, which is no type of its own.", one.module),
    };
    let header = format!("{}// {MARKER} from {from}; do not edit.\n", docs::inner(&what));
    let mut imports = Imports::shared();
    let mut items = Vec::new();
    for definition in &one.definitions {
        match definition {
            Definition::Object(of) => items.extend(object::emit(of, &mut imports)),
            Definition::Choice(of) => items.extend(choice::emit(of, &mut imports)),
        }
    }
    format::module(&header, imports.lines(), items)
}
