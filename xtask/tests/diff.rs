//! What `cargo xtask diff` promises, with the real program and a repository of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const PRODUCT: &str = include_str!("../../codegen/tests/diagnostics/product.yaml");
const OPERATION: &str = "format: 1\nsummary: Does a thing.\nparameters:\n  - { name: A, in: query, type: string, required: true }\n  - { name: B, in: query, type: string, required: true }\nresponse:\n  fields: [{ name: RequestId, type: string }]\n";
const CHANGELOG: &str =
    "# Changelog\n\n<!-- Specs: kept by `cargo xtask diff --changelog`. -->\n<!-- End of specs. -->\n\n## 0.1.0\n";

/// A repository with one operation, released as v0.1.0.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "specs/demo/2024-01-01/product.yaml", PRODUCT);
    write(&folder, "specs/demo/2024-01-01/DoThing.yaml", OPERATION);
    version(&folder, "0.1.0");
    write(&folder, "CHANGELOG.md", CHANGELOG);
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m", "all"]);
    folder
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn version(folder: &TempDir, version: &str) {
    write(folder, "Cargo.toml", &format!("[workspace.package]\nversion = \"{version}\"\n"));
}

fn git(folder: &TempDir, arguments: &[&str]) {
    let status = Command::new("git").current_dir(folder).args(arguments).status().expect("git runs");
    assert!(status.success(), "git {arguments:?}");
}

