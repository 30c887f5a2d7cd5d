//! Decides every Rust name and type: the only stage that does.

mod answer;
mod defaults;
pub mod model;
mod names;
mod operation;
mod refuse;
mod shared;
mod types;

use std::collections::BTreeSet;

use crate::check::{Context, Problem};
use crate::diagnostic::{Code, Report};
use crate::read::Specs;

use model::{Operation, Product};

pub use names::{field_name, type_name, variant_name};
#[cfg(feature = "import")]
pub(crate) use names::{is_feature, is_module, module_name};
pub use refuse::{Refused, refused};

/// Names and types for all specs, which must have been checked without an error.
///
/// What two names of the wire become in Rust is reported where it is one and the same, and so is a product that no code
/// can be generated for, which is left out: see [`refused`].
pub fn resolve<'a>(specs: &'a Specs, report: &mut Report) -> Vec<Product<'a>> {
    let (mut modules, mut features) = (BTreeSet::new(), BTreeSet::new());
    let mut products: Vec<Product<'a>> = Vec::new();
    for folder in &specs.products {
        let module = folder.product.module.clone();
        {
            let mut context = Context::new(folder, &folder.source, report);
            refuse::check(folder, &mut context);
            let feature = &folder.product.feature;
            let names = [
                ("module", &module, names::is_module(&module) && modules.insert(module.clone())),
                ("feature", feature, names::is_feature(feature) && features.insert(feature.clone())),
            ];
            for (key, name, is_good) in names {
                if !is_good {
                    let problem = Problem::new(
                        format!("`{name}` is no name for a {key}, or is taken"),
                        "choose another",
                        "use lower case; a second version of a product has its version in the name",
                    );
                    context.report(Code::NameTaken, folder.node.get(key).unwrap_or(&folder.node), key, problem);
                }
            }
        }
        let mut shared = shared::resolve(folder, &mut Context::new(folder, &folder.source, report));
        let mut operations = Vec::with_capacity(folder.operations.len());
        let mut known = operation::Known::new();
        for file in &folder.operations {
            let mut context = Context::new(folder, &file.source, report);
            operations.push(operation::resolve(folder, file, &mut shared, &mut known, &mut context));
        }
        if folder.product.gateway.is_some() {
            continue;
        }
        mark_asked(&mut operations);
        defaults::decide(&mut shared, &mut operations);
        operations.sort_by(|a, b| a.module.cmp(&b.module));
        let mut reached = BTreeSet::new();
        operations.iter().for_each(|operation| shared::reached_from(operation, &mut reached));
        products.push(Product { folder, module, operations, types: shared.reached(reached) });
    }
    products.sort_by(|a, b| a.module.cmp(&b.module));
    products
}

/// Marks the operations that waiters of others ask as well.
fn mark_asked(operations: &mut [Operation<'_>]) {
    let waiters = operations.iter().flat_map(|operation| operation.file.operation.waiters.values());
    let asked: BTreeSet<&str> =
        waiters.filter_map(|waiter| waiter.also.as_ref()).map(|also| also.operation.as_str()).collect();
    for operation in operations {
        operation.is_asked = asked.contains(operation.file.name.as_str());
    }
}
