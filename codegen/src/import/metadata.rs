//! The official metadata: JSON for operations, with or without what surrounds them.

mod api;
mod contradicted;
mod endpoints;
mod errors;
mod guess;
mod json;
mod operation;
mod parameters;
mod path;
mod response;
mod samples;
mod schema;
mod text;
mod types;
mod version;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Operation, Product};

use super::notes::Notes;
use super::{verify, write};

pub(super) use guess::tell_apart;
pub use version::Published;

/// What to import, and how much of it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these operations. All unless there are any.
    pub only: BTreeSet<String>,
    /// Whether the texts of the documents are carried over. Without them, a spec has facts alone, and a summary that is
    /// made of the operation's name.
    pub descriptions: bool,
    /// Names of modules that other products have, so that no new one gets them.
    pub modules: BTreeSet<String>,
    /// The product as it is specified already. Its style, its names and its envelope are taken as they are.
    pub existing: Option<Product>,
}

/// One version of a product as specs.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The folder that the specs belong in, below that of all specs: `vpc/2016-04-28`.
    pub folder: String,
    /// What all operations have in common.
    pub product: Product,
    /// The operations, by name.
    pub operations: Vec<(String, Operation)>,
    /// Operations that the documents have, but that were not asked for.
    pub left_out: BTreeSet<String>,
    /// Whether it is known what the version has: an operation that is nowhere here is gone.
    pub is_whole: bool,
    /// Operations that the list of the version names, whether or not there is a document of them.
    pub listed: BTreeSet<String>,
    /// How the document of each operation is shown.
    pub documents: BTreeMap<String, String>,
    /// What was guessed, what was corrected, and what could not be imported.
    pub diagnostics: Vec<Diagnostic>,
}

impl Imported {
    /// The files of the specs: a path below the folder of all specs, and what is in it. `schemas` is the way from each
    /// of them to the folder of the JSON Schemas. There are none without operations: a product alone is of no use.
    pub fn files(&self, schemas: &str) -> Vec<(String, String)> {
        let path = |name: &str| format!("{}/{name}.yaml", self.folder);
        if self.operations.is_empty() {
            return Vec::new();
        }
        let product = (path("product"), write::product(&self.product, schemas));
        let operations = self.operations.iter().map(|(name, one)| (path(name), write::operation(one, schemas)));
        std::iter::once(product).chain(operations).collect()
    }
}

/// Makes specs of one version of a product. Nothing can fail: what cannot be imported is said and left out.
pub fn metadata(published: &Published, options: &Options) -> Imported {
    let mut notes = Notes::new(&published.path);
    let mut version = version::read(published, &mut notes);
    let mut diagnostics = std::mem::take(&mut notes.found);

    let mut product = guess::product(&version, options, &mut notes);
    product.endpoints = endpoints::read(&version, &mut notes);
    let known: BTreeSet<&str> = version.components.keys().map(String::as_str).collect();
    product.types = types::read(&version.components, &known, options, &mut notes);

    let mut operations: Vec<(String, Operation)> = Vec::new();
    let mut left_out = BTreeSet::new();
    for api in &version.apis {
        if !options.only.is_empty() && !options.only.contains(&api.name) {
            left_out.insert(api.name.clone());
            continue;
        }
        let mut of_api = Notes::new(&api.path);
        let context = operation::Context { version: &version, product: &product, known: &known, options };
        let mut operation = operation::read(api, &context, &mut of_api);
        contradicted::widen(&mut operation, &mut of_api);
        operations.push((api.name.clone(), operation));
        diagnostics.append(&mut of_api.found);
    }
    if operations.is_empty() && left_out.is_empty() {
        notes.say(Code::NoOperation, "product", "there is no operation: nothing is written");
    }
    operations.sort_by(|a, b| a.0.cmp(&b.0));
    guess::behaviour(&mut product, &mut operations, &version, options, &mut notes);
    diagnostics.append(&mut notes.found);
    let folder = format!("{}/{}", guess::folder_name(&product.product), product.version);
    let is_whole = !published.is_lone || !version.listed.is_empty();
    let documents = version.apis.iter().map(|api| (api.name.clone(), api.path.clone())).collect();
    let listed = std::mem::take(&mut version.listed);
    let mut imported = Imported { folder, product, operations, left_out, is_whole, listed, documents, diagnostics };
    verify::verify(&mut imported, &published.path);
    imported
}
