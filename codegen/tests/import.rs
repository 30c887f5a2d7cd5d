//! What metadata becomes: specs and notes, beside the documents that they are made of.
//!
//! The documents are facts of real operations, and one version that is made up, in which everything is odd. Run with
//! `UPDATE_GOLDEN=1` to write what is expected anew, and read the difference.
#![cfg(feature = "import")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::{CODES, Report};
use alicloud_codegen::import::{self, Imported, Options, Published};
use alicloud_codegen::read::{self, ProductFolder};
use alicloud_codegen::{generate, spec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

fn published() -> Vec<Published> {
    import::folder::read(&here().join("metadata")).expect("the documents")
}

fn imported() -> Vec<Imported> {
    import::all(published(), &Options::default(), 2).into_iter().map(|(_, one)| one).collect()
}

/// The product of a folder, read from what is written.
fn read_back(imported: &Imported) -> ProductFolder {
    let mut report = Report::default();
    let files = imported.files("..").into_iter().map(|(path, text)| (format!("specs/{path}"), text)).collect();
    let mut specs = read::texts(files, &mut report);
    let problems: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    specs.products.swap_remove(0)
}

#[test]
fn metadata_becomes_specs() {
    let mut wanted: BTreeMap<PathBuf, String> = BTreeMap::new();
    for one in imported() {
        let product = one.folder.split('/').next().unwrap_or_default();
        let schemas = "../../../../../../schema";
        wanted.extend(one.files(schemas).into_iter().map(|(path, text)| (here().join("expected").join(path), text)));
        let prefix = format!("{}/", here().join("metadata").display());
        let notes: String = one.diagnostics.iter().map(|note| format!("{note}\n").replace(&prefix, "")).collect();
        wanted.insert(here().join("expected").join(product).join("notes.txt"), notes);
    }
    for (path, text) in &wanted {
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("written");
        }
        let expected = fs::read_to_string(path).unwrap_or_default();
        assert_eq!(*text, expected, "{}", path.display());
    }
}

#[test]
fn what_is_imported_is_clean() {
    let files =
        imported().into_iter().flat_map(|one| one.files("..")).map(|(path, text)| (format!("specs/{path}"), text));
    let mut report = Report::default();
    let specs = read::texts(files.collect(), &mut report);
    generate(&specs, &mut report);
    // The generator may not be able to write something yet.
    let problems = report.diagnostics.iter().filter(|one| !one.code.name().starts_with("E4")).map(ToString::to_string);
    assert_eq!(problems.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn only_what_is_asked_for_is_imported() {
    let options = Options { only: ["ListOdd".to_owned()].into(), ..Options::default() };
    let odd = import::all(published(), &options, 1)
        .into_iter()
        .map(|(_, one)| one)
        .find(|one| one.product.product == "Odd-Things");
    let names: Vec<String> = odd.expect("the product").operations.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["ListOdd"]);
}

/// A version whose documents do not go together.
fn broken() -> Imported {
    let entry = |name: &str| json!({ "name": name, "product": "Thing", "version": "2024-01-01" });
    let mut deep = json!({ "type": "string" });
    for _ in 0..40 {
        deep = json!({ "type": "array", "items": deep });
    }
    let operation = json!({ "responses": { "200": { "schema": { "type": "object", "properties": { "A": deep } } } } });
    let document = |name: &str, text: String| (name.to_owned(), format!("{name}.json"), text.into_bytes());
    let from = Published {
        list: Some(json!([entry("GetThing"), entry("GetThing"), entry("Absent")]).to_string().into_bytes()),
        documents: vec![
            document("Getthing", operation.to_string()),
            document("Unlisted", "{}".to_owned()),
            document("Hidden", "null".to_owned()),
            document("Broken", "{".to_owned()),
        ],
        ..Published::default()
    };
    import::metadata(&from, &Options { modules: ["thing".to_owned()].into(), ..Options::default() })
}

#[test]
fn what_does_not_go_together_is_said_and_the_rest_imported() {
    let imported = broken();
    let names: Vec<&str> = imported.operations.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["GetThing", "Unlisted"]);
    assert_eq!(imported.product.module, "thing_2024_01_01");
    read_back(&imported);
}

