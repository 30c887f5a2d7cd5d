//! What is said when metadata is imported over specs that are there.
#![cfg(feature = "import")]

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::import::{self, Imported, Options, Published};
use alicloud_codegen::read::{self, ProductFolder};
use serde_json::{Value, json};

fn published(apis: &Value, is_lone: bool) -> Published {
    let info = json!({ "product": "Thing", "version": "2024-01-01" });
    let document = json!({ "info": info, "apis": apis }).to_string().into_bytes();
    Published {
        documents: vec![("api-docs".to_owned(), "api-docs.json".to_owned(), document)],
        is_lone,
        ..Published::default()
    }
}

/// The specs of metadata, as they are read again.
fn specs(apis: &Value) -> ProductFolder {
    let imported = import::metadata(&published(apis, false), &Options::default());
    let files = imported.files("..").into_iter().map(|(path, text)| (format!("specs/{path}"), text)).collect();
    let mut report = Report::default();
    let mut specs = read::texts(files, &mut report);
    assert!(!report.has_errors(), "{:#?}", report.diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>());
    specs.products.swap_remove(0)
}

fn again(apis: &Value, existing: &ProductFolder, is_lone: bool, only: &[&str]) -> Imported {
    let options = Options {
        existing: Some(existing.product.clone()),
        only: only.iter().map(|name| (*name).to_owned()).collect(),
        ..Options::default()
    };
    import::merge(import::metadata(&published(apis, is_lone), &options), existing)
}

fn kept(imported: &Imported) -> Vec<String> {
    let notes = imported.diagnostics.iter().filter(|one| one.code.name() == "I671");
    notes.map(|one| one.message.clone()).collect()
}

fn thing() -> Value {
    json!({
        "parameters": [
            { "name": "Name", "in": "query", "schema": {
                "type": "string", "example": "a", "default": "a", "pattern": "^a", "maxLength": 9, "enum": ["a", "b"] } },
            { "name": "Size", "in": "query", "schema": { "type": "integer", "minimum": "1", "maximum": "9" } },
        ],
        "responses": { "200": { "schema": { "type": "object", "properties": {
            "Things": { "type": "array", "items": { "type": "object", "properties": {
                "Id": { "type": "string" }, "Kind": { "type": "string" } } } } } } } },
        "errorCodes": { "400": [{ "errorCode": "TooBig", "errorMessage": "It is too big." }] },
    })
}

#[test]
fn what_the_metadata_changed_or_no_longer_has_is_said_and_stays() {
    let schema = "/parameters/0/schema";
    let table = [
        (
            format!("{schema}/example"),
            json!("b"),
            "the example of `parameters.Name` is \"a\" in the spec, and \"b\" in",
        ),
        (format!("{schema}/default"), json!("b"), "the default of `parameters.Name` is \"a\""),
        (format!("{schema}/pattern"), json!("^b"), "the pattern of `parameters.Name` is \"^a\""),
        (format!("{schema}/enum"), json!(["a"]), "the value `b` of `parameters.Name` is in the spec, and not in"),
        ("/parameters/1/schema/minimum".to_owned(), json!("2"), "the minimum of `parameters.Size` is \"1\""),
        ("/parameters/1/schema/maximum".to_owned(), json!("8"), "the maximum of `parameters.Size` is \"9\""),
        ("/parameters/1/name".to_owned(), json!("Length"), "`parameters.Size` is in the spec, and not in"),
        (
            "/responses/200/schema/properties/Things/items/properties".to_owned(),
            json!({ "Id": { "type": "string" } }),
            "`Things[].Kind` is in the spec, and not in",
        ),
        ("/errorCodes".to_owned(), json!({}), "the error `TooBig` is in the spec, and not in"),
    ];
    let before = json!({ "DoThing": thing() });
    let existing = specs(&before);
    assert_eq!(kept(&again(&before, &existing, false, &[])), Vec::<String>::new(), "nothing has changed");
    for (at, value, expected) in table {
        let mut after = before.clone();
        *after["DoThing"].pointer_mut(&at).expect("a part") = value;
        let merged = again(&after, &existing, false, &[]);
        let said = kept(&merged);
        assert!(said.len() == 1 && said[0].starts_with(expected), "{at}: {said:?}");
        let operation = &merged.operations[0].1;
        let before = &existing.operations[0].operation;
        assert_eq!(operation.parameters[..2], before.parameters, "{at}");
        assert_eq!(operation.response, before.response, "{at}");
        assert_eq!(operation.errors, before.errors, "{at}");
    }
}

#[test]
fn an_operation_is_gone_only_where_all_of_the_version_is_known() {
    let existing = specs(&json!({ "DoThing": thing(), "GetThing": thing() }));
    let after = json!({ "DoThing": thing() });
    let gone = "`GetThing` is in the spec, and not in the metadata: the spec stays";
    assert_eq!(kept(&again(&after, &existing, false, &[])), [gone]);
    assert_eq!(kept(&again(&after, &existing, true, &[])), Vec::<String>::new(), "one document was asked for");
    let whole = json!({ "DoThing": thing(), "GetThing": thing() });
    assert_eq!(kept(&again(&whole, &existing, false, &["DoThing"])), Vec::<String>::new(), "it is not asked for");
}

#[test]
fn guesses_that_a_person_decided_otherwise_are_not_said_again() {
    let apis = json!({ "ListThings": {
        "parameters": [
            { "name": "ClientToken", "in": "query", "schema": { "type": "string" } },
            { "name": "Password", "in": "query", "schema": { "type": "string" } },
        ],
        "responses": { "200": { "schema": { "type": "object", "properties": {} } } },
    } });
    let mut existing = specs(&apis);
    let guesses = |imported: &Imported| {
        let codes = ["I657", "I658", "I659"];
        let said: Vec<&str> = imported.diagnostics.iter().map(|one| one.code.name()).collect();
        codes.into_iter().filter(|code| said.contains(code)).collect::<Vec<_>>()
    };
    assert_eq!(guesses(&again(&apis, &existing, false, &[])), ["I657", "I658", "I659"]);
    let operation = &mut existing.operations[0].operation;
    operation.idempotent = false;
    operation.parameters[0].fill = None;
    operation.parameters[1].schema.sensitive = false;
    assert_eq!(guesses(&again(&apis, &existing, false, &[])), Vec::<&str>::new());
}
