//! `lint`: says everything that is wrong with the specs.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::{Report, Severity, render};
use alicloud_codegen::{Generated, generate, read};

use crate::options::{Failure, Task, root};

pub const TASK: Task = Task {
    name: "lint",
    usage: "lint [--specs DIR]",
    summary: "checks specs/: every problem of every file at once",
    help: "Reads specs/ (or DIR). Prints every problem with file, line, column and what to do. Exit 1 when there is one:\n\
           an error, or a warning that the spec does not acknowledge. Writes nothing.",
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    let mut specs = root().join("specs");
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("specs") => specs = PathBuf::from(parser.value()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let (_, report) = load(&specs);
    if report.diagnostics.is_empty() { Ok(()) } else { Err(Failure::Said) }
}

/// Reads and generates, and prints every problem and how many there are.
pub fn load(specs: &Path) -> (Generated, Report) {
    let mut report = Report::default();
    let read = read::folder(specs, &mut report);
    let operations: usize = read.products.iter().map(|product| product.operations.len()).sum();
    let generated = generate(&read, &mut report);
    let styled = std::io::stderr().is_terminal();
    for diagnostic in &report.diagnostics {
        eprintln!("{}\n", render(diagnostic, styled));
    }
    let count = |severity| report.diagnostics.iter().filter(|one| one.code.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    println!(
        "{} of {}: {}, {}",
        counted(operations, "operation"),
        counted(read.products.len(), "product"),
        counted(errors, "error"),
        counted(warnings, "warning")
    );
    (generated, report)
}
