//! What is generated compiles without a warning: for every operation of the vocabulary that can be generated, and for
//! one whose names are all taken already.

use std::fs;
use std::path::Path;
use std::process::Command;

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::emit::File;
use alicloud_codegen::read::{self, Specs};
use alicloud_codegen::{Generated, generate};

/// Names that a generated module uses itself, that Rust keeps to itself, or that mean something to clippy.
const OBSTACLES: &[&str] = &[
    "type",
    "Self",
    "self",
    "crate",
    "async",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "Default",
    "Clone",
    "Debug",
    "Request",
    "Response",
    "Call",
    "With",
    "WithMetadata",
    "Pages",
    "Items",
    "Download",
    "UntilDone",
    "IntoFuture",
    "Encode",
    "Decode",
    "Fields",
    "Json",
    "Value",
    "Wire",
    "Wait",
    "Error",
    "Client",
    "Operation",
    "OPERATION",
    "Authentication",
    "Envelope",
    "Link",
    "Method",
    "Paged",
    "Pager",
    "PagerStyle",
    "Path",
    "ReplyKind",
    "Sending",
    "SensitiveString",
    "Style",
    "Waiter",
    "DecodeObject",
    "Encoder",
    "CallOptions",
    "BTreeMap",
    "Display",
    "Hash",
    "Add",
    "Default_",
    "Add.1.Key",
    "x-acs-date",
    "__context",
    "_",
    "2d",
    "名称",
    "Other",
];

/// What documents say and rustdoc chokes on.
const HOSTILE: &str = "It is List<Tenant>, arr[0] and [from].\nSee https://example.com/a_b, or <b>this</b>.\r\n\
    */ \u{8} }}}\n\n    four spaces\n\n1. one\n2. two\n\n```\nlet it be;\n```\n\nUnclosed ` tick.\n```json\n{";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

fn product(module: &str) -> String {
    let hostile = serde_json::Value::from(HOSTILE);
    format!(
        "format: 1\nproduct: {module}\nversion: \"2026-01-01\"\ntitle: Obstacles\ndescription: {hostile}\n\
         module: {module}\nfeature: {module}\nstyle: rpc\nendpoints:\n  networks: [{{ name: public, everywhere: example.com }}]\n"
    )
}

/// An operation with all obstacles as parameters, as fields, as types and as values.
fn obstacle_course() -> Vec<(String, String)> {
    let quoted = |name: &str| serde_json::Value::from(name).to_string();
    let values: String = OBSTACLES.iter().map(|name| format!("{{ value: {} }}, ", quoted(name))).collect();
    let hostile = quoted(HOSTILE);
    let mut text = format!("format: 1\nsummary: {hostile}\ndescription: {hostile}\nparameters:\n");
    for name in OBSTACLES {
        let name = quoted(name);
        text.push_str(&format!("  - {{ name: {name}, in: query, type: string, enum: [{values}] }}\n"));
    }
    text.push_str(&format!("  - {{ name: Hostile, in: query, type: string, description: {} }}\n", quoted(HOSTILE)));
    text.push_str("  - name: Objects\n    in: query\n    items:\n      fields:\n");
    for name in OBSTACLES {
        text.push_str(&format!(
            "        - {{ name: {}, required: true, fields: [{{ name: A, type: long }}] }}\n",
            quoted(name)
        ));
    }
    text.push_str("response:\n  fields:\n");
    for name in OBSTACLES {
        let name = quoted(name);
        text.push_str(&format!(
            "    - name: {name}\n      fields: [{{ name: {name}, type: string }}, {{ name: B, type: json }}]\n"
        ));
    }
    let folder = "specs/obstacles/2026-01-01";
    vec![(format!("{folder}/product.yaml"), product("obstacles")), (format!("{folder}/Option.yaml"), text)]
}

/// Generates what can be: operations with an error, which must be a refusal of the emitter, are left out.
fn generated(mut specs: Specs) -> Generated {
    let mut report = Report::default();
    generate(&specs, &mut report);
    let mut refused: Vec<String> = Vec::new();
    for problem in report.diagnostics.iter().filter(|problem| problem.is_error()) {
        assert!(problem.code.name().starts_with("E4"), "{problem}");
        refused.push(problem.source.path.clone());
    }
    specs.products.retain(|product| !refused.contains(&product.source.path));
    for product in &mut specs.products {
        product.operations.retain(|operation| !refused.contains(&operation.source.path));
    }
    specs.products.retain(|product| !product.operations.is_empty());
    let generated = generate(&specs, &mut Report::default());
    assert!(!generated.files.is_empty());
    generated
}

/// Writes a crate and checks it, with all features; any warning fails.
fn compiles(name: &str, generated: &Generated) {
    let folder = root().join("target/compile-tests").join(name);
    let write = |path: &Path, text: &str| {
        fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(path, text)).expect("a file")
    };
    let features: String = generated.features.iter().map(|feature| format!("{feature:?} = []\n")).collect();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\nblocking = [\"alicloud-runtime/blocking\"]\ntest-util = [\"alicloud-runtime/test-util\"]\n{features}\n\
         [dependencies]\nalicloud-runtime = {{ path = {:?}, default-features = false }}\n\n[workspace]\n",
        root().join("runtime")
    );
    let _ = fs::remove_dir_all(folder.join("src"));
    write(&folder.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    for File { path, text } in &generated.files {
        write(&folder.join("src").join(path), text);
    }
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&folder).args(arguments).env("RUSTDOCFLAGS", "-D warnings");
        command.args(["--all-features", "--target-dir"]).arg(root().join("target/compile-tests/target"));
        command.output().expect("cargo runs")
    };
    let documented = cargo(&["doc", "--no-deps"]);
    assert!(documented.status.success(), "{}", String::from_utf8_lossy(&documented.stderr));
    let output = cargo(&["check"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success()
            && !said.contains("warning: unused")
            && !said.contains(&format!("`{name}` (lib) generated")),
        "{said}"
    );
}

#[test]
fn names_that_are_taken_are_told_apart() {
    let mut report = Report::default();
    let specs = read::texts(obstacle_course(), &mut report);
    assert!(!report.has_errors(), "{:?}", report.diagnostics.first().map(ToString::to_string));
    compiles("obstacles", &generated(specs));
}

#[test]
fn the_vocabulary_compiles() {
    let specs = read::folder(&root().join("codegen/tests/vocabulary"), &mut Report::default());
    let generated = generated(specs);
    assert!(generated.files.iter().filter(|file| !file.path.ends_with("mod.rs")).count() > 50);
    compiles("vocabulary", &generated);
}
