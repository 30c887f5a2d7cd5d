//! What metadata says and an import does not follow.
#![cfg(feature = "import")]

use alicloud_codegen::import::{self, Imported, Options, Published};
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
