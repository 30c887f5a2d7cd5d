//! What is told about calls and attempts, and what never is.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use alicloud_runtime::{Credentials, Method, Operation, RetryPolicy, Sending};
use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

mod support;

use support::{Ask, OPERATION, Script, block_on, builder, core};

static GET: Operation = Operation { method: Method::Get, ..OPERATION };

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn calls_and_attempts_have_spans_without_secrets() {
    let link = r#"{"RequestId":"R-2","Url":"https://example.com/f?Signature=hush-link"}"#;
    let refused = r#"{"Code":"Throttling.User","RequestId":"R-1","Message":"hush-not"}"#;
    let script = Script::new([Ok((429, refused.replace("hush-not", "slow"))), Ok((200, link.to_owned()))]);
    let config = builder(&script).retry(RetryPolicy::standard());
    let config = config.credentials(Credentials::sts("id", "hush-secret", "hush-token")).build().unwrap();
    let call = core(&config).call(&GET).with(|options| options.header("x-acs-extra", "hush-header"));
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let request = Ask::<Value>::new(call, |wire| {
        wire.query("Password", &"hush-query");
        wire.form("F", &"hush-form");
    });
    tracing::subscriber::with_default(subscriber, || block_on(Sending::new(&request))).unwrap();
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for words in [
        "call{otel.name=\"Test\" otel.kind=\"internal\" rpc.system=\"alicloud\" rpc.service=\"test\" rpc.method=\"Test\"",
        "attempt{otel.name=\"GET\" otel.kind=\"client\" http.request.method=\"GET\" http.request.resend_count=0",
        "http.request.resend_count=1",
        "server.address=\"test.example.com\" server.port=443 url.scheme=\"https\" url.path=\"/\"",
        "http.response.status_code=429",
        "http.response.status_code=200",
        "alicloud.request_id=\"R-1\"",
        "alicloud.request_id=\"R-2\"",
        "error.type=\"Throttling.User\"",
        "trying again",
        "alicloud.attempts=2",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(!text.contains("hush") && !text.contains("Signature=") && !text.contains("Password"), "{text}");
}
