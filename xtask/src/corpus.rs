//! `corpus`: everything that the cloud publishes, through every stage.

mod cases;
mod compile;
mod examples;
mod exceptions;
mod expected;
mod generate;
mod leaves;
mod measure;
mod outcome;
mod percent;
mod program;
mod run;
mod scratch;
mod sent;
mod source;
mod step;

use std::path::PathBuf;

use lexopt::ValueExt as _;

use crate::options::{Failure, Task, because, root};
use crate::report;
use outcome::{Outcome, Stage};
use run::Run;
use scratch::Scratch;

pub const TASK: Task = Task {
    name: "corpus",
    usage: "corpus PATH [--products A,B] [--stage STAGE] [--report FILE] [--scratch DIR] [--exceptions FILE] [--jobs N]",
    summary: "tries every operation below a folder: imports, generates, compiles, decodes, encodes",
    help: "Reads the metadata (or specs) below PATH, imports it into target/corpus (or DIR), lints it, generates a crate\n\
           for each product, compiles them, decodes every documented JSON sample and compares the leaves, and compares\n\
           what would be sent for the documented examples with what the spec says. Prints a line for each failure, a\n\
           table by stage and what it took; the last line is `N passed, N failed`. With --report all of it is written to\n\
           FILE as well. --stage (imported, linted, generated, compiled, decoded, encoded) ends early.\n\
           Exit 1 on a failure that is not in xtask/corpus-exceptions.yaml (or FILE), and on an exception that is no\n\
           longer needed. Writes nothing else. Figures are of a release build: cargo run --release -p xtask -- corpus …",
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let (mut path, mut report_to, mut until, mut products, mut jobs) = (None, None, Stage::Encoded, Vec::new(), jobs);
    let mut scratch = root().join("target/corpus");
    let mut listed = root().join("xtask/corpus-exceptions.yaml");
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Value(value) if path.is_none() => path = Some(PathBuf::from(value)),
            lexopt::Arg::Long("products") => {
                let names = parser.value()?.string()?;
                products.extend(names.split(',').map(|name| name.trim().to_owned()));
            }
            lexopt::Arg::Long("stage") => {
                let name = parser.value()?.string()?;
                until = Stage::named(&name).ok_or_else(|| Failure::Usage(format!("there is no stage `{name}`")))?;
            }
            lexopt::Arg::Long("report") => report_to = Some(PathBuf::from(parser.value()?)),
            lexopt::Arg::Long("scratch") => scratch = PathBuf::from(parser.value()?),
            lexopt::Arg::Long("exceptions") => listed = PathBuf::from(parser.value()?),
            lexopt::Arg::Long("jobs") => {
                let text = parser.value()?.string()?;
                jobs = text.parse().map_err(|_| Failure::Usage(format!("`{text}` is not a number")))?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let path = path.ok_or_else(|| Failure::Usage("which folder?".to_owned()))?;
    let exceptions = exceptions::read(&listed)?;
    let found = source::find(&path, &products).map_err(|error| because(&path, error))?;
    if found.is_empty() {
        return Err(Failure::Because(format!("there is no product below {}", path.display())));
    }
    // Programs that run elsewhere are told of it.
    let scratch = std::path::absolute(&scratch).map_err(|error| Failure::Because(error.to_string()))?;
    let mut run = Run::new(Scratch { folder: scratch }, jobs);
    run.through(&found, until)?;
    let (text, is_good) = conclude(&run.outcome, &run.said, &run.table(until), &exceptions, until);
    report::put_out(&text);
    if let Some(path) = report_to {
        let written = std::fs::write(&path, &text);
        written.map_err(|error| because(&path, error))?;
    }
    if is_good { Ok(()) } else { Err(Failure::Said) }
}

/// All that is printed, and whether nothing failed that is not on the list.
fn conclude(
    outcome: &Outcome,
    said: &[String],
    table: &str,
    exceptions: &[exceptions::Exception],
    until: Stage,
) -> (String, bool) {
    let failed = outcome.failed();
    let mut text = String::new();
    let mut unlisted = 0;
    for failure in &failed {
        let is_listed = exceptions.iter().any(|exception| exception.is_about(failure));
        unlisted += usize::from(!is_listed);
        text.push_str(&format!("{}{failure}\n", if is_listed { "listed: " } else { "" }));
    }
    let mut stale = 0;
    for exception in exceptions.iter().filter(|one| one.stage <= until) {
        let mut products = outcome.operations.iter().filter(|(folder, _)| exception.is_of(folder));
        let was_tried = products.any(|(_, operations)| operations.contains(&exception.operation));
        if was_tried && !failed.iter().any(|failure| exception.is_about(failure)) {
            stale += 1;
            text.push_str(&format!(
                "{} {}: {}: passes now: take it off the list\n",
                exception.product, exception.operation, exception.stage
            ));
        }
    }
    for (product, reason) in &outcome.refused {
        let count = outcome.refused_of(product);
        text.push_str(&format!("refused: {count} operations of {product}: {reason}\n"));
    }
    text.push_str(&format!("\n{table}\n"));
    said.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    let listed = failed.len() - unlisted;
    text.push_str(&format!(
        "{listed} of the failures are listed, {unlisted} are not; {stale} exceptions are not needed\n"
    ));
    text.push_str(&format!("{} passed, {} failed\n", outcome.passed(), failed.len()));
    (text, unlisted == 0 && stale == 0)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use outcome::Failed;

    #[test]
    fn only_what_is_on_the_list_may_fail_and_only_what_fails_may_be_on_it() {
        let failed = |operation: &str| Failed {
            product: "a/1".to_owned(),
            operation: operation.to_owned(),
            stage: Stage::Decoded,
            cause: "so".to_owned(),
        };
        let names = ["A", "B", "C"].map(str::to_owned);
        let mut outcome = Outcome {
            operations: BTreeMap::from([("a/1".to_owned(), BTreeSet::from(names))]),
            failures: vec![failed("A")],
            ..Outcome::default()
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("exceptions.yaml");
        let entry = |name: &str, reason: &str| {
            format!("- {{ product: a, operation: {name}, stage: samples decoded, reason: {reason} }}\n")
        };
        let exceptions = |text: &str| {
            std::fs::write(&path, text).expect("a file");
            exceptions::read(&path)
        };
        let conclude = |outcome: &Outcome, list: &str| {
            conclude(outcome, &[], "", &exceptions(list).expect("a list"), Stage::Encoded)
        };

        let (text, is_good) = conclude(&outcome, &entry("A", "The sample lies."));
        assert!(is_good && text.contains("listed: a/1 A: samples decoded: so\n"), "{text}");
        assert!(text.ends_with("\n2 passed, 1 failed\n"), "{text}");
        let (text, is_good) = conclude(&outcome, "[]");
        assert!(!is_good && text.contains("0 of the failures are listed, 1 are not"), "{text}");
        outcome.failures.clear();
        let (text, is_good) = conclude(&outcome, &entry("A", "The sample lies."));
        assert!(!is_good && text.contains("a A: samples decoded: passes now: take it off the list\n"), "{text}");
        // An operation of a product that is refused fails as any other, and is not counted as refused then.
        outcome.refused.insert("a/1".to_owned(), "its gateway".to_owned());
        outcome.failures = ["A", "B", "C"].map(failed).to_vec();
        let (text, _) = conclude(&outcome, "[]");
        assert!(text.contains("refused: 0 operations of a/1") && text.ends_with("\n0 passed, 3 failed\n"), "{text}");
        outcome.failures.clear();
        // What was not tried is not judged.
        let (_, is_good) = conclude(&outcome, &entry("D", "The sample lies."));
        assert!(is_good);
        assert!(exceptions(&entry("A", "\"\"")).is_err(), "a reason is needed");
        assert!(exceptions(&entry("A", "x").repeat(101)).is_err(), "there may be a hundred");
    }
}
