//! `ci`: everything that must hold before a change lands.

use std::time::Instant;

use crate::options::{Failure, Task};
use crate::{cargo, regen};

pub const TASK: Task = Task {
    name: "ci",
    usage: "ci",
    summary: "runs everything that must hold before a change lands",
    help: "Reads the repository. Runs formatting, lints, the freshness of all that is generated, each product by itself,\n\
           the documentation, the signature vectors, the demo and all tests; stops at the first that fails. The last\n\
           lines are the counts of the test runner. Writes below target/, and the demo's file into a temporary folder.",
    run,
};

/// What is run before each product by itself, in the order of how soon it tells something.
const BEFORE: &[&str] = &[
    "fmt --all --check",
    "xtask lint",
    "xtask regen --check",
    "xtask schema --check",
    "clippy --workspace --all-targets --all-features -- -D warnings",
    "check --package alicloud --no-default-features",
];

/// What is run after that. The tests come last, so that their counts are the last lines.
const AFTER: &[&str] = &[
    "doc --workspace --all-features --no-deps",
    "xtask vectors runtime/tests/data/acs3.json runtime/tests/data/rpc_v1.json runtime/tests/data/roa_v1.json",
    "xtask demo",
    "test --workspace --all-features",
];

fn run(arguments: &[String]) -> Result<(), Failure> {
    if !arguments.is_empty() {
        return Err(Failure::Usage("takes nothing".to_owned()));
    }
    let products = regen::committed_features()?;
    let alone = products.iter().map(|feature| format!("check --package alicloud --features {feature}"));
    let steps = BEFORE.iter().map(ToString::to_string).chain(alone).chain(AFTER.iter().map(ToString::to_string));
    let begin = Instant::now();
    for step in steps {
        println!("--- {:>4.0} s: cargo {step}", begin.elapsed().as_secs_f64());
        let mut command = cargo::command();
        command.args(step.split(' ')).env("RUSTDOCFLAGS", "-D warnings");
        cargo::finish(&mut command).map_err(|failure| match failure {
            Failure::Said => Failure::Because(format!("this failed: cargo {step}")),
            other => other,
        })?;
    }
    Ok(())
}
