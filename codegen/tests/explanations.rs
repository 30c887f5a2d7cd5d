//! Every code is explained, and what the explanations show is so: the spec that is called wrong gives the code, and the
//! one that is called right gives nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::{CODES, Code, Report};
use alicloud_codegen::{generate, read};

const PRODUCT: &str = include_str!("diagnostics/product.yaml");
const OPERATION: &str = "format: 1\nsummary: Does a thing.\nresponse:\n  fields: [{ name: RequestId, type: string }]\n";

/// The text of a base file with every key of `part` in place of its own.
fn with(base: &str, part: &str) -> String {
    let key =
        |line: &str| line.split_once(':').map(|(key, _)| key.to_owned()).filter(|key| !key.starts_with([' ', '#']));
    let keys: BTreeSet<String> = part.lines().filter_map(key).collect();
    let mut kept = true;
    let lines = base.lines().filter(|line| {
        if let Some(key) = key(line) {
            kept = !keys.contains(&key);
        }
        kept
    });
    lines.map(|line| format!("{line}\n")).collect::<String>() + part
}

/// The codes that a part of a spec gives.
fn codes(part: &str, in_product: bool) -> Vec<Code> {
    let (product, operation) = if in_product {
        (with(PRODUCT, part), OPERATION.to_owned())
    } else {
        (PRODUCT.to_owned(), with(OPERATION, part))
    };
    let folder = "specs/demo/2024-01-01";
    let files = vec![(format!("{folder}/product.yaml"), product), (format!("{folder}/DoThing.yaml"), operation)];
    let mut report = Report::default();
    let specs = read::texts(files, &mut report);
    generate(&specs, &mut report);
    report.diagnostics.iter().map(|one| one.code).collect()
}

/// The line before each YAML block of an explanation, and the block.
fn examples(explanation: &str) -> Vec<(&str, &str)> {
    let mut blocks = explanation.split("```yaml\n");
    let mut before = blocks.next().unwrap_or_default();
    let mut examples = Vec::new();
    for block in blocks {
        let (yaml, after) = block.split_once("```").expect("a block ends");
        examples.push((before.trim().lines().last().unwrap_or_default(), yaml));
        before = after;
    }
    examples
}

#[test]
fn every_explanation_says_what_why_and_how() {
    for (code, name, text) in CODES {
        assert!(code.summary().ends_with('.'), "{name} does not begin with what is wrong");
        assert!(text.contains("\n\nWhy it matters: "), "{name} does not say why it matters");
        assert!(text.contains("\n\nTo mend it: "), "{name} does not say how to mend it");
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{name} has a line that is too long");
        assert_eq!(Code::named(&name.to_lowercase()), Some(*code));
    }
}

#[test]
fn what_is_called_wrong_gives_the_code_and_what_is_called_right_gives_nothing() {
    for (code, name, text) in CODES {
        let mut in_product = false;
        for (title, yaml) in examples(text) {
            if title.starts_with("Wrong") {
                in_product = title.contains("in product.yaml");
                assert!(codes(yaml, in_product).contains(code), "{name}: {:?} of\n{yaml}", codes(yaml, in_product));
            } else {
                assert_eq!(title, "Right:", "{name}");
                assert_eq!(codes(yaml, in_product), [], "{name}:\n{yaml}");
            }
        }
    }
}

#[test]
fn every_file_of_an_explanation_is_that_of_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/codes");
    let files = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let files: BTreeSet<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
    assert_eq!(files, CODES.iter().map(|(_, name, _)| format!("{name}.md")).collect());
}

#[test]
fn every_code_that_the_source_raises_is_explained() {
    let mut raised = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut raised);
    let explained: BTreeSet<String> = CODES.iter().map(|(code, ..)| format!("{code:?}")).collect();
    assert_eq!(raised, explained, "left: what the source raises, right: what CODES has");
}

/// Every variant of `Code` that the source names outside of the table of codes.
fn collect(folder: &Path, raised: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, raised);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("codes.rs") {
            let text = fs::read_to_string(&path).expect("text");
            for (at, _) in text.match_indices("Code::") {
                let alone = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let rest = &text[at + "Code::".len()..];
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                if alone && name.starts_with(char::is_uppercase) {
                    raised.insert(name);
                }
            }
        }
    }
}
