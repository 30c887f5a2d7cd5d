//! What metadata says and an import does not follow.
#![cfg(feature = "import")]

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::import::{self, Imported, Options, Published};
use alicloud_codegen::read;
use alicloud_codegen::{generate, spec};
use serde_json::{Value, json};

/// A version in one document, as if it had been read from `api-docs.json`.
fn whole(document: &Value) -> Published {
    Published {
        documents: vec![("api-docs".to_owned(), "api-docs.json".to_owned(), document.to_string().into_bytes())],
        ..Published::default()
    }
}

fn notes(imported: &Imported, code: &str) -> Vec<String> {
    let notes = imported.diagnostics.iter().filter(|one| one.code.name() == code);
    notes.map(|one| one.message.clone()).collect()
}

#[test]
fn a_version_names_a_folder_and_nothing_above_it() {
    let table = [
        ("2016-04-28", "2016-04-28"),
        ("2021-09-31.beta_1", "2021-09-31.beta_1"),
        ("../../../pwn", "0000-00-00"),
        ("..", "0000-00-00"),
        (".", "0000-00-00"),
        ("/etc", "0000-00-00"),
        ("2016\\04", "0000-00-00"),
        ("2016-04-28\0", "0000-00-00"),
    ];
    for (version, expected) in table {
        let info = json!({ "product": "Thing", "version": version });
        let told = whole(&json!({ "info": info, "apis": { "DoThing": {} } }));
        let list = json!([{ "name": "DoThing", "product": "Thing", "version": version }]);
        let alone = || vec![("DoThing".to_owned(), "DoThing.json".to_owned(), b"{}".to_vec())];
        let listed = Published { list: Some(list.to_string().into_bytes()), documents: alone(), ..Default::default() };
        let given = Published {
            product: Some("Thing".to_owned()),
            version: Some(version.to_owned()),
            documents: alone(),
            ..Default::default()
        };
        for from in [told, listed, given] {
            let imported = import::metadata(&from, &Options::default());
            assert_eq!(imported.folder, format!("thing/{expected}"), "{version:?}");
            assert_eq!(notes(&imported, "I616").len(), usize::from(version != expected), "{version:?}");
        }
    }
}

#[test]
fn an_operation_never_takes_the_file_of_its_product() {
    let names = ["product", "Product", "../DoThing", "Do.Thing", "GetProduct"];
    let apis: serde_json::Map<String, Value> = names.map(|name| (name.to_owned(), json!({}))).into_iter().collect();
    let info = json!({ "product": "Thing", "version": "2024-01-01" });
    let imported = import::metadata(&whole(&json!({ "info": info, "apis": apis })), &Options::default());
    let taken: Vec<&str> = imported.operations.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(taken, ["GetProduct"]);
    assert_eq!(notes(&imported, "I602").len(), 4);
}

/// Names for names are followed, unless they lead in a circle: then nobody knows what they are.
#[test]
fn types_that_are_only_names_for_themselves_are_free_form() {
    let to = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let node = json!({ "type": "object", "properties": { "Next": to("Node") } });
    let schemas = json!({
        "A": to("B"), "B": to("A"), "Name": to("Node"), "Node": node, "Outside": to("A"), "Self": to("Self"),
    });
    let apis = json!({ "DoThing": { "responses": { "200": { "schema": to("Self") } } } });
    let info = json!({ "product": "Thing", "version": "2024-01-01" });
    let document = json!({ "info": info, "apis": apis, "components": { "schemas": schemas } });
    let imported = import::metadata(&whole(&document), &Options::default());
    let free: Vec<&str> = imported
        .product
        .types
        .iter()
        .filter_map(|(name, schema)| (schema.kind == Some(spec::Type::Json)).then_some(name.as_str()))
        .collect();
    assert_eq!(free, ["A", "B", "Self"]);
    assert_eq!(notes(&imported, "I621").len(), 3);

    let files = imported.files("..").into_iter().map(|(path, text)| (format!("specs/{path}"), text)).collect();
    let mut report = Report::default();
    generate(&read::texts(files, &mut report), &mut report);
    let errors: Vec<String> = report.diagnostics.iter().filter(|one| one.is_error()).map(ToString::to_string).collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// A document as it is found when it is named itself: with the list beside it, and nothing of the others.
fn lone(name: &str) -> Published {
    let entry = |name: &str| json!({ "name": name, "product": "Thing", "version": "2024-01-01" });
    let list = json!(["DoThing", "GetThing", "ListThings"].map(entry));
    Published {
        path: format!("{name}.json"),
        is_lone: true,
        list: Some(list.to_string().into_bytes()),
        documents: vec![(name.to_owned(), format!("{name}.json"), b"{}".to_vec())],
        ..Published::default()
    }
}

#[test]
fn documents_of_one_version_are_put_together_wherever_they_are() {
    let elsewhere = Published { path: "elsewhere".to_owned(), ..lone("GetThing") };
    let table = [
        (vec![lone("DoThing")], vec!["DoThing"], 0),
        (vec![lone("GetThing"), lone("DoThing")], vec!["DoThing", "GetThing"], 0),
        (vec![lone("GetThing"), elsewhere], vec!["GetThing"], 1),
    ];
    for (published, names, twice) in table {
        let all = import::all(published, &Options::default(), 2);
        assert_eq!(all.len(), 1);
        let imported = &all[0].1;
        assert_eq!(imported.operations.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), names);
        assert_eq!(notes(imported, "I604").len(), twice);
        assert_eq!(notes(imported, "I603"), Vec::<String>::new(), "nobody asked for the others of the list");
        assert_eq!(imported.product.module, "thing");
    }
}

#[test]
fn what_is_asked_for_and_not_there_is_told_with_what_is_near() {
    let options = Options { only: ["GetThings".to_owned(), "DoThing".to_owned()].into(), ..Options::default() };
    let all = import::all(vec![lone("DoThing"), lone("GetThing")], &options, 1);
    let missing = import::not_there(&options.only, all.iter().map(|(_, one)| one));
    assert_eq!(missing, ["there is no operation `GetThings`: did you mean `GetThing`?"]);
}

#[test]
fn a_product_without_operations_is_no_file() {
    let info = json!({ "product": "Thing", "version": "2024-01-01" });
    let imported = import::metadata(&whole(&json!({ "info": info, "apis": {} })), &Options::default());
    assert_eq!(imported.files(".."), []);
    assert_eq!(notes(&imported, "I602"), ["there is no operation: nothing is written"]);
}
