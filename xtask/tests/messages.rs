//! What `--message-format json` promises: a JSON object in each line of stdout and nothing else, and the same exit code.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const PRODUCT: &str = include_str!("../../codegen/tests/diagnostics/product.yaml");
const OPERATION: &str =
    "format: 1\nsummary: Does a thing.\nmethod: FETCH\nresponse:\n  fields: [{ name: Id, type: int }]\n";

/// A folder with `specs/`, in which one operation has two mistakes and one file has no place, and with `generated/`.
fn scratch(operation: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let version = folder.path().join("specs/demo/2024-01-01");
    fs::create_dir_all(&version).expect("a folder");
    fs::write(version.join("product.yaml"), PRODUCT).expect("a product");
    fs::write(version.join("DoThing.yaml"), operation).expect("an operation");
    fs::create_dir(folder.path().join("generated")).expect("a folder");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/Cargo.toml");
    fs::copy(manifest, folder.path().join("generated/Cargo.toml")).expect("a manifest");
    folder
}

fn xtask(task: &str, folder: &TempDir, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg(task).arg("--specs").arg(folder.path().join("specs"));
    if task == "regen" {
        command.arg("--generated").arg(folder.path().join("generated"));
    }
    command.args(more).output().expect("xtask runs")
}

/// Every line of stdout, read as JSON.
fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).expect("text");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[test]
fn lint_and_regen_print_every_problem_as_a_line_of_json() {
    let folder = scratch(OPERATION);
    fs::write(folder.path().join("specs/readme.txt"), "").expect("a file");
    for task in ["lint", "regen"] {
        let output = xtask(task, &folder, &["--message-format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        let mut lines = lines(&output);
        let rendered = lines[0].as_object_mut().expect("an object").remove("rendered").expect("a text");
        assert!(rendered.as_str().is_some_and(|text| text.starts_with("error[E005]: `FETCH`")), "{rendered}");
        assert_eq!(
            lines[0],
            json!({
                "code": "E005", "severity": "error", "message": "`FETCH` is not a value of `method`",
                "file": "specs/demo/2024-01-01/DoThing.yaml",
                "line": 3, "column": 9, "end_line": 3, "end_column": 14,
                "label": "unknown word", "help": "did you mean `PATCH`?", "about": "",
            })
        );
        let codes: Vec<&str> = lines.iter().filter_map(|line| line["code"].as_str()).collect();
        assert_eq!(codes, ["E005", "E101", "E007"]);
        assert_eq!(lines[2]["line"], Value::Null, "the whole file is meant");
    }
}

#[test]
fn what_else_is_said_leaves_stdout_alone() {
    let folder = scratch("format: 1\nsummary: Does a thing.\n");
    let lint = xtask("lint", &folder, &["--message-format", "json"]);
    assert!(lint.status.success() && lint.stdout.is_empty());
    assert!(String::from_utf8_lossy(&lint.stderr).contains("1 operation of 1 product: 0 errors, 0 warnings"));
    for more in [&["--check"] as &[&str], &[]] {
        let regen = xtask("regen", &folder, &[more, &["--message-format", "json"]].concat());
        assert_eq!((regen.status.success(), regen.stdout.len()), (more.is_empty(), 0));
    }
    assert!(folder.path().join("generated/src/demo/do_thing.rs").is_file());
}

#[test]
fn people_get_text_on_stderr_and_are_told_where_more_is_said() {
    let output = xtask("lint", &scratch(OPERATION), &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("error[E005]: `FETCH` is not a value of `method`\n --> specs/demo/"), "{said}");
    assert!(said.ends_with("`cargo xtask explain E005` says more\n\n"), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "0 operations of 1 product: 2 errors, 0 warnings\n");
    assert_eq!(xtask("lint", &scratch(OPERATION), &["--message-format", "xml"]).status.code(), Some(2));
}
