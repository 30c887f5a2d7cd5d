//! What changed between two versions of specs, exactly as it is told: `tests/diff/<case>/{old,new}` make `expected.txt`.
//!
//! Run with `UPDATE_GOLDEN=1` to write the texts anew, and read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::diff;
use alicloud_codegen::read::{self, Specs};

const PRODUCT: &str = include_str!("diagnostics/product.yaml");

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root).expect("the cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

/// The specs of one side, which must be without an error. Without a product.yaml, that of the diagnostics.
fn specs(folder: &Path) -> Specs {
    let mut files = vec![("specs/demo/2024-01-01/product.yaml".to_owned(), PRODUCT.to_owned())];
    for entry in fs::read_dir(folder).expect("a side") {
        let path = entry.expect("a spec").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("text");
        files.retain(|(path, _)| !path.ends_with(&name));
        files.push((format!("specs/demo/2024-01-01/{name}"), text));
    }
    let mut report = Report::default();
    let specs = read::texts(files, &mut report);
    alicloud_codegen::generate(&specs, &mut report);
    let errors: Vec<String> = report.diagnostics.iter().filter(|one| one.is_error()).map(ToString::to_string).collect();
    assert_eq!(errors, Vec::<String>::new(), "{}", folder.display());
    specs
}

fn told(old: &Specs, new: &Specs) -> String {
    diff::specs(old, new).iter().map(|change| format!("{change}\n")).collect()
}

#[test]
fn every_change_is_told_as_reviewed() {
    for case in cases() {
        let actual = told(&specs(&case.join("old")), &specs(&case.join("new")));
        let golden = case.join("expected.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &actual).expect("the text can be written");
        }
        assert_eq!(actual, fs::read_to_string(&golden).unwrap_or_default(), "{}", case.display());
    }
}

#[test]
fn what_has_not_changed_is_not_told() {
    for case in cases() {
        for side in ["old", "new"] {
            assert_eq!(told(&specs(&case.join(side)), &specs(&case.join(side))), "", "{}/{side}", case.display());
        }
    }
}

#[test]
fn every_kind_of_change_has_a_case() {
    let told: String = cases().iter().filter_map(|case| fs::read_to_string(case.join("expected.txt")).ok()).collect();
    let mut kinds = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diff")).expect("the source") {
        let text = fs::read_to_string(entry.expect("a file").path()).expect("text");
        for effect in ["breaking", "additive", "compatible"] {
            for (at, call) in text.match_indices(&format!("changes.{effect}(\"")) {
                let kind = text[at + call.len()..].split('"').next().unwrap_or_default();
                let there = told.contains(&format!("{effect}[{kind}]"));
                assert!(there, "{effect}[{kind}] has no case");
                kinds += 1;
            }
        }
    }
    assert!(kinds > 40, "{kinds}: the source is searched for the wrong words");
}

#[test]
fn an_operation_that_is_told_of_in_one_direction_is_told_of_in_the_other() {
    for case in cases() {
        let (old, new) = (specs(&case.join("old")), specs(&case.join("new")));
        let operations = |old: &Specs, new: &Specs| -> BTreeSet<Option<String>> {
            diff::specs(old, new).into_iter().map(|change| change.operation.map(|name| name.to_lowercase())).collect()
        };
        assert_eq!(operations(&old, &new), operations(&new, &old), "{}", case.display());
    }
}
