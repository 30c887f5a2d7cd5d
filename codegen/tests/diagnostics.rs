//! Every diagnostic, exactly as it is printed: `tests/diagnostics/<what>/<CODE>-<name>.yaml` makes the text beside it.
//!
//! Run with `UPDATE_GOLDEN=1` to write the texts anew, and read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::{CODES, Code, Report, Severity, render};
use alicloud_codegen::{generate, read};

const PRODUCT: &str = include_str!("diagnostics/product.yaml");
const OPERATION: &str = "format: 1\nsummary: Does a thing.\nresponse:\n  fields: [{ name: RequestId, type: string }]\n";

/// What is printed for one spec among others that are right.
fn printed(what: &str, text: &str) -> String {
    let (product, operation) = match what {
        "product" => (text, OPERATION),
        _ => (PRODUCT, text),
    };
    let files = vec![
        ("specs/demo/2024-01-01/product.yaml".to_owned(), product.to_owned()),
        ("specs/demo/2024-01-01/DoThing.yaml".to_owned(), operation.to_owned()),
    ];
    report(files).diagnostics.iter().map(|one| render(one, false) + "\n\n").collect()
}

fn report(files: Vec<(String, String)>) -> Report {
    let mut report = Report::default();
    let specs = read::texts(files, &mut report);
    let generated = generate(&specs, &mut report);
    assert_eq!(report.has_errors(), generated.files.is_empty(), "an error and only an error stops generation");
    report
}

fn cases() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut cases = Vec::new();
    for what in ["operation", "product"] {
        for entry in fs::read_dir(root.join(what)).expect("the cases are there") {
            let path = entry.expect("and can be read").path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                cases.push((what.to_owned(), path));
            }
        }
    }
    cases.sort();
    cases
}

#[test]
fn every_problem_is_printed_as_reviewed() {
    for (what, path) in cases() {
        let actual = printed(&what, &fs::read_to_string(&path).expect("a case is text"));
        let golden = path.with_extension("txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &actual).expect("the text can be written");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(actual, expected, "{}", path.display());
        let name = path.file_stem().expect("a case has a name").to_string_lossy().into_owned();
        if let Some((code, _)) = name.split_once('-').filter(|(code, _)| code.len() == 4) {
            assert!(actual.contains(&format!("[{code}]")), "{name} is not about {code}:\n{actual}");
        }
    }
}

#[test]
fn every_code_has_a_case() {
    let names: Vec<String> = cases().iter().map(|(_, path)| path.display().to_string()).collect();
    // Only a folder that cannot be read gives the first one: see below. Notes are about imports, which have their tests.
    let of_specs = |code: Code| code != Code::Unreadable && code.severity() != Severity::Note;
    for (_, code, _) in CODES.iter().filter(|(code, ..)| of_specs(*code)) {
        assert!(names.iter().any(|name| name.contains(code)), "{code} has no case");
    }
}

#[test]
fn an_acknowledged_warning_is_not_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/operation/acknowledged.yaml");
    assert_eq!(printed("operation", &fs::read_to_string(path).expect("the case is there")), "");
}

#[test]
fn a_folder_that_is_not_there_is_a_diagnostic() {
    let mut report = Report::default();
    read::folder(Path::new("no/such/specs"), &mut report);
    let lines: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("specs: error[E008]: cannot be read: "), "{}", lines[0]);
}

#[test]
fn files_in_wrong_places_are_diagnostics() {
    let files = [
        ("specs/readme.txt", ""),
        ("specs/demo/DoThing.yaml", OPERATION),
        ("specs/demo/2024-01-01/DoThing.yaml", OPERATION),
    ];
    let report = report(files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec());
    let lines: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "specs/demo/2024-01-01/DoThing.yaml: error[E007]: there is no product.yaml beside this file",
            "specs/demo/DoThing.yaml: error[E007]: there is no place for this file among the specs",
            "specs/readme.txt: error[E007]: there is no place for this file among the specs",
        ]
    );
}
