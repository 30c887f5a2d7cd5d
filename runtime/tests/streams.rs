//! Replies that are read while they arrive, over real sockets.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::time::Duration;

use alicloud_runtime::{
    ByteStream, Bytes, ClientCore, Config, ConfigBuilder, Credentials, Error, ErrorKind, Operation, ReplyKind,
    RetryPolicy, Sending, SendingStream, Style,
};
use futures_util::StreamExt;

mod support;

use support::raw_server::{HOLD, PAUSE, RawServer};
use support::{Ask, core};

static READ: Operation = Operation {
    product: "test",
    action: "Read",
    version: "2025-01-01",
    reply: ReplyKind::Bytes,
    idempotent: true,
    statuses: &[302],
    style: Style::Roa,
    ..Operation::ROA
};

fn client(server: &RawServer, change: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> ClientCore {
    let builder = Config::builder()
        .credentials(Credentials::access_key("id", "hush"))
        .endpoint(&server.url)
        .retry(RetryPolicy::never());
    core(&change(builder).build().unwrap())
}

async fn open(client: &ClientCore) -> Result<ByteStream, Error> {
    SendingStream::new(&Ask::<Bytes>::new(client.call(&READ), |_| {})).await
}

fn reply(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nx-acs-request-id: R1\r\nx-kind: k\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn bytes_arrive_whole_or_piece_by_piece() {
    let server = RawServer::start([reply("200 OK", "a\0b"), reply("200 OK", "a\0b")]);
    let client = client(&server, |config| config);
    let whole = Sending::new(&Ask::<Bytes>::new(client.call(&READ), |_| {})).await.unwrap();
    assert_eq!(whole, "a\0b");
    let mut stream = open(&client).await.unwrap();
    assert_eq!((stream.status(), stream.request_id(), stream.attempts()), (200, Some("R1"), 1));
    assert_eq!(stream.headers()["x-kind"], "k");
    let mut bytes = Vec::new();
    while let Some(piece) = stream.next().await {
        bytes.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(bytes, b"a\0b");
}

#[tokio::test]
async fn a_stream_may_be_larger_than_a_reply_and_take_longer() {
    let body = "x".repeat(100_000);
    let late = reply("200 OK", &body).replacen("xx", &format!("xx{PAUSE}{PAUSE}"), 1);
    let server = RawServer::start([late]);
    let client = client(&server, |config| config.max_response_bytes(10).timeout(Duration::from_millis(400)));
    let pieces: Vec<_> = open(&client).await.unwrap().collect().await;
    assert_eq!(pieces.into_iter().map(|piece| piece.unwrap().len()).sum::<usize>(), body.len());
}

#[tokio::test]
async fn a_refusal_is_the_error_that_it_always_is() {
    let refusal = reply("404 Not Found", r#"{"Code":"NoSuchThing","Message":"gone"}"#);
    let server = RawServer::start([refusal]);
    let error = open(&client(&server, |config| config)).await.unwrap_err();
    assert_eq!((error.kind(), error.code(), error.request_id()), (ErrorKind::Service, Some("NoSuchThing"), Some("R1")));
}

#[tokio::test]
async fn a_redirect_that_is_the_answer_is_not_followed() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/x\r\ncontent-length: 0\r\n\r\n";
    let server = RawServer::start([moved, "HTTP/1.1 301 Moved\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n"]);
    let client = client(&server, |config| config);
    let stream = open(&client).await.unwrap();
    assert_eq!((stream.status(), &stream.headers()["location"]), (302, &"http://127.0.0.1:1/x".parse().unwrap()));
    // One that is not documented is none.
    assert_eq!(open(&client).await.unwrap_err().status(), Some(301));
}

#[tokio::test]
async fn what_breaks_or_stops_ends_in_an_error() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\nsome";
    for (end, kind) in [("", ErrorKind::Connection), (HOLD, ErrorKind::Timeout)] {
        let server = RawServer::start([format!("{head}{end}")]);
        let client = client(&server, |config| config.stall_timeout(Duration::from_millis(500)));
        let pieces: Vec<_> = open(&client).await.unwrap().collect().await;
        let [Ok(first), Err(error)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!((&first[..], error.kind(), error.is_stalled()), (&b"some"[..], kind, end == HOLD), "{error}");
        assert!(error.to_string().starts_with("Read failed: 127.0.0.1: "), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_that_drips_is_given_up() {
    let drops = format!("x{PAUSE}").repeat(12);
    let server = RawServer::start([format!("HTTP/1.1 403 No\r\ncontent-length: 999\r\n\r\n{drops}")]);
    let error = open(&client(&server, |config| config.timeout(Duration::from_millis(600)))).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_stalled() && error.status() == Some(403), "{error}");
    assert!(error.to_string().starts_with("Read failed: 127.0.0.1: no answer within 600ms"), "{error}");
}

#[test]
fn a_reply_prints_no_content() {
    struct Shown(String);
    impl alicloud_runtime::DecodeReply for Shown {
        fn decode_reply(reply: &alicloud_runtime::Reply) -> Option<Self> {
            Some(Self(format!("{reply:?}")))
        }
    }
    let server = RawServer::start(["HTTP/1.1 200 OK\r\nlocation: hush\r\ncontent-length: 4\r\n\r\nhush"]);
    let client = client(&server, |config| config);
    let shown = support::block_on(Sending::new(&Ask::<Shown>::new(client.call(&READ), |_| {}))).unwrap();
    assert_eq!(shown.0, "Reply { status: 200, request_id: None, headers: 2, bytes: 4, .. }");
}

#[tokio::test]
async fn silence_before_the_reply_is_limited_too() {
    let server = RawServer::start([HOLD]);
    let error = open(&client(&server, |config| config.timeout(Duration::from_millis(300)))).await.unwrap_err();
    assert!(error.is_timeout() && error.message().contains("no answer within 300ms"), "{error}");
}
