//! The scripted transport, and with it what a server's clock and a client's defaults do.

use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::testing::{FixedClock, Reply, Script};
use alicloud_runtime::{Method, RetryPolicy, TransportError, untyped};
use serde_json::json;

mod support;

use support::block_on;

const DATE: &str = "Sun, 01 Jun 2025 03:03:04 GMT";

fn client(script: &Script) -> untyped::Client {
    untyped::Client::new(&script.config().build().unwrap(), "Ecs", "2014-05-26").unwrap()
}

/// The clock of the test says 02:03:04.
#[test]
fn a_wrong_clock_is_corrected_once_for_all_clients() {
    let script = Script::new();
    let refused = || Reply::status(400).header("date", DATE).body(r#"{"Code":"InvalidTimeStamp.Expired"}"#);
    let config = script.config().retry(RetryPolicy::never()).build().unwrap();
    let client = || untyped::Client::new(&config, "Ecs", "2014-05-26").unwrap();
    script.reply("A", refused()).reply("A", "{}").reply("B", "{}");
    block_on(async { client().call("A").await }).unwrap();
    block_on(async { client().call("B").await }).unwrap();
    let sent = script.sent();
    let dates: Vec<_> = sent.iter().map(|sent| sent.header("x-acs-date").unwrap()).collect();
    assert_eq!(dates, ["2025-06-01T02:03:04Z", "2025-06-01T03:03:04Z", "2025-06-01T03:03:04Z"]);
    assert_eq!((sent[1].header("x-acs-retry-attempts"), sent[1].header("x-acs-retry-delay")), (Some("1"), Some("0")));

    // A service that goes on refusing, with another date each time, is not asked again and again.
    for hour in ["09", "10"] {
        let date = format!("Sun, 01 Jun 2025 {hour}:00:00 GMT");
        script.reply("C", Reply::status(400).header("date", date).body(r#"{"Code":"InvalidTimeStamp.Expired"}"#));
    }
    let error = block_on(async { client().call("C").await }).unwrap_err();
    assert_eq!((error.attempts(), error.code()), (2, Some("InvalidTimeStamp.Expired")));
    script.verify().unwrap();
}

#[test]
fn a_wrong_clock_does_not_count_as_an_attempt() {
    let script = Script::new();
    script.reply("A", Reply::status(400).header("date", DATE).body(r#"{"Code":"InvalidTimestamp.Expired"}"#));
    script.reply("A", Reply::status(429)).reply("A", Reply::status(429)).reply("A", "{}");
    block_on(async { client(&script).call("A").await }).unwrap();
    assert_eq!(script.sent().len(), 4);
    script.verify().unwrap();
}

#[test]
fn throttled_calls_wait_as_long_as_the_service_asks() {
    for (header, waits) in [
        (Some("1500"), [1_500, 1_500]),
        (Some("70000"), [60_000, 60_000]),
        // Half of a second and of two.
        (None, [500, 1_000]),
        (Some("0"), [500, 1_000]),
    ] {
        let script = Script::new();
        let throttled = || {
            let reply = Reply::status(429).body(r#"{"Code":"Throttling.User"}"#);
            header.iter().fold(reply, |reply, header| reply.header("x-acs-retry-after", *header))
        };
        script.reply("A", throttled()).reply("A", throttled()).reply("A", "{}");
        let clock = Arc::new(FixedClock::default());
        let config = script.config().clock(clock.clone()).call_timeout(Duration::from_secs(600)).build().unwrap();
        let client = untyped::Client::new(&config, "Ecs", "2014-05-26").unwrap();
        block_on(async { client.call("A").await }).unwrap();
        assert_eq!(clock.slept(), waits.map(Duration::from_millis), "{header:?}");
        let counters = config.counters();
        assert_eq!((counters.calls, counters.retries, counters.throttles, counters.failures), (1, 2, 2, 0));
    }
}

#[test]
fn answers_by_operation_and_keeps_what_was_sent() {
    let script = Script::new();
    script.reply("B", json!({"b": 1})).reply("A", r#"{"a": 1}"#).reply("A", String::from(r#"{"a": 2}"#));
    let client = client(&script);
    let call = |action: &str| client.call(action).query("Q", "x y").form("F", 7);
    for (action, field, value) in [("A", "a", 1), ("B", "b", 1), ("A", "a", 2)] {
        assert_eq!(block_on(async { call(action).await }).unwrap()[field], value);
    }
    let sent = script.sent();
    assert_eq!(sent.iter().map(|sent| sent.operation()).collect::<Vec<_>>(), ["A", "B", "A"]);
    assert_eq!((sent[0].parameter("Q").as_deref(), sent[0].parameter("F").as_deref()), (Some("x y"), Some("7")));
    assert_eq!((sent[0].parameter("No"), sent[0].json()), (None, None));
    assert_eq!(sent[0].request().method, "POST");
    script.verify().unwrap();
}

#[test]
fn says_what_was_not_expected() {
    let script = Script::new();
    script.reply("B", "{}");
    let error =
        block_on(async { client(&script).call("A").with(|options| options.repeatable(true)).await }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "A failed: UnexpectedRequest: the script has no reply for A; those left: B (HTTP 400, 1 attempt)"
    );
    assert_eq!(script.verify().unwrap_err(), "the script has no reply for A; those left: B");
    let script = Script::new();
    script.reply("B", "{}");
    assert_eq!(script.verify().unwrap_err(), "nobody asked for B");
    for reply in [Reply::status(99), Reply::status(200).header("a b", "c")] {
        script.reply("A", reply);
        let error = block_on(async { client(&script).call("A").await }).unwrap_err();
        assert!(error.to_string().contains("the script has the impossible"), "{error}");
    }
    script.reply("A", TransportError::connect("no route"));
    let call = || client(&script).call("A").with(|options| options.retry(RetryPolicy::never()));
    assert!(block_on(async { call().await }).unwrap_err().is_connection());
}

#[test]
fn untyped_calls_have_every_shape() {
    let script = Script::new();
    let client = client(&script);
    for _ in 0..5 {
        script.reply("Op", r#"{"A": [1]}"#);
    }
    block_on(async {
        client.call("Op").method(Method::Get).query("Tag", json!([{"Key": "k"}])).await?;
        let call = client.call("Op").path(Method::Put, "/a/{Id}?acl").path_argument("Id", "x/y");
        call.json_body(json!({"B": null})).header("x-acs-extra", 1).await?;
        client.call("Op").anonymous().bytes_body(&b"\xff"[..]).await?;
        let reply = client.call("Op").with_metadata().await?;
        assert_eq!((reply.metadata().raw(), reply.metadata().attempts()), (r#"{"A": [1]}"#, 1));
        client.call("Op").with(|options| options.query("Extra", "1").header("x-acs-more", "2")).await
    })
    .unwrap();
    let sent = script.sent();
    let lines: Vec<_> =
        sent.iter().map(|sent| format!("{} {}", sent.request().method, &sent.request().url[url_part()])).collect();
    assert_eq!(lines, ["GET /?Tag.1.Key=k", "PUT /a/x%2Fy?acl=", "POST /?Format=json", "POST /", "POST /?Extra=1"]);
    assert_eq!((sent[1].json(), sent[1].header("x-acs-extra")), (Some(json!({"B": null})), Some("1")));
    assert_eq!((sent[2].request().body.as_bytes(), sent[2].header("authorization")), (Some(&b"\xff"[..]), None));
    assert_eq!(sent[4].header("x-acs-more"), Some("2"));
    assert!(sent.iter().all(|sent| sent.header("x-acs-version") == Some("2014-05-26")));
}

fn url_part() -> std::ops::RangeFrom<url::Position> {
    url::Position::BeforePath..
}

#[test]
fn raw_bytes_are_returned_as_they_are() {
    let script = Script::new();
    script.reply("Op", Reply::status(200).header("x-acs-request-id", "R").body(&b"\xff\0"[..]));
    script.reply("Op", Reply::status(403).body(r#"{"Code":"NoPermission"}"#));
    let client = client(&script);
    let reply = block_on(client.call("Op").bytes()).unwrap();
    assert_eq!((&reply.get()[..], reply.metadata().request_id()), (&b"\xff\0"[..], Some("R")));
    assert!(block_on(client.call("Op").bytes()).unwrap_err().is_access_denied());
}

#[test]
fn a_client_has_defaults_of_its_own() {
    let script = Script::new();
    for _ in 0..4 {
        script.reply("Op", "{}");
    }
    let config = script.config().build().unwrap();
    let builder = untyped::Client::builder(&config, "Dms", "2018-11-01").language("en-US");
    let client = builder.default_query("Tid", 2).default_query("Tid", 3).build().unwrap();
    block_on(async {
        client.call("Op").await?;
        client.call("Op").query("Tid", 4).await?;
        client.call("Op").form("Tid", 5).await?;
        client.call("Op").with(|options| options.query("Tid", "6").header("X-Acs-Accept-Language", "zh-CN")).await
    })
    .unwrap();
    let sent = script.sent();
    let queries: Vec<_> = sent.iter().map(|sent| sent.request().url.query()).collect();
    assert_eq!(queries, [Some("Tid=3"), Some("Tid=4"), None, Some("Tid=6")]);
    let languages: Vec<_> = sent.iter().map(|sent| sent.header("x-acs-accept-language").unwrap()).collect();
    assert_eq!(languages, ["en-US", "en-US", "en-US", "zh-CN"]);
    assert!(sent[0].header("authorization").unwrap().contains("x-acs-accept-language"));
}

#[test]
fn what_cannot_be_named_is_refused() {
    let script = Script::new();
    let client = client(&script);
    for action in ["", "a b", "a\nb", "中"] {
        let error = block_on(async { client.call(action).await }).unwrap_err();
        assert!(error.is_invalid_request() && error.to_string().contains("names no operation"), "{error}");
    }
    assert!(script.sent().is_empty());
    let config = alicloud_runtime::Config::builder().build().unwrap();
    let error = untyped::Client::new(&config, "Ecs", "2014-05-26").unwrap_err();
    assert_eq!(error.to_string(), "an untyped client of Ecs needs an explicit endpoint: `.endpoint(…)`");
    let builder = untyped::Client::builder(&config, "Ecs", "1").endpoint("a.example.com").language("a\nb");
    assert!(builder.build().unwrap_err().is_invalid_configuration());
}

#[test]
fn a_response_is_made_of_json_of_xml_and_of_text() {
    for (body, expected) in [
        (r#"{"A": {"B": "1"}}"#, serde_json::json!({"A": {"B": "1"}})),
        (" <A><B>1</B></A>", serde_json::json!({"A": {"B": "1"}})),
        ("<A>", "<A>".into()),
        ("text", "text".into()),
    ] {
        let value: alicloud_runtime::Value = alicloud_runtime::testing::response(body).unwrap();
        assert_eq!(value, expected, "{body}");
    }
}
