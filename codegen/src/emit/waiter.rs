//! What waiters go by, as data.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::resolve::model::{Operation, Product};
use crate::spec::{Also, Location, Of, Waiter};

use super::imports::Imports;
use super::shapes::ident;

/// The static of a waiter: what it does not share with all waiters.
pub(super) fn emit(
    of: &Product<'_>,
    constant: &Ident,
    name: &str,
    waiter: &Waiter,
    imports: &mut Imports,
) -> TokenStream {
    let kind = imports.runtime("Waiter");
    let path = &waiter.path;
    let mut differences = TokenStream::new();
    let lists = [
        ("pending", &waiter.pending),
        ("success", &waiter.success),
        ("present", &waiter.present),
        ("failure", &waiter.failure),
    ];
    for (field, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        let field = ident(field);
        differences.extend(quote!(#field: &[#(#list),*],));
    }
    for (field, pairs) in [("needs_action", &waiter.needs_action), ("aliases", &waiter.aliases)] {
        if !pairs.is_empty() {
            let (field, pairs) = (ident(field), pairs.iter().map(|(key, value)| quote!((#key, #value))));
            differences.extend(quote!(#field: &[#(#pairs),*],));
        }
    }
    if waiter.fold_case {
        differences.extend(quote!(fold_case: true,));
    }
    if waiter.of == Some(Of::Any) {
        differences.extend(quote!(any: true,));
    }
    if let Some(reason) = &waiter.reason {
        differences.extend(quote!(reason: Some(#reason),));
    }
    if let Some(every) = waiter.every {
        differences.extend(quote!(every: std::time::Duration::from_millis(#every),));
    }
    if let Some(also) = waiter.also.as_ref().and_then(|also| emit_also(of, also, imports)) {
        differences.extend(quote!(also: Some(&#also),));
    }
    quote! {
        static #constant: #kind = #kind { name: #name, path: #path, #differences ..#kind::NONE };
    }
}

/// The other operation that is asked; nothing if there is none, which the checks report.
fn emit_also(of: &Product<'_>, also: &Also, imports: &mut Imports) -> Option<TokenStream> {
    let other = of.operations.iter().find(|operation| operation.file.name == also.operation)?;
    let (kind, module) = (imports.runtime("Also"), ident(&other.module));
    let mut with = Vec::new();
    for (name, from) in &also.with {
        let (passed, in_form) = (imports.runtime("Passed"), is_in_form(other, name));
        with.push(quote!(#passed { name: #name, from: #from, in_form: #in_form }));
    }
    let (path, failure, fold_case) = (&also.path, &also.failure, also.fold_case);
    let reason = also.reason.as_ref().map_or_else(|| quote!(None), |reason| quote!(Some(#reason)));
    Some(quote! {
        #kind {
            operation: &super::#module::OPERATION,
            with: &[#(#with),*],
            path: #path,
            failure: &[#(#failure),*],
            fold_case: #fold_case,
            reason: #reason,
        }
    })
}

fn is_in_form(operation: &Operation<'_>, name: &str) -> bool {
    let parameter = operation.parameters.iter().find(|parameter| parameter.spec.name == name);
    parameter.is_some_and(|parameter| parameter.spec.location == Location::Form)
}
