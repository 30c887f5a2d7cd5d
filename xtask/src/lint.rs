//! `lint`: says everything that is wrong with the specs.

use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::{Generated, generate, read};

use crate::options::{Failure, Task, root};
use crate::report::{self, MessageFormat, counted};

pub const TASK: Task = Task {
    name: "lint",
    usage: "lint [--specs DIR] [--message-format human|json]",
    summary: "checks specs/: every problem of every file at once",
    help: "Reads specs/ (or DIR). Prints every problem with file, line, column and what to do. Exit 1 when there is one:\n\
           an error, or a warning that the spec does not acknowledge. Writes nothing.\n\
           With --message-format json stdout has a JSON object in each line and nothing else: docs/diagnostics.md.",
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    let (mut specs, mut format) = (root().join("specs"), MessageFormat::default());
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("specs") => specs = PathBuf::from(parser.value()?),
            lexopt::Arg::Long("message-format") => format = MessageFormat::parse(&mut parser)?,
            other => return Err(other.unexpected().into()),
        }
    }
    let (_, report) = load(&specs, format);
    if report.diagnostics.is_empty() { Ok(()) } else { Err(Failure::Said) }
}

/// Reads and generates, and prints every problem and how many there are.
pub fn load(specs: &Path, format: MessageFormat) -> (Generated, Report) {
    let mut report = Report::default();
    let read = read::folder(specs, &mut report);
    let operations: usize = read.products.iter().map(|product| product.operations.len()).sum();
    let generated = generate(&read, &mut report);
    report::print(&report.diagnostics, format);
    format.say(&format!(
        "{} of {}: {}",
        counted(operations, "operation"),
        counted(read.products.len(), "product"),
        report::counts(&report.diagnostics)
    ));
    (generated, report)
}