fn diff(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("diff").args(arguments).arg("--workspace").arg(folder.path()).output().expect("xtask runs")
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Changes places of the two arguments.
fn swap(folder: &TempDir) {
    let swapped = OPERATION.replace("name: A", "name: C").replace("name: B", "name: A").replace("name: C", "name: B");
    write(folder, "specs/demo/2024-01-01/DoThing.yaml", &swapped);
}

const SWAPPED: &str = "breaking[argument-order]: demo/DoThing: the required parameters are in another order: b, a \
                       (the arguments of `do_thing` change places, some perhaps unnoticed)\n\
                       1 change: 1 breaking, 0 additive, 0 compatible; bump: major, below 1.0 the second number: 0.1.0 -> 0.2.0\n";

#[test]
fn a_revision_and_a_folder_are_compared() {
    let folder = repository();
    assert_eq!(out(&diff(&folder, &["HEAD"])), "0 changes: 0 breaking, 0 additive, 0 compatible; bump: none\n");
    swap(&folder);
    let specs = folder.path().join("specs");
    for sides in [&["HEAD"] as &[&str], &["HEAD:specs"], &["HEAD", specs.to_str().expect("a path")]] {
        assert_eq!(out(&diff(&folder, sides)), SWAPPED, "{sides:?}");
    }
}

#[test]
fn changes_are_lines_of_json_as_well() {
    let folder = repository();
    swap(&folder);
    let text = out(&diff(&folder, &["HEAD", "--message-format", "json"]));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let change = json!({
        "effect": "breaking", "kind": "argument-order", "product": "demo", "operation": "DoThing",
        "what": "the required parameters are in another order: b, a",
        "reason": "the arguments of `do_thing` change places, some perhaps unnoticed",
    });
    assert_eq!(lines, [change, json!({ "bump": "major", "from": "0.1.0", "to": "0.2.0" })]);
}

#[test]
fn a_version_that_is_too_low_for_what_changed_since_the_tag_fails() {
    let folder = repository();
    let none = out(&diff(&folder, &["--released"]));
    assert!(none.starts_with("no released version to compare with: no tag"), "{none}");

    git(&folder, &["tag", "v0.1.0"]);
    assert!(out(&diff(&folder, &["--released"])).starts_with("0 changes"));
    swap(&folder);
    for (is, enough) in [("0.1.0", false), ("0.1.9", false), ("0.2.0", true), ("1.0.0", true)] {
        version(&folder, is);
        let output = diff(&folder, &["--released"]);
        assert_eq!(output.status.success(), enough, "{is}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let expected =
            format!("error: Cargo.toml says version {is}, but what changed since v0.1.0 asks for 0.2.0 at least\n");
        assert_eq!(said, if enough { String::new() } else { expected });
    }
}

#[test]
fn without_git_nothing_can_be_said_of_what_was_released() {
    let folder = repository();
    let export = tempfile::tempdir().expect("a folder");
    for (workspace, path) in [(&export, std::env::var_os("PATH").unwrap_or_default()), (&folder, "nowhere".into())] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["diff", "--released", "--workspace"]).arg(workspace.path()).env("PATH", path);
        let output = command.env("GIT_CEILING_DIRECTORIES", std::env::temp_dir()).output().expect("xtask runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.starts_with("error: git tag --list v[0-9]*: "), "{said}");
    }
}

#[test]
fn the_changelog_has_the_section_between_its_markers() {
    let folder = repository();
    swap(&folder);
    let section = "### Operations, since HEAD\n\n**Breaking**\n\n- `demo` `DoThing`:\n  - the required parameters are in \
                   another order: b, a; the arguments of `do_thing` change places, some perhaps unnoticed\n";
    assert_eq!(out(&diff(&folder, &["HEAD", "--markdown"])), section);
    for _ in 0..2 {
        out(&diff(&folder, &["HEAD", "--changelog"]));
        let text = fs::read_to_string(folder.path().join("CHANGELOG.md")).expect("the changelog");
        let end = "<!-- End of specs. -->";
        assert_eq!(text, CHANGELOG.replace(end, &format!("\n{section}\n{end}")));
    }
}

#[test]
fn what_cannot_be_compared_is_a_failure_in_one_line() {
    let folder = repository();
    let empty = tempfile::tempdir().expect("a folder");
    let name = |folder: &TempDir| folder.path().to_str().expect("a path").to_owned();
    let table = [
        ("no-such-revision".to_owned(), "no-such-revision: no such folder, file or revision (git ls-tree"),
        ("HEAD:nowhere".to_owned(), "there are no specs"),
        (name(&empty), "there are no specs"),
    ];
    for (old, why) in table {
        let output = diff(&folder, &[&old]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.contains(why), "{said}");
    }
    write(&folder, "specs/demo/2024-01-01/DoThing.yaml", "format: 1\n");
    assert_eq!(diff(&folder, &["HEAD"]).status.code(), Some(1), "what cannot be read cannot be compared");
    assert_eq!(diff(&folder, &[Path::new("a").to_str().expect("a path"), "b", "c"]).status.code(), Some(2));
    assert_eq!(diff(&folder, &[]).status.code(), Some(2));
}

#[test]
fn official_metadata_is_compared_as_the_specs_that_it_makes() {
    let list = r#"[{"product":"Demo","name":"DoThing","version":"2024-01-01"}]"#;
    let operation = |parameters: Value| {
        let fields = json!({ "RequestId": { "type": "string" } });
        let reply = json!({ "200": { "schema": { "type": "object", "properties": fields } } });
        json!({ "methods": ["post"], "parameters": parameters, "responses": reply }).to_string()
    };
    let page = json!({ "name": "Page", "in": "query", "schema": { "type": "integer", "required": false } });
    let folder = repository();
    for (side, parameters) in [("old", json!([])), ("new", json!([page]))] {
        write(&folder, &format!("{side}/demo/list.json"), list);
        write(&folder, &format!("{side}/demo/DoThing.json"), &operation(parameters));
    }
    let side = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let told = out(&diff(&folder, &[&side("old"), &side("new")]));
    assert!(told.starts_with("additive[optional-parameter-added]: demo/DoThing: a new parameter `Page`"), "{told}");
    assert_eq!(told, out(&diff(&folder, &[&side("old/demo"), &side("new/demo")])));
    // A document by itself, and a folder without a list.
    let document = |name: &str| side(&format!("{name}/demo/DoThing.json"));
    assert!(out(&diff(&folder, &[&document("old"), &document("new")])).starts_with("additive"));
    fs::remove_file(folder.path().join("old/demo/list.json")).expect("a file");
    fs::remove_file(folder.path().join("new/demo/list.json")).expect("a file");
    assert!(out(&diff(&folder, &[&side("old"), &side("new")])).starts_with("additive"));
    for side in ["old", "new"] {
        let apis = fs::read_to_string(folder.path().join(format!("{side}/demo/DoThing.json"))).expect("a document");
        let text = format!(r#"{{"info":{{"product":"Demo","version":"2024-01-01"}},"apis":{{"DoThing":{apis}}}}}"#);
        write(&folder, &format!("{side}-api-docs.json"), &text);
    }
    let told = out(&diff(&folder, &[&side("old-api-docs.json"), &side("new-api-docs.json")]));
    assert!(told.starts_with("additive[optional-parameter-added]: demo/DoThing"), "{told}");
}

#[test]
fn specs_and_the_metadata_that_they_were_imported_from_are_the_same() {
    let folder = repository();
    // Two versions of a product: the newer one has the plain name, whichever folder comes first.
    for (name, version) in [("a", "2020-01-01"), ("b", "2024-01-01")] {
        let list = format!(r#"[{{"product":"Demo","name":"DoThing","version":"{version}"}}]"#);
        write(&folder, &format!("metadata/{name}/list.json"), &list);
        let operation = r#"{"methods":["post"],"parameters":[],"responses":{}}"#;
        write(&folder, &format!("metadata/{name}/DoThing.json"), operation);
    }
    let (metadata, specs) = (folder.path().join("metadata"), folder.path().join("imported/specs"));
    let mut import = Command::new(env!("CARGO_BIN_EXE_xtask"));
    import.args(["import", "metadata"]).arg(&metadata).arg("--out").arg(&specs);
    out(&import.output().expect("xtask runs"));
    let text = |path: &Path| path.to_str().expect("a path").to_owned();
    let told = out(&diff(&folder, &[&text(&specs), &text(&metadata)]));
    assert!(told.starts_with("0 changes"), "{told}");
}
