//! Starts cargo, as whom this program was started.

use std::process::Command;

use crate::options::{Failure, root};

/// A cargo command in the workspace.
pub fn command() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs cargo and fails if it does.
pub fn run(arguments: &[&str]) -> Result<(), Failure> {
    finish(command().args(arguments))
}

/// Runs a command and fails if it does.
pub fn finish(command: &mut Command) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::Said),
        Err(error) => Err(Failure::Because(format!("{}: {error}", command.get_program().to_string_lossy()))),
    }
}
