//! What requests carry: bytes, files and XML, over real sockets.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::{
    Call, ClientCore, Config, ConfigBuilder, Credentials, ErrorKind, HttpRequest, HttpResponse, Method, Operation,
    Request, RequestBody, ReqwestTransport, Sending, Transport, TransportError, Wire,
};

mod support;

use support::raw_server::RawServer;
use support::{ManualClock, core};

static PUT: Operation = Operation {
    product: "test",
    action: "Put",
    version: "2025-01-01",
    path: "/things",
    method: Method::Put,
    idempotent: true,
    ..Operation::ROA
};

const EMPTY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BUSY: &str = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

struct Put {
    call: Call,
    body: Option<RequestBody>,
    content_type: Option<&'static str>,
}

impl Request for Put {
    type Response = ();

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        wire.body(self.body.as_ref(), self.content_type);
    }
}

fn config(server: &RawServer) -> ConfigBuilder {
    let credentials = Credentials::access_key("id", "hush");
    Config::builder().credentials(credentials).endpoint(&server.url).clock(ManualClock::new())
}

fn put(client: &ClientCore, body: Option<RequestBody>, content_type: Option<&'static str>) -> Sending<()> {
    Sending::new(&Put { call: client.call(&PUT), body, content_type })
}

#[tokio::test]
async fn bytes_and_files_are_sent_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Some(RequestBody::file(path))
    };
    for (body, content_type, expected) in [
        (Some(b"\0\xff".into()), Some("application/octet-stream"), &b"\0\xff"[..]),
        (Some("text".to_owned().into()), None, b"text"),
        (Some(vec![1, 2].into()), None, &[1, 2]),
        (None, Some("application/octet-stream"), b""),
        (file("full", &[7; 200_000]), Some("application/octet-stream"), &[7; 200_000]),
        (file("empty", b""), Some("application/octet-stream"), b""),
    ] {
        let server = RawServer::start([EMPTY]);
        let sent_type = content_type.filter(|_| body.is_some());
        put(&core(&config(&server).build().unwrap()), body, content_type).await.unwrap();
        let got = server.got().remove(0);
        assert!(got.body == expected && got.has_signed_body());
        assert_eq!(got.header("content-length"), Some(expected.len().to_string().as_str()));
        assert_eq!(got.header("content-type"), sent_type);
        assert_eq!(got.header("transfer-encoding"), None);
    }
}

#[tokio::test]
async fn a_file_is_read_again_when_it_is_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, [9; 300_000]).unwrap();
    let server = RawServer::start([BUSY, EMPTY]);
    put(&core(&config(&server).build().unwrap()), Some(RequestBody::file(path)), None).await.unwrap();
    let got = server.got();
    assert_eq!(got.len(), 2);
    assert!(got.iter().all(|got| got.body == [9; 300_000] && got.has_signed_body()));
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_before_anything_is_sent() {
    let server = RawServer::start([EMPTY]);
    let body = Some(RequestBody::file("/no/such/file"));
    let error = put(&core(&config(&server).build().unwrap()), body, None).await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::File, false));
    assert!(error.to_string().starts_with("Put failed: /no/such/file: "), "{error}");
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_file_that_vanishes_or_shrinks_is_told_and_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let vanish: fn(&Path) = |path| fs::remove_file(path).unwrap();
    let shrink: fn(&Path) = |path| fs::write(path, [9; 10]).unwrap();
    for (change, was_sent, why) in [(vanish, false, "No such file"), (shrink, true, "the file has become shorter")] {
        fs::write(&path, [9; 300_000]).unwrap();
        let server = RawServer::start([EMPTY, EMPTY]);
        let transport =
            Changing { inner: ReqwestTransport::new(Duration::from_secs(5)).unwrap(), path: path.clone(), change };
        let client = core(&config(&server).transport(Arc::new(transport)).build().unwrap());
        let error = put(&client, Some(RequestBody::file(&path)), None).await.unwrap_err();
        assert_eq!((error.kind(), error.was_sent(), error.attempts()), (ErrorKind::File, was_sent, 1), "{error}");
        assert!(error.message().starts_with(&format!("{}: {why}", path.display())), "{error}");
    }
}

/// A transport before which something happens to the file that is sent.
struct Changing {
    inner: ReqwestTransport,
    path: PathBuf,
    change: fn(&Path),
}

impl Transport for Changing {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        (self.change)(&self.path);
        self.inner.send(request)
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_has_no_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let server = RawServer::start([EMPTY]);
    for path in [Path::new("/dev/zero"), &pipe, folder.path()] {
        let error =
            put(&core(&config(&server).build().unwrap()), Some(RequestBody::file(path)), None).await.unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (ErrorKind::File, false));
        assert!(error.message().ends_with(": it is no regular file"), "{error}");
        assert!(RequestBody::file(path).read().await.is_err());
    }
}

#[test]
fn a_file_is_read_without_tokio_and_no_further_than_it_was_hashed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "some").unwrap();
    let read = |body: &RequestBody| futures_util::FutureExt::now_or_never(body.read()).unwrap();
    assert_eq!(read(&RequestBody::file(&path)).unwrap(), "some");
    let script = support::Script::new([]);
    let client = core(&support::builder(&script).endpoint("https://e.com").build().unwrap());
    support::block_on(put(&client, Some(RequestBody::file(&path)), None)).unwrap();
    let hashed = script.requests().remove(0).body;
    fs::write(&path, "some more").unwrap();
    assert_eq!(read(&hashed).unwrap(), "some");
    fs::write(&path, "so").unwrap();
    assert_eq!(read(&hashed).unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
}

#[test]
fn a_body_prints_how_much_it_is_and_not_what() {
    assert_eq!(format!("{:?}", RequestBody::from("secret")), "RequestBody(6 bytes)");
    assert_eq!(format!("{:?}", RequestBody::file("secret")), "RequestBody(a file)");
}
