//! `import metadata`: specs from the official metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::{Code, Diagnostic, Report};
use alicloud_codegen::import::{self, Imported, Options, Published};
use alicloud_codegen::read::{self, ProductFolder, Specs};

use crate::options::{Failure, root};
use crate::report::{self, MessageFormat, counted};
use crate::tree::{self, Change, Tree};

/// Which documents, and what to do with them.
struct Wanted {
    paths: Vec<PathBuf>,
    options: Options,
    out: PathBuf,
    product: Option<String>,
    version: Option<String>,
    dry_run: bool,
    format: MessageFormat,
}

/// Imports what the arguments say.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let wanted = parse(arguments)?;
    let mut published: Vec<Published> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in &wanted.paths {
        if !seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            wanted.format.say(&format!("{} is named twice; it is imported once", path.display()));
            continue;
        }
        published.extend(import::folder::read(path).map_err(|error| Failure::Because(error.to_string()))?);
    }
    for one in &mut published {
        one.product = wanted.product.clone().or(one.product.take());
        one.version = wanted.version.clone().or(one.version.take());
    }
    if published.is_empty() {
        return Err(Failure::Because("there is no metadata in these folders".to_owned()));
    }
    let there = there(&wanted.out, wanted.format)?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options { modules: modules(&there), ..wanted.options.clone() };
    let imported = import::all(published, &options, threads);
    let missing = import::not_there(&options.only, imported.iter().map(|(_, one)| one));
    if !missing.is_empty() {
        return Err(Failure::Because(missing.join("\n")));
    }

    let products = imported.len();
    let (mut files, mut diagnostics, mut operations) = (Vec::new(), Vec::new(), 0);
    let schemas = schemas(&wanted.out);
    for (from, one) in imported {
        operations += one.operations.len();
        let (one, new) = onto(one, &from, &there, &wanted.options, &schemas);
        files.extend(new);
        diagnostics.extend(one.diagnostics);
    }
    let changes = Tree { folder: wanted.out.clone(), marker: None }.changes(files)?;
    // Files are written from the model, which has no comments.
    let (kept, changes): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| import::has_comments(&change.old));
    diagnostics.extend(kept.iter().map(|change| import::kept_with_comments(&change.path.display().to_string())));
    report(&diagnostics, operations, products, wanted.format);
    kept.iter().for_each(|change| wanted.format.say(&tree::difference(change)));
    settle(&changes, &wanted)?;
    // All that could be read is imported; that something could not be is for the exit code to tell.
    match diagnostics.iter().any(|one| one.code == Code::NotMetadata) {
        true => Err(Failure::Said),
        false => Ok(()),
    }
}

fn parse(arguments: &[String]) -> Result<Wanted, Failure> {
    let mut wanted = Wanted {
        paths: Vec::new(),
        options: Options::default(),
        out: root().join("specs"),
        product: None,
        version: None,
        dry_run: false,
        format: MessageFormat::default(),
    };
    let mut parser = lexopt::Parser::from_args(arguments);
    let text = |parser: &mut lexopt::Parser| -> Result<String, Failure> {
        parser.value()?.into_string().map_err(|_| Failure::Usage("an argument is no text".to_owned()))
    };
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Value(path) => wanted.paths.push(PathBuf::from(path)),
            lexopt::Arg::Long("only") => {
                let names = text(&mut parser)?;
                wanted
                    .options
                    .only
                    .extend(names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
                if wanted.options.only.is_empty() {
                    return Err(Failure::Usage("--only names no operation".to_owned()));
                }
            }
            lexopt::Arg::Long("out") => wanted.out = PathBuf::from(parser.value()?),
            lexopt::Arg::Long("product") => wanted.product = Some(text(&mut parser)?),
            lexopt::Arg::Long("version") => wanted.version = Some(text(&mut parser)?),
            lexopt::Arg::Long("with-descriptions") => wanted.options.descriptions = true,
            lexopt::Arg::Long("dry-run") => wanted.dry_run = true,
            lexopt::Arg::Long("message-format") => wanted.format = MessageFormat::parse(&mut parser)?,
            other => return Err(other.unexpected().into()),
        }
    }
    if wanted.paths.is_empty() {
        return Err(Failure::Usage("say where the metadata is".to_owned()));
    }
    Ok(wanted)
}

/// The specs that are there, which must be readable: otherwise something that a person wrote could be lost.
fn there(out: &Path, format: MessageFormat) -> Result<Specs, Failure> {
    if !out.exists() {
        return Ok(Specs::default());
    }
    let mut report = Report::default();
    let specs = read::folder(out, &mut report);
    if report.has_errors() {
        report::print(&report.diagnostics, format);
        return Err(Failure::Because(format!("{}: mend the specs that are there first", out.display())));
    }
    Ok(specs)
}

/// The name of a product's folder: `dbs/2021-01-01`.
fn folder_of(product: &ProductFolder) -> &str {
    let path = product.source.path.trim_end_matches("/product.yaml");
    path.split_once('/').map_or(path, |(_, folder)| folder)
}

fn modules(there: &Specs) -> BTreeSet<String> {
    there.products.iter().map(|product| product.product.module.clone()).collect()
}

/// The imported product and its files: all of them, or what is new where it is there already.
fn onto(
    one: Imported,
    from: &Published,
    there: &Specs,
    options: &Options,
    schemas: &str,
) -> (Imported, Vec<(String, String)>) {
    let Some(existing) = there.products.iter().find(|product| folder_of(product) == one.folder) else {
        let files = one.files(schemas);
        return (one, files);
    };
    // Guesses depend on what the product is known to be.
    let options = Options { existing: Some(existing.product.clone()), ..options.clone() };
    let merged = import::merge(import::metadata(from, &options), existing);
    let files = import::changed(&merged, existing, schemas);
    (merged, files)
}

/// The way from a spec to the folder of the JSON Schemas: relative within this repository, absolute from elsewhere.
fn schemas(out: &Path) -> String {
    let inside = out.canonicalize().is_ok_and(|out| out.parent() == root().canonicalize().ok().as_deref());
    if inside || out == root().join("specs") {
        "../../../schema".to_owned()
    } else {
        root().join("schema").display().to_string()
    }
}

/// Prints what was guessed and corrected, and how often each.
fn report(diagnostics: &[Diagnostic], operations: usize, products: usize, format: MessageFormat) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code.name()).or_default() += 1;
    }
    match format {
        // A line for each: the text of the metadata would show nothing.
        MessageFormat::Human => diagnostics.iter().for_each(|diagnostic| eprintln!("{diagnostic}")),
        MessageFormat::Json => report::print(diagnostics, format),
    }
    for (code, count) in &counts {
        let summary = diagnostics.iter().find(|one| one.code.name() == *code).map(|one| one.code.summary());
        format.say(&format!("{count:>6} {code} {}", summary.unwrap_or_default()));
    }
    format.say(&format!("{} of {}", counted(operations, "operation"), counted(products, "product")));
}

/// Writes the changes, or only shows them; what was there before is shown either way.
fn settle(changes: &[Change], wanted: &Wanted) -> Result<(), Failure> {
    for change in changes.iter().filter(|change| wanted.dry_run || !change.old.is_empty()) {
        match change.old.is_empty() {
            true => wanted.format.say(&format!("would write {}", change.path.display())),
            false => wanted.format.say(&tree::difference(change)),
        }
    }
    if wanted.dry_run {
        return Ok(());
    }
    tree::settle(changes, false, "", wanted.format)
}
