//! `import document`: specs from help pages.

mod there;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use alicloud_codegen::diagnostic::{Code, Diagnostic, Report};
use alicloud_codegen::import::document::{Imported, Options, import};
use alicloud_codegen::import::{compare, write};
use alicloud_codegen::read::{Place, ProductFolder, Source};

use crate::options::Failure;
use crate::report::{self, MessageFormat, counted};
use crate::tree::{Tree, settle};

/// Where the schemas are, from a folder of specs.
const SCHEMAS: &str = "../../../schema";

/// Imports the files that are named.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let (mut files, mut into, mut dry_run, mut options) = (Vec::new(), None, false, Options::default());
    let mut format = MessageFormat::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("into") => into = Some(PathBuf::from(parser.value()?)),
            lexopt::Arg::Long("with-descriptions") => options.with_descriptions = true,
            lexopt::Arg::Long("dry-run") => dry_run = true,
            lexopt::Arg::Long("message-format") => format = MessageFormat::parse(&mut parser)?,
            lexopt::Arg::Value(file) => files.push(PathBuf::from(file)),
            other => return Err(other.unexpected().into()),
        }
    }
    if files.is_empty() {
        return Err(Failure::Usage("which files?".to_owned()));
    }
    let product = into.as_deref().map(|folder| there::read(folder, format)).transpose()?.flatten();
    options.product = product.as_ref().map(|folder| folder.product.clone());
    let mut report = Report::default();
    let mut failed = 0;
    let mut wanted = Vec::new();
    let mut seen = BTreeSet::new();
    for file in &files {
        let source = source(file)?;
        let mut own = Report::default();
        match import(&source, &options, &mut own) {
            Some(imported) if !seen.insert(imported.name.clone()) => own.diagnostics = vec![twice(&imported, source)],
            Some(imported) => wanted.extend(keep(imported, product.as_ref(), into.as_deref(), dry_run, format)?),
            None => failed += 1,
        }
        report.diagnostics.extend(own.diagnostics);
    }
    report.sort();
    report::print(&report.diagnostics, format);
    if let Some(folder) = into.filter(|_| !dry_run) {
        settle(&Tree { folder, marker: None }.changes(wanted)?, false, "", format)?;
    }
    let notes = counted(report.diagnostics.len(), "note");
    format.say(&format!("{} of {}, {notes}", files.len() - failed, counted(files.len(), "page")));
    if failed == 0 { Ok(()) } else { Err(Failure::Said) }
}

fn source(file: &Path) -> Result<Arc<Source>, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::Because(format!("{}: {error}", file.display())))?;
    let path = file.to_string_lossy().replace('\\', "/");
    Ok(Arc::new(Source { path, text: String::from_utf8_lossy(&bytes).into_owned() }))
}

/// What is said of a page whose operation another page had already.
fn twice(imported: &Imported, source: Arc<Source>) -> Diagnostic {
    let name = &imported.name;
    Diagnostic {
        code: Code::ListedTwice,
        source,
        place: Place::default(),
        message: format!("`{name}` is told by more than one of these pages; the first one was kept"),
        label: String::new(),
        help: "see which page is right, and import that one alone".to_owned(),
        about: name.clone(),
    }
}

/// The file to write. A spec that is there already is kept, and what differs is printed.
fn keep(
    imported: Imported,
    product: Option<&ProductFolder>,
    into: Option<&Path>,
    dry_run: bool,
    format: MessageFormat,
) -> Result<Option<(String, String)>, Failure> {
    let Imported { name, operation } = imported;
    let there = product.and_then(|product| product.operations.iter().find(|file| file.name == name));
    if let Some(file) = there {
        let differences = compare::differences(&file.operation, &operation);
        format.say(&format!("{name}.yaml is kept as it is; {}", counted(differences.len(), "difference")));
        differences.iter().for_each(|difference| format.say(&format!("  {difference}")));
        return Ok(None);
    }
    let path = into.map(|folder| folder.join(format!("{name}.yaml")));
    if let Some(path) = path.filter(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::Because(format!(
            "{} is in the way: nothing that is there is written over",
            path.display()
        )));
    }
    let text = write::operation(&operation, SCHEMAS);
    if dry_run || into.is_none() {
        format.say(&format!("# {name}.yaml\n{text}"));
    }
    Ok(Some((format!("{name}.yaml"), text)))
}
