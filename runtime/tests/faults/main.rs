//! What can go wrong on the way, over real sockets: what a caller sees, and how often the server is asked.
//!
//! Each fault is played to an operation that reads, which may be sent again, and to one that writes, which may not
//! unless it is known to be harmless. Waits between attempts take no time: the clock is the test's.

mod cases;
mod server;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use alicloud_runtime::{
    ClientBuilder, ClientCore, Config, Credentials, Envelope, Error, ErrorKind, Operation, Sending,
};
use serde_json::Value;

use cases::{Expected, cases};
use server::{Fault, Server};
use support::{Ask, ENDPOINTS, ManualClock, OPERATION};

const ENVELOPE: Envelope =
    Envelope { success: &["Success"], code: &["ErrorCode"], message: &["ErrorMessage"], code_ok: &[] };
static READS: Operation = Operation { action: "Read", idempotent: true, envelope: ENVELOPE, ..OPERATION };
static WRITES: Operation = Operation { action: "Write", idempotent: false, envelope: ENVELOPE, ..OPERATION };

fn client(server: &Server) -> ClientCore {
    // Where the server says nothing, it is given up soon; anything else may take as long as a busy machine makes it.
    let timeout = if server.is_silent() { Duration::from_millis(150) } else { Duration::from_secs(20) };
    let config = Config::builder()
        .endpoint(format!("http://{}", server.address()))
        .credentials(Credentials::sts("id", "hush", "hush-token"))
        .clock(ManualClock::new())
        .timeout(timeout)
        .stall_timeout(Duration::from_millis(100))
        .max_response_bytes(4096)
        .build()
        .unwrap();
    ClientBuilder::new(&config, &ENDPOINTS).build().unwrap()
}

async fn call(server: &Server, operation: &'static Operation) -> Result<Value, Error> {
    Sending::new(&Ask::new(client(server).call(operation), |wire| wire.query("Password", &"hush-parameter"))).await
}

fn assert_no_secret(name: &str, error: &Error) {
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("hush") && !text.contains("Signature=") && !text.contains('\n'), "{name}: {text}");
        assert!(text.len() < 2_000, "{name}: {text}");
    }
}

#[tokio::test]
async fn every_fault_is_told_and_repeated_as_it_should_be() {
    let cases = cases();
    assert!(cases.len() * 2 >= 100, "{} faults", cases.len());
    for case in cases {
        for (operation, requests) in [(&READS, case.reads), (&WRITES, case.writes)] {
            let server = Server::start(case.fault.clone()).await;
            let name = format!("{} {}", operation.action, case.name);
            match (call(&server, operation).await, &case.expected) {
                (Ok(value), Expected::Value(expected)) => assert_eq!(&value, expected, "{name}"),
                (Err(error), Expected::Error(kind, status, words)) => {
                    assert_eq!((error.kind(), error.status()), (*kind, *status), "{name}: {error}");
                    assert!(error.to_string().contains(words), "{name}: {words:?} is not in {error}");
                    assert_eq!(error.attempts(), requests, "{name}: {error}");
                    assert_no_secret(&name, &error);
                }
                (outcome, expected) => panic!("{name}: {outcome:?} in place of {expected:?}"),
            }
            assert_eq!(server.requests(), if server.is_refusing() { 0 } else { requests }, "{name}");
        }
    }
}

#[tokio::test]
async fn a_fault_that_passes_is_not_seen() {
    for (fault, attempts) in [
        (Fault::Close, 2),
        (Fault::Reset, 2),
        (Fault::Stall("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"), 2),
        (cases::reply("503 Service Unavailable", "", ""), 2),
        (cases::reply("429 Too Many Requests", "x-acs-retry-after: 7\r\n", ""), 2),
    ] {
        let server = Server::start_with(fault.clone(), attempts - 1, cases::reply("200 OK", "", r#"{"A":1}"#)).await;
        assert_eq!(call(&server, &READS).await.unwrap()["A"], 1, "{fault:?}");
        assert_eq!(server.requests(), attempts, "{fault:?}");
    }
}

#[tokio::test]
async fn a_body_that_stops_is_told_from_a_slow_answer() {
    let stalled = Server::start(Fault::Stall("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{")).await;
    let error = call(&stalled, &WRITES).await.unwrap_err();
    assert!(error.is_timeout() && error.is_stalled() && error.was_sent(), "{error}");
    assert!(error.to_string().contains("nothing more of the reply came for 100ms"), "{error}");
    let silent = Server::start(Fault::Hang).await;
    let error = call(&silent, &WRITES).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_stalled() && error.kind() == ErrorKind::Timeout, "{error}");
    assert!(!error.is_retryable(), "{error}");
    assert!(call(&silent, &READS).await.unwrap_err().is_retryable());
}

/// A dropped future takes its connection with it: the server sees the end of it.
#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let server = Server::start(Fault::Hang).await;
    let core = client(&server);
    let request =
        Ask::<Value>::new(core.call(&READS), |_| {}).call.with(|options| options.timeout(Duration::from_secs(60)));
    let sending = tokio::spawn(Sending::new(&Ask::<Value>::new(request, |_| {})));
    server.until_requests(1).await;
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    server.until_closed().await;
}
