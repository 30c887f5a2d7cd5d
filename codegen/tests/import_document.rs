//! Help pages as specs. The documents in `tests/documents/` have the structure, the names, the types, the marks, the
//! examples and the samples of real ones; their sentences are ours.
//!
//! Run with `UPDATE_GOLDEN=1` to write the expected texts anew, and read the difference.

#![cfg(feature = "import")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use alicloud_codegen::diagnostic::{CODES, Report};
use alicloud_codegen::import::compare::differences;
use alicloud_codegen::import::document::{Imported, Options, import};
use alicloud_codegen::import::write;
use alicloud_codegen::read::{self, Source, Specs};
use alicloud_codegen::spec::{Document, Operation};

/// The documents that the first specs were written from, and those specs.
const DOCUMENTS: &[(&str, &str)] = &[
    ("000_288886cf40d7494b.txt", "GetDataExportDownloadURL"),
    ("001_af3204da84c8fe9c.txt", "QueryDataTrackResultDownloadStatus"),
    ("002_1bb1501a94e7aaba.txt", "GetDataExportOrderDetail"),
    ("003_1645f846fb61c1d5.txt", "DescribeBackupSetDownloadLink"),
    ("004_0547ab7c3ccecfff.txt", "DescribeDownloadTask"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn text(name: &str) -> String {
    fs::read_to_string(folder().join(name)).expect("the document is there")
}

/// Imports a text, and says in lines what is reported about it.
fn import_text(path: &str, text: &str, options: &Options) -> (Option<Imported>, Vec<String>) {
    let mut report = Report::default();
    let source = Arc::new(Source { path: path.to_owned(), text: text.to_owned() });
    let imported = import(&source, options, &mut report);
    report.sort();
    (imported, report.diagnostics.iter().map(ToString::to_string).collect())
}

fn imported(name: &str) -> (Operation, Vec<String>) {
    let (imported, notes) = import_text(name, &text(name), &Options::default());
    (imported.expect("the document is a help page").operation, notes)
}

fn golden(name: &str, actual: &str) {
    let path = folder().join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, actual).expect("the text can be written");
    }
    assert_eq!(actual, fs::read_to_string(&path).unwrap_or_default(), "{name}");
}

fn committed() -> Specs {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    read::folder(&specs, &mut Report::default())
}

/// Field by field, each difference to the committed spec, and each note. What a document states never differs: specs
/// have more, from other sources, and know where parameters travel.
#[test]
fn specs_say_what_their_documents_state() {
    let specs = committed();
    let all = specs.products.iter().flat_map(|product| &product.operations);
    let all: Vec<_> = all.collect();
    for (document, name) in DOCUMENTS {
        let (operation, notes) = imported(document);
        let spec = all.iter().find(|file| file.name == *name).expect("the spec is there");
        let found = differences(&spec.operation, &operation);
        for one in &found {
            let added_by_the_spec = one.imported.is_none();
            let location = one.at.starts_with("parameters.") && one.at.ends_with(".in");
            assert!(added_by_the_spec || location, "{document} states something else: {one}");
        }
        let lines: Vec<String> = found.iter().map(ToString::to_string).chain([String::new()]).chain(notes).collect();
        golden(&format!("{name}.differences"), &format!("{}\n", lines.join("\n")));
    }
}

