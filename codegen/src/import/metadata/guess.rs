//! What the metadata does not say and the format wants to know: each guess is said.

mod envelope;
pub(super) mod fill;
pub(super) mod idempotent;
mod leaves;
mod links;
mod names;
mod paging;
pub(super) mod sensitive;
pub(super) mod style;
mod waiters;

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Endpoints, Envelope, FORMAT, Operation, Product};

use super::Options;
use super::version::Version;

pub(super) use names::folder_name;
pub(in crate::import) use names::tell_apart;

/// Products behind a gateway that signs in its own way, by code in lower case.
const GATEWAYS: &[&str] = &["oss", "sls"];

/// What is known of a product before its operations are read.
pub(super) fn product(version: &Version, options: &Options, notes: &mut Notes) -> Product {
    if let Some(existing) = &options.existing {
        return existing.clone();
    }
    let code = version.product.clone();
    let gateway =
        GATEWAYS.iter().find(|gateway| code.eq_ignore_ascii_case(gateway)).map(|gateway| (*gateway).to_owned());
    if let Some(gateway) = &gateway {
        notes.say(Code::GatewayGuessed, "gateway", format!("{code} is behind the gateway `{gateway}`"));
    }
    let (module, feature) = names::of_product(&code, &version.version, options, notes);
    Product {
        format: FORMAT,
        title: code.clone(),
        description: format!("The operations of {code}, version {}.", version.version),
        version: version.version.clone(),
        module,
        feature,
        style: style::of_product(version, notes),
        ram_prefix: None,
        gateway,
        sources: Default::default(),
        endpoints: Endpoints { central: false, networks: Vec::new() },
        envelope: Envelope::default(),
        types: Default::default(),
        notes: Vec::new(),
        acknowledge: Vec::new(),
        product: code,
    }
}

/// How the operations behave: where they tell success, how to page, what to wait for, what to download.
pub(super) fn behaviour(
    product: &mut Product,
    operations: &mut [(String, Operation)],
    version: &Version,
    options: &Options,
    notes: &mut Notes,
) {
    if options.existing.is_none() {
        product.envelope = envelope::of_product(operations, product, notes);
    }
    let paths: BTreeMap<&str, &str> = version.apis.iter().map(|api| (api.name.as_str(), api.path.as_str())).collect();
    for (name, operation) in operations {
        let path = paths.get(name.as_str()).copied().unwrap_or_default();
        let mut own = Notes::new(path);
        operation.envelope = envelope::of_operation(operation, product, &mut own);
        paging::guess(operation, product, &mut own);
        links::guess(name, operation, product, &mut own);
        waiters::guess(name, operation, product, &mut own);
        notes.found.append(&mut own.found);
    }
}
