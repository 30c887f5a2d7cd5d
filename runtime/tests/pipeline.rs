//! Calls from end to end, through a transport that plays a script.

use std::time::Duration;

use alicloud_runtime::{
    Authentication, Credentials, ErrorKind, Network, Operation, Sending, SendingWithMetadata, Style, TransportError,
    Wait, Waiter,
};
use serde_json::Value;

mod support;

use support::{Ask, OPERATION, Script, WITH_PATH, ask, block_on, builder, core};

static PLAIN: Operation = Operation { authentication: Authentication::Anonymous, ..OPERATION };
static FIXED_QUERY: Operation = Operation { path: "/logs?acl&action=merge", style: Style::Roa, ..OPERATION };

#[test]
fn sends_what_is_documented() {
    let script = Script::of_bodies(&[r#"{"A":1}"#]);
    let value: Value = block_on(ask(&script, &OPERATION, |wire| {
        wire.query("B", &"x y");
        wire.query("A", &1_i64);
        wire.form("F", &true);
    }))
    .unwrap();
    assert_eq!(value["A"], 1);
    let request = script.requests().remove(0);
    assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://test.example.com/?A=1&B=x%20y"));
    let header = |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    for (name, value) in [
        ("host", "test.example.com"),
        ("accept", "application/json"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-acs-action", "Test"),
        ("x-acs-version", "2025-01-01"),
        ("x-acs-date", "2025-06-01T02:03:04Z"),
        ("x-acs-credentials-provider", "static_ak"),
    ] {
        assert_eq!(header(name).as_deref(), Some(value));
    }
    assert_eq!(header("x-acs-signature-nonce").unwrap().len(), 32);
    assert!(
        header("authorization")
            .unwrap()
            .starts_with("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=content-type;host;x-acs-action;")
    );
    assert!(request.headers["authorization"].is_sensitive());
    assert!(!format!("{request:?}").contains("x y"));
}

#[test]
fn merges_a_query_of_the_path_and_extra_parameters() {
    let script = Script::new([]);
    let config = builder(&script).build().unwrap();
    let call = core(&config).call(&FIXED_QUERY).with(|options| {
        options.query("Zone", "z").query("A", "2").header("X-Acs-Extra", " v ").timeout(Duration::from_secs(3))
    });
    block_on(Sending::new(&Ask::<()>::new(call, |wire| wire.query("A", &1_i64)))).unwrap();
    let request = script.requests().remove(0);
    assert_eq!(request.url.as_str(), "https://test.example.com/logs?A=2&Zone=z&acl=&action=merge");
    assert_eq!(
        (&request.headers["x-acs-extra"], request.timeout),
        (&"v".parse().unwrap(), Some(Duration::from_secs(3)))
    );
    assert!(request.headers["authorization"].to_str().unwrap().contains("x-acs-extra"));
}

#[test]
fn other_identities_are_not_signed() {
    for (credentials, operation, query, header) in [
        (Credentials::bearer("tok.en"), &OPERATION, "SignatureType=BEARERTOKEN", Some("x-acs-bearer-token")),
        (Credentials::bearer("tok.en"), &FIXED_QUERY, "acl=&action=merge", Some("x-acs-signature-type")),
        (Credentials::anonymous(), &OPERATION, "Format=json", None),
        (Credentials::access_key("id", "hush"), &PLAIN, "Format=json", None),
    ] {
        let script = Script::new([]);
        let config = builder(&script).credentials(credentials).build().unwrap();
        block_on(Sending::new(&Ask::<()>::new(core(&config).call(operation), |_| {}))).unwrap();
        let request = script.requests().remove(0);
        assert_eq!(request.url.query(), Some(query));
        assert!(!request.headers.contains_key("authorization"));
        assert!(header.is_none_or(|name| request.headers.contains_key(name)));
    }
}

#[test]
fn refuses_before_anything_is_sent() {
    let script = Script::new([]);
    let config = builder(&script).build().unwrap();
    let call = core(&config).call(&OPERATION);
    let with_header =
        |name: &'static str, value: &'static str| call.clone().with(|options| options.header(name, value));
    for (call, encode, message) in [
        (
            call.clone(),
            (|wire| wire.require_any(&[("A", false), ("B", false)])) as fn(&mut alicloud_runtime::Wire),
            "Test failed: one of A and B is required",
        ),
        (
            core(&config).call(&WITH_PATH),
            |wire| wire.path("Id", &".."),
            "Test failed: Id must not be \"..\", for it is part of the path",
        ),
        (with_header("Host", "x"), |_| {}, "Test failed: the header \"Host\" is computed and cannot be set"),
        (
            with_header("Authorization", "x"),
            |_| {},
            "Test failed: the header \"Authorization\" is computed and cannot be set",
        ),
        (
            with_header("x", "a\r\nb"),
            |_| {},
            "Test failed: the header \"x\" has a line break, a control character or a character outside ASCII in its value",
        ),
    ] {
        let error = block_on(Sending::new(&Ask::<()>::new(call, encode))).unwrap_err();
        assert!(error.is_invalid_request() && error.attempts() == 0 && !error.was_sent());
        assert_eq!(error.to_string(), message);
    }
    assert!(script.requests().is_empty());
    let config = alicloud_runtime::Config::builder().build().unwrap();
    let error = block_on(Sending::new(&Ask::<()>::new(core(&config).call(&OPERATION), |_| {}))).unwrap_err();
    assert!(error.is_invalid_configuration(), "{error}");
}

#[test]
fn tells_what_went_wrong() {
    let script = Script::new([
        Ok((429, r#"{"Code":"Throttling.User","Message":"slow","RequestId":"R"}"#.to_owned())),
        Err(TransportError::connect("no route")),
        Err(TransportError::timeout("too slow", true)),
        Ok((200, "{\"a\":".to_owned())),
        Ok((200, "[]".to_owned())),
    ]);
    let fail = || block_on(ask::<Certain>(&script, &OPERATION, |_| {})).unwrap_err();
    let error = fail();
    assert!(error.is_throttling());
    assert_eq!(error.to_string(), "Test failed: Throttling.User: slow (HTTP 429, request R, 1 attempt)");
    let error = fail();
    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Connection, false));
    let error = fail();
    assert!(error.is_timeout() && error.was_sent());
    assert_eq!(fail().kind(), ErrorKind::Decode);
    assert_eq!(fail().message(), "the reply should be an object, is a list");
}

#[derive(Debug)]
struct Certain {
    _id: i64,
}

impl alicloud_runtime::Decode for Certain {
    fn decode(value: alicloud_runtime::Json<'_>) -> Option<Self> {
        let fields = value.fields()?;
        let inner = fields.find("Data")?.fields()?;
        Some(Self { _id: inner.certain("Id") })
    }
}

#[test]
fn names_a_certain_field_that_is_not_there() {
    let script = Script::of_bodies(&[r#"{"Data":{}}"#, r#"{"Data":{"Id":"x"}}"#, r#"{"Data":{"Id":"7"}}"#]);
    let get = || block_on(ask::<Certain>(&script, &OPERATION, |_| {}));
    assert_eq!(get().unwrap_err().message(), "Data.Id should be there, is missing");
    assert_eq!(get().unwrap_err().message(), "Data.Id should be an integer, is \"x\"");
    assert!(get().is_ok());
}

#[test]
fn keeps_metadata() {
    let script = Script::of_bodies(&[r#"{"requestId":"R","Data":{"Id":[]}}"#]);
    let config = builder(&script).build().unwrap();
    let request = Ask::<Loose>::new(core(&config).call(&OPERATION), |_| {});
    let reply = block_on(SendingWithMetadata::new(&request)).unwrap();
    let metadata = reply.metadata();
    assert_eq!((metadata.request_id(), metadata.attempts(), metadata.status()), (Some("R"), 1, 200));
    assert_eq!(metadata.raw(), r#"{"requestId":"R","Data":{"Id":[]}}"#);
    assert_eq!(metadata.notes()[0].to_string(), "Data.Id should be an integer, is a list");
    assert_eq!(reply.into_inner().0, None);
}

struct Loose(Option<i64>);

impl alicloud_runtime::Decode for Loose {
    fn decode(value: alicloud_runtime::Json<'_>) -> Option<Self> {
        Some(Self(value.pointer("Data.Id").and_then(alicloud_runtime::Json::integer)))
    }
}

static UNTIL_READY: Waiter = Waiter {
    name: "ready",
    path: "State",
    pending: &["RUNNING"],
    success: &["DONE"],
    failure: &["FAILED"],
    needs_action: &[("HELD", "Release it.")],
    reason: Some("Why"),
    ..Waiter::NONE
};

#[test]
fn waits() {
    let states = |states: &[&str]| {
        Script::of_bodies(
            &states.iter().map(|state| format!(r#"{{"State":"{state}","Why":"so"}}"#)).collect::<Vec<_>>(),
        )
    };
    let wait = |script: &std::sync::Arc<Script>| {
        let config = builder(script).build().unwrap();
        let request = Ask::<Value>::new(core(&config).call(&OPERATION), |_| {});
        block_on(async {
            let wait = Wait::new(request, &UNTIL_READY).backoff(1.0, Duration::ZERO).jitter(0.0);
            wait.time_limit(Duration::from_secs(5)).await
        })
    };
    let script = states(&["RUNNING", "WHO KNOWS", "DONE"]);
    assert_eq!(wait(&script).unwrap()["State"], "DONE");
    let dates: Vec<_> = script.requests().iter().map(|request| request.headers["x-acs-date"].clone()).collect();
    assert_eq!(dates, ["2025-06-01T02:03:04Z", "2025-06-01T02:03:06Z", "2025-06-01T02:03:08Z"]);
    for (seen, kind, message) in [
        (&["FAILED"][..], ErrorKind::WaitFailed, "it will not become ready, its state is FAILED: so"),
        (&["HELD"], ErrorKind::NeedsAction, "it does not become ready by itself from the state HELD: Release it.: so"),
        (&["RUNNING"; 9], ErrorKind::TimeLimit, "it did not become ready within 5s, its last state is RUNNING: so"),
    ] {
        let script = states(seen);
        let error = wait(&script).unwrap_err();
        assert_eq!((error.kind(), error.message(), error.state()), (kind, message, Some(seen[0])));
        assert!(script.requests().len() <= 4);
    }
}

#[test]
fn networks_have_names() {
    assert_eq!(Network::from("vpc"), Network::Vpc);
    assert_eq!(Network::from("share").as_str(), "share");
}
