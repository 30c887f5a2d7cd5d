//! Very different operations of real products: the format can say them all, and what they show cannot silently shrink.
//!
//! `docs/vocabulary.md` tells what each of them shows.
#![cfg(feature = "emit")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use alicloud_codegen::diagnostic::{Report, render};
use alicloud_codegen::read::{self, Node, NodeKind, OperationFile, ProductFolder, Specs};
use alicloud_codegen::spec::{Authorization, Location, ParameterStyle, ResponseKind, Schema, Type};
use alicloud_codegen::{generate, schema};
use serde::Serialize;
use serde_json::Value as Json;

/// Keys for what only help pages have.
const UNUSED_KEYS: &[&str] = &["associated", "changes", "condition", "date", "file"];

fn read_all() -> (Specs, Report) {
    let mut report = Report::default();
    let specs = read::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vocabulary"), &mut report);
    (specs, report)
}

/// Errors stop generation, except that the emitter may not be able to write something yet.
#[test]
fn the_format_can_say_all_of_it() {
    let (specs, mut report) = read_all();
    generate(&specs, &mut report);
    report.diagnostics.retain(|diagnostic| !diagnostic.code.name().starts_with("E4"));
    let rendered: String = report.diagnostics.iter().map(|one| render(one, false) + "\n\n").collect();
    assert!(rendered.is_empty(), "mend these or acknowledge them:\n\n{rendered}");
    let operations: usize = specs.products.iter().map(|product| product.operations.len()).sum();
    assert!(operations >= 50, "{operations} operations are fewer than fifty");
}

/// What the format has words for is there: a new word wants an operation that shows it.
#[test]
fn every_word_of_the_format_is_used() {
    let (specs, _) = read_all();
    let mut used: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut use_word = |kind, word| used.entry(kind).or_default().insert(word);
    for (_, file) in operations(&specs) {
        let operation = &file.operation;
        use_word("Method", operation.method.map_or_else(|| "POST".to_owned(), word));
        use_word("Authentication", operation.authentication.map_or_else(|| "signed".to_owned(), word));
        use_word("ResponseKind", word(operation.response.kind.unwrap_or(ResponseKind::Json)));
        if let Some(Authorization::Undisclosed(undisclosed)) = &operation.authorization {
            use_word("Undisclosed", word(undisclosed));
        }
        if let Some(pager) = &operation.pager {
            use_word("PagerStyle", word(pager.style));
        }
        for parameter in &operation.parameters {
            use_word("Location", word(parameter.location));
            use_word("ParameterStyle", word(parameter.style.unwrap_or(ParameterStyle::Flat)));
            if let Some(fill) = parameter.fill {
                use_word("Fill", word(fill));
            }
        }
        for (_, schema) in schemas(file) {
            if let Some(kind) = schema.kind() {
                use_word("Type", word(kind));
            }
            if let Some(holds) = schema.holds {
                use_word("Holds", word(holds));
            }
        }
    }
    for product in &specs.products {
        use_word("Style", word(product.product.style));
    }
    let enums = ["Method", "Authentication", "ResponseKind", "Undisclosed", "PagerStyle", "Location", "ParameterStyle"];
    for name in enums.into_iter().chain(["Fill", "Type", "Holds", "Style"]) {
        assert_eq!(used.remove(name).unwrap_or_default(), words(name), "of {name}, some are not shown");
    }
}

/// What the format has keys for is there.
#[test]
fn every_key_of_the_format_is_used() {
    let (specs, _) = read_all();
    let mut used = BTreeSet::new();
    for product in &specs.products {
        keys(&product.node, &mut used);
        product.operations.iter().for_each(|file| keys(&file.node, &mut used));
    }
    let mut known = BTreeSet::new();
    properties(&schema::operation(), &mut known);
    properties(&schema::product(), &mut known);
    let unused: Vec<&String> = known.difference(&used).collect();
    assert_eq!(unused, UNUSED_KEYS, "these keys are not shown");
}

/// What is odd about real operations, each by at least one that is.
#[test]
fn every_phenomenon_is_shown() {
    let (specs, _) = read_all();
    let all: Vec<(&ProductFolder, &OperationFile)> = operations(&specs).collect();
    for (phenomenon, shows) in PHENOMENA {
        assert!(all.iter().any(|(product, file)| shows(product, file)), "no operation shows: {phenomenon}");
    }
}

