//! The tasks of this repository: `cargo xtask --help`.

mod bench;
mod cargo;
mod ci;
mod corpus;
mod diff;
mod explain;
mod forward;
mod import;
mod lint;
mod new;
mod options;
mod regen;
mod report;
mod schema;
mod sizes;
mod tree;

use std::process::ExitCode;

use options::{Failure, Task};

/// Generating is mostly making tokens and strings: the system's allocator took two fifths of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Every task, in the order in which a newcomer meets them.
const TASKS: &[Task] = &[
    forward::DEMO,
    regen::TASK,
    lint::TASK,
    explain::TASK,
    new::TASK,
    import::TASK,
    diff::TASK,
    schema::TASK,
    forward::EMULATE,
    forward::VECTORS,
    sizes::TASK,
    corpus::TASK,
    bench::TASK,
    ci::TASK,
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next().filter(|name| !matches!(name.as_str(), "--help" | "-h" | "help")) else {
        report::put_out(&overview());
        return ExitCode::SUCCESS;
    };
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        report::put_error(&format!("there is no task `{name}`\n\n{}\n", overview()));
        return ExitCode::from(2);
    };
    let arguments: Vec<String> = arguments.collect();
    if arguments
        .iter()
        .take_while(|argument| *argument != "--")
        .any(|argument| matches!(argument.as_str(), "--help" | "-h"))
    {
        report::put_out(&format!("cargo xtask {}\n\n{}\n", task.usage, task.help));
        return ExitCode::SUCCESS;
    }
    match (task.run)(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Said) => ExitCode::FAILURE,
        Err(Failure::Usage(what)) => {
            report::put_error(&format!("{what}\n\ncargo xtask {}\n", task.usage));
            ExitCode::from(2)
        }
        Err(Failure::Because(what)) => {
            report::put_error(&format!("error: {what}\n"));
            ExitCode::FAILURE
        }
    }
}

fn overview() -> String {
    let mut text = "cargo xtask TASK [--help]\n\n".to_owned();
    for task in TASKS {
        text.push_str(&format!("  {:<10}{}\n", task.name, task.summary));
    }
    text
}
