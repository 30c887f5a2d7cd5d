//! `ci`: everything that must hold before a change lands.

use std::time::Instant;

use crate::cargo;
use crate::options::{Failure, Task};

pub const TASK: Task = Task {
    name: "ci",
    usage: "ci",
    summary: "runs everything that must hold before a change lands",
    help: "Reads the repository. Runs formatting, lints, the freshness of all that is generated, the signature vectors,\n\
           the documentation, each product by itself, the demo and all tests; stops at the first that fails. The last\n\
           lines are the counts of the test runner. Writes only below target/.",
    run,
};

/// What is run, in the order of how soon it tells something.
const STEPS: &[(&str, &[&str])] = &[
    ("format", &["fmt", "--all", "--check"]),
    ("specs", &["xtask", "lint"]),
    ("generated", &["xtask", "regen", "--check"]),
    ("schema", &["xtask", "schema", "--check"]),
    ("clippy", &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    ("no features", &["check", "--package", "alicloud", "--no-default-features"]),
    ("dbs", &["check", "--package", "alicloud", "--features", "dbs"]),
    ("dms-enterprise", &["check", "--package", "alicloud", "--features", "dms-enterprise"]),
    ("oceanbasepro", &["check", "--package", "alicloud", "--features", "oceanbasepro"]),
    ("documentation", &["doc", "--workspace", "--all-features", "--no-deps"]),
    ("vectors", &["xtask", "vectors", "runtime/tests/data/acs3.json"]),
    ("demo", &["xtask", "demo"]),
    ("tests", &["test", "--workspace", "--all-features"]),
];

fn run(arguments: &[String]) -> Result<(), Failure> {
    if !arguments.is_empty() {
        return Err(Failure::Usage("takes nothing".to_owned()));
    }
    let begin = Instant::now();
    let mut times = Vec::new();
    for (name, step) in STEPS {
        println!("--- {name}: cargo {}", step.join(" "));
        let start = Instant::now();
        let mut command = cargo::command();
        // A warning of the compiler or of rustdoc fails what would only be printed elsewhere.
        command.args(*step).env("RUSTDOCFLAGS", "-D warnings");
        if *name == "tests" {
            let steps: Vec<String> = times.iter().map(|(name, seconds)| format!("{name} {seconds:.0} s")).collect();
            println!("so far: {}; {:.0} s in all", steps.join(", "), begin.elapsed().as_secs_f64());
        }
        cargo::finish(&mut command).map_err(|failure| match failure {
            Failure::Said => Failure::Because(format!("{name} failed: cargo {}", step.join(" "))),
            other => other,
        })?;
        times.push((*name, start.elapsed().as_secs_f64()));
    }
    Ok(())
}
