//! What a check needs to report: the file, the product around it and the report.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::read::{Node, Place, ProductFolder, Source};

/// Where checks report to.
pub(crate) struct Context<'a> {
    pub(crate) product: &'a ProductFolder,
    source: &'a Arc<Source>,
    report: &'a mut Report,
}

/// A problem in words.
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: String,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), label: label.into(), help: help.into() }
    }
}

impl<'a> Context<'a> {
    pub(crate) fn new(product: &'a ProductFolder, source: &'a Arc<Source>, report: &'a mut Report) -> Self {
        Self { product, source, report }
    }

    /// The same for another file of the product.
    #[cfg(feature = "emit")]
    pub(crate) fn of<'b>(&'b mut self, source: &'b Arc<Source>) -> Context<'b> {
        Context { product: self.product, source, report: self.report }
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> &'a str {
        &self.source.text
    }

    /// Reports a problem at a node. `about` is what an acknowledgement calls the part.
    pub(crate) fn report(&mut self, code: Code, node: &Node, about: &str, problem: Problem) {
        self.report_at(code, node.place, about, problem);
    }

    /// Reports a problem at a place.
    pub(crate) fn report_at(&mut self, code: Code, place: Place, about: &str, problem: Problem) {
        let Problem { message, label, mut help } = problem;
        if code.severity() == Severity::Warning {
            help.push_str(&format!(
                "; if the documents say so, acknowledge it: {{ code: {code}, at: {about}, reason: … }}"
            ));
        }
        let source = Arc::clone(self.source);
        self.report.diagnostics.push(Diagnostic { code, source, place, message, label, help, about: about.to_owned() });
    }
}
