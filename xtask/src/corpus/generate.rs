//! Lints the specs of one product and generates its crate, leaving out the operations that have an error.

use std::collections::BTreeMap;
use std::time::Instant;

use alicloud_codegen::diagnostic::{Code, Report};
use alicloud_codegen::emit::{self, Destination, File};
use alicloud_codegen::read::{self, Specs};
use alicloud_codegen::{check, resolve};

use super::outcome::Stage;

/// What became of a product.
#[derive(Debug, Default)]
pub struct Made {
    /// The files of the crate; none if the product is refused or has nothing without an error.
    pub files: Vec<File>,
    /// The operation of each file name, such as `get_order`.
    pub modules: BTreeMap<String, String>,
    /// The name of the module, and that of the feature.
    pub names: (String, String),
    /// Why no code is generated for the product at all, although nothing is wrong with it.
    pub refused: Option<String>,
    /// The operations that have an error, the stage, and the first error.
    pub failures: Vec<(String, Stage, String)>,
    /// What writing the source took, in seconds.
    pub emitting: f64,
}

/// Checks the specs, which are all of one product, and generates what has no error. The specs that are left are given
/// back.
pub fn generate(files: Vec<(String, String)>) -> (Specs, Made) {
    let mut made = Made::default();
    let mut report = Report::default();
    let names: Vec<String> = files.iter().filter_map(|(path, _)| operation_of(path).map(str::to_owned)).collect();
    let mut specs = read::texts(files, &mut report);
    // Each round but the last leaves out at least one operation, which another may miss then.
    loop {
        let before = made.failures.len();
        check::check(&specs, &mut report);
        if !report.has_errors() {
            let products = resolve::resolve(&specs, &mut report);
            check::acknowledge(&specs, &mut report);
            made.refused = resolve::refused(&specs).into_iter().next().map(|refused| refused.reason);
            if !report.diagnostics.iter().any(|one| one.is_error() && one.code != Code::Gateway) {
                finish(&products, &mut made);
                return (specs, made);
            }
            drop(products);
        }
        leave_out(&mut specs, &mut report, &names, &mut made);
        if made.failures.len() == before {
            return (specs, made);
        }
    }
}

/// Emits the crate, whose name in paths does not matter.
fn finish(products: &[resolve::model::Product<'_>], made: &mut Made) {
    let Some(product) = products.first() else { return };
    made.names = (product.module.clone(), product.folder.product.feature.clone());
    made.modules = product.operations.iter().map(|one| (one.module.clone(), one.file.name.clone())).collect();
    if !product.operations.is_empty() {
        let begin = Instant::now();
        made.files = emit::emit(products, &Destination::alicloud());
        made.emitting = begin.elapsed().as_secs_f64();
    }
}

/// Takes the operations with an error out of the specs: all of them, if the product itself has one.
fn leave_out(specs: &mut Specs, report: &mut Report, names: &[String], made: &mut Made) {
    let mut first: BTreeMap<String, (Stage, String)> = BTreeMap::new();
    for error in report.diagnostics.drain(..).filter(|one| one.is_error()) {
        let stage = if error.code == Code::NameTaken { Stage::Generated } else { Stage::Linted };
        let cause = (stage, format!("{}: {}", error.code, error.message));
        match operation_of(&error.source.path) {
            // A product behind a gateway has nothing wrong with it.
            None if error.code == Code::Gateway => {}
            None => {
                for name in names {
                    first.entry(name.clone()).or_insert_with(|| cause.clone());
                }
            }
            Some(name) => {
                first.entry(name.to_owned()).or_insert(cause);
            }
        }
    }
    for product in &mut specs.products {
        product.operations.retain(|operation| !first.contains_key(&operation.name));
    }
    let known: Vec<String> = made.failures.iter().map(|(name, ..)| name.clone()).collect();
    let new = first.into_iter().filter(|(name, _)| !known.contains(name));
    made.failures.extend(new.map(|(name, (stage, cause))| (name, stage, cause)));
}

/// The operation that a file of specs is about.
fn operation_of(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?.strip_suffix(".yaml")?;
    (name != "product").then_some(name)
}
