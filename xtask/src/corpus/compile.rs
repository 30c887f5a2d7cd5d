//! Runs cargo in the scratch workspace, and tells which file of which crate each error is in.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::cargo;
use crate::options::Failure;

/// An error of the compiler.
#[derive(Debug)]
pub struct CompileError {
    /// The name of the crate.
    pub krate: String,
    /// The name of the file without `.rs`: that of the module of an operation, or `mod`.
    pub file: String,
    /// The error, in one line.
    pub message: String,
}

/// Checks or builds packages; gives the errors of the compiler, one line for each.
pub fn run(folder: &Path, task: &str, packages: &[String], jobs: Option<usize>) -> Result<Vec<CompileError>, Failure> {
    let mut command = cargo::command();
    command.current_dir(folder).args([task, "--quiet", "--keep-going", "--message-format", "json"]);
    // Flags of the caller would compile everything anew, and its target folder would be another.
    command.arg("--target-dir").arg(folder.join("target"));
    if let Some(jobs) = jobs {
        command.args(["--jobs", &jobs.to_string()]);
    }
    for package in packages {
        command.args(["--package", package]);
    }
    command.env("CARGO_INCREMENTAL", "0").stdout(Stdio::piped()).stderr(Stdio::piped());
    let because = |error: std::io::Error| Failure::Because(format!("cargo {task}: {error}"));
    let mut child = command.spawn().map_err(because)?;
    let mut errors = Vec::new();
    let stderr = child
        .stderr
        .take()
        .map(|stderr| std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default()));
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.map_err(because)?;
        errors.extend(serde_json::from_str::<Value>(&line).ok().as_ref().and_then(error_of));
    }
    let status = child.wait().map_err(because)?;
    let said = stderr.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if !status.success() && errors.is_empty() {
        return Err(Failure::Because(format!("cargo {task} failed:\n{said}")));
    }
    Ok(errors)
}

/// The error in a message of cargo, if it is one.
fn error_of(message: &Value) -> Option<CompileError> {
    let of = message.get("message").filter(|of| of["level"] == "error")?;
    let spans = of["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true).or(spans.first())?;
    let path = Path::new(span["file_name"].as_str()?);
    // A shared type belongs to no operation, whatever its file is called.
    let is_shared = path.parent().is_some_and(|folder| folder.ends_with("types"));
    let file = if is_shared { "types".into() } else { path.file_stem()?.to_string_lossy() }.into_owned();
    let code = of["code"]["code"].as_str().map(|code| format!("[{code}]")).unwrap_or_default();
    let text = of["message"].as_str().unwrap_or_default().replace('\n', " ");
    let label = span["label"].as_str().map(|label| format!(": {label}")).unwrap_or_default();
    let line = span["line_start"].as_u64().unwrap_or_default();
    Some(CompileError {
        krate: message["target"]["name"].as_str()?.to_owned(),
        file,
        message: format!("error{code}: {text}{label} (line {line})"),
    })
}
