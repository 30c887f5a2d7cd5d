//! `import`: specs from what Alibaba Cloud publishes.

mod metadata;

use crate::options::{Failure, Task};

pub const TASK: Task = Task {
    name: "import",
    usage: metadata::USAGE,
    summary: "writes specs from official metadata",
    help: metadata::HELP,
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments.split_first() {
        Some((from, rest)) if from == "metadata" => metadata::run(rest),
        Some((other, _)) => Err(Failure::Usage(format!("nothing can be imported from `{other}`"))),
        None => Err(Failure::Usage("say what to import from".to_owned())),
    }
}
