//! Names one operation and all that belongs to it.

use std::collections::{BTreeMap, HashSet};

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::{OperationFile, ProductFolder};
use crate::spec::{Location, ParameterStyle, ResponseKind, Schema, Type};

use super::answer;
use super::model::{Direction, Operation, Parameter, Shape};
use super::names::{self, Scope};
use super::shared::Shared;
use super::types::{Taken, Trail, Types};

/// The operations of a product by what they become in Rust: two of them must not become one.
pub(super) type Known<'a> = BTreeMap<String, &'a str>;

/// An operation that was checked.
pub(super) fn resolve<'a>(
    product: &'a ProductFolder,
    file: &'a OperationFile,
    shared: &mut Shared<'a>,
    known: &mut Known<'a>,
    context: &mut Context<'_>,
) -> Operation<'a> {
    let module = names::in_scope(names::module_name(&file.name), Scope::Client);
    let base = names::type_name(&file.name);
    let base = base.trim_end_matches('_');
    let (request, required, response) =
        (format!("{base}Request"), format!("{base}Required"), format!("{base}Response"));
    one_of_its_name(file, &module, base, known, context);

    let headers_type = format!("{base}Headers");
    let taken = HashSet::from([request.clone(), required.clone(), response.clone(), headers_type.clone()]);
    let mut fields = Taken::new();
    let links = links(file, &mut fields, context);
    let mut types = Types::new(taken, shared, context);
    let mut parameters = Vec::with_capacity(file.operation.parameters.len());
    for (index, spec) in file.operation.parameters.iter().enumerate() {
        let node = file.node.element("parameters", index);
        let name = types.member_name(&spec.name, &spec.schema, node, Scope::Request, &mut fields);
        let trail = Trail { name: &spec.name, above: None };
        let root = xml_root(&spec.schema).filter(|_| spec.style == Some(ParameterStyle::Xml));
        let (shape, root) = match root {
            Some(root) => {
                let trail = Trail { name: &root.name, above: Some(&trail) };
                let shape = types.shape(&root.schema, node.element("fields", 0), trail, Direction::Sent);
                (shape, Some(root.name.as_str()))
            }
            None if spec.location == Location::Body && spec.schema.kind() == Some(Type::Binary) => {
                (Shape::Binary, None)
            }
            None => (types.shape(&spec.schema, node, trail, Direction::Sent), None),
        };
        let schema = product.product.follow(&spec.schema);
        parameters.push(Parameter { spec, name, shape, schema, root });
    }
    let answer = answer::resolve(file, base, headers_type, &mut types);
    let definitions = types.definitions;
    Operation {
        file,
        module,
        request,
        required,
        response,
        parameters,
        answer,
        definitions,
        waiters: waiters(file, context),
        links,
        is_asked: false,
    }
}

/// The one object in an XML body, which is its root element.
fn xml_root(schema: &Schema) -> Option<&crate::spec::Field> {
    match schema.fields.as_slice() {
        [only] if matches!(only.schema.kind(), Some(Type::Object)) || only.schema.reference.is_some() => Some(only),
        _ => None,
    }
}

/// The names of the methods that wait.
fn waiters<'a>(file: &'a OperationFile, context: &mut Context<'_>) -> Vec<(String, &'a str)> {
    let mut waiters: Vec<(String, &str)> = Vec::new();
    for name in file.operation.waiters.keys() {
        let method = format!("until_{}", names::field_name(name));
        if waiters.iter().any(|(other, _)| *other == method) {
            taken("waiter", "waiters", name, &method, file, context);
        }
        waiters.push((method, name.as_str()));
    }
    waiters
}

/// The names of the methods that download, and that of the stream: no parameter's setter can have them.
fn links<'a>(file: &'a OperationFile, fields: &mut Taken, context: &mut Context<'_>) -> Vec<(String, &'a str)> {
    let operation = &file.operation;
    if operation.response.kind == Some(ResponseKind::Binary) {
        fields.insert("stream".to_owned(), String::new());
    }
    if operation.link.is_some() || !operation.links.is_empty() {
        fields.extend(all_methods("download").map(|method| (method, String::new())));
    }
    let mut links = Vec::new();
    for name in operation.links.keys() {
        let method = format!("download_{}", names::field_name(name));
        if all_methods(&method).any(|method| fields.contains_key(&method)) {
            taken("link", "links", name, &method, file, context);
        }
        fields.extend(all_methods(&method).map(|method| (method, String::new())));
        links.push((method, name.as_str()));
    }
    links
}

/// The methods of a link.
fn all_methods(method: &str) -> impl Iterator<Item = String> {
    ["", "_to", "_stream"].map(|end| format!("{method}{end}")).into_iter()
}

fn taken(what: &str, key: &str, name: &str, method: &str, file: &OperationFile, context: &mut Context<'_>) {
    let at = file.node.get(key).and_then(|all| all.entry(name)).map_or(&file.node, |(key, _)| key);
    let message = format!("the {what} `{name}` becomes `{method}`, and so does a {what} before it");
    let problem = Problem::new(message, "the second one", "choose another name");
    context.report(Code::NameTaken, at, &format!("{key}.{name}"), problem);
}

/// Two operations of one product must not become one method. They come in the order of their names.
fn one_of_its_name<'a>(
    file: &'a OperationFile,
    module: &str,
    base: &str,
    known: &mut Known<'a>,
    context: &mut Context<'_>,
) {
    let before = known.get(module).or_else(|| known.get(base)).copied();
    if let Some(other) = before {
        let problem = Problem::new(
            format!("`{other}` and `{}` become one in Rust, `{module}` or `{base}Request`", file.name),
            "the second one",
            "keep one of the two files",
        );
        context.report(Code::NameTaken, &file.node, &file.name, problem);
    }
    // A module begins with a small letter and a type with a large one, so that they do not meet.
    for name in [module, base] {
        known.entry(name.to_owned()).or_insert(&file.name);
    }
}
