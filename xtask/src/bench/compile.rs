//! The CPU time that one operation takes to compile.

use std::fs;
use std::path::Path;
use std::process::Command;

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::{generate, read};
use lexopt::ValueExt as _;

use crate::options::{Failure, root};
use crate::{cargo, report};

use super::{cpu, synthetic};

/// How often each build is measured; the median counts.
const ROUNDS: usize = 3;

const MANIFEST: &str = "\
[package]
name = \"synthetic\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[features]
default = [\"synthetic\"]
synthetic = []
blocking = [\"alicloud-runtime/blocking\"]
test-util = [\"alicloud-runtime/test-util\"]

[dependencies]
alicloud-runtime = { path = \"RUNTIME\" }

[workspace]
";

/// A kind of build and its cargo arguments.
const BUILDS: &[(&str, &[&str])] =
    &[("check", &["check"]), ("debug", &["build"]), ("release", &["build", "--release"])];

pub fn run(arguments: &[String], json: bool) -> Result<(), Failure> {
    let mut operations = 300;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("json") => {}
            lexopt::Arg::Long("operations") => {
                let text = parser.value()?.string()?;
                operations = text.parse().map_err(|_| Failure::Usage(format!("`{text}` is not a number")))?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let folder = root().join("target/bench/compile");
    let lines = write(&folder, operations)?;
    let mut figures = Vec::new();
    for (name, build) in BUILDS {
        let seconds = measure(&folder, build)?;
        figures.push((*name, seconds * 1_000.0 / operations as f64));
    }
    if json {
        let figures: Vec<String> = figures.iter().map(|(name, figure)| format!("\"{name}_ms\":{figure:.2}")).collect();
        report::put_out(&format!("{{\"operations\":{operations},\"lines\":{lines},{}}}\n", figures.join(",")));
    } else {
        let what = "CPU milliseconds for each operation, median of";
        report::put_out(&format!("{operations} operations, {lines} lines; {what} {ROUNDS}\n"));
        figures.iter().for_each(|(name, figure)| report::put_out(&format!("{name:<8}{figure:8.2}\n")));
    }
    Ok(())
}

/// Writes the crate; gives the number of lines.
fn write(folder: &Path, operations: usize) -> Result<usize, Failure> {
    let mut report = Report::default();
    let specs = read::texts(synthetic::specs(operations), &mut report);
    let generated = generate(&specs, &mut report);
    if let Some(problem) = report.diagnostics.first() {
        return Err(Failure::Because(problem.to_string()));
    }
    let write = |path: &Path, text: &str| {
        let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
        parent
            .and_then(|()| fs::write(path, text))
            .map_err(|error| Failure::Because(format!("{}: {error}", path.display())))
    };
    let runtime = root().join("runtime");
    // What an earlier run with more operations left must not be compiled.
    let _ = fs::remove_dir_all(folder.join("src"));
    write(&folder.join("Cargo.toml"), &MANIFEST.replace("RUNTIME", &runtime.to_string_lossy()))?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| Failure::Because(error.to_string()))?;
    for file in &generated.files {
        write(&folder.join("src").join(&file.path), &file.text)?;
    }
    Ok(generated.files.iter().map(|file| file.text.lines().count()).sum())
}

/// The CPU seconds of compiling the crate alone: dependencies are built before, and what cargo itself takes is
/// measured and taken off.
fn measure(folder: &Path, build: &[&str]) -> Result<f64, Failure> {
    let command = || -> Command {
        let mut command = cargo::command();
        command.current_dir(folder).args(build).arg("--target-dir").arg(root().join("target/bench/target"));
        command.env("CARGO_INCREMENTAL", "0");
        command
    };
    cpu::seconds(&mut command())?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let nothing = cpu::seconds(&mut command())?;
        let root = folder.join("src/lib.rs");
        let text = fs::read_to_string(&root).and_then(|text| fs::write(&root, text));
        text.map_err(|error| Failure::Because(error.to_string()))?;
        rounds.push(cpu::seconds(&mut command())? - nothing);
    }
    rounds.sort_by(f64::total_cmp);
    Ok(rounds[ROUNDS / 2])
}
