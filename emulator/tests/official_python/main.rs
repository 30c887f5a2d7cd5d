//! The official Python packages get the documented samples from the emulator, leaf by leaf.
//!
//! They are installed into a virtual environment below `target/`, once; without a Python, or without a way to install,
//! the test says so and is skipped.

mod environment;
mod leaves;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::read::{self, Specs};
use alicloud_emulator::{EXAMPLE_ACCESS_KEY_ID, EXAMPLE_ACCESS_KEY_SECRET, Emulator};
use leaves::leaves;
use serde_json::Value;

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
const CALLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/official_python/calls.py");

/// The operations, and how many leaves their samples have.
const OPERATIONS: [(&str, usize); 8] = [
    ("DescribeBackupSetDownloadLink", 9),
    ("DescribeDataBackupSet", 28),
    ("DescribeDownloadBackupSetStorageInfo", 9),
    ("DescribeDownloadTask", 24),
    ("DownloadDataTrackResult", 5),
    ("GetDataExportDownloadURL", 7),
    ("GetDataExportOrderDetail", 15),
    ("QueryDataTrackResultDownloadStatus", 8),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_official_packages_get_the_documented_samples() {
    let python = match environment::python() {
        Ok(python) => python,
        Err(why) => return say(&format!("SKIPPED: the official Python packages did not run, {why}")),
    };
    let emulator = Emulator::builder().specs(SPECS).start().await.unwrap();
    let replies = replies(&python, &emulator);
    assert_eq!(replies.as_object().unwrap().len(), OPERATIONS.len());
    let specs = read::folder(SPECS.as_ref(), &mut Report::default());
    for (operation, count) in OPERATIONS {
        let documented = leaves(&sample(&specs, operation));
        assert_eq!(documented.len(), count, "{operation}: the number of leaves of the sample");
        assert_eq!(leaves(&replies[operation]), documented, "{operation}");
    }
    // What they sent was signed, and the specs know all of it.
    let requests = emulator.requests();
    assert_eq!(requests.len(), OPERATIONS.len());
    for request in requests {
        let algorithm = request.header("authorization").and_then(|header| header.split(' ').next());
        assert_eq!((request.status, algorithm), (200, Some("ACS3-HMAC-SHA256")), "{request:?}");
        assert_eq!(request.unknown_parameters, [""; 0], "{request:?}");
    }
    say(&format!("the official Python packages got the {} documented samples", OPERATIONS.len()));
}

/// What the packages made of the replies, by operation.
fn replies(python: &Path, emulator: &Emulator) -> Value {
    let host = emulator.url().strip_prefix("http://").unwrap();
    let mut command = Command::new(python);
    command.args(["-I", CALLS, host, EXAMPLE_ACCESS_KEY_ID, EXAMPLE_ACCESS_KEY_SECRET]);
    // The emulator is on this machine, whatever proxies there are.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1").stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The documented sample of an operation, from its spec.
fn sample(specs: &Specs, operation: &str) -> Value {
    let mut files = specs.products.iter().flat_map(|product| &product.operations);
    let file = files.find(|file| file.name == operation).unwrap();
    serde_json::from_str(file.operation.samples[0].json.as_deref().unwrap()).unwrap()
}

/// Prints a line that is seen also when the test passes: the runner keeps only what is printed by macros.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