type Shows = fn(&ProductFolder, &OperationFile) -> bool;

const PHENOMENA: &[(&str, Shows)] = &[
    // Requests.
    ("parameters in the query and in the form", |_, file| {
        has_location(file, Location::Query) && has_location(file, Location::Form)
    }),
    ("an RPC operation whose body is bytes", |product, file| {
        rpc(product, file) && body(file, |body| body.kind() == Some(Type::Binary))
    }),
    ("an RPC operation that is a PUT", |product, file| rpc(product, file) && method(file) == "PUT"),
    ("an RPC operation that is a DELETE", |product, file| rpc(product, file) && method(file) == "DELETE"),
    ("a GET with a body", |_, file| method(file) == "GET" && has_location(file, Location::Body)),
    ("a body that is raw JSON text", |_, file| {
        body(file, |body| body.kind() == Some(Type::String) && body.holds.is_some())
    }),
    ("a body that is a list of numbers", |_, file| body(file, |body| of(body, Type::Integer))),
    ("a body that is a list of anything", |_, file| body(file, |body| of(body, Type::Json))),
    ("a body that is a map", |_, file| body(file, |body| body.kind() == Some(Type::Map))),
    ("a body that is anything", |_, file| body(file, |body| body.kind() == Some(Type::Json))),
    ("a body that is a shared type", |_, file| body(file, |body| body.reference.is_some())),
    ("a list of lists", |_, file| any(file, |_, schema| of(schema, Type::List))),
    ("a map below flat", |_, file| flat(file, |path| path.contains("{}"))),
    ("a list below flat below a list", |_, file| flat(file, |path| path.matches("[]").count() > 1)),
    ("eight levels in a request", |_, file| {
        file.operation.parameters.iter().any(|parameter| depth(&parameter.schema) > 8)
    }),
    ("six required parameters", |_, file| {
        file.operation.parameters.iter().filter(|parameter| parameter.schema.required).count() > 5
    }),
    ("required with a default", |_, file| {
        file.operation
            .parameters
            .iter()
            .any(|parameter| parameter.schema.required && parameter.schema.default.is_some())
    }),
    ("a client token in a form", |_, file| {
        file.operation
            .parameters
            .iter()
            .any(|parameter| parameter.fill.is_some() && parameter.location == Location::Form)
    }),
    ("a wildcard header in a request", |_, file| {
        file.operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::Header && parameter.name.ends_with('*'))
    }),
    ("a shared type in a header", |_, file| {
        file.operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::Header && parameter.schema.reference.is_some())
    }),
    ("conditions between parameters", |_, file| {
        file.operation.requires.iter().any(|rule| !rule.any_of.is_empty())
            && file.operation.requires.iter().any(|rule| rule.when.is_some())
    }),
    // Paths.
    ("a query in the path", |_, file| path(file).contains('?') && path(file).contains('=')),
    ("a query without a value in the path", |_, file| path(file).contains('?') && !path(file).contains('=')),
    ("a verb behind a placeholder", |_, file| path(file).contains("}:")),
    ("a slash at the end of the path", |_, file| path(file).ends_with("}/")),
    ("a path that is one placeholder", |_, file| path(file).starts_with('{')),
    ("one name in the path and in the body", |_, file| {
        let in_path = file.operation.parameters.iter().filter(|parameter| parameter.location == Location::Path);
        let names: BTreeSet<&str> = in_path.map(|parameter| parameter.name.as_str()).collect();
        body(file, |body| body.fields.iter().any(|field| names.contains(field.name.as_str())))
    }),
    // Names.
    ("a name with a dot in a request", |_, file| parameter_name(file, |name| name.contains('.'))),
    ("a name with a dot in a response", |_, file| field_name(file, |name| name.contains('.'))),
    ("a name with a dash in a body", |_, file| field_name(file, |name| name.contains('-'))),
    ("a name with two underscores in front", |_, file| parameter_name(file, |name| name.starts_with("__"))),
    ("a name that is an underscore", |_, file| field_name(file, |name| name == "_")),
    ("a name that is not ASCII", |_, file| {
        file.operation.response.headers.iter().any(|header| !header.name.is_ascii())
    }),
    ("a name that YAML takes for a boolean", |_, file| {
        field_name(file, |name| name == "Y") || field_name(file, |name| name == "No")
    }),
    ("a name that is a keyword", |_, file| any(file, |name, _| matches!(last(name), "type" | "Type"))),
    ("an operation that is a keyword", |_, file| file.name == "Pub"),
    ("an operation in lower case", |_, file| file.name.starts_with(char::is_lowercase)),
    ("two parameters that are one in snake case", |_, file| {
        twice(file.operation.parameters.iter().map(|parameter| parameter.name.to_lowercase()))
    }),
    ("two fields that are one in snake case", |_, file| {
        any(file, |_, schema| twice(schema.fields.iter().map(|field| field.name.to_lowercase())))
    }),
    ("more than 200 characters of names", |_, file| any(file, |name, _| name.len() > 200)),
    // Values.
    ("values that begin with a digit", |_, file| value(file, |value| value.starts_with(|c: char| c.is_ascii_digit()))),
    ("values that are punctuation", |_, file| value(file, |value| value == ">=")),
    ("values that are not ASCII", |_, file| value(file, |value| !value.is_ascii())),
    ("values with blanks", |_, file| value(file, |value| value.starts_with(' '))),
    ("an empty value", |_, file| value(file, str::is_empty)),
    ("values that differ in case", |_, file| {
        any(file, |_, schema| twice(schema.values.iter().map(|value| value.value.to_lowercase().replace('_', ""))))
    }),
    ("values that YAML takes for booleans", |_, file| {
        value(file, |value| value == "on") || value(file, |value| value == "Y")
    }),
    ("a value that is a JSON document", |_, file| value(file, |value| value.starts_with('{'))),
    ("values of a number", |_, file| {
        any(file, |_, schema| schema.kind() == Some(Type::Integer) && !schema.values.is_empty())
    }),
    ("an example of several lines", |_, file| {
        any(file, |_, schema| schema.example.as_ref().is_some_and(|text| text.trim_end().contains('\n')))
    }),
    ("an example that would end a comment", |_, file| {
        any(file, |_, schema| schema.example.as_ref().is_some_and(|text| text.contains("*/")))
    }),
    ("an example with a line separator", |_, file| {
        any(file, |_, schema| schema.example.as_ref().is_some_and(|text| text.contains('\u{2028}')))
    }),
    ("a description with code and links in it", |_, file| {
        file.operation
            .description
            .as_ref()
            .is_some_and(|text| ["```", "    ", "*/", "[from]", "https://", "<b>"].iter().all(|odd| text.contains(odd)))
    }),
    // Responses.
    ("28 levels in a response", |_, file| depth(&file.operation.response.schema) > 28),
    ("82 fields in an object", |_, file| any(file, |_, schema| schema.fields.len() == 82)),
    ("a root that is a list of objects", |_, file| of(&file.operation.response.schema, Type::Object)),
    ("a root that is a list of numbers", |_, file| of(&file.operation.response.schema, Type::Integer)),
    ("a root that is a list of free objects", |_, file| of(&file.operation.response.schema, Type::Map)),
    ("a root that is a map of lists", |_, file| {
        file.operation.response.schema.entries.as_deref().is_some_and(|each| of(each, Type::String))
    }),
    ("a root that is text in JSON", |_, file| {
        file.operation.response.kind == Some(ResponseKind::Json) && root(file) == Some(Type::String)
    }),
    ("a root that is a shared type", |_, file| file.operation.response.schema.reference.is_some()),
    ("a reply of headers only", |_, file| {
        file.operation.response.kind == Some(ResponseKind::None) && !file.operation.response.headers.is_empty()
    }),
    ("a wildcard header in a response", |_, file| {
        file.operation.response.headers.iter().any(|header| header.name.ends_with('*'))
    }),
    ("a number in a header", |_, file| {
        file.operation.response.headers.iter().any(|header| header.schema.kind() == Some(Type::Long))
    }),
    ("a type that contains itself", |product, _| {
        product.product.types.iter().any(|(name, schema)| mentions(schema, name))
    }),
    ("a type with the name of an operation", |product, file| product.product.types.contains_key(&file.name)),
    ("a shared type that nobody has", |product, _| {
        product.product.types.values().any(|schema| schema.kind() == Some(Type::Json))
    }),
    ("a shared type that is a value", |product, _| {
        product.product.types.values().any(|schema| !schema.values.is_empty())
    }),
    ("a list in an object", |_, file| any(file, |_, schema| schema.wrapped_list().is_some())),
    ("a list in an object that stays one", |_, file| any(file, |_, schema| schema.unwrap == Some(false))),
    ("a sample that contradicts its tree", |_, file| acknowledged(file, "W502")),
    ("an example that is not listed", |_, file| acknowledged(file, "W504")),
    ("two names that are one in Rust", |_, file| acknowledged(file, "W501")),
    // Behaviour.
    ("an envelope with a flag", |product, _| product.product.envelope.success.is_some()),
    ("an envelope with codes that mean success", |product, _| !product.product.envelope.ok_codes.is_empty()),
    ("an envelope of the operation", |product, file| {
        file.operation.envelope.as_ref().is_some_and(|own| *own != product.product.envelope)
    }),
    ("no envelope", |product, file| {
        product.product.envelope == Default::default() && file.operation.envelope.is_none()
    }),
    ("pages counted from 0", |_, file| file.operation.pager.as_ref().is_some_and(|pager| pager.first == Some(0))),
    ("a page that is text", |_, file| {
        let position = file.operation.pager.as_ref().map(|pager| pager.position.as_str());
        file.operation.parameters.iter().any(|parameter| {
            Some(parameter.name.as_str()) == position
                && parameter.schema.kind() == Some(Type::String)
                && parameter.schema.holds.is_some()
        })
    }),
    ("a waiter over a list", |_, file| file.operation.waiters.values().any(|waiter| waiter.path.contains("[]"))),
    ("a state that somebody has to act on", |_, file| {
        file.operation.waiters.values().any(|waiter| !waiter.needs_action.is_empty())
    }),
    ("a secret in a reply", |_, file| any(file, |_, schema| schema.sensitive)),
    ("a deprecated operation with another instead", |_, file| {
        file.operation.deprecated.as_ref().is_some_and(|deprecation| deprecation.instead.is_some())
    }),
    ("a deprecated field", |_, file| any(file, |_, schema| schema.deprecated)),
    ("a product with a gateway of its own", |product, _| product.product.gateway.is_some()),
    ("one host for all regions", |product, _| product.product.endpoints.central),
];

