//! A folder to download into.

#![allow(dead_code, clippy::unwrap_used, reason = "helpers, of which every test uses a part")]

use std::fs;
use std::path::{Path, PathBuf};

/// An empty folder, and the path of the file that is to be in it.
pub fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    (folder, path)
}

/// The names of what is in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
