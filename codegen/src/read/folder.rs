//! A folder of specs: `<product>/<version>/<Operation>.yaml` beside a `product.yaml`.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::parallel;
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
    collect(root, &shown, &mut texts_found, &mut |path, error| {
        let source = Arc::new(Source { path, text: String::new() });
        let what = format!("cannot be read: {error}");
        report.diagnostics.push(file_problem(Code::Unreadable, &source, what, "see whether it is there and is text"));
    });
    texts(texts_found, report)
}

/// Reads specs from texts: pairs of a path such as `specs/dbs/2021-01-01/product.yaml` and what is in it.
pub fn texts(mut files: Vec<(String, String)>, report: &mut Report) -> Specs {
    files.sort();
    let schemas = (crate::schema::product(), crate::schema::operation());
    let mut specs = Specs::default();
    let mut operations: Vec<(String, OperationFile)> = Vec::new();
    let mut broken_products = Vec::new();
    let mut homes: HashMap<String, usize> = HashMap::new();
    let sources: Vec<Arc<Source>> = files.into_iter().map(|(path, text)| Arc::new(Source { path, text })).collect();
    // Reading is most of the work, and each file is read by itself.
    let loaded = parallel::map(&sources, parallel::threads_for(sources.len()), |source| {
        let mut report = Report::default();
        let loaded = load_one(source, &schemas, &mut report);
        (loaded, report)
    });
    for (source, (loaded, own)) in sources.into_iter().zip(loaded) {
        report.diagnostics.extend(own.diagnostics);
        match loaded {
            Loaded::Misplaced => {}
            Loaded::Product(folder, Some((product, node))) => {
                versions_agree(&product, &folder, &source, &node, report);
                homes.insert(folder, specs.products.len());
                specs.products.push(ProductFolder { product: *product, source, node, operations: Vec::new() });
            }
            Loaded::Product(folder, None) => broken_products.push(folder),
            Loaded::Operation(folder, name, Some((operation, node))) => {
                operations.push((folder, OperationFile { name, operation: *operation, source, node }));
            }
            Loaded::Operation(..) => {}
        }
    }
    for (folder, operation) in operations {
        let home = homes.get(&folder).and_then(|index| specs.products.get_mut(*index));
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

/// What became of one file.
enum Loaded {
    Misplaced,
    Product(String, Option<(Box<Product>, Node)>),
    Operation(String, String, Option<(Box<Operation>, Node)>),
}

fn load_one(source: &Arc<Source>, schemas: &(Json, Json), report: &mut Report) -> Loaded {
    let boxed = |(operation, node)| (Box::new(operation), node);
    match place(&source.path) {
        None => {
            report.diagnostics.push(misplaced(source));
            Loaded::Misplaced
        }
        Some((folder, name)) if name == "product" => {
            let loaded = load::<Product>(&schemas.0, source, report);
            Loaded::Product(folder, loaded.map(|(product, node)| (Box::new(product), node)))
        }
        Some((folder, name)) => {
            Loaded::Operation(folder, name, load::<Operation>(&schemas.1, source, report).map(boxed))
        }
    }
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
                    not_yaml_help(&source.text, &what),
                )
            });
            return None;
        }
    };
    let before = report.diagnostics.len();
    // What another version of the format has for keys, this one cannot judge.
    wrong_format(&node, source, report);
    if report.diagnostics.len() == before {
        Shape { root: schema, source }.check(&node, report);
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

/// What to do about text that is no YAML.
fn not_yaml_help(text: &str, what: &str) -> String {
    let tab = text.lines().position(|line| line.trim_start_matches(' ').starts_with('\t'));
    match tab {
        Some(line) => format!("indent with spaces: line {} begins with a tab", line + 1),
        None if text.trim().is_empty() => "write the spec, or take the file out".to_owned(),
        None if what.contains("mapping values") => "quote text that has a colon and a space in it".to_owned(),
        None => "mend the text; quote what begins with a special character".to_owned(),
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
        match source.path.strip_suffix(".yml") {
            Some(stem) => format!("rename it to {stem}.yaml"),
            None => "move it to specs/<product>/<version>/<Operation>.yaml, or take it out".to_owned(),
        },
    )
}

fn file_problem(code: Code, source: &Arc<Source>, message: String, help: impl Into<String>) -> Diagnostic {
    let source = Arc::clone(source);
    let (place, label, about) = (Place::default(), String::new(), String::new());
    Diagnostic { code, source, place, message, label, help: help.into(), about }
}

/// All files below a folder with their texts, but for those whose name begins with a dot. What cannot be read is told
/// one by one, in the order of the paths.
fn collect(
    folder: &Path,
    shown: &str,
    found: &mut Vec<(String, String)>,
    unreadable: &mut impl FnMut(String, io::Error),
) {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut paths: Vec<PathBuf> = match entries {
        Ok(paths) => paths,
        Err(error) => return unreadable(shown.to_owned(), error),
    };
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let shown = format!("{shown}/{name}");
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, &shown, found, unreadable);
            continue;
        }
        match fs::read_to_string(&path) {
            Ok(text) => found.push((shown, text)),
            Err(error) => unreadable(shown, error),
        }
    }
}
