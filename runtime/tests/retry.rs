//! What is sent when a call is made again, and when it is not.

use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::{
    Call, Clock, ConfigBuilder, Counters, Credentials, ErrorKind, HttpRequest, Operation, Random, RetryPolicy, Sending,
    SignatureInput, SignedHeaders, TransportError, sign,
};
use serde_json::Value;

mod support;

use support::{Ask, ManualClock, OPERATION, Script, block_on, builder, core};

static WRITES: Operation = Operation { idempotent: false, ..OPERATION };
static WITH_TOKEN: Operation = Operation { client_token: Some("ClientToken"), ..WRITES };

type Played = Result<(u16, String), TransportError>;

fn failing(status: u16, body: &str) -> Played {
    Ok((status, body.to_owned()))
}

fn broken() -> Played {
    Err(TransportError::other("the connection broke", true))
}

/// Half of the longest wait; nonces count.
#[derive(Debug, Default)]
struct Half(std::sync::atomic::AtomicU64);

impl Random for Half {
    fn bits(&self) -> u128 {
        1 << 127 | u128::from(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
    }
}

fn retrying(script: &Arc<Script>) -> ConfigBuilder {
    builder(script).retry(RetryPolicy::standard()).random(Arc::new(Half::default()))
}

fn send(call: Call, encode: fn(&mut alicloud_runtime::Wire)) -> Result<Value, alicloud_runtime::Error> {
    block_on(Sending::new(&Ask::new(call, encode)))
}

fn header(request: &HttpRequest, name: &str) -> Option<String> {
    request.headers.get(name).map(|value| value.to_str().unwrap().to_owned())
}

#[test]
fn every_attempt_has_a_date_a_nonce_and_a_signature_of_its_own() {
    let script = Script::new([broken(), failing(503, ""), failing(200, r#"{"A":1}"#)]);
    let config = retrying(&script).build().unwrap();
    let value = send(core(&config).call(&OPERATION), |wire| {
        wire.query("Q", &"x y");
        wire.form("F", &"1");
    });
    assert_eq!(value.unwrap()["A"], 1);
    let requests = script.requests();
    let column = |name: &str| requests.iter().map(|request| header(request, name)).collect::<Vec<_>>();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(column("x-acs-retry-attempts"), [None, text("1"), text("2")]);
    assert_eq!(column("x-acs-retry-delay"), [None, text("100"), text("200")]);
    for name in ["x-acs-signature-nonce", "authorization"] {
        let mut values = column(name);
        values.sort();
        values.dedup();
        assert_eq!(values.len(), 3, "{name}");
    }
    for request in &requests {
        assert_eq!((request.url.query(), request.body.as_bytes()), (Some("Q=x%20y"), Some(&b"F=1"[..])));
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        let signature = sign(&SignatureInput {
            algorithm: alicloud_runtime::Algorithm::HmacSha256,
            method: "POST",
            path: "/",
            query: &[("Q", "x y")],
            headers: &headers,
            signed_headers: SignedHeaders::Standard,
            payload_hash: &header(request, "x-acs-content-sha256").unwrap(),
            access_key_id: "id",
            access_key_secret: "hush",
        });
        assert_eq!(header(request, "authorization"), Some(signature.authorization));
    }
    assert!(header(&requests[2], "authorization").unwrap().contains("x-acs-retry-attempts;x-acs-retry-delay"));
}

#[test]
fn a_client_token_makes_a_request_repeatable() {
    type Encode = fn(&mut alicloud_runtime::Wire);
    for (operation, encode, attempts) in [
        (&WITH_TOKEN, (|wire| wire.query("ClientToken", &"t")) as Encode, 3),
        (&WITH_TOKEN, |wire| wire.form("ClientToken", &"t"), 3),
        (&WITH_TOKEN, |wire| wire.body_json(&serde_json::json!({"ClientToken": "t"})), 3),
        (&WITH_TOKEN, |wire| wire.header("clienttoken", &"t"), 3),
        (&WITH_TOKEN, |_| {}, 1),
        (&WITH_TOKEN, |wire| wire.query("ClientToken", &""), 1),
        (&WITH_TOKEN, |wire| wire.form("Other", &"t"), 1),
        (&WITH_TOKEN, |wire| wire.body_json(&serde_json::json!({"Other": "t"})), 1),
        (&WRITES, |wire| wire.query("ClientToken", &"t"), 1),
    ] {
        let script = Script::new(std::iter::repeat_with(|| failing(500, "")).take(9));
        let config = retrying(&script).build().unwrap();
        let error = send(core(&config).call(operation), encode).unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (attempts, attempts > 1));
        assert_eq!(script.requests().len(), attempts as usize);
    }
}

#[test]
fn policies_can_be_replaced() {
    let attempts = |change: fn(ConfigBuilder) -> ConfigBuilder, with: fn(Call) -> Call| {
        let script = Script::new(std::iter::repeat_with(broken).take(40));
        let config = change(retrying(&script)).build().unwrap();
        let error = send(with(core(&config).call(&WRITES)), |_| {}).unwrap_err();
        assert_eq!(script.requests().len(), error.attempts() as usize);
        error.attempts()
    };
    assert_eq!(attempts(|config| config, |call| call), 1);
    assert_eq!(attempts(|config| config, |call| call.with(|options| options.repeatable(true))), 3);
    let repeatable = |call: Call| call.with(|options| options.repeatable(true));
    assert_eq!(attempts(|config| config.retry(RetryPolicy::never()), repeatable), 1);
    assert_eq!(attempts(|config| config.retry(RetryPolicy::standard().attempts(5)), repeatable), 5);
    let per_call =
        |call: Call| call.with(|options| options.repeatable(true).retry(RetryPolicy::standard().attempts(2)));
    assert_eq!(attempts(|config| config.retry(RetryPolicy::never()), per_call), 2);
    // A policy of one's own is asked whatever the failure.
    let own = RetryPolicy::custom(|attempt| (attempt.number() < 7).then_some(Duration::ZERO));
    let script = Script::new(std::iter::repeat_with(|| failing(404, "")).take(40));
    let config = retrying(&script).retry(own).build().unwrap();
    assert_eq!(send(core(&config).call(&WRITES), |_| {}).unwrap_err().attempts(), 7);
}

#[test]
fn the_budget_ends_retries_in_an_outage_and_successes_fill_it_again() {
    let script = Script::new(std::iter::repeat_with(broken).take(3 * 50 + 10).chain([failing(200, "{}")]));
    let config = retrying(&script).build().unwrap();
    let client = core(&config);
    for call in 0..60 {
        let error = send(client.call(&OPERATION), |_| {}).unwrap_err();
        assert_eq!(error.attempts(), if call < 50 { 3 } else { 1 });
        assert!(error.is_retryable());
    }
    let expected: Counters = config.counters();
    assert_eq!((expected.calls, expected.attempts, expected.retries), (60, 160, 100));
    assert_eq!((expected.throttles, expected.failures), (0, 60));
    for _ in 0..5 {
        send(client.call(&OPERATION), |_| {}).unwrap();
    }
    script.replies.lock().unwrap().extend([broken(), failing(200, "{}")]);
    send(client.call(&OPERATION), |_| {}).unwrap();
    let now = config.counters();
    assert_eq!((now.calls, now.attempts, now.retries, now.failures), (66, 167, 101, 60));
}

#[test]
fn the_whole_call_has_a_limit() {
    let script = Script::new(std::iter::repeat_with(broken).take(9));
    let config = retrying(&script).call_timeout(Duration::from_millis(250)).build().unwrap();
    let error = send(core(&config).call(&OPERATION), |_| {}).unwrap_err();
    // After 100 ms there is another attempt; 200 ms more would be too long.
    assert_eq!(
        (error.attempts(), error.elapsed(), error.kind()),
        (2, Duration::from_millis(100), ErrorKind::Connection)
    );
    assert!(error.to_string().ends_with("(2 attempts in 0.1 s)"), "{error}");
    let timeouts: Vec<_> = script.requests().iter().map(|request| request.timeout.unwrap().as_millis()).collect();
    assert_eq!(timeouts, [250, 150]);

    let with = |call: Call| call.with(|options| options.call_timeout(Duration::ZERO));
    let error = send(with(core(&config).call(&OPERATION)), |_| {}).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(error.message().starts_with("the call took longer than 0ns"), "{error}");
}

#[test]
fn a_call_that_uses_up_its_time_in_one_attempt_says_so() {
    let script = Script::new([Err(TransportError::timeout("the operation timed out", true))]);
    let config = retrying(&script).build().unwrap();
    let call = core(&config).call(&WRITES).with(|options| options.call_timeout(Duration::from_secs(2)));
    let error = send(call, |_| {}).unwrap_err();
    assert!(error.is_timeout() && error.was_sent(), "{error}");
    assert_eq!(error.message(), "the call took longer than 2s, see `ConfigBuilder::call_timeout`");
}

#[test]
fn the_wrong_secret_and_a_fault_of_ours_are_told_apart() {
    // What the service read is known only when the request was sent, so a transport answers that knows it.
    struct Mismatch(fn(&str) -> String);
    impl alicloud_runtime::Transport for Mismatch {
        fn send(
            &self,
            request: HttpRequest,
        ) -> std::pin::Pin<Box<dyn Future<Output = Result<alicloud_runtime::HttpResponse, TransportError>> + Send + '_>>
        {
            let headers: Vec<(&str, &str)> =
                request.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
            let signature = sign(&SignatureInput {
                algorithm: alicloud_runtime::Algorithm::HmacSha256,
                method: "POST",
                path: "/",
                query: &[("Q", "x y+z")],
                headers: &headers,
                signed_headers: SignedHeaders::Standard,
                payload_hash: &header(&request, "x-acs-content-sha256").unwrap(),
                access_key_id: "id",
                access_key_secret: "another",
            });
            let message = (self.0)(&signature.string_to_sign);
            let body = serde_json::json!({"Code": "SignatureDoesNotMatch", "Message": message}).to_string();
            Box::pin(std::future::ready(Ok(alicloud_runtime::HttpResponse {
                status: http::StatusCode::BAD_REQUEST,
                headers: http::HeaderMap::new(),
                body: body.into(),
            })))
        }
    }
    type Said = fn(&str) -> String;
    for (said, diagnosis) in [
        (
            (|ours| format!("Specified signature is not matched. server string to sign is:{ours}")) as Said,
            Some("the access key secret is not the one"),
        ),
        (|ours| format!("Server StringToSign is [{}]", ours.replace('\n', " ")), Some("the access key secret is not")),
        (|_| "server string to sign is:ACS3-HMAC-SHA256\n0123".to_owned(), Some("please report this error")),
        (|_| "no".to_owned(), None),
    ] {
        let config = builder(&Script::new([])).transport(Arc::new(Mismatch(said))).build().unwrap();
        let error = send(core(&config).call(&OPERATION), |wire| wire.query("Q", &"x y+z")).unwrap_err();
        assert!(error.is_signature_mismatch() && error.attempts() == 1, "{error}");
        assert_eq!(error.diagnosis().is_some(), diagnosis.is_some(), "{error}");
        assert!(error.to_string().contains(diagnosis.unwrap_or_default()), "{error}");
        let config = builder(&Script::new([])).transport(Arc::new(Mismatch(said)));
        let config = config.credentials(Credentials::anonymous()).build().unwrap();
        let error = send(core(&config).call(&OPERATION), |wire| wire.query("Q", &"x y+z")).unwrap_err();
        assert_eq!(error.diagnosis(), None, "nothing was signed");
    }
}

#[test]
fn time_moves_only_by_waiting() {
    let clock = ManualClock::new();
    let before = clock.now();
    let script = Script::new([broken(), failing(200, "{}")]);
    let config = retrying(&script).clock(Arc::clone(&clock) as Arc<dyn Clock>).build().unwrap();
    send(core(&config).call(&OPERATION), |_| {}).unwrap();
    assert_eq!(clock.now().duration_since(before).unwrap(), Duration::from_millis(100));
}
