//! Reports what an import guessed or could not tell, with its place in the document.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::read::{Place, Position, Source};

/// Where findings about one document go.
pub(super) struct Findings<'a> {
    /// The document.
    pub(super) source: Arc<Source>,
    /// The report of all of them.
    pub(super) report: &'a mut Report,
    /// What the spec has to say about the document.
    pub(super) remarks: Vec<String>,
    /// Where each line of the document is, as columns: its first and the one behind its last.
    columns: Vec<(usize, usize)>,
}

impl<'a> Findings<'a> {
    /// Nothing found yet.
    pub(super) fn new(source: &Arc<Source>, report: &'a mut Report) -> Self {
        let columns = source.text.lines().map(|line| {
            let indent = line.chars().take_while(|c| c.is_whitespace()).count();
            (indent + 1, line.trim_end().chars().count() + 1)
        });
        Self { source: Arc::clone(source), report, remarks: Vec::new(), columns: columns.collect() }
    }

    /// Reports something about a line: what it is about, what is so, what to do.
    pub(super) fn note(&mut self, code: Code, line: usize, about: &str, message: impl Into<String>, help: &str) {
        let (first, last) = self.columns.get(line.saturating_sub(1)).copied().unwrap_or((1, 1));
        let start = Position { line: line.max(1), column: first };
        let end = Position { line: line.max(1), column: last };
        self.report.diagnostics.push(Diagnostic {
            code,
            source: Arc::clone(&self.source),
            place: Place { start, end },
            message: message.into(),
            label: about.to_owned(),
            help: help.to_owned(),
            about: about.to_owned(),
        });
    }
}
