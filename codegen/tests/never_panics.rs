//! Whatever is in a spec file, there are diagnostics or there is code: never a panic.

use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::{Report, render};
use alicloud_codegen::{generate, read};
use proptest::prelude::*;

/// Reads, checks, generates and renders everything that is wrong.
fn run(product: &str, operation: &str) {
    let mut report = Report::default();
    let files = vec![
        ("specs/demo/2021-01-01/product.yaml".to_owned(), product.to_owned()),
        ("specs/demo/2021-01-01/DescribeDownloadTask.yaml".to_owned(), operation.to_owned()),
    ];
    let specs = read::texts(files, &mut report);
    let generated = generate(&specs, &mut report);
    for file in &generated.files {
        assert!(!file.text.contains("compile_error!"), "the emitter wrote something that is no Rust:\n{}", file.text);
    }
    report.diagnostics.iter().for_each(|one| assert!(!render(one, true).is_empty()));
}

fn spec(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/dbs/2021-01-01").join(name);
    fs::read_to_string(path).expect("the spec is there")
}

/// What people do to a file by mistake, at a line and a column.
#[derive(Clone, Debug)]
enum Slip {
    Delete,
    Double,
    Indent,
    Cut(usize),
    Insert(usize, String),
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        Just(Slip::Delete),
        Just(Slip::Double),
        Just(Slip::Indent),
        (0..40_usize).prop_map(Slip::Cut),
        (0..40_usize, "[ -~ä中\\t]{1,6}").prop_map(|(column, text)| Slip::Insert(column, text)),
    ]
}

fn apply(text: &str, at: usize, slip: &Slip) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = at % lines.len().max(1);
    let Some(line) = lines.get_mut(at) else { return String::new() };
    let split = |column: usize, line: &str| line.char_indices().nth(column).map_or(line.len(), |(index, _)| index);
    match slip {
        Slip::Delete => drop(lines.remove(at)),
        Slip::Double => lines.insert(at, lines[at].clone()),
        Slip::Indent => line.insert_str(0, "  "),
        Slip::Cut(column) => line.truncate(split(*column, line)),
        Slip::Insert(column, text) => line.insert_str(split(*column, line), text),
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_spec_with_a_slip_gives_diagnostics_or_code(
        slips in proptest::collection::vec((0..400_usize, slip()), 1..4),
        in_product: bool,
    ) {
        let (mut product, mut operation) = (spec("product.yaml"), spec("DescribeDownloadTask.yaml"));
        let text = if in_product { &mut product } else { &mut operation };
        for (at, slip) in &slips {
            *text = apply(text, *at, slip);
        }
        run(&product, &operation);
    }

    #[test]
    fn any_text_gives_diagnostics(text in "\\PC{0,200}") {
        run(&spec("product.yaml"), &text);
        run(&text, &spec("DescribeDownloadTask.yaml"));
    }

    #[test]
    fn any_names_give_code(
        names in proptest::collection::vec("\\PC{1,12}", 1..6),
        values in proptest::collection::vec("\\PC{0,8}", 1..6),
    ) {
        let quote = |text: &str| serde_json::Value::from(text).to_string();
        let mut operation = "format: 1\nsummary: Does a thing.\nparameters:\n".to_owned();
        for name in &names {
            operation.push_str(&format!("  - {{ name: {}, in: query, type: string, enum: [", quote(name)));
            operation.push_str(&values.iter().map(|value| format!("{{ value: {} }}", quote(value))).collect::<Vec<_>>().join(", "));
            operation.push_str("] }\n");
        }
        run(&spec("product.yaml"), &operation);
    }
}
