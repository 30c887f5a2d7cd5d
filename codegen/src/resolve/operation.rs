//! Names one operation and all that belongs to it.

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::{OperationFile, ProductFolder};

use super::model::{Direction, Operation, Parameter};
use super::names::{self, Scope};
use super::types::{Trail, Types};

/// An operation that was checked and can be generated.
pub(super) fn resolve<'a>(
    product: &'a ProductFolder,
    file: &'a OperationFile,
    context: &mut Context<'_>,
) -> Operation<'a> {
    let module = names::in_scope(names::module_name(&file.name), Scope::Client);
    let base = names::type_name(&file.name);
    let base = base.trim_end_matches('_');
    let (request, required, response) =
        (format!("{base}Request"), format!("{base}Required"), format!("{base}Response"));
    one_of_its_name(product, file, &module, base, context);

    let taken = vec![request.clone(), required.clone(), response.clone()];
    let mut types = Types { definitions: Vec::new(), taken, context };
    let mut fields = Vec::new();
    let mut parameters = Vec::with_capacity(file.operation.parameters.len());
    for (index, spec) in file.operation.parameters.iter().enumerate() {
        let node = file.node.element("parameters", index);
        let name = types.member_name(&spec.name, &spec.schema, node, Scope::Request, &mut fields);
        let shape = types.shape(&spec.schema, node, Trail { name: &spec.name, above: None }, Direction::Sent);
        parameters.push(Parameter { spec, name, shape });
    }
    let at_response = file.node.at("response");
    let members = types.members(&file.operation.response.schema.fields, at_response, None, Direction::Received);
    let mut waiters: Vec<(String, &str)> = Vec::new();
    for name in file.operation.waiters.keys() {
        let method = format!("until_{}", names::field_name(name));
        if waiters.iter().any(|(other, _)| *other == method) {
            let at = file.node.get("waiters").and_then(|all| all.entry(name)).map_or(&file.node, |(key, _)| key);
            let message = format!("the waiter `{name}` becomes `{method}`, and so does a waiter before it");
            let problem = Problem::new(message, "the second one", "choose another name");
            types.context.report(Code::NameTaken, at, &format!("waiters.{name}"), problem);
        }
        waiters.push((method, name.as_str()));
    }
    Operation {
        file,
        module,
        request,
        required,
        response,
        parameters,
        members,
        definitions: types.definitions,
        waiters,
    }
}

/// Two operations of one product must not become one method.
fn one_of_its_name(product: &ProductFolder, file: &OperationFile, module: &str, base: &str, context: &mut Context<'_>) {
    let same = |other: &&OperationFile| {
        other.name < file.name
            && (names::module_name(&other.name) == module
                || names::type_name(&other.name).trim_end_matches('_') == base)
    };
    if let Some(other) = product.operations.iter().find(same) {
        let problem = Problem::new(
            format!("`{}` and `{}` become one in Rust, `{module}` or `{base}Request`", other.name, file.name),
            "the second one",
            "keep one of the two files",
        );
        context.report(Code::NameTaken, &file.node, &file.name, problem);
    }
}
