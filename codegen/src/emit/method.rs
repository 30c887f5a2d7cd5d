//! The method of the client: what is required are its arguments.

use std::time::Duration;

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Operation, Parameter, Product};
use crate::spec::{Asynchronous, Authorization, Fill, Requirement};

use super::imports::Imports;
use super::shapes::{self, ident};
use super::{Destination, docs, examples};

/// With more required parameters than this, they are one struct, so that they are not mixed up.
pub(crate) const MOST_ARGUMENTS: usize = 3;

pub(super) fn emit(
    of: &Product<'_>,
    operation: &Operation<'_>,
    destination: &Destination,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    let required: Vec<&Parameter<'_>> = operation.parameters.iter().filter(|one| one.is_argument()).collect();
    let (name, request) = (ident(&operation.module), ident(&operation.request));
    let documentation = docs::text(&documentation(of, operation, destination));
    let deprecated = deprecated(operation);
    let bundled = required.len() > MOST_ARGUMENTS;
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for parameter in &operation.parameters {
        let field = ident(&parameter.name);
        values.push(if parameter.is_argument() {
            let (kind, value) = shapes::argument(&field, &parameter.shape, parameter.schema, imports);
            arguments.push(quote!(#field: #kind));
            if bundled {
                quote!(#field: required.#field)
            } else if field == value.to_string() {
                quote!(#field)
            } else {
                quote!(#field: #value)
            }
        } else {
            let value = filled(parameter);
            quote!(#field: #value)
        });
    }
    let mut items = Vec::new();
    if bundled {
        let kind = ident(&operation.required);
        arguments = vec![quote!(required: #kind)];
        items.push(bundle(operation, &required, imports));
    }
    items.insert(
        0,
        quote! {
            impl Client {
                #documentation
                #deprecated
                #[inline]
                pub fn #name(&self, #(#arguments),*) -> #request {
                    #request { call: self.core.call(&OPERATION), #(#values),* }
                }
            }
        },
    );
    items
}

/// What a parameter is before the caller sets it.
fn filled(parameter: &Parameter<'_>) -> TokenStream {
    match parameter.spec.fill {
        Some(Fill::Region) => quote!(self.core.region().map(Into::into)),
        Some(Fill::ClientToken) => quote!(Some(self.core.client_token())),
        None => quote!(None),
    }
}

/// The required parameters as one struct.
fn bundle(operation: &Operation<'_>, required: &[&Parameter<'_>], imports: &mut Imports) -> TokenStream {
    let (name, method) = (ident(&operation.required), &operation.module);
    let what = docs::text(&format!("What [`Client::{method}`] cannot do without."));
    let fields = required.iter().map(|parameter| {
        let (field, kind) = (ident(&parameter.name), shapes::sent(&parameter.shape, true, imports));
        let what = docs::value(&parameter.spec.schema, &format!("`{}`", parameter.spec.name));
        quote!(#what pub #field: #kind)
    });
    quote! {
        #what
        #[derive(Clone, Debug)]
        pub struct #name {
            #(#fields),*
        }
    }
}

fn deprecated(operation: &Operation<'_>) -> TokenStream {
    let Some(deprecation) = &operation.file.operation.deprecated else { return TokenStream::new() };
    let note = match &deprecation.instead {
        Some(instead) => format!("{} Call {instead} instead.", docs::sentence(&deprecation.reason)),
        None => deprecation.reason.clone(),
    };
    quote!(#[deprecated(note = #note)])
}

/// All that a caller needs to know, in Markdown.
fn documentation(of: &Product<'_>, operation: &Operation<'_>, destination: &Destination) -> String {
    let spec = &operation.file.operation;
    let mut text = docs::sentence(&docs::line(&spec.summary));
    if let Some(description) = &spec.description {
        text.push_str(&format!("\n\n{}", docs::markdown(description)));
    }
    for Requirement { any_of, all_of, when } in &spec.requires {
        let names: Vec<String> = any_of.iter().chain(all_of).map(|name| docs::code(&field(operation, name))).collect();
        let when = when.as_ref().map(|when| format!(" if {}", docs::line(when))).unwrap_or_default();
        let rule = match (any_of.is_empty(), names.as_slice()) {
            (false, [rest @ .., last]) if !rest.is_empty() => {
                format!("One of {} and {last} must be set", rest.join(", "))
            }
            _ => format!("{} must be set", names.join(" and ")),
        };
        text.push_str(&format!("\n\n{rule}{when}."));
    }
    if let Some(asynchronous) = &spec.asynchronous {
        text.push_str(&format!("\n\n{}", follow_up(of, asynchronous)));
    }
    text.push_str(&match &spec.authorization {
        Some(Authorization::Grant(grant)) => match &grant.level {
            Some(level) => format!("\n\nNeeds the RAM action `{}` (access level: {level}).", grant.action),
            None => format!("\n\nNeeds the RAM action `{}`.", grant.action),
        },
        Some(Authorization::Undisclosed(_)) => "\n\nWhich RAM action it needs is not documented.".to_owned(),
        None => String::new(),
    });
    if !spec.errors.is_empty() {
        text.push_str("\n\nDocumented errors:\n");
        for error in &spec.errors {
            let status = error.status.map(|status| format!(" (HTTP {status})")).unwrap_or_default();
            let message = error
                .message
                .as_ref()
                .map(|message| format!(": {}", docs::sentence(&docs::line(message))))
                .unwrap_or_default();
            text.push_str(&format!("\n- {}{status}{message}", docs::code(&error.code)));
        }
    }
    text.push_str(&examples::emit(of, operation, destination));
    text
}

/// That the work goes on after the reply, and what tells its end.
fn follow_up(of: &Product<'_>, asynchronous: &Asynchronous) -> String {
    let Asynchronous { operation: name, every, times } = asynchronous;
    let here = of.operations.iter().find(|operation| operation.file.name == *name);
    let what = match (here, name.split(' ').collect::<Vec<_>>().as_slice()) {
        (Some(operation), _) => format!("[`Client::{}`]", operation.module),
        (None, [product, version, operation]) => {
            format!("{} of {} ({version})", docs::code(operation), docs::code(product))
        }
        (None, _) => docs::code(name),
    };
    let pace = match (every.map(Duration::from_millis), times) {
        (Some(every), Some(times)) => format!(" The documents advise to ask every {every:?}, {times} times at most."),
        (Some(every), None) => format!(" The documents advise to ask every {every:?}."),
        (None, Some(times)) => format!(" The documents advise to ask {times} times at most."),
        (None, None) => String::new(),
    };
    format!("The reply only says that the work has begun: {what} tells when it is done.{pace}")
}

/// The name of a parameter's setter.
fn field(operation: &Operation<'_>, wire: &str) -> String {
    let parameter = operation.parameters.iter().find(|parameter| parameter.spec.name == wire);
    parameter.map_or_else(|| wire.to_owned(), |parameter| parameter.name.clone())
}
