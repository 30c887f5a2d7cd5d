//! Names of modules, features and folders.

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::resolve::{is_feature, is_module, module_name};

use super::super::Options;

/// The module and the feature of a product: its code, with the version where another product has that name.
pub(super) fn of_product(code: &str, version: &str, options: &Options, notes: &mut Notes) -> (String, String) {
    let base = module_name(&code.to_lowercase());
    let mut module = base.clone();
    if !is_module(&module) {
        module.push_str("_api");
    }
    if options.modules.contains(&module) {
        module = format!("{base}_{}", version.replace(|c: char| !c.is_ascii_alphanumeric(), "_"));
        notes.say(Code::NameGuessed, "module", format!("`{base}` is the module of another version: it is `{module}`"));
    }
    let mut feature = module.replace('_', "-");
    if !is_feature(&feature) {
        feature.push_str("-api");
    }
    (module, feature)
}

/// The folder of a product: its code as it is in hosts and folders, in lower case.
pub(in crate::import::metadata) fn folder_name(code: &str) -> String {
    let name: String = code.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "unknown".to_owned() } else { name.to_owned() }
}
