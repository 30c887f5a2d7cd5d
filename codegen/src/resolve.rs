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
#[cfg(feature = "import")]
pub(crate) use names::{is_feature, is_module, module_name};

/// Names and types for all specs, which must have been checked without an error.
///
/// What two names of the wire become in Rust is reported where it is one and the same, and so is what cannot be
/// generated yet. An operation that is refused is left out.
pub fn resolve<'a>(specs: &'a Specs, report: &mut Report) -> Vec<Product<'a>> {
    let (mut modules, mut features) = (BTreeSet::new(), BTreeSet::new());
    let mut products: Vec<Product<'a>> = Vec::new();
    for folder in &specs.products {
        let module = folder.product.module.clone();
        {
            let mut context = Context::new(folder, &folder.source, report);
            refuse::gateway(folder, &mut context);
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
