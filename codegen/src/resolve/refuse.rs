//! Refuses products behind gateways with a signature of their own.

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::{ProductFolder, Specs};

/// A product that no code is generated for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refused {
    /// The product, as the service spells it.
    pub product: String,
    /// Its version.
    pub version: String,
    /// The gateway in front of it.
    pub gateway: String,
    /// How many operations it has.
    pub operations: usize,
    /// Why it is refused, in one sentence without a full stop.
    pub reason: String,
}

/// The products that no code is generated for. What is there of them is checked like any other.
pub fn refused(specs: &Specs) -> Vec<Refused> {
    let refused = specs.products.iter().filter_map(|folder| {
        let gateway = folder.product.gateway.clone()?;
        Some(Refused {
            product: folder.product.product.clone(),
            version: folder.product.version.clone(),
            operations: folder.operations.len(),
            reason: reason(&gateway),
            gateway,
        })
    });
    refused.collect()
}

/// Reports a product that is refused.
pub(super) fn check(folder: &ProductFolder, context: &mut Context<'_>) {
    if let Some(gateway) = &folder.product.gateway {
        let problem = Problem::new(
            format!("no code is generated for {}: {}", folder.product.product, reason(gateway)),
            "another signature",
            "generate from a folder without this product, and call it with the SDK of that gateway",
        );
        context.report(Code::Gateway, folder.node.at("gateway"), "gateway", problem);
    }
}

fn reason(gateway: &str) -> String {
    format!("the gateway `{gateway}` in front of it wants a signature of its own, which the runtime does not have")
}