fn operations(specs: &Specs) -> impl Iterator<Item = (&ProductFolder, &OperationFile)> {
    specs.products.iter().flat_map(|product| product.operations.iter().map(move |file| (product, file)))
}

/// Every schema of an operation with its path, outermost first.
fn schemas(file: &OperationFile) -> Vec<(String, &Schema)> {
    let mut found = Vec::new();
    for parameter in &file.operation.parameters {
        walk(&parameter.schema, &parameter.name, &mut found);
    }
    for header in &file.operation.response.headers {
        walk(&header.schema, &header.name, &mut found);
    }
    walk(&file.operation.response.schema, "", &mut found);
    found
}

fn walk<'a>(schema: &'a Schema, path: &str, found: &mut Vec<(String, &'a Schema)>) {
    found.push((path.to_owned(), schema));
    for field in &schema.fields {
        walk(&field.schema, &format!("{path}/{}", field.name), found);
    }
    if let Some(items) = &schema.items {
        walk(items, &format!("{path}[]"), found);
    }
    if let Some(entries) = &schema.entries {
        walk(entries, &format!("{path}{{}}"), found);
    }
}

fn any(file: &OperationFile, shows: impl Fn(&str, &Schema) -> bool) -> bool {
    schemas(file).iter().any(|(path, schema)| shows(path, schema))
}

