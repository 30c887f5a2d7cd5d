//! The built-in transport against a real socket.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::time::Duration;

use alicloud_runtime::{
    ClientBuilder, Config, Credentials, Download, ErrorKind, Link, Request, RetryPolicy, Sending, Wire,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

mod support;

use support::{Ask, ENDPOINTS, OPERATION};

/// Answers one connection after the other with the given bytes, in which `@` stands for its own address; returns what
/// it was asked.
async fn serve(replies: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let own = address.clone();
    let served = tokio::spawn(async move {
        let mut asked = Vec::new();
        for reply in replies {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !is_complete(&request) {
                if stream.read_buf(&mut request).await.unwrap() == 0 {
                    break;
                }
            }
            asked.push(String::from_utf8(request).unwrap());
            if reply == "hang" {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
            stream.write_all(reply.replace('@', &own).as_bytes()).await.unwrap();
        }
        asked
    });
    (address, served)
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_none_or(|length| length.parse::<usize>().unwrap() <= body.len())
}

fn reply(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}", body.len())
}

fn request<T>(address: &str, encode: fn(&mut Wire)) -> Ask<T> {
    let config = Config::builder()
        .endpoint(format!("http://{address}"))
        .credentials(Credentials::access_key("id", "hush"))
        .timeout(Duration::from_millis(500))
        .max_response_bytes(64)
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let core: alicloud_runtime::ClientCore = ClientBuilder::new(&config, &ENDPOINTS).build().unwrap();
    Ask::new(core.call(&OPERATION), encode)
}

#[tokio::test]
async fn sends_and_receives() {
    let (address, served) = serve(vec![reply("200 OK", "x-acs-request-id: R\r\n", r#"{"A":"中"}"#)]).await;
    let value: Value = Sending::new(&request::<Value>(&address, |wire| wire.query("Q", &"a b"))).await.unwrap();
    assert_eq!(value["A"], "中");
    let asked = served.await.unwrap().remove(0);
    assert!(asked.starts_with("POST /?Q=a%20b HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains(&format!("\r\nhost: {address}\r\n")), "{asked}");
    assert!(asked.contains("\r\ncontent-length: 0\r\n") && !asked.contains("content-type"), "{asked}");
    assert!(asked.contains("\r\nauthorization: ACS3-HMAC-SHA256 Credential=id,"), "{asked}");
}

#[tokio::test]
async fn reports_faults() {
    for (served, kind, message) in [
        (reply("302 Found", "location: http://@/\r\n", ""), ErrorKind::Service, "an empty reply"),
        (reply("502 Bad Gateway", "", "<html><h1>Bad</h1></html>"), ErrorKind::Service, "Bad"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}".to_owned(), ErrorKind::Connection, "end"),
        (String::new(), ErrorKind::Connection, "error sending request"),
        ("hang".to_owned(), ErrorKind::Timeout, "timed out"),
        (reply("200 OK", "", &" ".repeat(65)), ErrorKind::Decode, "larger than 64 bytes"),
    ] {
        let (address, _served) = serve(vec![served.clone()]).await;
        let error = Sending::new(&request::<Value>(&address, |wire| wire.query("Q", &"secret"))).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(message), "{error}");
        assert!(!error.to_string().contains("secret") && error.was_sent(), "{error}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let error = Sending::new(&request::<Value>(&address, |_| {})).await.unwrap_err();
    assert!(error.is_connection() && !error.was_sent(), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let redirect = reply(status, "location: http://@/?Elsewhere=1\r\n", "");
        let (address, served) = serve(vec![redirect, reply("200 OK", "", "{}")]).await;
        let error = Sending::new(&request::<Value>(&address, |_| {})).await.unwrap_err();
        assert_eq!(error.status(), Some(status[..3].parse().unwrap()), "{error}");
        // Who comes next is asked for, and not sent there.
        Sending::new(&request::<Value>(&address, |wire| wire.query("Next", &1))).await.unwrap();
        assert!(served.await.unwrap()[1].starts_with("POST /?Next=1 "));
    }
}

static LINK: Link =
    Link { path: "Link.Url", ready: Some(("Link.Ready", "true")), reason: Some("Link.Why"), ..Link::NONE };

fn link(ready: bool) -> String {
    let body = format!(r#"{{"Link":{{"Ready":{ready},"Url":" http://@/f?S=hush\n","Why":"wait"}}}}"#);
    // The address is longer than the sign that stands for it, and the reply is not to be cut.
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}")
}

fn small<T>(address: &str) -> Ask<T> {
    let config = Config::builder()
        .endpoint(format!("http://{address}"))
        .credentials(Credentials::access_key("id", "hush"))
        .build()
        .unwrap();
    let core: alicloud_runtime::ClientCore = ClientBuilder::new(&config, &ENDPOINTS).build().unwrap();
    Ask::new(core.call(&OPERATION), |_| {})
}

#[tokio::test]
async fn says_that_there_is_nothing_to_download_yet() {
    let directory = tempfile::tempdir().unwrap();
    let (address, _served) = serve(vec![link(false)]).await;
    let error = Download::new(small::<Value>(&address), &LINK, &directory.path().join("f")).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::NotReady, "there is nothing to download yet: wait"));
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[test]
fn futures_can_be_sent_to_other_threads() {
    fn sent<T: Send>(_: &T) {}
    let request = small::<Value>("127.0.0.1:1");
    sent(&Sending::new(&request));
    assert_eq!(format!("{:?}", request.call()), "Test");
}
