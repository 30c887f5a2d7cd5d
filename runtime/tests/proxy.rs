//! Proxies over real sockets: which is asked, what it sees, and who is reached without.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::process::Command;
use std::sync::{Arc, Mutex};

use alicloud_runtime::ReqwestTransport;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[path = "support/over.rs"]
mod over;

use over::ask;

/// Heads of requests, in the order in which they came.
type Asked = Arc<Mutex<Vec<String>>>;

/// Answers every request with `status` and `{"From":"name"}`; refuses tunnels.
async fn serve(name: &'static str) -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Asked::default();
    let heads = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.unwrap_or(0) > 0 {}
            let head = String::from_utf8(head).unwrap();
            let status = if head.starts_with("CONNECT") { "403 Forbidden" } else { "200 OK" };
            heads.lock().unwrap().push(head);
            let body = format!(r#"{{"From":"{name}"}}"#);
            let reply =
                format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            let _ = stream.write_all(reply.as_bytes()).await;
        }
    });
    (address, asked)
}

/// Who answered.
async fn answered(endpoint: &str, transport: ReqwestTransport) -> String {
    ask(endpoint, transport).await.unwrap()["From"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_proxy_is_asked_unless_the_host_is_excepted() {
    let (proxy, asked) = serve("proxy").await;
    let (service, _) = serve("service").await;
    let endpoint = format!("http://{service}");
    for (no_proxy, from) in [
        ("", "proxy"),
        ("other.example.com", "proxy"),
        ("127.0.0.2", "proxy"),
        ("127.0.0.1", "service"),
        ("other.example.com, 127.0.0.0/8", "service"),
        ("*", "service"),
        ("10.0.0.1, *", "service"),
    ] {
        let builder = ReqwestTransport::builder().proxy(format!("http://{proxy}")).no_proxy(no_proxy);
        assert_eq!(answered(&endpoint, builder.build().unwrap()).await, from, "{no_proxy:?}");
    }
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|head| head.starts_with(&format!("POST http://{service}/ HTTP/1.1\r\n"))), "{asked:?}");
}

#[tokio::test]
async fn names_below_an_excepted_name_are_excepted() {
    let (proxy, asked) = serve("proxy").await;
    for (no_proxy, requests) in [("internal", 0), (".internal", 0), ("a.internal", 0), ("b.internal", 1)] {
        asked.lock().unwrap().clear();
        let builder = ReqwestTransport::builder().proxy(format!("http://{proxy}")).no_proxy(no_proxy);
        let outcome = ask("http://a.internal", builder.build().unwrap()).await;
        // Reached directly, the name is not known to anybody.
        assert_eq!((outcome.is_ok(), asked.lock().unwrap().len()), (requests == 1, requests), "{no_proxy:?}");
    }
}

#[tokio::test]
async fn a_proxy_is_told_the_password_and_of_https_nothing_but_the_host() {
    let (proxy, asked) = serve("proxy").await;
    let transport =
        ReqwestTransport::builder().proxy(format!("http://user:p%40ss@{proxy}")).no_proxy("").build().unwrap();
    assert_eq!(answered("http://service.test", transport.clone()).await, "proxy");
    let head = asked.lock().unwrap()[0].to_ascii_lowercase();
    // user:p@ss
    assert!(head.contains("\r\nproxy-authorization: basic dxnlcjpwqhnz\r\n"), "{head}");

    if cfg!(feature = "rustls") {
        let error = ask("https://service.test", transport).await.unwrap_err();
        assert!(error.is_connection() && !error.was_sent(), "{error}");
        assert!(!error.to_string().contains("p%40ss"), "{error}");
        let head = asked.lock().unwrap()[1].to_ascii_lowercase();
        assert!(head.starts_with("connect service.test:443 http/1.1\r\n"), "{head}");
        assert!(!head.contains("\r\nauthorization:") && !head.contains("x-acs-"), "{head}");
    }
}

#[test]
fn refuses_what_is_no_proxy() {
    for (url, message) in [
        ("", "the proxy is not a URL: relative URL without a base"),
        ("proxy:3128", "the proxy proxy:3128 is no http or https URL"),
        ("socks5://user:hush@proxy", "the proxy proxy is no http or https URL"),
        ("http://user:hush@", "the proxy is not a URL: empty host"),
    ] {
        let error = ReqwestTransport::builder().proxy(url).build().unwrap_err();
        assert!(error.is_invalid_configuration());
        assert_eq!(error.to_string(), message);
    }
    let builder = ReqwestTransport::builder().proxy("http://user:hush@proxy");
    assert!(!format!("{builder:?}").contains("hush"));
}

/// A process of its own, since the environment of this one is everybody's.
#[test]
fn the_environment_names_proxies_and_exceptions() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (proxy, asked) = runtime.block_on(serve("proxy"));
    let (service, _) = runtime.block_on(serve("service"));
    let url = format!("http://{proxy}");
    for (environment, from) in [
        (&[][..], "service"),
        (&[("HTTP_PROXY", url.as_str())], "proxy"),
        (&[("http_proxy", &url)], "proxy"),
        (&[("ALL_PROXY", &url)], "proxy"),
        (&[("HTTPS_PROXY", &url)], "service"),
        (&[("HTTP_PROXY", &url), ("NO_PROXY", "10.0.0.1")], "proxy"),
        (&[("HTTP_PROXY", &url), ("NO_PROXY", "10.0.0.1,127.0.0.1")], "service"),
        (&[("HTTP_PROXY", &url), ("no_proxy", "*")], "service"),
        (&[("HTTP_PROXY", &url), ("HOW", "without")], "service"),
        (&[("HTTP_PROXY", "http://127.0.0.1:1"), ("HOW", &url)], "proxy"),
        (&[("NO_PROXY", "127.0.0.1"), ("HOW", &url)], "service"),
    ] {
        asked.lock().unwrap().clear();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "in_a_process_of_its_own", "--ignored", "--nocapture"]);
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        command.env("SERVICE", format!("http://{service}")).envs(environment.iter().copied());
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains(&format!("answered by {from}")), "{environment:?}: {text}");
        assert_eq!(asked.lock().unwrap().len(), usize::from(from == "proxy"), "{environment:?}");
    }
}

#[tokio::test]
#[ignore = "started by another test, with an environment"]
async fn in_a_process_of_its_own() {
    let builder = ReqwestTransport::builder();
    let builder = match std::env::var("HOW").as_deref() {
        Ok("without") => builder.without_proxy(),
        Ok(url) => builder.proxy(url),
        Err(_) => builder,
    };
    let service = std::env::var("SERVICE").unwrap();
    println!("answered by {}", answered(&service, builder.build().unwrap()).await);
}
