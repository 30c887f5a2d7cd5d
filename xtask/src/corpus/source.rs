//! What is tried: the documents of products, or specs of them, below a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::{Code, Diagnostic};
use alicloud_codegen::import::{self, Options, Published};
use serde_json::Value;

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
    /// How many operations the service hides: their documents are empty.
    pub hidden: usize,
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
    let hidden = hidden(published);
    let lost = imported.diagnostics.iter().filter(|one| is_lost(one, published) && !hidden.contains(&one.about));
    let lost = lost.map(|one| (one.about.clone(), format!("{}: {}", one.code, one.message))).collect();
    Product {
        folder: imported.folder.clone(),
        files: imported.files("../../../../schema"),
        operations: imported.operations.iter().map(|(name, _)| name.clone()).collect(),
        lost,
        hidden: hidden.len(),
    }
}

/// Whether a document, or a part of one, did not become an operation. What is wrong with a list or with hosts alone
/// loses none.
fn is_lost(diagnostic: &Diagnostic, published: &Published) -> bool {
    let about = |name: &str| diagnostic.about.eq_ignore_ascii_case(name);
    let documents = published.documents.iter().filter(|(name, ..)| about(name)).count();
    match diagnostic.code {
        Code::NotMetadata => documents > 0,
        Code::NoOperation => true,
        // Said of a list as well, where one document is enough for both entries.
        Code::ListedTwice => documents > 1,
        _ => false,
    }
}

/// The operations whose documents are `null`: those that the service hides.
fn hidden(published: &Published) -> BTreeSet<String> {
    let mut hidden = BTreeSet::new();
    for (name, path, bytes) in &published.documents {
        if bytes.trim_ascii() == b"null" {
            hidden.insert(name.clone());
        } else if path.ends_with("api-docs.json") {
            let whole: Value = serde_json::from_slice(bytes).unwrap_or_default();
            let apis = whole["apis"].as_object().into_iter().flatten();
            hidden.extend(apis.filter(|(_, api)| api.is_null()).map(|(name, _)| name.clone()));
        }
    }
    hidden
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_imported_is_lost_and_what_is_hidden_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let list =
            r#"[{"name": "GetX", "product": "Things", "version": "2024-01-01"}, {"name": "GetY"}, {"name": "GetY"}]"#;
        let documents = [
            ("list", list),
            ("GetX", r#"{"methods": ["post"], "parameters": [], "responses": {}}"#),
            ("GetY", "garbage"),
            ("GetZ", "[]"),
            ("Get-W", r#"{"methods": ["post"]}"#),
            ("GetHidden", "null\n"),
        ];
        for (name, text) in documents {
            fs::write(folder.path().join(format!("{name}.json")), text).expect("a file");
        }
        let found = find(folder.path(), &[]).expect("a folder");
        let product = specs(&found[0]).expect("a product");
        assert_eq!(product.operations, ["GetX"]);
        assert_eq!(product.hidden, 1);
        let mut lost: Vec<(&str, &str)> =
            product.lost.iter().map(|(name, cause)| (name.as_str(), &cause[..4])).collect();
        lost.sort_unstable();
        assert_eq!(lost, [("Get-W", "I602"), ("GetY", "I601"), ("GetZ", "I602")]);
    }

    #[test]
    fn a_document_of_a_whole_version_has_hidden_operations_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = r#"{"info": {"product": "Things", "version": "2024-01-01"}, "apis": {"GetX": {}, "GetY": null, "GetZ": 1}}"#;
        fs::write(folder.path().join("api-docs.json"), text).expect("a file");
        let product = specs(&find(folder.path(), &[]).expect("a folder")[0]).expect("a product");
        assert_eq!((product.operations.as_slice(), product.hidden), (&["GetX".to_owned()][..], 1));
        assert_eq!(product.lost.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["GetZ"]);
    }
}