fn field_name(file: &OperationFile, shows: impl Fn(&str) -> bool) -> bool {
    any(file, |_, schema| schema.fields.iter().any(|field| shows(&field.name)))
}

fn parameter_name(file: &OperationFile, shows: impl Fn(&str) -> bool) -> bool {
    file.operation.parameters.iter().any(|parameter| shows(&parameter.name))
}

fn value(file: &OperationFile, shows: impl Fn(&str) -> bool) -> bool {
    any(file, |_, schema| schema.values.iter().any(|value| shows(&value.value)))
}

fn body(file: &OperationFile, shows: impl Fn(&Schema) -> bool) -> bool {
    file.operation.parameters.iter().any(|parameter| parameter.location == Location::Body && shows(&parameter.schema))
}

/// Whether a flat parameter has a schema with such a path in it.
fn flat(file: &OperationFile, shows: impl Fn(&str) -> bool) -> bool {
    let flat = [ParameterStyle::Flat, ParameterStyle::RepeatList];
    file.operation.parameters.iter().filter(|parameter| parameter.style.is_some_and(|style| flat.contains(&style))).any(
        |parameter| {
            let mut found = Vec::new();
            walk(&parameter.schema, &parameter.name, &mut found);
            found.iter().any(|(path, _)| shows(path))
        },
    )
}

