//! Brings files on disk to what they should be: writes only what changed, and removes what nobody wants any more.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use similar::TextDiff;

use crate::options::Failure;
use crate::report::MessageFormat;

/// A folder that is written by a program.
pub struct Tree {
    /// The folder.
    pub folder: PathBuf,
    /// What every file in it says of itself, in a comment at its beginning. Files without it are neither changed nor
    /// removed. Without a marker, files are changed as they are and none is removed.
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
        // Of two texts for one file, the later one counts.
        let mut texts = BTreeMap::new();
        for (name, text) in wanted {
            texts.insert(below(&self.folder, &name)?, text);
        }
        let mut found = BTreeMap::new();
        if self.marker.is_some() {
            collect(&self.folder, &mut found)
                .map_err(|(path, error)| Failure::Because(format!("{}: {error}", path.display())))?;
        }
        let mut changes = Vec::new();
        for (path, text) in texts {
            let old = match self.marker {
                Some(_) => found.remove(&path),
                // Nothing is removed, so nothing else has to be read.
                None => plain_text(&path),
            };
            changes.extend(differs(path, old, text, self.marker)?);
        }
        if let Some(marker) = self.marker {
            let stale = found.into_iter().filter(|(_, text)| bears(text, marker));
            changes.extend(stale.map(|(path, old)| Change { path, old, new: None }));
        }
        Ok(changes)
    }
}

/// What has to change in one file, as in [`Tree::changes`].
pub fn change(path: &Path, text: String, marker: Option<&'static str>) -> Result<Option<Change>, Failure> {
    differs(path.to_owned(), plain_text(path), text, marker)
}

/// The path of a name below a folder. A name that leads anywhere else is refused: names come from documents.
pub fn below(folder: &Path, name: &str) -> Result<PathBuf, Failure> {
    let mut parts = Path::new(name).components();
    match !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_))) {
        true => Ok(folder.join(name)),
        false => {
            Err(Failure::Because(format!("{name:?} does not stay below {}: nothing is written", folder.display())))
        }
    }
}

/// What is in a plain file of text; nothing where there is none.
fn plain_text(path: &Path) -> Option<String> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).and_then(|_| fs::read_to_string(path).ok())
}

fn differs(
    path: PathBuf,
    old: Option<String>,
    text: String,
    marker: Option<&'static str>,
) -> Result<Option<Change>, Failure> {
    if old.as_ref() == Some(&text) {
        return Ok(None);
    }
    may_be_written(&path, old.as_deref(), marker)?;
    Ok(Some(Change { path, old: old.unwrap_or_default(), new: Some(text) }))
}

/// What a person put there is left alone: a file without the marker, a link, a folder.
fn may_be_written(path: &Path, old: Option<&str>, marker: Option<&str>) -> Result<(), Failure> {
    let in_the_way = |why: &str| {
        Err(Failure::Because(format!("{} is in the way: {why}, so it was put there by hand; move it", path.display())))
    };
    match (old, marker) {
        (Some(old), Some(marker)) if !bears(old, marker) => in_the_way(&format!("it does not say `{marker}`")),
        (None, _) if path.symlink_metadata().is_ok() => in_the_way("it is no plain file of text"),
        _ => Ok(()),
    }
}

/// Whether a file says of itself that it is generated: in the comments that it begins with, in the manner of Rust, TOML
/// or Markdown.
fn bears(text: &str, marker: &str) -> bool {
    let comments = text.lines().take_while(|line| ["//", "# ", "<!-- "].iter().any(|sign| line.starts_with(sign)));
    let mut said = comments.filter_map(|line| line.split_once(' ')).map(|(_, said)| said);
    said.any(|line| line.starts_with(marker))
}

/// Makes the changes, or with `check` only shows them and fails if there are any. What it says leaves stdout to JSON.
pub fn settle(changes: &[Change], check: bool, mend: &str, format: MessageFormat) -> Result<(), Failure> {
    if check {
        if changes.is_empty() {
            return Ok(());
        }
        for change in changes {
            format.say(difference(change).trim_end_matches('\n'));
        }
        format.say(&format!("{} files are not as they should be: run `{mend}`", changes.len()));
        return Err(Failure::Said);
    }
    let because = |path: &Path, error: io::Error| Failure::Because(format!("{}: {error}", path.display()));
    // All that can fail for want of space or permission is done beside the files; only then are they replaced.
    let mut staged: Vec<(PathBuf, &Path)> = Vec::new();
    for change in changes {
        if let Some(text) = &change.new {
            match stage(&change.path, text) {
                Ok(part) => staged.push((part, &change.path)),
                Err(error) => {
                    // The failure is what matters; what was staged is in nobody's way.
                    staged.iter().for_each(|(part, _)| drop(fs::remove_file(part)));
                    return Err(because(&change.path, error));
                }
            }
        }
    }
    for (part, path) in staged {
        fs::rename(&part, path).map_err(|error| because(path, error))?;
    }
    for change in changes {
        let what = match (&change.new, change.old.is_empty()) {
            (None, _) => {
                remove(&change.path).map_err(|error| because(&change.path, error))?;
                "removed"
            }
            (Some(_), true) => "wrote",
            (Some(_), false) => "changed",
        };
        format.say(&format!("{what} {}", change.path.display()));
    }
    Ok(())
}

/// Writes the text into a new file beside the one that it is for.
fn stage(path: &Path, text: &str) -> io::Result<PathBuf> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&part)?;
    match file.write_all(text.as_bytes()) {
        Ok(()) => Ok(part),
        Err(error) => {
            drop(fs::remove_file(&part));
            Err(error)
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    if let Some(folder) = path.parent() {
        // Only an empty folder can be removed, and only that should be.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// What a change does to a file, line by line.
pub fn difference(change: &Change) -> String {
    let new = change.new.as_deref().unwrap_or_default();
    let path = change.path.display().to_string();
    TextDiff::from_lines(change.old.as_str(), new).unified_diff().header(&path, &path).to_string()
}

/// All plain files of text below a folder. Links are not followed: what they lead to is not ours.
fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, String>) -> Result<(), (PathBuf, io::Error)> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err((folder.to_owned(), error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| (folder.to_owned(), error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| (path.clone(), error))?;
        if kind.is_dir() {
            collect(&path, found)?;
        } else if kind.is_file() {
            match fs::read_to_string(&path) {
                Ok(text) => drop(found.insert(path, text)),
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
                Err(error) => return Err((path, error)),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> (tempfile::TempDir, Tree) {
        let folder = tempfile::tempdir().expect("a folder");
        let tree = Tree { folder: folder.path().join("out"), marker: None };
        (folder, tree)
    }

    #[test]
    fn nothing_is_written_outside_of_the_folder() {
        let (_folder, tree) = tree();
        for name in ["../pwn.yaml", "a/../../pwn.yaml", "/etc/pwn.yaml", "", "./../pwn.yaml"] {
            let refused = tree.changes([(name.to_owned(), String::new())]);
            assert!(matches!(refused, Err(Failure::Because(_))), "{name:?}");
        }
        assert!(below(&tree.folder, "vpc/2016-04-28/product.yaml").is_ok());
    }

    #[test]
    fn a_file_that_is_wanted_twice_is_written_once() {
        let (_folder, tree) = tree();
        let wanted = ["one", "other"].map(|text| ("a/file.yaml".to_owned(), text.to_owned()));
        let changes = tree.changes(wanted).expect("the changes");
        settle(&changes, false, "", MessageFormat::Json).expect("written");
        assert_eq!(fs::read_to_string(tree.folder.join("a/file.yaml")).expect("the file"), "other");
    }
}
