//! Compressed replies over real sockets: read, bounded, and asked for only where that is built in.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::io::Write as _;
use std::time::Duration;

use alicloud_runtime::{Error, ReqwestTransport, Value};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;

#[path = "support/over.rs"]
mod over;

/// How a reply goes on behind its head.
#[derive(Clone)]
enum Reply {
    Bytes(Vec<u8>),
    /// Compressed blanks, for as long as anybody reads.
    Endless,
}

/// Answers one request; returns its head when the reply is sent, or nobody reads it.
async fn serve(reply: Reply) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.unwrap() > 0 {}
        let text = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n";
        stream.write_all(text.as_bytes()).await.unwrap();
        match reply {
            Reply::Bytes(bytes) => stream.write_all(&bytes).await.unwrap(),
            Reply::Endless => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                let [mut piece, next] = [(); 2].map(|()| {
                    encoder.write_all(&[b' '; 1 << 20]).unwrap();
                    encoder.flush().unwrap();
                    std::mem::take(encoder.get_mut())
                });
                // The second piece refers to nothing but blanks, so that it can follow itself.
                while stream.write_all(&piece).await.is_ok() {
                    piece.clone_from(&next);
                }
            }
        }
        String::from_utf8(head).unwrap()
    });
    (endpoint, served)
}

fn compressed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

async fn ask(endpoint: &str) -> Result<Value, Error> {
    let transport = ReqwestTransport::builder().without_proxy().build().unwrap();
    over::ask(endpoint, transport).await
}

#[tokio::test]
async fn compression_is_asked_for_and_undone_where_it_is_built_in() {
    let (endpoint, served) = serve(Reply::Bytes(compressed(r#"{"A":"中"}"#))).await;
    let reply = ask(&endpoint).await;
    let head = served.await.unwrap();
    if cfg!(feature = "gzip") {
        assert_eq!(reply.unwrap()["A"], "中");
        assert!(head.contains("\r\naccept-encoding: gzip\r\n"), "{head}");
    } else {
        assert!(reply.is_err());
        assert!(!head.contains("accept-encoding"), "{head}");
    }
    // It is not signed: who stands between may change it.
    assert!(head.contains("SignedHeaders=host;x-acs-action;"), "{head}");
}

#[tokio::test]
async fn what_is_too_large_when_it_is_unpacked_is_not_unpacked() {
    for sent in [Reply::Bytes(compressed(&" ".repeat(over::LIMIT + 1))), Reply::Endless] {
        let (endpoint, served) = serve(sent.clone()).await;
        let error = ask(&endpoint).await.unwrap_err();
        // Packed, the first reply is small; without the feature it is no text.
        let is_small = matches!(sent, Reply::Bytes(_)) && !cfg!(feature = "gzip");
        let message = if is_small { "not UTF-8" } else { "larger than 65536 bytes" };
        assert!(error.to_string().contains(message), "{error}");
        // Whoever sends without end notices soon that nobody reads.
        timeout(Duration::from_secs(60), served).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_unpacked_is_an_error() {
    let whole = compressed(r#"{"A":"a text that is long enough to be cut in its middle"}"#);
    let mut wrong = whole.clone();
    *wrong.last_mut().unwrap() ^= 1;
    for bytes in [whole[..whole.len() - 12].to_vec(), wrong, b"not gzip".to_vec()] {
        let (endpoint, _served) = serve(Reply::Bytes(bytes)).await;
        let error = ask(&endpoint).await.unwrap_err();
        assert_eq!(error.is_connection(), cfg!(feature = "gzip"), "{error}");
        assert!(error.was_sent(), "{error}");
    }
}
