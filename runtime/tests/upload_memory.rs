//! A file that is sent takes as much memory as another, however long it is.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;

use alicloud_runtime::{Config, Credentials, Method, Operation, RequestBody, Sending, Wire};

mod support;

use support::{Ask, core};

static PUT: Operation =
    Operation { product: "test", action: "Put", version: "2025-01-01", method: Method::Put, ..Operation::ROA };

const MIB: u64 = 1024 * 1024;

/// The most memory that this process has had so far, in bytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

/// A server that answers once a body of this length is there, of which it keeps nothing.
fn start(length: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(&stream);
        while reader.by_ref().lines().next().is_some_and(|line| !line.unwrap().is_empty()) {}
        assert_eq!(io::copy(&mut reader.take(length), &mut io::sink()).unwrap(), length);
        let _ = (&stream).write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    url
}

async fn send(length: u64) {
    // A file of zeros takes no room on the disk.
    SPARSE.with(|file| file.as_file().set_len(length).unwrap());
    let config = Config::builder().credentials(Credentials::access_key("id", "hush")).endpoint(start(length));
    let encode: fn(&mut Wire) =
        |wire| wire.body(Some(&RequestBody::file(SPARSE.with(|file| file.path().to_owned()))), None);
    Sending::new(&Ask::<()>::new(core(&config.build().unwrap()).call(&PUT), encode)).await.unwrap();
}

thread_local! {
    /// Here, as a function encodes the request that can hold nothing.
    static SPARSE: tempfile::NamedTempFile = tempfile::NamedTempFile::new().unwrap();
}

/// One test, as the peak is that of the process, server included.
#[tokio::test]
async fn memory_does_not_grow_with_the_file() {
    send(MIB).await;
    let before = peak();
    send(128 * MIB).await;
    let more = peak() - before;
    assert!(more < 16 * MIB, "{more} bytes more than for 1 MiB");
}
