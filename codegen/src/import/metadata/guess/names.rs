//! Names of modules, features and folders.

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::resolve::{is_feature, is_module, module_name};

use super::super::{Imported, Options, Published};

/// The module and the feature of a product: its code, with the version where another product has that name.
pub(super) fn of_product(code: &str, version: &str, options: &Options, notes: &mut Notes) -> (String, String) {
    let mut module = module_name(&code.to_lowercase());
    if !is_module(&module) {
        module.push_str("_api");
    }
    if options.modules.contains(&module) {
        let versioned = with_version(&module, version);
        notes.say(Code::NameGuessed, "module", format!("`{module}` is another module: it is called `{versioned}`"));
        module = versioned;
    }
    let feature = feature(&module);
    (module, feature)
}

fn with_version(module: &str, version: &str) -> String {
    format!("{module}_{}", version.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
}

fn feature(module: &str) -> String {
    let feature = module.replace('_', "-");
    if is_feature(&feature) { feature } else { feature + "-api" }
}

/// Gives modules of the same name other ones: all but the newest version get theirs with the version.
pub(in crate::import) fn tell_apart(all: &mut [(Published, Imported)], options: &Options) {
    if options.existing.is_some() {
        return;
    }
    let named: Vec<(String, String)> =
        all.iter().map(|(_, one)| (one.product.module.clone(), one.product.version.clone())).collect();
    for (_, one) in all {
        let product = &mut one.product;
        let is_older = |(module, version): &(String, String)| *module == product.module && *version > product.version;
        if named.iter().any(is_older) {
            product.module = with_version(&product.module, &product.version);
            product.feature = feature(&product.module);
        }
    }
}

/// The folder of a product: its code as it is in hosts and folders, in lower case.
pub(in crate::import::metadata) fn folder_name(code: &str) -> String {
    let name: String = code.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "unknown".to_owned() } else { name.to_owned() }
}