/// What is written can be read and generated as it is, beside the product that it belongs to.
#[test]
fn imported_specs_have_no_errors() {
    let specs = committed();
    for (document, name) in DOCUMENTS.iter().chain(&[("shapes/ListThings.txt", "ListThings")]) {
        let (operation, _) = imported(document);
        let of = specs.products.iter().find(|product| product.operations.iter().any(|file| file.name == *name));
        let product = of.unwrap_or(&specs.products[0]);
        let folder = product.source.path.trim_end_matches("/product.yaml");
        let yaml = write::operation(&operation, "../../../schema");
        let files =
            vec![(product.source.path.clone(), product.source.text.clone()), (format!("{folder}/{name}.yaml"), yaml)];
        let mut report = Report::default();
        let read = read::texts(files, &mut report);
        assert_eq!(read.products[0].operations[0].operation, operation, "{name}");
        alicloud_codegen::check::check(&read, &mut report);
        let product_wide = |line: &String| line.contains("/product.yaml:");
        let errors: Vec<String> =
            report.diagnostics.iter().filter(|one| one.is_error()).map(ToString::to_string).collect();
        let errors: Vec<&String> = errors.iter().filter(|line| !product_wide(line)).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// The same page typeset as text, as Markdown and as HTML is the same spec.
#[test]
fn all_forms_of_a_page_are_the_same_spec() {
    let plain = |name: &str| {
        let (operation, _) = imported(name);
        let document = operation.document.map(|document| Document { file: None, ..document });
        Operation { document, ..operation }
    };
    let from_text = plain("000_288886cf40d7494b.txt");
    for form in ["forms/GetDataExportDownloadURL.html", "forms/GetDataExportDownloadURL.md"] {
        assert_eq!(plain(form), from_text, "{form}");
    }
}

/// Lists, lists of scalars, maps, free objects, fields that the sample does not have, and the other way round.
#[test]
fn both_layouts_of_text_give_the_same_tree() {
    let (flat, notes) = imported("shapes/ListThings.txt");
    let (piped, _) = imported("shapes/ListThings.piped.txt");
    let yaml = write::operation(&flat, "../../../../../schema");
    golden("shapes/ListThings.yaml", &yaml);
    golden("shapes/ListThings.notes", &format!("{}\n", notes.join("\n")));
    let both = differences(&flat, &piped).into_iter().filter(|one| !one.at.starts_with("document"));
    assert_eq!(both.map(|one| one.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn sentences_are_taken_over_only_when_asked() {
    let name = "shapes/ListThings.txt";
    let (facts, _) = imported(name);
    let options = Options { with_descriptions: true, ..Options::default() };
    let (with, _) = import_text(name, &text(name), &options);
    let with = with.expect("the document is a help page").operation;
    assert_eq!((facts.summary.as_str(), with.summary.as_str()), ("Lists things.", "Lists things."));
    assert_eq!(facts.response.schema.fields[0].schema.description, None);
    assert_eq!(with.response.schema.fields[0].schema.description.as_deref(), Some("The request."));
    assert!(differences(&facts, &with).is_empty(), "sentences are no facts");
}

/// Method, path and locations, where a page has them.
#[test]
fn syntax_and_headings_tell_where_parameters_travel() {
    let page = "Clusters:DescribeCluster\n\nRequest syntax\n\nGET /clusters/{ClusterId} HTTP/1.1\n\nRequest parameters\n\n\
                ParameterTypeRequiredDescriptionExample\nClusterIdstringYes\n\nThe cluster.\n\nc1\n\n\
                Request headers\n\nParameterTypeRequiredDescriptionExample\nx-tracestringNo\n\nA mark.\n\nt\n";
    let (imported, notes) = import_text("page.txt", page, &Options::default());
    let operation = imported.expect("this is a help page").operation;
    let places: Vec<String> =
        operation.parameters.iter().map(|parameter| format!("{} {:?}", parameter.name, parameter.location)).collect();
    assert_eq!(places, ["ClusterId Path", "x-trace Header"]);
    assert_eq!(operation.path.as_deref(), Some("/clusters/{ClusterId}"));
    assert!(!notes.iter().any(|note| note.contains("I702")), "{notes:#?}");
}

/// What only begins like a verb that reads is another verb, and is not sent again after a failure.
#[test]
fn only_what_reads_is_sent_again() {
    let table = [("GetTopic", true), ("ListTopics", true), ("ListenTopic", false), ("CheckoutTopic", false)];
    for (name, expected) in table {
        let page = format!(
            "Demo:{name}\n\nRequest parameters\n\nParameterTypeRequiredDescriptionExample\nAstringNo\n\nWhat.\n\na\n"
        );
        let (imported, notes) = import_text("page.txt", &page, &Options::default());
        assert_eq!(imported.expect("this is a help page").operation.idempotent, expected, "{name}");
        assert_eq!(notes.iter().any(|note| note.contains("sent again")), expected, "{name}: {notes:#?}");
    }
}

/// The same names are secrets as in metadata; each mark is said, wherever the field stands.
#[test]
fn every_mark_of_a_secret_is_said() {
    let table = [
        ("SecurityToken", true),
        ("ApiKey", true),
        ("AccessKey", true),
        ("Credential", true),
        ("Passphrase", true),
        ("NextToken", false),
        ("TokenType", false),
    ];
    for (name, expected) in table {
        let head = "Demo:DoThing\n\nResponse parameters\n\nParameterTypeDescriptionExample\nobject\n";
        let row = format!("{name}string\n\nWhat it is.\n\nabc\n");
        let sample =
            format!("Examples\n\nSample success responses\n\nJSONformat\n\n{{\"{name}\": \"abc\", \"A\": \"a\"}}\n");
        let told = format!("{head}{row}\n{sample}");
        let only_in_sample = format!("{head}Astring\n\nWhat it is.\n\na\n\n{sample}");
        for page in [told, only_in_sample] {
            let (imported, notes) = import_text("page.txt", &page, &Options::default());
            let fields = imported.expect("this is a help page").operation.response.schema.fields;
            let field = fields.iter().find(|field| field.name == name).expect("the field");
            let said = notes.iter().filter(|note| note.contains("note[I659]") && note.contains(name)).count();
            assert_eq!((field.schema.sensitive, said), (expected, usize::from(expected)), "{name}: {notes:#?}");
        }
    }
}

/// For each note a page that gives it.
#[test]
fn every_note_has_a_page_that_gives_it() {
    let request =
        |rows: &str| format!("Demo:DoThing\n\nRequest parameters\n\nParameterTypeRequiredDescriptionExample\n{rows}");
    let response = |rows: &str, sample: &str| {
        format!(
            "Demo:DoThing\n\nResponse parameters\n\nParameterTypeDescriptionExample\nobject\n{rows}\n\nExamples\n\n\
             Sample success responses\n\nJSONformat\n\n{sample}\n"
        )
    };
    let table = [
        ("I701", "Nothing of the kind.".to_owned()),
        ("I702", request("Astring No\n\nWhat it is.\n\na\n")),
        ("I703", request("Astring No\n\nWhat it is.\n\na\n")),
        ("I704", request("Astring No\n\nWhat it is.\n\na\n")),
        ("I705", request("AstringNo\n\nWhat it is. Valid values:\n\nBstringNo\n\nWhat it is.\n\nb\n")),
        (
            "I706",
            "Authorization information\nOperation | Access level | Resource type | Condition key | Associated operation |\n\
             ---|---|---|---|---|\ndemo:DoThing | get |\n|\n| none |\n"
                .to_owned(),
        ),
        ("I707", request("AstringNo\n\nWhat it is.\n\nNote This parameter is required.\na\n")),
        ("I708", request("AstringNo\n\nThis parameter is required if B is set.\n\na\n")),
        ("I709", response("Dataobject\n\nWhat it is.\n\nAstring\n\nWhat it is.\n\na\nBstring\n\nWhat it is.\n\nb", r#"{"Data": {"A": "a"}}"#)),
        ("I710", response("Astring\n\nWhat it is.\n\na", r#"{"A": "a", "B": "b"}"#)),
        ("I711", response("Aobject\n\nWhat it is.\n\nBstring\n\nWhat it is.\n\nb", r#"{"A": [{"B": "b"}]}"#)),
        ("I712", response("Astring\n\nWhat it is.\n\na\nAstring\n\nWhat it is.\n\na", r#"{"A": "a"}"#)),
        ("I713", response("Aarray\n\nWhat it is.\n\nBstring\n\nWhat it is.\n\nb", r#"{"A": [], "B": "b"}"#)),
        ("I714", response("Astring\n\nWhat it is.\n\na", "{\"A\": \"a\",}")),
        ("I715", "Demo:DoThing\n\nError codes\n\nHTTP status codeError codeError message\n400BadThe bad.\n\nMore are among the Service error codes.\n".to_owned()),
        ("I716", request("ActionstringYes\n\nThe operation that you want to perform.\n\nDoThing\n")),
        ("I717", request("Astring No\n\nWhat it is.\n\na\n")),
        ("I718", request("Astring No\n\nWhat it is.\n\na\n").replace("DoThing", "GetThing")),
        ("I719", "Demo:DoThing\n\nError codes\n\nHTTP status codeError codeError message\n400BadThingGone away.\n".to_owned()),
        ("I720", response("Astring\n\nWhat it is.\n\n12", r#"{"A": "12"}"#)),
    ];
    for (code, page) in &table {
        let (_, notes) = import_text("page.txt", page, &Options::default());
        assert!(notes.iter().any(|note| note.contains(&format!("note[{code}]"))), "{code} is not given: {notes:#?}");
    }
    let known = CODES.iter().filter(|(_, name, _)| name.starts_with("I7")).map(|(_, name, _)| *name);
    assert_eq!(known.collect::<Vec<_>>(), table.iter().map(|(code, _)| *code).collect::<Vec<_>>());
}

mod any_text {
    use super::*;
    use proptest::prelude::*;

    /// What people and tools do to a page.
    fn changed(text: &str, at: usize, what: u8, with: &str) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.is_empty() {
            return with.to_owned();
        }
        let at = at % lines.len();
        match what % 5 {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, with.to_owned()),
            2 => lines.truncate(at),
            3 => lines[at].push_str(with),
            _ => lines[at] = lines[at].chars().rev().collect(),
        }
        lines.join("\n")
    }

    fn run(path: &str, text: &str) {
        let (imported, _) = import_text(path, text, &Options::default());
        if let Some(imported) = imported {
            assert!(!write::operation(&imported.operation, "").is_empty());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        #[test]
        fn is_read_without_a_panic(text in "(\\PC|\n){0,400}") {
            run("GetThing.txt", &text);
            run("GetThing.html", &format!("<html>{text}"));
            run("GetThing.md", &format!("# A\n## B\n{text}"));
        }

        #[test]
        fn made_of_the_words_of_pages_is_read_without_a_panic(
            words in proptest::collection::vec(
                prop_oneof![
                    Just("Response parameters\n"), Just("ParameterTypeDescriptionExample\n"), Just("object\n"),
                    Just("Aobject\n"), Just("Barray<object>\n"), Just("Cstring\n"), Just("\n"), Just("Dmap\n"),
                    Just("array\n"), Just("string\n"), Just("Parameter | Type | Required | Description | Example |\n"),
                    Just("| "), Just("A | object | No | x | |\n"), Just("Examples\n"), Just("{\"A\": [{\"B\": {}}]}\n"),
                    Just("{\"A\": {\"A\": [1]}"), Just("Request parameters\n"), Just("Tag.N.KeystringYes\n"),
                    Just("  • true: x\n"), Just("Error codes\n"), Just("HTTP status codeError codeError message\n"),
                    Just("400错Bad\n"), Just("<table><tr><td>"), Just("</td></tr></table>"), Just("<pre>"), Just("| a | b |\n|---|---|\n"),
                ],
                0..60,
            ),
        ) {
            let text = words.concat();
            run("GetThing.txt", &text);
            run("GetThing.html", &format!("<html>{text}"));
            run("GetThing.md", &format!("# A\n## B\n{text}"));
        }

        #[test]
        fn of_a_page_with_slips_is_read_without_a_panic(
            which in 0..7_usize,
            slips in proptest::collection::vec((0..400_usize, 0..5_u8, "[ -~ä中\\t]{0,8}"), 1..6),
        ) {
            let forms = ["forms/GetDataExportDownloadURL.html", "forms/GetDataExportDownloadURL.md"];
            let name = DOCUMENTS.get(which).map_or_else(|| forms[which - 5], |(name, _)| *name);
            let page = slips.iter().fold(text(name), |page, (at, what, with)| changed(&page, *at, *what, with));
            run(name, &page);
        }
    }

    /// Depth costs time in proportion to the rows, and no stack.
    #[test]
    fn nested_without_end_is_read() {
        let rows: String = (0..2_000).map(|index| format!("A{index}object\n\nWhat it is.\n\n")).collect();
        run(
            "GetThing.txt",
            &format!("Demo:GetThing\n\nResponse parameters\n\nParameterTypeDescriptionExample\nobject\n{rows}"),
        );
        run("GetThing.html", &"<html><table><tr><td>".repeat(2_000));
    }
}
