//! Brings files on disk to what they should be: writes only what changed, and removes what nobody wants any more.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::options::Failure;

/// A folder that is written by a program.
pub struct Tree {
    /// The folder.
    pub folder: PathBuf,
    /// What every file in it says of itself. Files without it are neither changed nor removed. Without a marker,
    /// files are changed as they are and none is removed.
    pub marker: Option<&'static str>,
}

/// A file that is not as it should be.
#[derive(Debug)]
pub struct Change {
    /// The file.
    pub path: PathBuf,
    /// What is in it. Nothing where it is not there.
    pub old: String,
    /// What should be in it. `None` where it should not be there.
    pub new: Option<String>,
}

impl Tree {
    /// What differs from the wanted files, by path. Touches nothing.
    pub fn changes(&self, wanted: impl IntoIterator<Item = (String, String)>) -> Result<Vec<Change>, Failure> {
        let mut found = BTreeMap::new();
        collect(&self.folder, &mut found)
            .map_err(|(path, error)| Failure::Because(format!("{}: {error}", path.display())))?;
        let mut changes = Vec::new();
        for (name, text) in wanted {
            let path = self.folder.join(&name);
            let old = found.remove(&path);
            if old.as_ref() == Some(&text) {
                continue;
            }
            if let (Some(old), Some(marker)) = (&old, self.marker)
                && !old.contains(marker)
            {
                return Err(Failure::Because(format!(
                    "{} is in the way: it does not say `{marker}`, so it was written by hand; move it",
                    path.display()
                )));
            }
            changes.push(Change { path, old: old.unwrap_or_default(), new: Some(text) });
        }
        if let Some(marker) = self.marker {
            let stale = found.into_iter().filter(|(_, text)| text.contains(marker));
            changes.extend(stale.map(|(path, old)| Change { path, old, new: None }));
        }
        Ok(changes)
    }
}

/// Makes the changes, or with `check` only shows them and fails if there are any.
pub fn settle(changes: &[Change], check: bool, mend: &str) -> Result<(), Failure> {
    if check {
        if changes.is_empty() {
            return Ok(());
        }
        for change in changes {
            print!("{}", difference(change));
        }
        println!("{} files are not as they should be: run `{mend}`", changes.len());
        return Err(Failure::Said);
    }
    for change in changes {
        apply(change).map_err(|error| Failure::Because(format!("{}: {error}", change.path.display())))?;
        let what = match (&change.new, change.old.is_empty()) {
            (None, _) => "removed",
            (Some(_), true) => "wrote",
            (Some(_), false) => "changed",
        };
        println!("{what} {}", change.path.display());
    }
    Ok(())
}

fn apply(change: &Change) -> io::Result<()> {
    match &change.new {
        Some(text) => {
            if let Some(folder) = change.path.parent() {
                fs::create_dir_all(folder)?;
            }
            // A half-written file must not look like a whole one.
            let part = change.path.with_extension("part");
            fs::write(&part, text)?;
            fs::rename(&part, &change.path)
        }
        None => {
            fs::remove_file(&change.path)?;
            if let Some(folder) = change.path.parent() {
                // Only an empty folder can be removed, and only that should be.
                let _ = fs::remove_dir(folder);
            }
            Ok(())
        }
    }
}

fn difference(change: &Change) -> String {
    let new = change.new.as_deref().unwrap_or_default();
    let path = change.path.display().to_string();
    TextDiff::from_lines(change.old.as_str(), new).unified_diff().header(&path, &path).to_string()
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, String>) -> Result<(), (PathBuf, io::Error)> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err((folder.to_owned(), error)),
    };
    for entry in entries {
        let path = entry.map_err(|error| (folder.to_owned(), error))?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            let text = fs::read_to_string(&path).map_err(|error| (path.clone(), error))?;
            found.insert(path, text);
        }
    }
    Ok(())
}
