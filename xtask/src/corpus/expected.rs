//! What should be sent for values, as the spec alone tells it: nothing here knows the generated code.

use alicloud_codegen::spec::{Authentication, Location, Operation, Parameter, ParameterStyle, Product, Style, Type};
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
    if style == Style::Rpc && operation.authentication == Some(Authentication::Anonymous) {
        // Without a signature, services answer in XML unless they are told.
        expected.query.push(("Format".to_owned(), Item::Text("json".to_owned())));
    }
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

#[cfg(test)]
mod tests {
    use alicloud_codegen::diagnostic::Report;
    use alicloud_codegen::read;
    use serde_json::json;

    use super::*;

    const PRODUCT: &str = "format: 1\nproduct: X\nversion: \"2020-01-01\"\ntitle: X\ndescription: X.\nmodule: x\n\
        feature: x\nstyle: roa\nendpoints: { networks: [{ name: public, everywhere: x.aliyuncs.com }] }\n\
        types: { Tag: { fields: [{ name: Key, type: string }] } }\n";
    const OPERATION: &str = "format: 1\nsummary: Puts.\nmethod: PUT\npath: /things/{Id}?mode=all\nparameters:\n  \
        - { name: Id, in: path, type: string, required: true }\n  \
        - { name: project, in: host, type: string, required: true }\n  \
        - { name: Tags, in: query, items: { ref: Tag } }\n  \
        - { name: Ids, in: query, style: simple, items: { type: long } }\n  \
        - { name: Filter, in: query, type: json }\n  \
        - { name: X-Thing, in: header, type: string }\n  \
        - { name: body, in: body, style: json, items: { type: string } }\n";

    #[test]
    fn each_location_and_style_is_as_the_format_says() {
        let mut report = Report::default();
        let file = |name: &str, text: &str| (format!("specs/x/2020-01-01/{name}.yaml"), text.to_owned());
        let specs = read::texts(vec![file("product", PRODUCT), file("PutX", OPERATION)], &mut report);
        assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
        let product = &specs.products[0];
        let values = json!({
            "Id": "a/b", "project": "p1", "Tags": [{ "Key": "k" }, { "Key": "l" }], "Ids": [1, 2],
            "Filter": { "a": 1 }, "X-Thing": "h", "body": ["t"],
        });
        let text = |name: &str, value: &str| (name.to_owned(), Item::Text(value.to_owned()));
        let expected_request = Expected {
            method: "PUT".to_owned(),
            host: "p1.".to_owned(),
            path: "/things/a%2Fb".to_owned(),
            query: vec![
                ("Filter".to_owned(), Item::Json(json!({ "a": 1 }))),
                text("Ids", "1,2"),
                text("Tags.1.Key", "k"),
                text("Tags.2.Key", "l"),
                text("mode", "all"),
            ],
            form: Vec::new(),
            headers: vec![text("x-thing", "h")],
            body: Some(Item::Json(json!(["t"]))),
        };
        assert_eq!(expected(&product.operations[0].operation, &product.product, &values), expected_request);
    }
}
