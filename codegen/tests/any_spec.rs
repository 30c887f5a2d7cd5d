//! Whatever the format can say becomes Rust that parses, in which no two names of one scope meet.
#![cfg(feature = "emit")]

use std::collections::{BTreeMap, HashSet};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::{generate, read};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use syn::Item;

/// Names that documents have, and whatever else there is.
fn name() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "type",
        "Type",
        "self",
        "Self",
        "crate",
        "_",
        "__context",
        "2d",
        "Tag.1.Key",
        "名称",
        "A",
        "a",
        "a_",
        "A-",
        "Result",
        "Option",
        "Box",
        "Value",
        "Request",
        "Items",
        "Download",
        "headers",
        "body",
        "stream",
        "DownloadThumbTo",
    ]);
    prop_oneof![
        2 => odd.prop_map(str::to_owned),
        2 => "[A-Za-z][A-Za-z0-9]{0,8}",
        1 => "[a-zA-Z]{300,380}",
        1 => "\\PC{1,8}".prop_map(|name| name.trim().to_owned()).prop_filter("a name", |name| !name.is_empty()),
    ]
}

/// Names and what they are for, each name once.
fn named(schema: impl Strategy<Value = Json>) -> impl Strategy<Value = Vec<(String, Json)>> {
    prop::collection::btree_map(name(), schema, 1..4).prop_map(|map| map.into_iter().collect())
}

fn fields(pairs: Vec<(String, Json)>) -> Json {
    let fields: Vec<Json> = pairs.into_iter().map(|(name, schema)| with(schema, "name", json!(name))).collect();
    json!(fields)
}

fn with(mut schema: Json, key: &str, value: Json) -> Json {
    if let Json::Object(object) = &mut schema {
        object.insert(key.to_owned(), value);
    }
    schema
}

fn schema() -> impl Strategy<Value = Json> {
    let word = prop::sample::select(vec!["string", "boolean", "integer", "long", "float", "double", "json"]);
    let values = prop::collection::btree_set("\\PC{0,6}", 1..5);
    let leaf = prop_oneof![
        4 => word.prop_map(|word| json!({ "type": word })),
        1 => values.prop_map(|values| {
            let values: Vec<Json> = values.into_iter().map(|value| json!({ "value": value })).collect();
            json!({ "type": "string", "enum": values })
        }),
        1 => Just(json!({ "type": "string", "sensitive": true })),
        1 => Just(json!({ "type": "string", "holds": "integer" })),
        2 => prop::sample::select(vec!["One", "Two", "three"]).prop_map(|name| json!({ "ref": name })),
    ];
    let structure = leaf.prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            2 => named(inner.clone()).prop_map(|pairs| json!({ "fields": fields(pairs) })),
            1 => inner.clone().prop_map(|items| json!({ "items": items })),
            1 => inner.prop_map(|entries| json!({ "entries": entries })),
        ]
    });
    (structure, any::<bool>(), "[ -~\\n`]{0,40}").prop_map(|(schema, required, description)| {
        let schema = if required { with(schema, "required", json!(true)) } else { schema };
        with(schema, "description", json!(description))
    })
}

fn parameters() -> impl Strategy<Value = Json> {
    let location = prop::sample::select(vec!["query", "form"]);
    let style = prop::sample::select(vec!["flat", "json", "repeat_list"]);
    let one = (schema(), location, style).prop_map(|(schema, location, style)| {
        let is_scalar = schema.get("type").is_some();
        let located = with(schema, "in", json!(location));
        if is_scalar { located } else { with(located, "style", json!(style)) }
    });
    named(one).prop_map(fields)
}

fn response() -> impl Strategy<Value = Json> {
    let kind = prop::sample::select(vec!["json", "xml", "text", "binary", "events", "none"]);
    (schema(), kind, prop::option::of(named(Just(json!({ "type": "string" }))))).prop_map(|(schema, kind, headers)| {
        let body = match kind {
            "binary" | "none" | "text" => json!({}),
            _ => schema,
        };
        let body = with(body, "as", json!(kind));
        headers.filter(|_| kind != "events").map_or(body.clone(), |headers| with(body, "headers", fields(headers)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_spec_becomes_rust(
        types in [schema(), schema(), schema()],
        operations in prop::collection::vec((parameters(), response()), 1..3),
    ) {
        let [one, two, three] = types;
        let product = json!({
            "format": 1, "product": "Any", "version": "2026-01-01", "title": "Any", "description": "Any.",
            "module": "any", "feature": "any", "style": "rpc",
            "endpoints": { "networks": [{ "name": "public", "everywhere": "example.com" }] },
            "types": { "One": one, "Two": two, "three": three },
        });
        let folder = "specs/any/2026-01-01";
        let mut files = vec![(format!("{folder}/product.yaml"), product.to_string())];
        for (index, (parameters, response)) in operations.iter().enumerate() {
            let operation = json!({ "format": 1, "summary": "Does.", "parameters": parameters, "response": response });
            files.push((format!("{folder}/Do{index}.yaml"), operation.to_string()));
        }
        let mut report = Report::default();
        let specs = read::texts(files, &mut report);
        let generated = generate(&specs, &mut report);
        prop_assert_eq!(report.has_errors(), generated.files.is_empty());
        for file in &generated.files {
            prop_assert!(file.path.rsplit('/').next().is_some_and(|name| name.len() <= 200), "{}", file.path);
            let parsed = syn::parse_file(&file.text);
            prop_assert!(parsed.is_ok(), "{}", file.text);
            prop_assert!(!file.text.contains("compile_error!"), "{}", file.text);
            let scopes = scopes(&parsed.expect("it parses"));
            for (scope, names) in scopes {
                let mut seen = HashSet::new();
                for name in &names {
                    prop_assert!(name.len() <= 200 && seen.insert(name), "{name} in {scope} of {}", file.text);
                }
            }
        }
    }
}

/// The names of each scope of a file: its types, the fields of each struct, the variants of each enum, the methods.
fn scopes(file: &syn::File) -> BTreeMap<String, Vec<String>> {
    let mut scopes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in &file.items {
        match item {
            Item::Struct(item) => {
                scopes.entry("the module".to_owned()).or_default().push(item.ident.to_string());
                let names = item.fields.iter().filter_map(|field| field.ident.as_ref()).map(ToString::to_string);
                scopes.insert(item.ident.to_string(), names.collect());
            }
            Item::Enum(item) => {
                scopes.entry("the module".to_owned()).or_default().push(item.ident.to_string());
                let names = item.variants.iter().map(|variant| variant.ident.to_string());
                scopes.insert(item.ident.to_string(), names.collect());
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let names = item.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                    _ => None,
                });
                let self_type = &item.self_ty;
                scopes.insert(format!("impl {}", quote::quote!(#self_type)), names.collect());
            }
            _ => {}
        }
    }
    scopes
}
