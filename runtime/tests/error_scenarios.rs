//! What becomes of a fault: the official Python SDK against ours, over real sockets, scenario by scenario.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::{
    ClientBuilder, ClientCore, Config, Credentials, Envelope, Error, Operation, RetryPolicy, Sending,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

mod support;

use support::{Ask, ENDPOINTS, ManualClock};

const ENVELOPE: Envelope =
    Envelope { success: &["Success"], code: &["ErrorCode"], message: &["ErrorMessage"], ..Envelope::NONE };
static DMS: Operation =
    Operation { action: "GetDataExportDownloadURL", idempotent: true, envelope: ENVELOPE, ..Operation::RPC };
static OTHER: Operation = Operation { action: "Describe", idempotent: true, ..Operation::RPC };

/// Scenarios in which ours does otherwise, and why.
const ON_PURPOSE: &[(&str, &str)] = &[
    ("200_success_false", "a failure of the business is an error"),
    ("301_redirect", "redirects are not followed: the signature is for another path"),
    ("302_redirect_async", "redirects are not followed: the signature is for another path"),
    ("400_json_lower_requestid", "the request id is read in all its spellings"),
    ("200_utf8_bom", "a byte order mark is no reason to fail"),
    ("600_status", "only 2xx is success"),
    ("config_retry_html_500", "what can be repeated does not depend on the body of the error"),
    ("default_no_retry_503", "retries are on by default"),
    ("empty_body_200", "nothing is an empty reply"),
    ("empty_body_200_v1rpc", "nothing is an empty reply"),
    ("runtime_autoretry_ignored", "retries are on by default"),
    ("runtime_retry_options_ignored", "retries are on by default"),
];

/// Scenarios about something else than a reply.
const ELSEWHERE: &[(&str, &str)] = &[
    ("env_http_proxy_used", "tests/proxy.rs"),
    ("env_no_proxy_ignored", "tests/proxy.rs: NO_PROXY is honoured"),
    ("keepalive_2", "tests/transport.rs"),
];

/// What came of a call.
#[derive(Debug, PartialEq)]
struct Outcome {
    returned: bool,
    /// Code, status and request id, where the official SDK tells them.
    told: Option<(Option<String>, Option<u16>, Option<String>)>,
    requests: u64,
}

fn theirs(scenario: &Value) -> Outcome {
    let exception = &scenario["exception"];
    let text = |name: &str| exception[name].as_str().filter(|text| *text != "None").map(str::to_owned);
    let is_told = exception["class_name"].as_str().is_some_and(|class| class != "UnretryableException");
    let status = exception["status_code"].as_u64().and_then(|status| u16::try_from(status).ok());
    Outcome {
        returned: scenario["outcome"] == "returned",
        told: is_told.then(|| (text("code"), status, text("request_id"))),
        requests: scenario["requests_seen"].as_u64().unwrap(),
    }
}

async fn ours(scenario: &Value, tells: bool) -> Outcome {
    let name = scenario["scenario"].as_str().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = scenario["served"].as_array().unwrap().clone();
    let refuses = served.is_empty();
    let server = (!refuses).then(|| tokio::spawn(serve(listener, served)));
    let retries = ["config_retry_", "default_", "runtime_"].iter().any(|prefix| name.starts_with(prefix));
    let config = Config::builder()
        .endpoint(format!("http://{address}"))
        .credentials(Credentials::access_key("id", "hush"))
        .timeout(Duration::from_millis(300))
        .clock(ManualClock::new() as Arc<_>)
        .retry(if retries { RetryPolicy::default() } else { RetryPolicy::never() })
        .build()
        .unwrap();
    let core: ClientCore = ClientBuilder::new(&config, &ENDPOINTS).build().unwrap();
    let operation = if scenario["client"] == "dms" { &DMS } else { &OTHER };
    let result: Result<Value, Error> = Sending::new(&Ask::<Value>::new(core.call(operation), |_| {})).await;
    let told = |error: &Error| (error.code().map(str::to_owned), error.status(), error.request_id().map(str::to_owned));
    let requests = if refuses { 0 } else { config.counters().attempts };
    if let Some(server) = server {
        server.abort();
    }
    Outcome { returned: result.is_ok(), told: result.as_ref().err().filter(|_| tells).map(told), requests }
}

/// One connection for each reply.
async fn serve(listener: TcpListener, replies: Vec<Value>) {
    for reply in replies {
        let (stream, _) = listener.accept().await.unwrap();
        answer(stream, &reply).await;
    }
    // A request too many is not answered.
    std::future::pending::<()>().await;
}

async fn answer(mut stream: TcpStream, reply: &Value) {
    if reply["behaviour"] == "reset" {
        // What was sent is not read, so that closing resets the connection.
        stream.readable().await.unwrap();
        return;
    }
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
    match reply["behaviour"].as_str() {
        Some("hang") => {
            // Until the other side gives up.
            let _ = stream.read(&mut [0]).await;
        }
        Some(_) => {}
        None => {
            // The other side may have gone away already.
            let _ = stream.write_all(&bytes(reply)).await;
        }
    }
}

fn bytes(reply: &Value) -> Vec<u8> {
    use std::fmt::Write as _;

    let body = match &reply["body"]["base64"] {
        Value::String(text) => base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).unwrap(),
        _ => reply["body"].as_str().unwrap().as_bytes().to_vec(),
    };
    let length = body.len() as u64 + reply["extra_length"].as_u64().unwrap_or(0);
    let mut head = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", reply["status"].as_u64().unwrap_or(200));
    if reply["status"] != 204 {
        write!(head, "content-length: {length}\r\n").unwrap();
    }
    for (name, value) in reply["headers"].as_object().into_iter().flatten() {
        if let Some(value) = value.as_str() {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
    }
    [head.as_bytes(), b"\r\n", &body].concat()
}

#[tokio::test]
async fn faults_become_what_they_are() {
    let all: Value = serde_json::from_str(include_str!("data/error_scenarios.json")).unwrap();
    let scenarios = all["error_scenarios"].as_array().unwrap();
    let mut otherwise = Vec::new();
    for scenario in scenarios {
        let name = scenario["scenario"].as_str().unwrap();
        let needs_gzip = name == "200_gzip" && !cfg!(feature = "gzip");
        if needs_gzip || ELSEWHERE.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let theirs = theirs(scenario);
        let ours = ours(scenario, theirs.told.is_some()).await;
        match ON_PURPOSE.iter().find(|(other, _)| *other == name) {
            Some((_, why)) => {
                assert_ne!(ours, theirs, "{name} is no different, though: {why}");
                otherwise.push(name);
            }
            None => assert_eq!(ours, theirs, "{name}"),
        }
    }
    assert_eq!((scenarios.len(), otherwise.len()), (57, ON_PURPOSE.len()));
}
