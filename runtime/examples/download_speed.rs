//! How long a download over loopback takes, checksum included, and how much memory: against curl where it is installed.
//!
//! ```sh
//! cargo run --release -p alicloud-runtime --example download_speed [MiB, 2048 unless told] [parts at once, 1]
//! ```

#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made is of no use")]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "../tests/support/mod.rs"]
mod support;

use support::file_server::{Answer, Content, FileServer};

/// How often each is measured; the fastest counts.
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse().unwrap());
    let (mebibytes, parallel) = (arguments.next().unwrap_or(2048), arguments.next().unwrap_or(1));
    let length = mebibytes * 1024 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let server = FileServer::start(Content::new(length, 1), |_, _| Answer::Serve).await;
    let link = format!("http://{}/exports/export.zip?link=0&x", server.address);
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let (path, other) = (folder.path().join("export.zip"), folder.path().join("curl.zip"));
        let start = Instant::now();
        let parts = usize::try_from(parallel).unwrap();
        assert_eq!(server.download(&path).parallel(parts).await.unwrap().bytes(), length);
        ours = ours.min(start.elapsed());
        fs::remove_file(&path).unwrap();
        let start = Instant::now();
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--output"]).arg(&other).arg(&link).stdin(Stdio::null());
        let finished = tokio::task::spawn_blocking(move || curl.status()).await.unwrap();
        if finished.is_ok_and(|status| status.success()) {
            theirs = theirs.min(start.elapsed());
            fs::remove_file(&other).unwrap();
        }
    }
    println!("{mebibytes} MiB, {parallel} at once: {ours:.2?}");
    if theirs < Duration::MAX {
        println!("curl: {theirs:.2?}, which makes {:.2}", ours.as_secs_f64() / theirs.as_secs_f64());
    }
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        status
            .lines()
            .filter(|line| line.starts_with("VmHWM"))
            .for_each(|line| println!("peak, server included: {line}"));
    }
}
