//! What is generated compiles without a warning: for every operation of the vocabulary, and for one whose names are all
//! taken already.

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
    let file = |name: &str, text: String| (format!("{folder}/{name}.yaml"), text);
    vec![
        file("product", product("obstacles") + &types()),
        file("Option", text),
        file("Types", SHAPES.to_owned()),
        file("Listed", LISTED.to_owned()),
        file("Sent", SENT.to_owned()),
        file(&"VeryLongName".repeat(32), LONG.replace("LONG", &"LongName".repeat(40))),
    ]
}

/// Shared types of all shapes, with names that are taken.
fn types() -> String {
    let mut text = "types:\n".to_owned();
    for name in OBSTACLES {
        let name = serde_json::Value::from(*name);
        text.push_str(&format!(
            "  {name}: {{ fields: [{{ name: {name}, ref: {name} }}, {{ name: Page, ref: Page }}] }}\n"
        ));
    }
    text + TYPES
}

const TYPES: &str = "  \
  Tree: { fields: [{ name: Left, ref: Tree }, { name: Right, required: true, ref: Tree }, { name: Forest, items: { ref: Tree } }] }
  Hen: { fields: [{ name: Egg, fields: [{ name: Hen, ref: Poultry }] }, { name: Name, type: string, required: true }] }
  Poultry: { ref: Hen }
  Nodes: { items: { fields: [{ name: Children, ref: Nodes }, { name: Kind, ref: Kind, required: true }] } }
  Groups: { entries: { items: { ref: Groups } } }
  Kind: { type: string, enum: [{ value: \"\" }, { value: a }, { value: A }, { value: 中 }, { value: \"1\" }, { value: \"-1\" }] }
  Digits: { type: string, holds: integer }
  Required:
    fields:
      - { name: Count, type: long, required: true }
      - { name: Any, type: json, required: true }
      - { name: Kind, ref: Kind, required: true }
      - { name: Tree, ref: Tree, required: true }
      - { name: Kinds, items: { ref: Kind }, required: true }
  Page: { fields: [{ name: Marker, type: string, sensitive: true }, { name: Size, ref: Digits }] }
";

/// Each of these types sent and received; arguments of every shape; links.
const SHAPES: &str = "\
format: 1
summary: Has all shapes.
authentication: bearer
parameters:
  - { name: Tree, in: query, ref: Tree, style: json, required: true }
  - { name: Nodes, in: query, ref: Nodes }
  - { name: Groups, in: query, ref: Groups, style: json }
  - { name: Kind, in: form, ref: Kind }
  - { name: Digits, in: form, ref: Digits }
  - { name: Required, in: query, ref: Required }
  - { name: Free, in: form, entries: { type: json } }
  - { name: Lists, in: query, items: { items: { items: { ref: Hen } } } }
  - { name: DownloadAll, in: query, type: string }
  - { name: x-first-*, in: header, entries: { type: long } }
response:
  headers:
    - { name: x-count, type: long }
    - { name: x-secret, type: string, sensitive: true }
    - { name: x-kind, ref: Kind }
    - { name: x-flag, type: boolean }
    - { name: x-other-*, entries: { type: string } }
  fields:
    - { name: Tree, ref: Tree }
    - { name: headers, ref: Nodes }
    - { name: Hen, ref: Poultry }
    - { name: Groups, ref: Groups }
    - { name: Required, ref: Required }
    - { name: Url, type: string }
    - { name: All, items: { ref: Option } }
link: { summary: \"The `[a\", path: Url }
links:
  all: { summary: All of it, path: Url }
  type: { summary: Another, path: Url }
asynchronous: { operation: Listed, every: 1500, times: 3 }
";

/// Pages behind several lists, asked for inside of a shared type.
const LISTED: &str = "\
format: 1
summary: Lists.
parameters:
  - { name: body, in: body, fields: [{ name: Page, ref: Page }, { name: Kind, ref: Kind, required: true }] }
response:
  items:
    fields:
      - name: Outer
        fields:
          - name: Trees
            items: { ref: Tree }
pager: { style: offset, position: body.Page.Marker, size: body.Page.Size, items: \"[].Outer.Trees[].Left.Forest[]\" }
";

/// Bytes both ways, and nothing else.
const SENT: &str = "\
format: 1
summary: Sends.
parameters:
  - { name: stream, in: query, type: string }
  - { name: body, in: body, type: binary, required: true }
response: { as: binary }
";

/// Names of hundreds of characters.
const LONG: &str = "\
format: 1
summary: Is long.
parameters:
  - { name: LONG, in: query, fields: [{ name: LONG, fields: [{ name: LONG, type: string, enum: [{ value: LONG }] }] }] }
response:
  fields:
    - { name: LONG, fields: [{ name: LONG, fields: [{ name: LONG, type: string }] }] }
";

/// Generates all of it. Products behind gateways can be written as well: only their signature is missing.
fn generated(mut specs: Specs) -> Generated {
    specs.products.iter_mut().for_each(|product| product.product.gateway = None);
    let mut report = Report::default();
    let generated = generate(&specs, &mut report);
    let problem = report.diagnostics.iter().find(|problem| problem.is_error());
    assert!(problem.is_none(), "{}", problem.map(ToString::to_string).unwrap_or_default());
    assert!(!generated.files.is_empty());
    generated
}

/// The examples in the documentation of methods, each in a module of its own.
fn documented_examples(generated: &Generated) -> String {
    let mut text = "//! What the documentation shows.\n#![allow(deprecated, dead_code)]\nfn main() {}\n".to_owned();
    let mut found = 0;
    for file in &generated.files {
        let mut lines = file.text.lines().map(str::trim_start);
        while lines.by_ref().any(|line| line == "/// ```no_run") {
            found += 1;
            text.push_str(&format!("mod example_{found} {{\n"));
            let example = lines.by_ref().take_while(|line| *line != "/// ```");
            let code = example.map(|line| line.trim_start_matches("/// ").trim_start_matches("# "));
            code.filter(|line| !line.starts_with("#![")).for_each(|line| text.push_str(&format!("{line}\n")));
            text.push_str("}\n");
        }
    }
    assert!(found > 0, "every method has an example");
    text
}

/// Writes a crate and checks it, with all features; any warning fails.
fn compiles(name: &str, generated: &Generated) {
    let folder = root().join("target/compile-tests").join(name);
    let write = |path: &Path, text: &str| {
        fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(path, text)).expect("a file")
    };
    let features: String = generated.features.iter().map(|feature| format!("{feature:?} = []\n")).collect();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\nname = \"alicloud\"\n\n[features]\nblocking = [\"alicloud-runtime/blocking\"]\ntest-util = [\"alicloud-runtime/test-util\"]\n{features}\n\
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
    write(&folder.join("examples/documented.rs"), &documented_examples(generated));
    let documented = cargo(&["doc", "--no-deps"]);
    assert!(documented.status.success(), "{}", String::from_utf8_lossy(&documented.stderr));
    let output = cargo(&["check", "--lib", "--examples"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success()
            && !said.contains("warning: unused")
            && !said.contains(&format!("`{name}` (lib) generated"))
            && !said.contains(&format!("`{name}` (example")),
        "{said}"
    );
}

fn specs_of_vocabulary() -> Specs {
    read::folder(&root().join("codegen/tests/vocabulary"), &mut Report::default())
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
    let generated = generated(specs_of_vocabulary());
    let operations: usize = specs_of_vocabulary().products.iter().map(|product| product.operations.len()).sum();
    let is_operation = |file: &&File| file.path.split('/').count() == 2 && !file.path.ends_with("/mod.rs");
    assert_eq!(generated.files.iter().filter(is_operation).count(), operations, "one file for each");
    compiles("vocabulary", &generated);
}