/// A note that no document of these tests gives is one that nobody has seen.
#[test]
fn every_note_has_a_case() {
    let all = imported().into_iter().chain([broken()]).flat_map(|one| one.diagnostics);
    let said: BTreeSet<&str> = all.map(|note| note.code.name()).collect();
    // Those about help pages have tests of their own.
    for (_, code, _) in CODES.iter().filter(|(_, code, _)| code.starts_with("I6")) {
        // What a person wrote has a test of its own; and no guess about these documents fails the check.
        assert!(said.contains(code) || ["I663", "I671"].contains(code), "{code} has no case");
    }
}

#[test]
fn of_two_versions_the_newer_one_has_the_plain_name() {
    let version = |version: &str| Published {
        documents: vec![("DoThing".to_owned(), "DoThing.json".to_owned(), b"{}".to_vec())],
        product: Some("Thing".to_owned()),
        version: Some(version.to_owned()),
        ..Published::default()
    };
    let all = import::all(vec![version("2020-01-01"), version("2024-01-01")], &Options::default(), 2);
    let names: Vec<&str> = all.iter().map(|(_, one)| one.product.module.as_str()).collect();
    assert_eq!(names, ["thing_2020_01_01", "thing"]);
}

#[test]
fn what_a_person_wrote_stays_and_what_is_new_is_added() {
    let from = published().into_iter().find(|one| one.path.ends_with("api-docs.json")).expect("the product");
    let mut existing = read_back(&import::metadata(&from, &Options::default()));
    let file = existing.operations.iter_mut().find(|file| file.name == "ListOdd").expect("the operation");
    let by_hand = &mut file.operation;
    by_hand.summary = "Lists what is odd.".to_owned();
    by_hand.pager = None;
    by_hand.notes = vec!["Nobody knows why.".to_owned()];
    by_hand.parameters.retain(|parameter| parameter.name != "Password");
    by_hand.parameters[0].schema.description = Some("Where it is odd.".to_owned());
    by_hand.parameters[2].schema.kind = Some(spec::Type::Long);
    let by_hand = by_hand.clone();

    let options = Options { existing: Some(existing.product.clone()), ..Options::default() };
    let merged = import::merge(import::metadata(&from, &options), &existing);
    let list = &merged.operations.iter().find(|(name, _)| name == "ListOdd").expect("the operation").1;
    assert_eq!(list.summary, by_hand.summary);
    assert_eq!(list.notes, by_hand.notes);
    assert_eq!(list.pager, None, "a guess that was taken out stays out");
    assert_eq!(list.parameters[..by_hand.parameters.len()], by_hand.parameters);
    assert_eq!(list.parameters.last().map(|parameter| parameter.name.as_str()), Some("Password"));
    let kept: Vec<&str> =
        merged.diagnostics.iter().filter(|one| one.code.name() == "I671").map(|one| one.message.as_str()).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let changed: Vec<String> = import::changed(&merged, &existing, "..").into_iter().map(|(path, _)| path).collect();
    assert_eq!(changed, ["odd-things/2024-02-30/ListOdd.yaml"]);
}

/// Words that mean something in metadata, and traps.
const WORDS: &[&str] = &[
    "",
    "object",
    "array",
    "string",
    "integer",
    "boolean",
    "number",
    "any",
    "int64",
    "binary",
    "byte",
    "query",
    "path",
    "body",
    "header",
    "host",
    "formData",
    "json",
    "flat",
    "simple",
    "repeatList",
    "xml",
    "#/components/schemas/A",
    "A",
    "/{A}",
    "/a/[B]",
    "/*",
    "get",
    "post",
    "true",
    "1",
    "1.5",
    "Y",
    "a: b",
    "\u{2028}",
    "\u{0}",
    " x ",
    "名称",
    "NextToken",
    "PageNumber",
    "[{}]",
    "Success",
    "200",
    "https",
    "application/xml",
    "text/event-stream",
    "Password",
    "asynchronous",
    "A::B::C",
    "<br>](~~1~~)",
];