fn has_location(file: &OperationFile, location: Location) -> bool {
    file.operation.parameters.iter().any(|parameter| parameter.location == location)
}

fn rpc(product: &ProductFolder, file: &OperationFile) -> bool {
    word(file.operation.style.unwrap_or(product.product.style)) == "rpc"
}

fn method(file: &OperationFile) -> String {
    file.operation.method.map_or_else(|| "POST".to_owned(), word)
}

fn path(file: &OperationFile) -> &str {
    file.operation.path.as_deref().unwrap_or("/")
}

fn root(file: &OperationFile) -> Option<Type> {
    file.operation.response.schema.kind()
}

/// Whether a schema is a list of that type.
fn of(schema: &Schema, kind: Type) -> bool {
    schema.items.as_deref().is_some_and(|items| items.kind() == Some(kind))
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn twice(names: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    names.into_iter().any(|name| !seen.insert(name))
}

fn acknowledged(file: &OperationFile, code: &str) -> bool {
    file.operation.acknowledge.iter().any(|acknowledgement| acknowledgement.code == code)
}

/// How many levels a schema has, itself included.
fn depth(schema: &Schema) -> usize {
    let fields = schema.fields.iter().map(|field| depth(&field.schema));
    let parts = schema.items.iter().chain(&schema.entries).map(|part| depth(part));
    1 + fields.chain(parts).max().unwrap_or(0)
}

fn mentions(schema: &Schema, name: &str) -> bool {
    schema.reference.as_deref() == Some(name)
        || schema.fields.iter().any(|field| mentions(&field.schema, name))
        || schema.items.iter().chain(&schema.entries).any(|part| mentions(part, name))
}

/// A word as it is written.
fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Json::String(word)) => word,
        other => panic!("{other:?} is not a word"),
    }
}

/// All words of a type of the format.
fn words(name: &str) -> BTreeSet<String> {
    let found = [schema::operation(), schema::product()];
    let definition = found.iter().find_map(|schema| schema["definitions"].get(name)).expect("the format has this type");
    let listed = definition["enum"].as_array().into_iter().flatten();
    let described = definition["oneOf"].as_array().into_iter().flatten().flat_map(|choice| match &choice["enum"] {
        Json::Array(words) => words.iter().collect(),
        _ => vec![&choice["const"]],
    });
    listed.chain(described).filter_map(Json::as_str).map(str::to_owned).collect()
}

/// All keys of mappings.
fn keys(node: &Node, found: &mut BTreeSet<String>) {
    match &node.kind {
        NodeKind::Scalar(..) => {}
        NodeKind::Sequence(items) => items.iter().for_each(|item| keys(item, found)),
        NodeKind::Mapping(entries) => {
            for (key, value) in entries {
                found.extend(key.text().map(str::to_owned));
                keys(value, found);
            }
        }
    }
}

/// All keys that a JSON Schema has names for.
fn properties(schema: &Json, found: &mut BTreeSet<String>) {
    match schema {
        Json::Object(object) => {
            if let Some(Json::Object(named)) = object.get("properties") {
                found.extend(named.keys().cloned());
            }
            object.values().for_each(|value| properties(value, found));
        }
        Json::Array(items) => items.iter().for_each(|item| properties(item, found)),
        _ => {}
    }
}
