//! `regen --out`: a crate for just the operations that somebody uses, outside of this repository.

use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::emit::{Destination, MARKER};
use alicloud_codegen::select::Selection;
use alicloud_codegen::{generate_some, read};

use super::package::Package;
use crate::options::Failure;
use crate::report::{self, MessageFormat};
use crate::tree::{Change, Tree, change, settle};

/// What is wanted.
pub struct Wanted {
    /// The folder of the crate.
    pub out: PathBuf,
    /// Its name.
    pub name: String,
    /// What is to be in it.
    pub selection: Selection,
    /// Where the runtime is, if not on crates.io.
    pub runtime: Option<PathBuf>,
}

/// Brings the crate up to date, or with `check` only says whether it is.
pub fn write(specs: &Path, wanted: &Wanted, check: bool, format: MessageFormat) -> Result<(), Failure> {
    if !is_name(&wanted.name) {
        return Err(Failure::Usage(format!("`{}` is no name for a crate: a-z, 0-9, `-` and `_`", wanted.name)));
    }
    let mut report = Report::default();
    let mut read = read::folder(specs, &mut report);
    let mut package = Package { name: &wanted.name, features: &[], runtime: wanted.runtime.as_deref() };
    let generated = generate_some(&mut read, &wanted.selection, &Destination::Crate(package.krate()), &mut report);
    let (generated, notes) = generated.map_err(|problems| Failure::Because(problems.join("\nerror: ")))?;
    report::print(&report.diagnostics, format);
    if report.has_errors() {
        return Err(Failure::Because("nothing was generated: mend the errors first".to_owned()));
    }
    if generated.features.is_empty() {
        return Err(super::no_products(specs));
    }
    notes.iter().for_each(|note| format.say(&format!("note: {note}")));
    package.features = &generated.features;
    let command = command(wanted);
    let sources = Tree { folder: wanted.out.join("src"), marker: Some(MARKER) };
    let mut changes: Vec<Change> = Vec::new();
    for (name, text) in [("Cargo.toml", package.manifest()), ("README.md", package.readme(&command))] {
        changes.extend(change(&wanted.out.join(name), text, Some(MARKER))?);
    }
    changes.extend(sources.changes(generated.files.into_iter().map(|file| (file.path, file.text)))?);
    settle(&changes, check, &command, format)
}

/// The command that writes the same crate.
fn command(wanted: &Wanted) -> String {
    let mut command = format!("cargo xtask regen --out DIR --name {}", wanted.name);
    for (option, names) in [("products", &wanted.selection.products), ("operations", &wanted.selection.operations)] {
        if !names.is_empty() {
            command.push_str(&format!(" --{option} {}", names.join(",")));
        }
    }
    command
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_'))
}
