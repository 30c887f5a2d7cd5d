//! What is wrong with a spec: a code, a severity, a place, what it is and what to do.

use std::fmt;
use std::sync::Arc;

use crate::read::{Place, Source};

pub use codes::{CODES, Code};

mod codes;
mod json;
mod render;

pub use json::json;
pub use render::render;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Nothing is generated while it stands.
    Error,
    /// The documents really are that way; wants an acknowledgement with a reason.
    Warning,
    /// What an import guessed or corrected. Wants a look, and nothing else.
    Note,
}

/// One problem of one file.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of problem it is.
    pub code: Code,
    /// The file.
    pub source: Arc<Source>,
    /// The place in the file.
    pub place: Place,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to say right at the place.
    pub label: String,
    /// What to do.
    pub help: String,
    /// The part of the spec that it is about, as an acknowledgement names it.
    pub about: String,
}

impl Diagnostic {
    /// Whether it stops generation.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// The same in one line: `path:line:column: error[E101]: message`; without line and column where the whole file is
/// meant.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = (self.place.start.line, self.place.start.column);
        write!(f, "{}:", self.source.path)?;
        if line > 0 {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}[{}]: {}", self.code.severity(), self.code, self.message)
    }
}

/// What checks report to: collects, never stops.
#[derive(Debug, Default)]
pub struct Report {
    /// What was found so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether anything stops generation.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Puts the problems in the order in which a reader meets them.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| {
            (&a.source.path, a.place.start, a.code.name()).cmp(&(&b.source.path, b.place.start, b.code.name()))
        });
    }
}
