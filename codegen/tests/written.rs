//! What is written reads back as the same spec, whatever is in it, and in the style of the committed ones.
#![cfg(feature = "import")]

use std::path::Path;
use std::sync::OnceLock;

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::import::write;
use alicloud_codegen::read::{self, Specs};
use alicloud_codegen::spec::{Operation, Product};
use proptest::prelude::*;

fn folder(path: &str) -> Specs {
    let mut report = Report::default();
    let specs = read::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &mut report);
    assert!(report.diagnostics.is_empty());
    specs
}

fn reads_back(operation: &Operation, product: &Product) {
    let files = vec![
        ("specs/a/2024-01-01/product.yaml".to_owned(), write::product(product, "..")),
        ("specs/a/2024-01-01/Do.yaml".to_owned(), write::operation(operation, "..")),
    ];
    let mut report = Report::default();
    let specs = read::texts(files.clone(), &mut report);
    let problems: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
    let problems: Vec<&String> = problems.iter().filter(|problem| !problem.contains("E007")).collect();
    assert!(problems.is_empty(), "{problems:?}\n{}\n{}", files[0].1, files[1].1);
    assert_eq!(&specs.products[0].product, product);
    assert_eq!(&specs.products[0].operations[0].operation, operation, "{}", files[1].1);
}

#[test]
fn every_spec_of_the_vocabulary_reads_back() {
    for path in ["tests/vocabulary", "../specs"] {
        for product in folder(path).products {
            for file in &product.operations {
                reads_back(&file.operation, &product.product);
            }
        }
    }
}

/// What YAML takes for something else, what it breaks lines at and what it does not take at all.
const TRAPS: &[&str] = &[
    "Y",
    "n",
    "on",
    "Off",
    "yes",
    "true",
    "null",
    "~",
    "1",
    "1.0",
    "1e5",
    "0x1F",
    "0o7",
    "1_000",
    "12:30:45",
    ".5",
    "2014-05-26",
    "2014-05-26T00:00:00Z",
    " a",
    "a ",
    "a: b",
    "a #b",
    "- a",
    "? a",
    "a:",
    "#",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "'a'",
    "\"a\"",
    "{a}",
    "[a]",
    "a, b",
    "a\u{85}b",
    "a\u{2028}b",
    "a\0b",
    "\u{feff}a",
    "a\rb",
    "a\r\nb",
    "a\n b\n",
    "\na",
    "a\n\n\nb\n\n",
    "\ta",
    "a\n\tb",
    "a\n \nb",
    "",
    "---",
    "...",
    "a\u{2011}b",
    "名称",
    "=",
    "<<",
    "a\\b",
    "é",
    "\u{e001}",
    "\u{10ffff}",
];

#[test]
fn no_text_is_taken_for_anything_else() {
    let base = folder("tests/vocabulary").products.swap_remove(0);
    let mut operation = base.operations[0].operation.clone();
    for trap in TRAPS {
        operation.summary = (*trap).to_owned();
        operation.notes = vec![(*trap).to_owned()];
        operation.samples[0].json = Some((*trap).to_owned());
        operation.parameters[0].schema.example = Some((*trap).to_owned());
        operation.errors = vec![alicloud_codegen::spec::ErrorCode {
            status: Some(400),
            code: (*trap).to_owned(),
            message: Some((*trap).to_owned()),
            from: None,
        }];
        reads_back(&operation, &base.product);
    }
}

proptest! {
    #[test]
    fn any_text_reads_back(text in any::<String>(), words in "([a-z,:#\"' ]{0,12}[ \n]){0,40}") {
        static BASE: OnceLock<Specs> = OnceLock::new();
        let base = &BASE.get_or_init(|| folder("tests/vocabulary")).products[0];
        let mut operation = base.operations[0].operation.clone();
        operation.summary = text.clone();
        operation.description = Some(words.clone());
        operation.notes = vec![words.clone(), text.clone()];
        operation.parameters[0].schema.example = Some(words);
        operation.samples[0].json = Some(text);
        reads_back(&operation, &base.product);
    }
}
