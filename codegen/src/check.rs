//! Checks what specs say: every problem of every file, without stopping at the first.

mod acknowledge;
mod also;
mod behaviour;
mod context;
mod parameters;
mod placeholders;
mod response;
mod samples;
mod texts;
mod types;
mod visit;

use crate::diagnostic::{Code, Report};
use crate::read::{OperationFile, ProductFolder, Specs};

pub use acknowledge::acknowledge;
pub(crate) use context::{Context, Problem};
#[cfg(feature = "import")]
pub(crate) use {parameters::names_in, types::is_scalar};

/// Reports every problem of every spec. What may be acknowledged is still there: see [`acknowledge`].
pub fn check(specs: &Specs, report: &mut Report) {
    for product in &specs.products {
        product_file(product, report);
        for operation in &product.operations {
            operation_file(product, operation, report);
        }
    }
}

fn product_file(product: &ProductFolder, report: &mut Report) {
    let mut context = Context::new(product, &product.source, report);
    for (name, schema) in &product.product.types {
        let node = product.node.get("types").and_then(|types| types.get(name)).unwrap_or(&product.node);
        visit::schema(schema, node, &format!("types.{name}"), &mut |visited| {
            types::check(&visited, &mut context);
            types::not_certain(visited.schema, visited.node, &visited.about, &mut context);
            parameters::no_bytes(visited.schema, visited.node, &visited.about, &mut context);
        });
    }
    for (index, network) in product.product.endpoints.networks.iter().enumerate() {
        let node = product.node.get("endpoints").map_or(&product.node, |at| at.element("networks", index));
        types::origin(network.from.as_ref(), node, "endpoints", &mut context);
    }
    behaviour::check_product(product, &mut context);
    texts::check(&product.node, &mut context);
    placeholders::check(&product.node, "", &mut context);
}

fn operation_file<'a>(product: &'a ProductFolder, file: &'a OperationFile, report: &'a mut Report) {
    let mut context = Context::new(product, &file.source, report);
    if !file.name.chars().all(|c| c.is_ascii_alphanumeric()) || file.name.starts_with(|c: char| c.is_ascii_digit()) {
        let help = "name the file after the operation, as the service spells it";
        let problem = Problem::new(format!("`{}` cannot be the name of an operation", file.name), "in this file", help);
        context.report(Code::BadName, &file.node, &file.name, problem);
    }
    visit::operation(&file.operation, &file.node, &mut |visited| types::check(&visited, &mut context));
    parameters::check(file, &mut context);
    response::check(file, &mut context);
    behaviour::check(file, &mut context);
    samples::check(file, &mut context);
    texts::check(&file.node, &mut context);
    placeholders::check(&file.node, "", &mut context);
}
