//! The CPU time of commands, as Linux counts it for the children of a process.

use std::process::Command;

use crate::options::Failure;

/// Linux tells it in hundredths of a second, whatever the kernel's own clock.
const TICKS_A_SECOND: f64 = 100.0;

/// Runs a command quietly; gives the CPU seconds of it and of all that it started.
pub fn seconds(command: &mut Command) -> Result<f64, Failure> {
    let before = of_children()?;
    let output = command.output().map_err(|error| Failure::Because(error.to_string()))?;
    if !output.status.success() {
        return Err(Failure::Because(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(of_children()? - before)
}

/// What all children that have ended computed.
pub fn of_children() -> Result<f64, Failure> {
    let unknown =
        || Failure::Because("this machine does not say how long a process computed: no /proc/self/stat".to_owned());
    let text = std::fs::read_to_string("/proc/self/stat").map_err(|_| unknown())?;
    // The second field is a name in parentheses, which may have spaces.
    let (_, rest) = text.rsplit_once(')').ok_or_else(unknown)?;
    let fields: Vec<f64> = rest.split_whitespace().skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    match fields.as_slice() {
        [user, system] => Ok((user + system) / TICKS_A_SECOND),
        _ => Err(unknown()),
    }
}
