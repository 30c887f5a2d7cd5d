//! `ci`: everything that must hold before a change lands.

use std::fs;
use std::time::Instant;

use crate::options::{Failure, Task, because, root};
use crate::{cargo, regen, report};

pub const TASK: Task = Task {
    name: "ci",
    usage: "ci",
    summary: "runs everything that must hold before a change lands",
    help: "Reads the repository. Runs formatting, lints, the freshness of all that is generated, each product and each\n\
           feature of the runtime by itself, the documentation, the signature vectors, the demo,\n\
           a small corpus of real operations through every stage, and all tests; stops at\n\
           the first that fails. The last lines are the counts of the test runner. Writes below target/, and the demo's\n\
           files into a temporary folder.",
    run,
};

/// What is run before each product by itself, in the order of how soon it tells something.
const BEFORE: &[&str] = &[
    "fmt --all --check",
    "xtask lint",
    "xtask regen --check",
    "xtask schema --check",
    RELEASED,
    "clippy --workspace --all-targets --all-features -- -D warnings",
    "check --package alicloud --no-default-features",
    "test --package alicloud-runtime --no-default-features",
];

/// Holds the version to what changed since the last tag: only a checkout has tags.
const RELEASED: &str = "xtask diff --released";

/// What is run after that. The tests come last, so that their counts are the last lines.
const AFTER: &[&str] = &[
    "doc --workspace --all-features --no-deps",
    "xtask vectors runtime/tests/data/acs3.json runtime/tests/data/rpc_v1.json runtime/tests/data/roa_v1.json",
    "xtask demo",
    "xtask corpus codegen/tests/corpus",
    "test --workspace --all-features",
];

fn run(arguments: &[String]) -> Result<(), Failure> {
    if !arguments.is_empty() {
        return Err(Failure::Usage("takes nothing".to_owned()));
    }
    let products = regen::committed_features()?;
    let features = runtime_features()?;
    let each = features
        .iter()
        .map(|feature| format!("check --package alicloud-runtime --tests --no-default-features --features {feature}"));
    let alone = products.iter().map(|feature| format!("check --package alicloud --features {feature}"));
    let steps =
        BEFORE.iter().map(ToString::to_string).chain(alone).chain(each).chain(AFTER.iter().map(ToString::to_string));
    let begin = Instant::now();
    let is_checkout = root().join(".git").exists();
    for step in steps {
        if step == RELEASED && !is_checkout {
            report::put_out(&format!("--- left out, since this is no checkout of git: cargo {step}\n"));
            continue;
        }
        report::put_out(&format!("--- {:>4.0} s: cargo {step}\n", begin.elapsed().as_secs_f64()));
        let mut command = cargo::command();
        command.args(step.split(' ')).env("RUSTDOCFLAGS", "-D warnings");
        cargo::finish(&mut command).map_err(|failure| match failure {
            Failure::Said => Failure::Because(format!("this failed: cargo {step}")),
            other => other,
        })?;
    }
    Ok(())
}

/// The features of the runtime, each of which has to compile by itself.
fn runtime_features() -> Result<Vec<String>, Failure> {
    let path = root().join("runtime/Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| because(&path, error))?;
    let section =
        text.lines().skip_while(|line| *line != "[features]").skip(1).take_while(|line| !line.starts_with('['));
    let names = section.filter_map(|line| line.split_once(" = [")).map(|(name, _)| name.to_owned());
    Ok(names.filter(|name| name != "default").collect())
}
