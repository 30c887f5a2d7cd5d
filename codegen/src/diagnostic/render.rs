//! Draws a diagnostic with the lines that it is about.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};

/// The diagnostic as a reader wants to see it: file, line, column, the text itself, what is wrong and what to do.
/// With colours if `styled`.
pub fn render(diagnostic: &Diagnostic, styled: bool) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let source = &diagnostic.source;
    let annotation = AnnotationKind::Primary.span(source.range(diagnostic.place)).label(diagnostic.label.as_str());
    let group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.name())
        .element(Snippet::source(source.text.as_str()).path(source.path.as_str()).annotation(annotation))
        .element(Level::HELP.message(diagnostic.help.as_str()));
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}