/// Keys of metadata.
const KEYS: &[&str] = &[
    "type",
    "format",
    "properties",
    "items",
    "additionalProperties",
    "$ref",
    "enum",
    "enumValueTitles",
    "default",
    "example",
    "required",
    "minimum",
    "maxLength",
    "name",
    "in",
    "style",
    "schema",
    "parameters",
    "responses",
    "200",
    "302",
    "headers",
    "path",
    "methods",
    "schemes",
    "security",
    "AK",
    "Anonymous",
    "errorCodes",
    "errorCode",
    "responseDemo",
    "deprecated",
    "staticInfo",
    "callback",
    "returnType",
    "callbackInterval",
    "produces",
    "A",
    "B",
    "Y",
    "NextToken",
    "PageNumber",
    "TotalCount",
    "Success",
    "Code",
    "RequestId",
    "Url",
    "",
    "a.b",
    "apis",
    "components",
    "schemas",
    "info",
    "endpoints",
    "regionId",
    "endpoint",
    "systemTags",
    "description",
    "pattern",
];

fn anything() -> impl Strategy<Value = Value> {
    let word = prop_oneof![9 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => any::<String>()];
    let leaf = prop_oneof![
        6 => word.prop_map(Value::String),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(7, 96, 8, |inner| {
        let key = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            4 => prop::collection::vec((key, inner), 0..8).prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Something that looks like a schema, so that more of it gets through.
fn schema() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec!["string", "integer", "boolean", "number", "any", "object"]);
    let leaf =
        (kind, anything()).prop_map(|(kind, other)| json!({ "type": kind, "example": other, "enum": [other, "b"] }));
    prop_oneof![leaf, anything()].prop_recursive(5, 32, 4, |inner| {
        let name = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            inner.clone().prop_map(|items| json!({ "type": "array", "items": items })),
            inner.clone().prop_map(|values| json!({ "type": "object", "additionalProperties": values })),
            prop::collection::btree_map(name, inner, 0..5)
                .prop_map(|fields| json!({ "type": "object", "properties": fields })),
        ]
    })
}

fn operation() -> impl Strategy<Value = Value> {
    let word = || prop::sample::select(WORDS).prop_map(str::to_owned);
    let parameter = (word(), word(), word(), schema()).prop_map(
        |(name, place, style, schema)| json!({ "name": name, "in": place, "style": style, "schema": schema }),
    );
    let parameters = prop::collection::vec(parameter, 0..5);
    (parameters, schema(), word(), anything(), any::<bool>()).prop_map(|(parameters, reply, path, other, is_roa)| {
        let mut operation = json!({
            "parameters": parameters,
            "responses": { "200": { "schema": reply, "headers": other } },
            "errorCodes": other,
            "staticInfo": other,
            "methods": ["get"],
        });
        if is_roa {
            operation["path"] = Value::String(path);
        }
        operation
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Whatever the documents say, what is written can be read, and nothing panics.
    #[test]
    fn whatever_is_published_becomes_specs_that_can_be_read(
        operations in prop::collection::vec(prop_oneof![2 => operation(), 1 => anything()], 0..4),
        around in anything(),
        components in prop::collection::btree_map("[AB]", schema(), 0..3),
        descriptions in any::<bool>(),
    ) {
        let apis: Map<String, Value> = operations.into_iter().enumerate().map(|(index, one)| (format!("Do{index}"), one)).collect();
        let mut document = json!({ "apis": apis, "components": { "schemas": components }, "endpoints": around });
        document["info"] = json!({ "product": "Thing", "version": "2024-01-01" });
        let bytes = |value: &Value| value.to_string().into_bytes();
        let from = Published {
            list: Some(bytes(&around)),
            info: Some(bytes(&around)),
            documents: vec![("api-docs".to_owned(), "api-docs.json".to_owned(), bytes(&document))],
            ..Published::default()
        };
        let options = Options { descriptions, ..Options::default() };
        let first = import::metadata(&from, &options);
        if first.product.product == "Thing" && !first.operations.is_empty() {
            let folder = read_back(&first);
            // What is imported again is what was imported.
            let options = Options { existing: Some(folder.product.clone()), ..options };
            let again = import::merge(import::metadata(&from, &options), &folder);
            prop_assert_eq!(import::changed(&again, &folder, ".."), vec![]);
            let kept = again.diagnostics.iter().filter(|one| one.code.name() == "I671").map(ToString::to_string);
            prop_assert_eq!(kept.collect::<Vec<_>>(), Vec::<String>::new());
        }
    }
}
