//! What an import guessed or corrected, as diagnostics.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::read::{Place, Source};

/// What to do about every one of them.
const HELP: &str = "if it is wrong, mend the spec: what a person wrote stays when it is imported again";

/// Where an import says what it did with one document.
pub(crate) struct Notes {
    source: Arc<Source>,
    pub(crate) found: Vec<Diagnostic>,
}

impl Notes {
    /// Notes about the document that `path` shows.
    pub(crate) fn new(path: impl Into<String>) -> Self {
        // The text is not shown: metadata is machine-written, and mostly one line.
        Self { source: Arc::new(Source { path: path.into(), text: String::new() }), found: Vec::new() }
    }

    /// Says what was done. `about` is the part of the spec, as an acknowledgement would name it.
    pub(crate) fn say(&mut self, code: Code, about: &str, message: impl Into<String>) {
        let place = Place::default();
        self.found.push(Diagnostic {
            code,
            source: Arc::clone(&self.source),
            place,
            message: message.into(),
            label: String::new(),
            help: HELP.to_owned(),
            about: about.to_owned(),
        });
    }
}
