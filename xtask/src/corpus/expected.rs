//! What should be sent for values, as the spec alone tells it: nothing here knows the generated code.

use alicloud_codegen::spec::{Location, Operation, Parameter, ParameterStyle, Product, Style, Type};
use serde_json::Value;

use super::percent;

/// A request as it should be.
#[derive(Debug, Default, PartialEq)]
pub struct Expected {
    /// The method.
    pub method: String,
    /// What the host begins with.
    pub host: String,
    /// The path as it is on the wire.
    pub path: String,
    /// Names and values in the query, sorted.
    pub query: Vec<(String, Item)>,
    /// Names and values in the form, sorted.
    pub form: Vec<(String, Item)>,
    /// Headers by their lower-case names.
    pub headers: Vec<(String, Item)>,
    /// The body, where it is no form.
    pub body: Option<Item>,
}

/// A value on the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Text as it is.
    Text(String),
    /// JSON, however it is spaced.
    Json(Value),
    /// An XML document: its form is not looked at.
    Xml,
}

/// The request that these values make.
pub fn expected(operation: &Operation, product: &Product, values: &Value) -> Expected {
    let style = operation.style.unwrap_or(product.style);
    let mut expected = Expected {
        method: operation.method.map_or_else(|| "POST".to_owned(), |method| format!("{method:?}").to_uppercase()),
        ..Expected::default()
    };
    let path = operation.path.as_deref().filter(|_| style == Style::Roa).unwrap_or("/");
    let (path, fixed) = path.split_once('?').unwrap_or((path, ""));
    expected.path = path.to_owned();
    expected.query.extend(percent::pairs(fixed, false).into_iter().map(|(name, value)| (name, Item::Text(value))));
    for parameter in &operation.parameters {
        add(&mut expected, parameter, product, &values[&parameter.name]);
    }
    for pairs in [&mut expected.query, &mut expected.form, &mut expected.headers] {
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
    }
    expected
}

fn add(expected: &mut Expected, parameter: &Parameter, product: &Product, value: &Value) {
    let name = parameter.name.clone();
    match parameter.location {
        Location::Query => pairs(parameter, product, value, &mut expected.query),
        Location::Form => pairs(parameter, product, value, &mut expected.form),
        Location::Host => expected.host.push_str(&format!("{}.", plain(value))),
        Location::Header => match name.strip_suffix('*') {
            Some(prefix) => {
                let entries = value.as_object().into_iter().flatten();
                let named = entries.map(|(key, value)| (format!("{prefix}{key}").to_lowercase(), plain(value)));
                expected.headers.extend(named.map(|(name, value)| (name, Item::Text(value))));
            }
            None => expected.headers.push((name.to_lowercase(), item(parameter, value))),
        },
        Location::Path if expected.path == format!("{{{name}}}") => expected.path = plain(value),
        Location::Path => {
            expected.path = expected.path.replace(&format!("{{{name}}}"), &percent::encode(&plain(value)));
        }
        Location::Body => {
            expected.body = Some(match (parameter.style, product.follow(&parameter.schema).kind()) {
                (Some(ParameterStyle::Xml), _) => Item::Xml,
                // Text is a document already.
                (_, Some(Type::String | Type::Binary)) => Item::Text(plain(value)),
                _ => Item::Json(value.clone()),
            });
        }
    }
}

/// A parameter of the query or the form.
fn pairs(parameter: &Parameter, product: &Product, value: &Value, to: &mut Vec<(String, Item)>) {
    let is_free = matches!(product.follow(&parameter.schema).kind(), Some(Type::Json) | None);
    match parameter.style {
        Some(ParameterStyle::Json) => to.push((parameter.name.clone(), Item::Json(value.clone()))),
        Some(ParameterStyle::Simple) => to.push((parameter.name.clone(), Item::Text(plain(value)))),
        None if is_free => to.push((parameter.name.clone(), Item::Json(value.clone()))),
        _ => flat(&parameter.name, value, to),
    }
}

/// `Name.1.Field=…`. What is nothing is not sent.
fn flat(name: &str, value: &Value, to: &mut Vec<(String, Item)>) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, one)| flat(&format!("{name}.{}", at + 1), one, to))
        }
        Value::Object(fields) => fields.iter().for_each(|(key, one)| flat(&format!("{name}.{key}"), one, to)),
        other => to.push((name.to_owned(), Item::Text(plain(other)))),
    }
}

/// The value of a header: what is neither text nor a list of such is JSON.
fn item(parameter: &Parameter, value: &Value) -> Item {
    match (parameter.style, value) {
        (Some(ParameterStyle::Json), value) | (_, value @ Value::Object(_)) => Item::Json(value.clone()),
        _ => Item::Text(plain(value)),
    }
}

/// A value as plain text; the elements of a list are joined by commas.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
