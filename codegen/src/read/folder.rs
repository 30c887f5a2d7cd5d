//! A folder of specs: `<product>/<version>/<Operation>.yaml` beside a `product.yaml`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::spec::{FORMAT, Operation, Product};

use super::shape::Shape;
use super::{Node, Place, Source};

/// All that was read.
#[derive(Debug, Default)]
pub struct Specs {
    /// The products, in the order of their folders.
    pub products: Vec<ProductFolder>,
}

/// One version of a product and its operations.
#[derive(Debug)]
pub struct ProductFolder {
    /// What its `product.yaml` says.
    pub product: Product,
    /// The file of it.
    pub source: Arc<Source>,
    /// The same with positions.
    pub node: Node,
    /// Its operations, by name.
    pub operations: Vec<OperationFile>,
}

/// One operation.
#[derive(Debug)]
pub struct OperationFile {
    /// Its name: that of the file.
    pub name: String,
    /// What the file says.
    pub operation: Operation,
    /// The file.
    pub source: Arc<Source>,
    /// The same with positions.
    pub node: Node,
}

/// Reads all specs below a folder. Paths in diagnostics begin with the name of the folder.
pub fn folder(root: &Path, report: &mut Report) -> Specs {
    let mut texts_found = Vec::new();
    let shown = root.file_name().map_or_else(|| "specs".to_owned(), |name| name.to_string_lossy().into_owned());
    if let Err((path, error)) = collect(root, &shown, &mut texts_found) {
        let source = Arc::new(Source { path, text: String::new() });
        report.diagnostics.push(file_problem(
            Code::Unreadable,
            &source,
            format!("cannot be read: {error}"),
            "see whether it is there and may be read",
        ));
    }
    texts(texts_found, report)
}

/// Reads specs from texts: pairs of a path such as `specs/dbs/2021-01-01/product.yaml` and what is in it.
pub fn texts(mut files: Vec<(String, String)>, report: &mut Report) -> Specs {
    files.sort();
    let schemas = (crate::schema::product(), crate::schema::operation());
    let mut specs = Specs::default();
    let mut operations: Vec<(String, OperationFile)> = Vec::new();
    let mut broken_products = Vec::new();
    for (path, text) in files {
        let source = Arc::new(Source { path, text });
        let Some((folder, name)) = place(&source.path) else {
            report.diagnostics.push(misplaced(&source));
            continue;
        };
        if name == "product" {
            match load::<Product>(&schemas.0, &source, report) {
                Some((product, node)) => {
                    versions_agree(&product, &folder, &source, &node, report);
                    specs.products.push(ProductFolder { product, source, node, operations: Vec::new() });
                }
                None => broken_products.push(folder),
            }
        } else if let Some((operation, node)) = load::<Operation>(&schemas.1, &source, report) {
            operations.push((folder, OperationFile { name, operation, source, node }));
        }
    }
    for (folder, operation) in operations {
        let home =
            specs.products.iter_mut().find(|product| place(&product.source.path).is_some_and(|(of, _)| of == folder));
        match home {
            Some(product) => product.operations.push(operation),
            // What is wrong with a product.yaml that is there has been said already.
            None if broken_products.contains(&folder) => {}
            None => report.diagnostics.push(file_problem(
                Code::Misplaced,
                &operation.source,
                "there is no product.yaml beside this file".to_owned(),
                "write one: it says where the product is reached and how its replies tell success",
            )),
        }
    }
    specs
}

/// The folder and the name of a spec file: `("specs/dbs/2021-01-01", "product")`.
fn place(path: &str) -> Option<(String, String)> {
    let (folder, file) = path.rsplit_once('/')?;
    let name = file.strip_suffix(".yaml")?;
    let depth = folder.split('/').count();
    (depth == 3 && !name.is_empty()).then(|| (folder.to_owned(), name.to_owned()))
}

fn load<T: DeserializeOwned>(schema: &Json, source: &Arc<Source>, report: &mut Report) -> Option<(T, Node)> {
    let node = match Node::parse(&source.text) {
        Ok(node) => node,
        Err((place, what)) => {
            report.diagnostics.push(Diagnostic {
                place,
                ..file_problem(
                    Code::NotYaml,
                    source,
                    format!("this is not YAML: {what}"),
                    "mend the text; indent with spaces, quote what begins with a special character",
                )
            });
            return None;
        }
    };
    let before = report.diagnostics.len();
    Shape { root: schema, source }.check(&node, report);
    if report.diagnostics.len() == before {
        wrong_format(&node, source, report);
    }
    if report.diagnostics.len() != before {
        return None;
    }
    match serde_yaml::from_str(&source.text) {
        Ok(value) => Some((value, node)),
        Err(error) => {
            let start = error
                .location()
                .map_or_else(Default::default, |at| super::Position { line: at.line(), column: at.column() });
            let place = Place { start, end: start };
            report.diagnostics.push(Diagnostic {
                place,
                ..file_problem(
                    Code::WrongType,
                    source,
                    error.to_string(),
                    "see the schema that the first line of the file names",
                )
            });
            None
        }
    }
}

fn wrong_format(node: &Node, source: &Arc<Source>, report: &mut Report) {
    let Some(format) = node.get("format").filter(|format| format.text() != Some(&FORMAT.to_string())) else { return };
    report.diagnostics.push(Diagnostic {
        place: format.place,
        label: format!("this generator reads version {FORMAT}"),
        ..file_problem(
            Code::WrongFormat,
            source,
            "the file is in another version of the format".to_owned(),
            "use the generator of that version, or bring the file up to date",
        )
    });
}

fn versions_agree(product: &Product, folder: &str, source: &Arc<Source>, node: &Node, report: &mut Report) {
    let last = folder.rsplit('/').next().unwrap_or_default();
    if let Some(version) = node.get("version").filter(|_| product.version != last) {
        report.diagnostics.push(Diagnostic {
            place: version.place,
            label: format!("the folder is called `{last}`"),
            ..file_problem(
                Code::Misplaced,
                source,
                "the version is not that of the folder".to_owned(),
                "rename the folder or mend the version",
            )
        });
    }
}

fn misplaced(source: &Arc<Source>) -> Diagnostic {
    file_problem(
        Code::Misplaced,
        source,
        "there is no place for this file among the specs".to_owned(),
        "move it to specs/<product>/<version>/<Operation>.yaml, or take it out",
    )
}

fn file_problem(code: Code, source: &Arc<Source>, message: String, help: &str) -> Diagnostic {
    let source = Arc::clone(source);
    let (place, label, about) = (Place::default(), String::new(), String::new());
    Diagnostic { code, source, place, message, label, help: help.to_owned(), about }
}

/// All files below a folder with their texts, but for those whose name begins with a dot.
fn collect(folder: &Path, shown: &str, found: &mut Vec<(String, String)>) -> Result<(), (String, io::Error)> {
    let entries = fs::read_dir(folder).map_err(|error| (shown.to_owned(), error))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|error| (shown.to_owned(), error))?.path());
    }
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let shown = format!("{shown}/{name}");
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, &shown, found)?;
        } else {
            let text = fs::read_to_string(&path).map_err(|error| (shown.clone(), error))?;
            found.push((shown, text));
        }
    }
    Ok(())
}
