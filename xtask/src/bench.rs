//! `bench`: what compiling and calling cost.

mod compile;
mod cpu;
mod synthetic;

use crate::cargo;
use crate::options::{Failure, Task};

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
        Some("calls") => {
            let mut all =
                vec!["bench", "--quiet", "--package", "alicloud", "--features", "dms-enterprise", "--bench", "calls"];
            if json {
                all.extend(["--", "--json"]);
            }
            cargo::run(&all)
        }
        Some("compile") => compile::run(&arguments[1..], json),
        _ => Err(Failure::Usage("compile or calls?".to_owned())),
    }
}
