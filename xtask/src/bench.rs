//! `bench`: what compiling and calling cost.

mod compile;
pub mod cpu;
mod synthetic;

use std::process::Command;

use crate::cargo;
use crate::options::{Failure, Task, root};

pub const TASK: Task = Task {
    name: "bench",
    usage: "bench compile [--operations N] [--json] | bench calls [--json]",
    summary: "measures what compiling and calling cost",
    help: "compile: generates a product of N operations (300) from specs that it makes up, and prints the CPU\n\
           milliseconds for each operation of `cargo check`, of a debug build and of a release build, dependencies built\n\
           beforehand. Reads runtime/, writes below target/bench/.\n\
           calls: prints CPU and allocations of a call against a bare `reqwest` POST of the same bytes on loopback.\n\
           Reads the generated crate, writes nothing but what cargo builds.\n\
           Both need Linux, which tells a process how long it computed.",
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    let json = arguments.iter().any(|argument| argument == "--json");
    match arguments.first().map(String::as_str) {
        Some("calls") => calls(json),
        Some("compile") => compile::run(&arguments[1..], json),
        _ => Err(Failure::Usage("compile or calls?".to_owned())),
    }
}

/// Client and server on one processor: across two, most of what is measured is their waking one another.
fn calls(json: bool) -> Result<(), Failure> {
    let bench = ["bench", "--quiet", "--package", "alicloud", "--features", "dms-enterprise", "--bench", "calls"];
    cargo::finish(cargo::command().args(bench).arg("--no-run"))?;
    let cargo = cargo::command();
    let mut pinned = Command::new("taskset");
    pinned.args(["--cpu-list", "0"]).arg(cargo.get_program()).current_dir(root());
    let is_there = Command::new("taskset").arg("--version").output().is_ok();
    let mut command = if is_there { pinned } else { cargo };
    command.args(bench).args(if json { &["--", "--json"][..] } else { &[] });
    cargo::finish(&mut command)
}
