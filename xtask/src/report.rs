//! Prints what is wrong with specs, for people or for programs.

use std::io::{self, IsTerminal, Write};

use alicloud_codegen::diagnostic::{Diagnostic, Severity, json, render};

use crate::options::Failure;

/// How diagnostics are printed: the value of `--message-format`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum MessageFormat {
    /// As text with the lines that they are about, on stderr.
    #[default]
    Human,
    /// As JSON, an object in each line, on stdout. Nothing else goes there: see [`MessageFormat::say`].
    Json,
}

impl MessageFormat {
    /// Reads the value of `--message-format`.
    pub fn parse(parser: &mut lexopt::Parser) -> Result<Self, Failure> {
        match parser.value()?.to_str() {
            Some("human") => Ok(Self::Human),
            Some("json") => Ok(Self::Json),
            _ => Err(Failure::Usage("--message-format is human or json".to_owned())),
        }
    }

    /// Prints a line that is no diagnostic: on stdout, which belongs to the diagnostics alone if they are JSON.
    pub fn say(self, line: &str) {
        match self {
            Self::Human => put_out(&format!("{line}\n")),
            Self::Json => put_error(&format!("{line}\n")),
        }
    }
}

/// Prints diagnostics, in their order.
pub fn print(diagnostics: &[Diagnostic], format: MessageFormat) {
    match format {
        MessageFormat::Human => {
            let mut errors = io::stderr().lock();
            let styled = errors.is_terminal();
            for diagnostic in diagnostics {
                put(&mut errors, &(render(diagnostic, styled) + "\n\n"));
            }
            if let Some(first) = diagnostics.first() {
                put(&mut errors, &format!("`cargo xtask explain {}` says more\n\n", first.code));
            }
        }
        MessageFormat::Json => {
            let mut out = io::stdout().lock();
            diagnostics.iter().for_each(|diagnostic| put(&mut out, &format!("{}\n", json(diagnostic))));
        }
    }
}

/// How many errors and warnings there are: `1 error, 2 warnings`.
pub fn counts(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|one| one.code.severity() == severity).count();
    format!("{}, {}", counted(count(Severity::Error), "error"), counted(count(Severity::Warning), "warning"))
}

/// A number of things: `1 error`, `2 errors`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Prints text on stdout, as it is.
pub fn put_out(text: &str) {
    put(&mut io::stdout().lock(), text);
}

/// Prints text on stderr, as it is.
pub fn put_error(text: &str) {
    put(&mut io::stderr().lock(), text);
}

/// Who has closed the pipe wants no more of it; the exit code still tells. `print!` would panic.
fn put(to: &mut dyn Write, text: &str) {
    drop(to.write_all(text.as_bytes()).and_then(|()| to.flush()));
}
