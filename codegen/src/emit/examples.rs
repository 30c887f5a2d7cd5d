//! The example in the documentation of a method: it compiles, and calls that method.

use crate::resolve::model::{Home, Operation, Parameter, Product, Shape, TypeName};
use crate::spec::Schema;

use super::Destination;
use super::method::MOST_ARGUMENTS;

/// The example as Markdown, with a heading. An argument without a short spelling is one of the example's function.
pub(super) fn emit(of: &Product<'_>, operation: &Operation<'_>, destination: &Destination) -> String {
    let required: Vec<&Parameter<'_>> = operation.parameters.iter().filter(|one| one.is_argument()).collect();
    let (krate, fence) = (destination.name(), destination.fence());
    let path = format!("{krate}::{}::{}", of.module, operation.module);
    let types = format!("{krate}::{}::types", of.module);
    let mut given = String::new();
    let arguments: Vec<String> = if required.len() > MOST_ARGUMENTS {
        given = format!(", required: {path}::{}", operation.required);
        vec!["required".to_owned()]
    } else {
        let mut from_caller = |one: &Parameter<'_>| {
            given.push_str(&format!(", {}: {}", one.name, full_type(&one.shape, krate, &path, &types)));
            one.name.clone()
        };
        required.iter().map(|one| spelling(one).unwrap_or_else(|| from_caller(one))).collect()
    };
    let needed = operation.file.operation.requires.iter().find_map(|rule| rule.any_of.first());
    let is_needed = |one: &&Parameter<'_>| Some(&one.spec.name) == needed;
    let optional = || operation.parameters.iter().filter(|one| !one.is_argument() && one.spec.fill.is_none());
    let setter = optional()
        .find(is_needed)
        .or_else(|| optional().next())
        .and_then(|one| spelling(one).map(|value| format!(".{}({value})", one.name)))
        .unwrap_or_default();
    let deprecated = if operation.file.operation.deprecated.is_some() { "# #![allow(deprecated)]\n" } else { "" };
    format!(
        "\n\n# Example\n\n```{fence}\n{deprecated}# async fn example(config: &{krate}::Config{given}) -> Result<(), {krate}::Error> {{\n\
         let client = {krate}::{module}::Client::new(config)?;\n\
         let response = client.{method}({arguments}){setter}.await?;\n\
         println!(\"{{response:?}}\");\n\
         # Ok(())\n# }}\n```",
        module = of.module,
        method = operation.module,
        arguments = arguments.join(", "),
    )
}

/// A type with its whole path; `path` leads to the module of the operation, `types` to the shared types.
fn full_type(shape: &Shape, krate: &str, path: &str, types: &str) -> String {
    match shape {
        Shape::Text => "String".to_owned(),
        Shape::Sensitive => format!("{krate}::SensitiveString"),
        Shape::Integer => "i64".to_owned(),
        Shape::Float => "f64".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Json => format!("{krate}::runtime::Value"),
        Shape::Binary => format!("{krate}::RequestBody"),
        Shape::List(inner) => format!("Vec<{}>", full_type(inner, krate, path, types)),
        Shape::Map(inner) => format!("std::collections::BTreeMap<String, {}>", full_type(inner, krate, path, types)),
        Shape::Object(TypeName { name, home }) | Shape::Choice(TypeName { name, home }) => match home {
            Home::Here => format!("{path}::{name}"),
            Home::Shared(_) => format!("{types}::{name}"),
            Home::Inside(module) => format!("{types}::{module}::{name}"),
        },
    }
}

fn spelling(parameter: &Parameter<'_>) -> Option<String> {
    value(&parameter.shape, parameter.schema)
}

/// The documented example as an expression. Masks are cut off: nobody can send `546****`.
fn value(shape: &Shape, schema: &Schema) -> Option<String> {
    let example = schema.example.as_deref().unwrap_or_default();
    let unmasked = example.split("**").next().unwrap_or_default().trim_end_matches('*');
    match shape {
        Shape::Integer => Some(unmasked.parse::<i64>().unwrap_or(1).to_string()),
        Shape::Float => {
            Some(format!("{:?}", unmasked.parse::<f64>().ok().filter(|number| number.is_finite()).unwrap_or(1.0)))
        }
        Shape::Boolean => Some(unmasked.parse::<bool>().unwrap_or(true).to_string()),
        Shape::Text | Shape::Choice(_) => Some(format!("{unmasked:?}")),
        Shape::Sensitive => Some(format!("{:?}", "secret")),
        Shape::List(inner) => value(inner, schema.items.as_deref().unwrap_or(schema)).map(|inner| format!("[{inner}]")),
        Shape::Binary => Some("\"What is to be sent.\".to_owned()".to_owned()),
        Shape::Json | Shape::Map(_) | Shape::Object(_) => None,
    }
}
