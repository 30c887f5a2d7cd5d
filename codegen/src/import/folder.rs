//! Finds the documents of the metadata in files and folders. Nothing else of the import touches the file system.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Published;

/// The documents that a path leads to: one document, the folder of a product, or a folder of such folders.
///
/// Beside the documents of a product stand its `list.json` and, if there is one, its `productInfo.json`. An
/// `endpoints.json` beside the folders of several products has the hosts of all of them, by folder.
pub fn read(path: &Path) -> io::Result<Vec<Published>> {
    if !path.is_dir() {
        let is_lone = !path.to_string_lossy().ends_with("api-docs.json");
        return Ok(vec![Published { is_lone, ..file(path)? }]);
    }
    let mut found = Vec::new();
    let mut hosts = match path.parent() {
        Some(above) => all_hosts(above),
        None => Value::Null,
    };
    folder(path, &mut hosts, &mut found)?;
    Ok(found)
}

/// Whether [`read`] is what a path wants: a document, or a folder with documents and without specs below it.
pub fn is_metadata(path: &Path) -> bool {
    if !path.is_dir() {
        return path.is_file() && path.extension().is_some_and(|extension| extension == "json");
    }
    !is_below(path, &|name| name == "product.yaml") && is_below(path, &is_document)
}

/// Whether a folder or one below it has such a file.
fn is_below(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        !name.starts_with('.') && if is_folder { is_below(&entry.path(), wanted) } else { wanted(&name) }
    })
}

/// Whether a file of that name has operations. Others stand beside those.
fn is_document(name: &str) -> bool {
    name.ends_with(".json") && !["list.json", "productInfo.json", "endpoints.json"].contains(&name)
}

/// One document, and what stands around it.
fn file(path: &Path) -> io::Result<Published> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut published = around(folder, &mut folder.parent().map_or(Value::Null, all_hosts));
    published.path = path.display().to_string();
    published.documents.push(document(path)?);
    Ok(published)
}

fn document(path: &Path) -> io::Result<(String, String, Vec<u8>)> {
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = fs::read(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    Ok((name, path.display().to_string(), bytes))
}

/// What stands beside the operations of a product.
fn around(folder: &Path, hosts: &mut Value) -> Published {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let own = hosts.as_object_mut().and_then(|hosts| hosts.get_mut(name.as_deref()?).map(Value::take));
    Published {
        path: folder.display().to_string(),
        product: name.map(|name| name.replace('_', "-")),
        version: own.as_ref().and_then(|own| own.get("version")?.as_str().map(str::to_owned)),
        list: fs::read(folder.join("list.json")).ok(),
        info: fs::read(folder.join("productInfo.json")).ok().or(own.map(|own| own.to_string().into_bytes())),
        documents: Vec::new(),
        is_lone: false,
    }
}

fn all_hosts(folder: &Path) -> Value {
    let text = fs::read(folder.join("endpoints.json")).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// A folder of operations, or of folders. A whole version in one document is a product of its own.
fn folder(path: &Path, hosts: &mut Value, found: &mut Vec<Published>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    entries.sort();
    let mut published = around(path, hosts);
    let mut below = all_hosts(path);
    for entry in entries {
        let name = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if entry.is_dir() {
            folder(&entry, &mut below, found)?;
        } else if name.ends_with("api-docs.json") {
            found.push(file(&entry)?);
        } else if is_document(&name) {
            published.documents.push(document(&entry)?);
        }
    }
    if !published.documents.is_empty() {
        found.push(published);
    }
    Ok(())
}
