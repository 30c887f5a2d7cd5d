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

/// Runs the task on anything.
fn import_all(documents: &[&Path], arguments: &[&str], out: &Path) -> (Output, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["import", "metadata"]).args(documents).args(arguments).arg("--out").arg(out);
    let output = command.output().expect("the task runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (said, errors) = (text(&output.stdout), text(&output.stderr));
    (output, said, errors)
}

fn vpc(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/import/metadata/vpc").join(name)
}

#[test]
fn several_documents_of_one_product_are_imported_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (vpc("ActiveFlowLog.json"), vpc("DescribeFlowLogs.json"));
    let (output, said, errors) = import_all(&[&one, &other, &one], &[], &folder.path().join("specs"));
    assert!(output.status.success(), "{errors}");
    assert!(said.contains("2 operations of 1 product") && said.contains("named twice"), "{said}");
    assert!(!errors.contains("I603"), "{errors}");
}

#[test]
fn an_operation_that_is_not_there_is_an_error_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    let (output, _, errors) = import_all(&[&vpc("")], &["--only", "DescribeFlowLog"], &specs);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors.contains("there is no operation `DescribeFlowLog`: did you mean `DescribeFlowLogs`"), "{errors}");
    assert!(!specs.exists());
    let (output, ..) = import_all(&[&vpc("")], &["--only", " ,"], &specs);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_cannot_be_read_is_told_by_the_exit_code_and_the_rest_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let documents = folder.path().join("thing");
    fs::create_dir(&documents).expect("a folder");
    fs::write(documents.join("Garbage.json"), "{ no").expect("a file");
    let specs = folder.path().join("specs");
    let (output, _, errors) = import_all(&[&documents], &["--version", "2024-01-01"], &specs);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(!specs.exists());
    fs::write(documents.join("GetThing.json"), "{}").expect("a file");
    let (output, _, errors) = import_all(&[&documents], &["--version", "2024-01-01"], &specs);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(specs.join("thing/2024-01-01/GetThing.yaml").is_file());
}

#[test]
fn a_version_that_leads_elsewhere_leads_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("api-docs.json");
    let text = r#"{"info":{"product":"Thing","version":"../../../pwn"},"apis":{"DoThing":{}}}"#;
    fs::write(&document, text).expect("a file");
    let specs = folder.path().join("a/b/specs");
    let (output, _, errors) = import_all(&[&document], &[], &specs);
    assert!(output.status.success() && errors.contains("I616"), "{errors}");
    assert!(specs.join("thing/0000-00-00/DoThing.yaml").is_file());
    assert!(!folder.path().join("pwn").exists() && !folder.path().join("a/pwn").exists());
}

#[test]
fn errors_of_the_specs_that_are_there_are_json_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    fs::create_dir_all(specs.join("vpc/2016-04-28")).expect("a folder");
    fs::write(specs.join("vpc/2016-04-28/product.yaml"), "a: [").expect("a file");
    let (output, said, _) = import_all(&[&vpc("")], &["--message-format", "json"], &specs);
    assert_eq!(output.status.code(), Some(1));
    assert!(!said.is_empty() && said.lines().all(|line| line.starts_with('{')), "{said}");
}

#[test]
fn a_spec_with_comments_is_kept_and_what_would_change_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    import(&[], &specs);
    let spec = |name: &str| specs.join("vpc/2016-04-28").join(name);
    let cut = |name: &str, comment: &str| {
        let whole = fs::read_to_string(spec(name)).expect("the spec");
        let text = format!("{}{comment}\n", whole.split("\nerrors:").next().expect("a part"));
        fs::write(spec(name), &text).expect("written");
        text
    };
    let by_hand = cut("ActiveFlowLog.yaml", "\n# Errors are told elsewhere.");
    cut("CreateRouteEntries.yaml", "");
    let (output, said, errors) = import_all(&[&vpc("")], &[], &specs);
    assert!(output.status.success(), "{errors}");
    assert_eq!(fs::read_to_string(spec("ActiveFlowLog.yaml")).expect("the spec"), by_hand);
    assert!(fs::read_to_string(spec("CreateRouteEntries.yaml")).expect("the spec").contains("\nerrors:"));
    assert!(said.matches("+errors:\n").count() == 2 && said.contains("-# Errors are told elsewhere."), "{said}");
    let kept: Vec<&str> = errors.lines().filter(|line| line.contains("I671")).collect();
    assert!(kept.len() == 1 && kept[0].contains("ActiveFlowLog.yaml"), "{errors}");
}
