//! `new`: a spec from nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::read;
use alicloud_codegen::resolve::field_name;

use crate::options::{Failure, Task, because, root};
use crate::report;

pub const TASK: Task = Task {
    name: "new",
    usage: "new PRODUCT[/VERSION]/Operation [--specs DIR]",
    summary: "writes a spec from nothing, with a hint for every key",
    help: "Reads which products specs/ (or DIR) has. Writes specs/PRODUCT/VERSION/Operation.yaml with every required key,\n\
           the optional ones as comments, and product.yaml if there is none beside it. `cargo xtask lint` says then what\n\
           has to be filled in. The version may be left out where the product has one or none. Overwrites nothing.",
    run,
};

const OPERATION: &str = include_str!("new/operation.yaml");
const PRODUCT: &str = include_str!("new/product.yaml");

/// The version of a product for which none was told: lint wants it filled in.
const NO_VERSION: &str = "0000-00-00";

fn run(arguments: &[String]) -> Result<(), Failure> {
    let (mut specs, mut what) = (root().join("specs"), None);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("specs") => specs = PathBuf::from(parser.value()?),
            lexopt::Arg::Value(value) if what.is_none() => what = Some(value.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let what = what.ok_or_else(|| Failure::Usage("which operation of which product?".to_owned()))?;
    let parts: Vec<&str> = what.split('/').collect();
    let (product, version, operation) = match parts[..] {
        [product, operation] => (product, None, operation),
        [product, version, operation] => (product, Some(version), operation),
        _ => return Err(Failure::Usage(format!("`{what}` is not PRODUCT/Operation or PRODUCT/VERSION/Operation"))),
    };
    named_well("product", product, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')?;
    if let Some(version) = version {
        named_well("version", version, |c| c.is_ascii_alphanumeric() || c == '-')?;
    }
    named_well("operation", operation, |c| c.is_ascii_alphanumeric())?;
    if operation.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Failure::Usage(format!("`{operation}` begins with a digit: no operation does")));
    }
    if operation.eq_ignore_ascii_case("product") {
        return Err(Failure::Usage(format!("`{operation}` cannot be an operation: product.yaml is about the product")));
    }
    let version = match version {
        Some(version) => version.to_owned(),
        None => only_version(&specs.join(product))?,
    };
    let folder = specs.join(product).join(&version);
    let (file, product_file) = (folder.join(format!("{operation}.yaml")), folder.join("product.yaml"));
    if file.symlink_metadata().is_ok() {
        return Err(Failure::Because(format!("{} is there already", file.display())));
    }
    fs::create_dir_all(&folder).map_err(|error| because(&folder, error))?;
    if product_file.symlink_metadata().is_err() {
        let (module, feature) = names(&specs, product, &version);
        let fill = [("VERSION", version.as_str()), ("MODULE", &module), ("FEATURE", &feature), ("PRODUCT", product)];
        write(&product_file, &filled(PRODUCT, &fill))?;
    }
    write(&file, &filled(OPERATION, &[("OPERATION", operation), ("PRODUCT", product)]))?;
    report::put_out("`cargo xtask lint` says what has to be filled in\n");
    Ok(())
}

/// Refuses names that cannot be those of a folder or a file of specs.
fn named_well(what: &str, name: &str, good: impl Fn(char) -> bool) -> Result<(), Failure> {
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(good) {
        return Ok(());
    }
    Err(Failure::Usage(format!("`{name}` cannot be the name of a {what}")))
}

/// The one version of a product that is there, or the placeholder for one.
fn only_version(product: &Path) -> Result<String, Failure> {
    let Ok(entries) = fs::read_dir(product) else { return Ok(NO_VERSION.to_owned()) };
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let mut versions: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    versions.sort();
    match &versions[..] {
        [] => Ok(NO_VERSION.to_owned()),
        [one] => Ok(one.clone()),
        several => Err(Failure::Usage(format!("which version: {}?", several.join(", ")))),
    }
}

/// The module and the feature of a new product: with the version where another product has the plain ones.
fn names(specs: &Path, product: &str, version: &str) -> (String, String) {
    let mut unused = Report::default();
    let there = if specs.is_dir() { read::folder(specs, &mut unused).products } else { Vec::new() };
    let (module, feature) = (field_name(product), product.to_owned());
    if there.iter().any(|other| other.product.module == module || other.product.feature == feature) {
        return (field_name(&format!("{product}-{version}")), format!("{product}-{}", version.to_lowercase()));
    }
    (module, feature)
}

/// A template with its words replaced. A word stands in it as `{{WORD}}`, which is in no name.
fn filled(template: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(template.to_owned(), |text, (word, value)| text.replace(&format!("{{{{{word}}}}}"), value))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = fs::File::create_new(path).map_err(|error| because(path, error))?;
    file.write_all(text.as_bytes()).map_err(|error| because(path, error))?;
    report::put_out(&format!("wrote {}\n", path.display()));
    Ok(())
}
