//! `cargo xtask import metadata` as somebody calls it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the task on the documents that the tests of the import are made of.
fn import(arguments: &[&str], out: &Path) -> (Output, String) {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/import/metadata/vpc");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["import", "metadata"])
        .arg(documents)
        .args(arguments)
        .arg("--out")
        .arg(out)
        .output()
        .expect("the task runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output, said)
}

#[test]
fn it_writes_specs_once_and_keeps_what_a_person_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    let spec = specs.join("vpc/2016-04-28/DescribeFlowLogs.yaml");

    let (output, said) = import(&["--dry-run"], &specs);
    assert!(output.status.success(), "{output:?}");
    assert!(said.contains("would write") && !specs.exists(), "{said}");

    let (output, said) = import(&["--only", "DescribeFlowLogs"], &specs);
    assert!(output.status.success() && said.contains("1 operation of 1 product"), "{said}");
    let written = fs::read_to_string(&spec).expect("the spec");
    assert!(written.contains("summary: Describes flow logs.\n"), "{written}");

    fs::write(&spec, written.replace("Describes flow logs.", "Lists flow logs, with their states.")).expect("written");
    let (_, said) = import(&[], &specs);
    assert!(said.contains("3 operations of 1 product"), "{said}");
    assert!(fs::read_to_string(&spec).expect("the spec").contains("Lists flow logs, with their states."));

    let lint = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["lint", "--specs"]).arg(&specs).output().expect("runs");
    let said = String::from_utf8_lossy(&lint.stderr);
    assert!(!said.contains("warning["), "{said}");
}

#[test]
fn what_is_new_is_shown_as_a_difference() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    import(&[], &specs);
    let spec = specs.join("vpc/2016-04-28/ActiveFlowLog.yaml");
    let whole = fs::read_to_string(&spec).expect("the spec");
    let cut = whole.split("\nerrors:").next().expect("a part").to_owned();
    fs::write(&spec, cut).expect("written");
    let (_, said) = import(&[], &specs);
    assert!(said.contains("+errors:\n"), "{said}");
    assert!(fs::read_to_string(&spec).expect("the spec").contains("\nerrors:"));
}

#[test]
fn notes_are_json_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, said) = import(&["--message-format", "json"], &folder.path().join("specs"));
    assert!(
        said.lines().count() > 3 && said.lines().all(|line| line.starts_with('{') && line.contains("\"note\"")),
        "{said}"
    );
}

#[test]
fn wrong_arguments_are_told() {
    for arguments in [&["import"][..], &["import", "dreams", "x"], &["import", "metadata"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().expect("the task runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}
