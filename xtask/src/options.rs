//! What a task is, and how its arguments are read.

use std::fmt::Display;
use std::path::{Path, PathBuf};

/// One task.
pub struct Task {
    /// How it is called.
    pub name: &'static str,
    /// What it takes.
    pub usage: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// What it reads and writes.
    pub help: &'static str,
    /// Does it.
    pub run: fn(&[String]) -> Result<(), Failure>,
}

/// Why a task failed.
#[derive(Debug)]
pub enum Failure {
    /// Everything has been said already.
    Said,
    /// The arguments are wrong.
    Usage(String),
    /// Something else is.
    Because(String),
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

/// A failure that is about a file or a folder.
pub fn because(path: &Path, what: impl Display) -> Failure {
    Failure::Because(format!("{}: {what}", path.display()))
}

/// The folder that holds the workspace.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}
