//! Decides every Rust name and type: the only stage that does.

pub mod model;
mod names;
mod operation;
mod refuse;
mod types;

use std::collections::BTreeSet;

use crate::check::{Context, Problem};
use crate::diagnostic::{Code, Report};
use crate::read::Specs;

use model::Product;

pub use names::{field_name, type_name, variant_name};

/// Names and types for all specs, which must have been checked without an error.
///
/// What two names of the wire become in Rust is reported where it is one and the same, and so is what cannot be
/// generated yet. An operation that is refused is left out.
pub fn resolve<'a>(specs: &'a Specs, report: &mut Report) -> Vec<Product<'a>> {
    let mut modules = BTreeSet::new();
    let mut products: Vec<Product<'a>> = Vec::new();
    for folder in &specs.products {
        let module = folder.product.module.clone();
        {
            let mut context = Context::new(folder, &folder.source, report);
            refuse::gateway(folder, &mut context);
            if module != names::module_name(&module) || !modules.insert(module.clone()) {
                let problem = Problem::new(
                    format!("`{module}` is no name for a module, or is taken by another product"),
                    "choose another",
                    "use lower case and underscores; a second version of a product has its version in the name",
                );
                context.report(Code::NameTaken, folder.node.get("module").unwrap_or(&folder.node), "module", problem);
            }
        }
        let mut operations = Vec::new();
        for file in &folder.operations {
            let mut context = Context::new(folder, &file.source, report);
            if refuse::operation(folder, file, &mut context) {
                operations.push(operation::resolve(folder, file, &mut context));
            }
        }
        operations.sort_by(|a, b| a.module.cmp(&b.module));
        products.push(Product { folder, module, operations });
    }
    products.sort_by(|a, b| a.module.cmp(&b.module));
    products
}
