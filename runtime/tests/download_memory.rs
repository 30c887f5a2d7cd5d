//! A download takes as much memory as another, however long the file is.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};

use alicloud_runtime::DownloadTo;
use tokio::io::AsyncWrite;

mod support;

use support::file_server::{Answer, Content, FileServer, LINK};

const MIB: u64 = 1024 * 1024;

/// The most memory that this process has had so far, in bytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

/// Keeps nothing of what it gets but the length and the checksum.
#[derive(Default)]
struct Summary {
    length: u64,
    sum: crc64fast::Digest,
}

impl AsyncWrite for Summary {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        self.length += bytes.len() as u64;
        self.sum.write(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// How much more there has been at most than before, in bytes. The line is seen also when the test passes: the runner
/// keeps only what is printed by macros.
fn more_than(before: u64, what: &str) -> u64 {
    let (peak, more) = (peak(), peak() - before);
    let _ = writeln!(std::io::stderr(), "{what}: peak {} KiB, {} KiB more than for 1 MiB", peak / 1024, more / 1024);
    more
}

/// One test, as the peak is that of the process, server included.
#[tokio::test(flavor = "multi_thread")]
async fn memory_does_not_grow_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    let server = FileServer::start(Content::new(MIB, 1), |_, _| Answer::Serve).await;
    server.download(&path).await.unwrap();
    let before = peak();
    // To no disk, as not every machine has room for it.
    let content = Content::new(2048 * MIB, 1);
    let expected = (content.length, content.crc64);
    let server = FileServer::start(content, |_, _| Answer::Serve).await;
    let mut summary = Summary::default();
    let bytes = DownloadTo::new(server.request(), &LINK, &mut summary).await.unwrap();
    assert_eq!((bytes, Some(summary.sum.sum64())), expected);
    assert_eq!(summary.length, bytes);
    assert!(more_than(before, "2 GiB to a writer") < 32 * MIB);
    for parallel in [1, 4] {
        let server = FileServer::start(Content::new(256 * MIB, 1), |_, _| Answer::Serve).await;
        let file = server.download(&path).parallel(parallel).await.unwrap();
        assert_eq!(file.bytes(), 256 * MIB);
        assert!(more_than(before, &format!("256 MiB to a file, {parallel} at once")) < 32 * MIB);
        fs::remove_file(&path).unwrap();
    }
}
