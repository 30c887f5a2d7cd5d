//! A download takes as much memory as another, however long the file is.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;

mod support;

use support::file_server::{Answer, Content, FileServer};

const MIB: u64 = 1024 * 1024;

/// The most memory that this process has had so far, in bytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_does_not_grow_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    let server = FileServer::start(Content::new(MIB, 1), |_, _| Answer::Serve).await;
    server.download(&path).await.unwrap();
    let before = peak();
    for (parallel, length) in [(1, 256 * MIB), (4, 256 * MIB)] {
        let server = FileServer::start(Content::new(length, 1), |_, _| Answer::Serve).await;
        let file = server.download(&path).parallel(parallel).await.unwrap();
        assert_eq!(file.bytes(), length);
        let more = peak() - before;
        println!("{length} bytes, {parallel} at once: {} KiB more than for 1 MiB", more / 1024);
        assert!(more < 32 * MIB, "{more} bytes more for {length} bytes than for 1 MiB");
        fs::remove_file(&path).unwrap();
    }
}
