//! `cargo xtask import document`: what is written, and what is left alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn import(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("import").args(arguments).output().expect("xtask starts")
}

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/documents").join(name);
    path.to_string_lossy().into_owned()
}

#[test]
fn a_page_becomes_a_spec_and_a_spec_that_is_there_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().to_string_lossy().into_owned();
    let spec = folder.path().join("ListThings.yaml");
    let arguments = ["document", &page("shapes/ListThings.txt"), "--into", &into];

    assert!(import(&["document", arguments[1], "--into", &into, "--dry-run"]).status.success());
    assert!(!spec.exists(), "nothing is written by a dry run");

    let output = import(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = fs::read_to_string(&spec).expect("the spec is written");
    assert!(written.contains("summary: Lists things."), "{written}");

    let product = "format: 1\nproduct: Demo\nversion: '2024-01-01'\ntitle: Demo\ndescription: For tests.\nmodule: demo\n\
                   feature: demo\nstyle: rpc\nendpoints: { networks: [{ name: public, everywhere: demo.example.com }] }\n";
    fs::write(folder.path().join("product.yaml"), product).expect("the product is written");
    let by_hand = written.replace("Lists things.", "Lists what there is.").replace("example: red", "example: green");
    fs::write(&spec, &by_hand).expect("the spec is changed");
    let output = import(&arguments);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("ListThings.yaml is kept as it is; 1 difference"), "{said}");
    assert!(said.contains("~ parameters.Tag[].Value.example: green | red"), "{said}");
    assert_eq!(fs::read_to_string(&spec).expect("the spec is there"), by_hand);
}

/// A spec that cannot be read is not one that is not there.
#[test]
fn what_is_there_and_cannot_be_read_is_not_written_over() {
    let product = "format: 1\nproduct: Demo\nversion: '2024-01-01'\ntitle: Demo\ndescription: For tests.\nmodule: demo\n\
                   feature: demo\nstyle: rpc\nendpoints: { networks: [{ name: public, everywhere: demo.example.com }] }\n";
    let spec = "format: 1\nsummary: Lists what there is.\nresponse: {}\n";
    let misspelt = "format: 1\nsumary: Lists what there is.\nresponse: {}\n";
    let broken = product.replace("format: 1", "format: [");
    let table = [
        (misspelt, Some(product), "E002"),
        (spec, Some(broken.as_str()), "E001"),
        (spec, None, "there is no product.yaml beside this file"),
        ("\t", Some(product), "E001"),
    ];
    for (spec, product, expected) in table {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("ListThings.yaml");
        fs::write(&file, spec).expect("the spec is written");
        product.iter().for_each(|product| {
            fs::write(folder.path().join("product.yaml"), product).expect("the product is written");
        });
        let into = folder.path().to_string_lossy();
        let output = import(&["document", &page("shapes/ListThings.txt"), "--into", &into]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(expected) && said.contains(&*into), "{expected}: {said}");
        assert_eq!(fs::read_to_string(&file).expect("the spec is there"), spec);
    }
}

/// What is no file is in the way as well.
#[cfg(unix)]
#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = folder.path().join("elsewhere.txt");
    std::os::unix::fs::symlink(&elsewhere, folder.path().join("ListThings.yaml")).expect("a link to nowhere");
    let output = import(&["document", &page("shapes/ListThings.txt"), "--into", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!elsewhere.exists() && folder.path().join("ListThings.yaml").is_symlink());
}

#[test]
fn of_two_pages_of_one_operation_the_first_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().to_string_lossy();
    let (first, second) = (page("shapes/ListThings.txt"), page("shapes/ListThings.piped.txt"));
    let output = import(&["document", &first, &second, "--into", &into]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("note[I604]"), "{said}");
    let written = fs::read_to_string(folder.path().join("ListThings.yaml")).expect("the spec is written");
    assert!(written.contains("file: ListThings.txt"), "{written}");
}

#[test]
fn what_is_no_page_of_an_operation_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("notes.txt");
    fs::write(&file, "Nothing of the kind.\n").expect("a file");
    let output = import(&["document", &file.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("I701"));
}
