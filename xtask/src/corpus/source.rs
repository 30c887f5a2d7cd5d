//! What is tried: the documents of products, or specs of them, below a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::{Diagnostic, Severity};
use alicloud_codegen::import::{self, Options, Published};

/// A product as it is found.
pub enum Source {
    /// Its documents, to be imported.
    Documents(Published),
    /// A folder of specs, such as `specs/vpc/2016-04-28`.
    Specs(PathBuf),
}

/// A product as specs.
#[derive(Debug, Default)]
pub struct Product {
    /// Its folder below that of all specs, such as `vpc/2016-04-28`.
    pub folder: String,
    /// The files: a path below the folder of all specs, and what is in it.
    pub files: Vec<(String, String)>,
    /// The operations that it has.
    pub operations: Vec<String>,
    /// The operations that could not be imported, and why.
    pub lost: Vec<(String, String)>,
}

/// All products below a path, or only those whose folder or name is among `only`.
pub fn find(path: &Path, only: &[String]) -> io::Result<Vec<Source>> {
    let mut specs = Vec::new();
    spec_folders(path, &mut specs)?;
    let mut found: Vec<Source> = match specs.is_empty() {
        true => import::folder::read(path)?.into_iter().map(Source::Documents).collect(),
        false => specs.into_iter().map(Source::Specs).collect(),
    };
    let is_wanted = |source: &Source| {
        let path = match source {
            Source::Documents(published) => Path::new(&published.path),
            Source::Specs(folder) => folder,
        };
        let mut parts = path.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy());
        only.is_empty() || parts.any(|part| only.iter().any(|name| name.eq_ignore_ascii_case(&part)))
    };
    found.retain(is_wanted);
    Ok(found)
}

/// The folders that have a `product.yaml`.
fn spec_folders(path: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        return Ok(());
    }
    if path.join("product.yaml").is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    let mut below: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    below.sort();
    below.iter().try_for_each(|path| spec_folders(path, found))
}

/// The product as specs. Nothing is written.
pub fn specs(source: &Source) -> io::Result<Product> {
    match source {
        Source::Documents(published) => Ok(imported(published)),
        Source::Specs(folder) => read(folder),
    }
}

fn imported(published: &Published) -> Product {
    let imported = import::metadata(published, &Options::default());
    let is_lost = |one: &&Diagnostic| one.code.severity() == Severity::Error;
    let lost = imported.diagnostics.iter().filter(is_lost);
    let lost = lost.map(|one| (one.about.clone(), format!("{}: {}", one.code, one.message))).collect();
    Product {
        folder: imported.folder.clone(),
        files: imported.files("../../../../schema"),
        operations: imported.operations.iter().map(|(name, _)| name.clone()).collect(),
        lost,
    }
}

fn read(folder: &Path) -> io::Result<Product> {
    let mut names = folder.components().rev().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let (version, name) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    let mut product = Product { folder: format!("{name}/{version}"), ..Product::default() };
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(stem) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".yaml")) else { continue };
        product.files.push((format!("{}/{stem}.yaml", product.folder), fs::read_to_string(&path)?));
        if stem != "product" {
            product.operations.push(stem.to_owned());
        }
    }
    product.operations.sort();
    Ok(product)
}
