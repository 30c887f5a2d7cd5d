//! Takes acknowledged warnings out of a report, and reports acknowledgements that are for nothing.

use crate::diagnostic::{Code, Report};
use crate::read::{Node, Source, Specs};
use crate::spec::Acknowledgement;
use std::sync::Arc;

use super::{Context, Problem};

/// The last check, once every other one has reported.
pub fn acknowledge(specs: &Specs, report: &mut Report) {
    for product in &specs.products {
        let files = product.operations.iter().map(|file| (&file.operation.acknowledge, &file.source, &file.node));
        let own = (&product.product.acknowledge, &product.source, &product.node);
        for (acknowledgements, source, node) in files.chain([own]) {
            let stale = take(acknowledgements, source, node, report);
            let mut context = Context::new(product, source, report);
            for (acknowledgement, at) in stale {
                let Acknowledgement { code, at: about, .. } = acknowledgement;
                let problem = Problem::new(
                    format!("there is no {code} about `{about}` any more"),
                    "acknowledges nothing",
                    "take it out; if it is misspelled, mend it",
                );
                context.report(Code::StaleAcknowledgement, at, about, problem);
            }
        }
    }
}

/// Removes what is acknowledged; gives back the acknowledgements that removed nothing.
fn take<'a>(
    acknowledgements: &'a [Acknowledgement],
    source: &Arc<Source>,
    node: &'a Node,
    report: &mut Report,
) -> Vec<(&'a Acknowledgement, &'a Node)> {
    let mut stale = Vec::new();
    for (index, acknowledgement) in acknowledgements.iter().enumerate() {
        let before = report.diagnostics.len();
        report.diagnostics.retain(|diagnostic| {
            diagnostic.is_error()
                || !Arc::ptr_eq(&diagnostic.source, source)
                || diagnostic.code.name() != acknowledgement.code
                || diagnostic.about != acknowledgement.at
        });
        if report.diagnostics.len() == before {
            stale.push((acknowledgement, node.element("acknowledge", index)));
        }
    }
    stale
}
