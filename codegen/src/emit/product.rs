//! The module of a product: its client, where it is reached, and its operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::Product;
use crate::spec::{Network, Style};

use super::shapes::ident;
use super::{MARKER, docs, format};

pub(super) fn emit(product: &Product<'_>) -> String {
    let spec = &product.folder.product;
    let title = format!("{}, version {}.", docs::line(&spec.title), spec.version);
    let title = docs::inner(&format!("{title}\n\n{}", docs::sentence(&docs::markdown(&spec.description))));
    let header = format!("{title}// {MARKER} from {}; do not edit.\n", product.folder.source.path);
    let modules: Vec<TokenStream> = product
        .operations
        .iter()
        .map(|operation| {
            let name = ident(&operation.module);
            quote!(pub mod #name;)
        })
        .chain((!product.types.is_empty()).then(|| {
            quote!(
                pub mod types;
            )
        }))
        .collect();
    let mut text = header;
    text.push('\n');
    text.push_str(&format::lines(modules));
    text.push_str(&format::module("", uses(product), items(product)));
    text
}

fn uses(product: &Product<'_>) -> Vec<TokenStream> {
    let mut uses = vec![quote!(
        use alicloud_runtime::{ClientBuilder, ClientCore, Config, Endpoints, Envelope, Error, Operation};
    )];
    for operation in &product.operations {
        let (module, request) = (ident(&operation.module), ident(&operation.request));
        uses.push(if operation.answer.is_struct() {
            let response = ident(&operation.response);
            quote!(pub use self::#module::{#request, #response};)
        } else {
            quote!(pub use self::#module::#request;)
        });
    }
    uses
}

fn items(product: &Product<'_>) -> Vec<TokenStream> {
    let spec = &product.folder.product;
    let what = docs::text(&format!("Calls the operations of {}. Cheap to make and to clone.", docs::line(&spec.title)));
    let client = quote! {
        #what
        #[derive(Clone, Debug)]
        pub struct Client {
            core: ClientCore,
        }
    };
    let methods = quote! {
        impl Client {
            /// A client that sends where `config` says.
            ///
            /// # Errors
            ///
            /// When the product is not offered in the region and the network of `config`.
            pub fn new(config: &Config) -> Result<Self, Error> {
                Self::builder(config).build()
            }

            /// Starts a client that differs from `config`, such as one with an endpoint of its own.
            pub fn builder(config: &Config) -> ClientBuilder<Self> {
                ClientBuilder::new(config, &ENDPOINTS)
            }
        }
    };
    let from = quote! {
        impl From<ClientCore> for Client {
            fn from(core: ClientCore) -> Self {
                Self { core }
            }
        }
    };
    vec![client, methods, from, endpoints(product), operation(product)]
}

fn endpoints(product: &Product<'_>) -> TokenStream {
    let spec = &product.folder.product;
    let (name, central) = (&spec.product, spec.endpoints.central);
    let networks = spec.endpoints.networks.iter().map(|Network { name, everywhere, regions, .. }| {
        let everywhere = everywhere.as_deref().map(str::trim).map_or_else(|| quote!(None), |host| quote!(Some(#host)));
        let regions = regions.iter().map(|(region, host)| {
            let host = host.trim();
            quote!((#region, #host))
        });
        quote!((#name, #everywhere, &[#(#regions),*]))
    });
    quote! {
        static ENDPOINTS: Endpoints = Endpoints { product: #name, central: #central, networks: &[#(#networks),*] };
    }
}

fn operation(product: &Product<'_>) -> TokenStream {
    let spec = &product.folder.product;
    let (name, version) = (&spec.product, &spec.version);
    let envelope = envelope(&spec.envelope);
    let style = match spec.style {
        Style::Rpc => quote!(RPC),
        Style::Roa => quote!(ROA),
    };
    quote! {
        /// What the operations of this product have in common.
        const OPERATION: Operation = Operation { product: #name, version: #version, envelope: #envelope, ..Operation::#style };
    }
}

/// Where replies tell success and failure.
pub(super) fn envelope(envelope: &crate::spec::Envelope) -> TokenStream {
    let (success, code, message) = (envelope.success.iter(), &envelope.code, &envelope.message);
    let code_ok = &envelope.ok_codes;
    quote!(Envelope { success: &[#(#success),*], code: &[#(#code),*], message: &[#(#message),*], code_ok: &[#(#code_ok),*] })
}
