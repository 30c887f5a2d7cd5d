//! A virtual environment with the official packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const REQUIREMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/official_python/requirements.txt");

/// What pip says where it is the network, or this Python, that is in the way. Anything else is a mistake of ours.
const NO_WAY: [&str; 4] = ["Retrying (", "ProxyError", "different python version", "Requires-Python"];

/// The Python of an environment that has everything; in words, what is in the way of that.
///
/// An environment of an earlier run is taken as it is if the requirements are still the same.
pub fn python() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("official_python");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let (wanted, done) = (fs::read_to_string(REQUIREMENTS).unwrap(), folder.join("installed.txt"));
    let is_there = fs::read_to_string(&done).is_ok_and(|installed| installed == wanted);
    if is_there && run(Command::new(&python).arg("--version")).is_ok() {
        return Ok(python);
    }
    let base = ["python3", "python"].into_iter().find(|name| {
        let check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))";
        run(Command::new(name).args(["-c", check])).is_ok()
    });
    let base = base.ok_or("there is no Python 3.8 with venv")?;
    run(Command::new(base).args(["-m", "venv", "--clear"]).arg(&folder))
        .map_err(|output| format!("an environment cannot be made: {}", last_line(&output)))?;
    let mut install = Command::new(&python);
    install.args(["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
    install.args(["--retries", "1", "--timeout", "20", "--requirement", REQUIREMENTS]);
    run(&mut install).map_err(|output| {
        assert!(NO_WAY.iter().any(|text| output.contains(text)), "pip: {output}");
        format!("nothing can be installed: {}", last_line(&output))
    })?;
    fs::write(done, wanted).unwrap();
    Ok(python)
}

/// Runs a program; what it printed if it does not end well.
fn run(command: &mut Command) -> Result<(), String> {
    match command.stdin(Stdio::null()).output() {
        Ok(Output { status, .. }) if status.success() => Ok(()),
        Ok(Output { stdout, stderr, .. }) => {
            Err(format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
        }
        Err(error) => Err(error.to_string()),
    }
}

fn last_line(output: &str) -> &str {
    output.trim_end().lines().last().unwrap_or("it says nothing")
}
