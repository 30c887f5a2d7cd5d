//! What `cargo xtask new` promises, with the real program on folders of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use alicloud_codegen::diagnostic::{Code, Report};
use alicloud_codegen::{generate, read, schema};
use serde_json::Value;

const OPERATION: &str = include_str!("../src/new/operation.yaml");
const PRODUCT: &str = include_str!("../src/new/product.yaml");

fn new(specs: &Path, what: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(["new", what, "--specs"]).arg(specs).output().expect("xtask runs")
}

/// What lint says of a folder: codes and what they are about.
fn lint(specs: &Path) -> Vec<(Code, String)> {
    let mut report = Report::default();
    let read = read::folder(specs, &mut report);
    generate(&read, &mut report);
    report.diagnostics.into_iter().map(|one| (one.code, one.about)).collect()
}

fn to_fill_in(keys: &[&str]) -> Vec<(Code, String)> {
    keys.iter().map(|key| (Code::ToFillIn, (*key).to_owned())).collect()
}

#[test]
fn lint_says_exactly_what_has_to_be_filled_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    assert!(new(&specs, "rds/2014-08-15/DescribeDBInstances").status.success());
    let expected = ["summary", "product", "title", "description", "everywhere"];
    assert_eq!(lint(&specs), to_fill_in(&expected));

    // A second operation of the same product, whose version is known by now.
    assert!(new(&specs, "rds/DeleteDBInstance").status.success());
    assert!(specs.join("rds/2014-08-15/DeleteDBInstance.yaml").is_file());
    assert_eq!(lint(&specs).len(), expected.len() + 1);

    // Another version gets names of its own.
    assert!(new(&specs, "rds/2030-01-01/DeleteDBInstance").status.success());
    let product = fs::read_to_string(specs.join("rds/2030-01-01/product.yaml")).expect("a product");
    assert!(product.contains("\nmodule: rds_2030_01_01\nfeature: rds-2030-01-01\n"), "{product}");
    assert!(lint(&specs).iter().all(|(code, _)| *code == Code::ToFillIn));
    assert_eq!(new(&specs, "rds/ListThings").status.code(), Some(2), "which of the two versions?");
}

#[test]
fn a_product_without_a_version_wants_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    assert!(new(&specs, "cs/DescribeClusters").status.success());
    let expected = ["summary", "product", "version", "title", "description", "everywhere"];
    assert_eq!(lint(&specs), to_fill_in(&expected));
}

#[test]
fn a_name_with_a_word_of_the_template_in_it_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["GetPRODUCT", "OPERATION", "MODULEFEATURE"] {
        assert!(new(folder.path(), &format!("foo/2024-01-01/{name}")).status.success());
        let text = fs::read_to_string(folder.path().join(format!("foo/2024-01-01/{name}.yaml"))).expect("a spec");
        assert!(text.contains(&format!("action: \"foo:{name}\"")) && !text.contains("{{"), "{text}");
    }
}

#[test]
fn nothing_is_overwritten_and_no_path_leads_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    assert!(new(&specs, "cs/2015-12-15/DescribeClusters").status.success());
    let (file, product) = (specs.join("cs/2015-12-15/DescribeClusters.yaml"), specs.join("cs/2015-12-15/product.yaml"));
    fs::write(&file, "mine").expect("a file");
    fs::write(&product, "mine").expect("a file");
    let again = new(&specs, "cs/2015-12-15/DescribeClusters");
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    assert!(new(&specs, "cs/2015-12-15/DeleteCluster").status.success());
    assert_eq!(fs::read_to_string(&file).expect("the file"), "mine");
    assert_eq!(fs::read_to_string(&product).expect("the file"), "mine");

    for what in [
        "",
        "cs",
        "../cs/A",
        "cs/../A",
        "cs/2015-12-15/a/b",
        "CS/A",
        "cs/2015-12-15/A.B",
        "cs/1/1A",
        "-/A",
        "cs/product",
    ] {
        assert_eq!(new(&specs, what).status.code(), Some(2), "{what}");
    }
}

/// A template as it is, and as it is with every hint taken in and every placeholder filled in.
fn uncommented(template: &str) -> String {
    let words = [
        ("{{OPERATION}}", "DoThing"),
        ("{{VERSION}}", "2024-01-01"),
        ("{{MODULE}}", "demo"),
        ("{{FEATURE}}", "demo"),
        ("{{PRODUCT}}", "demo"),
    ];
    let text = words.iter().fold(template.to_owned(), |text, (word, value)| text.replace(word, value));
    // A hint begins right behind the `#`, or deeper than with one space; `# Words` are for people.
    let hint = |line: &str| {
        let rest = line.strip_prefix('#').filter(|rest| !rest.starts_with(' ') || rest.starts_with("  "));
        rest.unwrap_or(line).to_owned() + "\n"
    };
    text.lines().map(hint).collect::<String>().replace("<fill in: ", "").replace('>', "")
}

#[test]
fn every_hint_is_right_once_its_comment_is_taken_away() {
    let files = vec![
        ("specs/demo/2024-01-01/product.yaml".to_owned(), uncommented(PRODUCT)),
        ("specs/demo/2024-01-01/DoThing.yaml".to_owned(), uncommented(OPERATION)),
    ];
    let mut report = Report::default();
    let specs = read::texts(files, &mut report);
    let generated = generate(&specs, &mut report);
    let lines: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(lines, Vec::<String>::new());
    let code: String = generated.files.into_iter().map(|file| file.text).collect();
    for part in ["fn until_finished", "fn pages", "fn do_thing", "fn download"] {
        assert!(code.contains(part), "{part}");
    }
}

#[test]
fn there_is_a_hint_for_every_key_of_the_format() {
    for (template, schema) in [(OPERATION, schema::operation()), (PRODUCT, schema::product())] {
        let keys = schema["properties"].as_object().map(|keys| keys.keys().cloned().collect::<Vec<_>>());
        for key in keys.expect("the schema has keys") {
            let there = |line: &str| line.trim_start_matches(['#', ' ']).starts_with(&format!("{key}:"));
            assert!(template.lines().any(there), "there is no hint for `{key}` in xtask/src/new/");
        }
        assert_ne!(schema["required"], Value::Null);
    }
}
