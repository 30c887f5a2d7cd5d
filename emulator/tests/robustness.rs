//! Whatever comes in, the emulator goes on; and it stops when it is told to.

mod support;

use std::time::Duration;

use alicloud_emulator::{CannedReply, Emulator, StartError};
use support::builder;
use support::call::{Call, dms};
use support::wire::{Reply, Wire, exchange};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn good() -> Call {
    dms("GetDataExportDownloadURL").query("OrderId", "546")
}

async fn is_well(emulator: &Emulator) -> bool {
    good().send(emulator).await.status == 200
}

#[tokio::test]
async fn garbage_does_no_harm() {
    let emulator = builder().files(true).start().await.unwrap();
    let long = "a".repeat(1 << 20);
    let headers: String = (0..5000).map(|number| format!("x-{number}: 1\r\n")).collect();
    let garbage: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"\r\n\r\n\r\n".to_vec(),
        b"hello\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        (0..=255).collect(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"GET  HTTP/1.1\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\nzz\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost: a\r\nx-acs-action: \xff\xfe\r\nconnection: close\r\n\r\n".to_vec(),
        b"OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"CONNECT a:1 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"GET http://else/where HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        format!("GET /{long} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\nhost: {long}\r\nconnection: close\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\n{headers}\r\n").into_bytes(),
    ];
    for bytes in garbage {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        let mut stream = TcpStream::connect(emulator.url().trim_start_matches("http://")).await.unwrap();
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        if let Some(reply) = Reply::parse(&answer) {
            assert!((400..500).contains(&reply.status), "{shown}: {}", reply.status);
        }
        assert!(is_well(&emulator).await, "{shown}");
    }
}

#[tokio::test]
async fn bad_encodings_are_refused_or_taken_as_they_are() {
    let emulator = builder().start().await.unwrap();
    for (query, status, code) in [
        ("OrderId=%", 400, "InvalidOrderId"),
        ("OrderId=%zz", 400, "InvalidOrderId"),
        ("OrderId=1&RealLoginUserUid=%zz", 200, ""),
        ("OrderId=1&RealLoginUserUid=%ff", 400, "InvalidParameter.Encoding"),
        ("&&=&OrderId=1&", 200, ""),
        ("OrderId=1&OrderId=x", 200, ""),
    ] {
        // As a bearer signs nothing, the query need not be one that can be signed.
        let bearer = builder().bearer_token("b").start().await.unwrap();
        let query = format!("/?SignatureType=BEARERTOKEN&{query}");
        let shown = query.clone();
        let call = dms("GetDataExportDownloadURL").unsigned().header("x-acs-bearer-token", "b");
        let reply = call.after_signing(move |wire| wire.target.clone_from(&query)).send(&bearer).await;
        assert_eq!((reply.status, reply.code().unwrap_or_default().as_str()), (status, code), "{shown}");
    }
    let form = dms("GetDataExportOrderDetail").form("OrderId", "1");
    let reply = form.body(b"OrderId=%ff").send(&emulator).await;
    assert_eq!((reply.status, reply.code().as_deref()), (400, Some("InvalidParameter.Encoding")));
}

#[tokio::test]
async fn deep_json_is_refused() {
    let emulator = builder().start().await.unwrap();
    let deep = "[".repeat(100_000);
    let call = support::call::rpc("Styles", "2020-01-01").form("Free", &deep);
    assert_eq!(call.send(&emulator).await.code().as_deref(), Some("InvalidFree"));
    assert!(is_well(&emulator).await);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let emulator = builder().start().await.unwrap();
    let head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999\r\nconnection: close\r\n\r\n";
    let mut stream = TcpStream::connect(emulator.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = vec![0; 1 << 20];
    for _ in 0..80 {
        if stream.write_all(&chunk).await.is_err() {
            break;
        }
    }
    assert!(is_well(&emulator).await);
    assert_eq!(emulator.requests()[0].code.as_deref(), Some("RequestEntityTooLarge"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_are_served_at_once() {
    let emulator = builder().start().await.unwrap();
    let slow = CannedReply::new(200).delay(Duration::from_secs(30));
    emulator.set_reply("GetDataExportOrderDetail", slow).unwrap();
    let waiting = dms("GetDataExportOrderDetail").form("OrderId", "1").wire().bytes();
    let url = emulator.url().to_owned();
    // One that waits keeps nobody else from being served.
    let waiting = tokio::spawn(async move { exchange(&url, &waiting).await });
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let (bytes, url) = (good().wire().bytes(), emulator.url().to_owned());
        calls.spawn(async move { Reply::parse(&exchange(&url, &bytes).await).map(|reply| reply.status) });
    }
    let statuses = calls.join_all().await;
    assert!(statuses.iter().all(|status| *status == Some(200)), "{statuses:?}");
    let served = emulator.requests().iter().filter(|request| request.status == 200).count();
    assert!(served >= 200, "{served}");
    waiting.abort();
}

#[tokio::test]
async fn one_connection_serves_several_requests() {
    let emulator = builder().start().await.unwrap();
    let mut stream = TcpStream::connect(emulator.url().trim_start_matches("http://")).await.unwrap();
    let keep = |wire: Wire| String::from_utf8(wire.bytes()).unwrap().replace("connection: close\r\n", "");
    let requests = [keep(good().wire()), keep(dms("Nothing").wire())].concat();
    stream.write_all(requests.as_bytes()).await.unwrap();
    stream.write_all(&good().wire().bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2);
    assert_eq!(answer.matches("HTTP/1.1 404 Not Found").count(), 1);
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let emulator = builder().start().await.unwrap();
    let address = emulator.url().trim_start_matches("http://").to_owned();
    let mut idle = TcpStream::connect(&address).await.unwrap();
    assert!(is_well(&emulator).await);
    drop(emulator);
    let closed = tokio::time::timeout(Duration::from_secs(5), idle.read(&mut [0])).await;
    assert!(matches!(closed, Ok(Ok(0) | Err(_))), "{closed:?}");
    assert!(TcpStream::connect(&address).await.is_err());
}

#[tokio::test]
async fn it_finishes_what_it_began_when_it_is_stopped() {
    let emulator = builder().start().await.unwrap();
    let late = CannedReply::new(200).body("late").delay(Duration::from_millis(100));
    emulator.set_reply("GetDataExportDownloadURL", late).unwrap();
    let (bytes, url) = (good().wire().bytes(), emulator.url().to_owned());
    let address = url.trim_start_matches("http://").to_owned();
    let call = tokio::spawn(async move { exchange(&url, &bytes).await });
    while emulator.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    emulator.stop().await;
    assert_eq!(Reply::parse(&call.await.unwrap()).unwrap().body, b"late");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error() {
    let emulator = builder().start().await.unwrap();
    let port = emulator.url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(matches!(builder().port(port).start().await, Err(StartError::Listen(_))));
}
