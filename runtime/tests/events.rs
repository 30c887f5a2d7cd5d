//! Server-sent events over real sockets.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::marker::PhantomData;
use std::time::Duration;

use alicloud_runtime::{
    Call, ClientCore, Config, ConfigBuilder, Credentials, Decode, DecodeObject, Envelope, Error, ErrorKind, Event,
    Events, Fields, Operation, ReplyKind, Request, RetryPolicy, SendingEvents, Wire,
};
use futures_util::StreamExt;

mod support;

use support::core;
use support::raw_server::{HOLD, PAUSE, RawServer};

static CHAT: Operation = Operation {
    product: "test",
    action: "Chat",
    version: "2025-01-01",
    reply: ReplyKind::Events,
    idempotent: true,
    envelope: Envelope { success: &["Success"], code: &["Code"], message: &["Message"], code_ok: &[] },
    ..Operation::RPC
};

#[derive(Debug, Default, PartialEq)]
struct Delta {
    text: String,
    tokens: i64,
}

impl DecodeObject for Delta {
    fn decode_fields(fields: &Fields<'_>) -> Self {
        Self { text: fields.get("Text"), tokens: fields.get::<Option<i64>>("Tokens").unwrap_or_default() }
    }
}

/// Says nothing of what it has.
#[derive(Default)]
struct Secret;

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl DecodeObject for Secret {
    fn decode_fields(_: &Fields<'_>) -> Self {
        Self
    }
}

struct Chat(Call);

impl Request for Chat {
    type Response = Delta;

    fn call(&self) -> &Call {
        &self.0
    }

    fn encode(&self, wire: &mut Wire) {
        wire.form("Question", &"why");
    }
}

fn client(server: &RawServer, change: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> ClientCore {
    let builder = Config::builder()
        .credentials(Credentials::access_key("id", "hush"))
        .endpoint(&server.url)
        .retry(RetryPolicy::never());
    core(&change(builder).build().unwrap())
}

async fn events(client: &ClientCore) -> Result<Events<Delta>, Error> {
    SendingEvents::new(&Chat(client.call(&CHAT))).await
}

fn stream(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-acs-request-id: R1\r\n\r\n{body}")
}

fn shown(event: &Event<Delta>) -> String {
    let data = event.data.as_ref().map(|data| format!("{}/{}", data.text, data.tokens));
    format!("{} {} {}", event.name, event.id, data.unwrap_or_else(|| format!("{:?}", event.text)))
}

#[tokio::test]
async fn events_are_decoded_one_by_one() {
    let body = "id: 1\ndata: {\"Text\":\"Be\",\"Tokens\":1}\n\nevent: more\ndata: {\"Text\":\n\
         data: \"cause\"}\n\n: keep-alive\n\ndata: null\n\ndata: [DONE]\n\n";
    let server = RawServer::start([stream(body)]);
    let mut events = events(&client(&server, |config| config)).await.unwrap();
    assert_eq!((events.status(), events.request_id()), (200, Some("R1")));
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(shown(&event.unwrap()));
    }
    assert_eq!(seen, ["message 1 Be/1", "more 1 cause/0", "message 1 \"null\"", "message 1 \"[DONE]\""]);
    let sent = server.got().remove(0);
    assert_eq!((sent.header("accept"), sent.body.as_slice()), (Some("application/json"), &b"Question=why"[..]));
    assert!(sent.has_signed_body());
}

#[tokio::test]
async fn a_failure_among_the_events_is_an_error_and_others_follow() {
    let body =
        "data: {\"Success\":false,\"Code\":\"Busy\",\"Message\":\"later\"}\n\ndata: [1]\n\ndata: {\"Text\":\"a\"}\n\n";
    let server = RawServer::start([stream(body)]);
    let seen: Vec<_> = events(&client(&server, |config| config)).await.unwrap().collect().await;
    let [Err(failed), Err(undecodable), Ok(last)] = seen.as_slice() else { panic!("{seen:?}") };
    assert!(failed.is_business_failure() && failed.code() == Some("Busy") && failed.request_id() == Some("R1"));
    assert!(failed.to_string().starts_with("Chat failed: Busy"), "{failed}");
    assert!(undecodable.is_decode() && undecodable.body() == "[1]", "{undecodable}");
    assert_eq!(shown(last), "message  a/0");
}

#[tokio::test]
async fn what_is_no_stream_is_judged_like_any_reply() {
    let json = |status: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    for (reply, kind, code) in [
        (json("403 Forbidden", r#"{"Code":"NoPermission"}"#), ErrorKind::Service, Some("NoPermission")),
        (json("200 OK", r#"{"Success":false,"Code":"Busy"}"#), ErrorKind::BusinessFailure, Some("Busy")),
        (json("200 OK", "{"), ErrorKind::Decode, None),
        (json("200 OK", "<html>").replace("application/json", "text/html"), ErrorKind::Decode, None),
    ] {
        let server = RawServer::start([reply]);
        let error = events(&client(&server, |config| config)).await.unwrap_err();
        assert_eq!((error.kind(), error.code(), error.operation()), (kind, code, Some("Chat")), "{error}");
    }
    let server = RawServer::start([json("200 OK", r#"{"Text":"all"}"#)]);
    let seen: Vec<_> = events(&client(&server, |config| config)).await.unwrap().collect().await;
    let [Ok(only)] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!(shown(only), "message  all/0");
}

#[tokio::test]
async fn a_stream_that_breaks_or_stops_ends_in_an_error() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 999\r\n\r\n";
    let first = "data: {\"Text\":\"a\"}\n\ndata: {";
    for (end, kind) in [("", ErrorKind::Connection), (HOLD, ErrorKind::Timeout)] {
        let server = RawServer::start([format!("{head}{first}{end}")]);
        let client = client(&server, |config| config.timeout(Duration::from_millis(500)));
        let seen: Vec<_> = events(&client).await.unwrap().collect().await;
        let [Ok(_), Err(error)] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!((error.kind(), error.status(), error.was_sent()), (kind, Some(200), true), "{error}");
        assert_eq!(error.is_stalled(), end == HOLD);
        assert!(error.to_string().starts_with("Chat failed: 127.0.0.1: "), "{error}");
    }
}

#[tokio::test]
async fn an_event_without_end_is_refused() {
    let server = RawServer::start([stream(&format!("data: {}", "x".repeat(5000)))]);
    let client = client(&server, |config| config.max_response_bytes(4096));
    let error = events(&client).await.unwrap().next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("an event is larger than 4096 bytes"), "{error}");
}

#[tokio::test]
async fn it_is_asked_again_until_the_stream_begins() {
    let refused = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned();
    let server = RawServer::start([refused, stream("data: {\"Text\":\"a\"}\n\n")]);
    let config = Config::builder().credentials(Credentials::bearer("tok.en")).endpoint(&server.url);
    let client = core(&config.clock(support::ManualClock::new()).build().unwrap());
    let seen: Vec<_> = events(&client).await.unwrap().collect().await;
    assert_eq!(seen.len(), 1);
    let got = server.got();
    assert_eq!((got.len(), got[1].header("x-acs-retry-attempts")), (2, Some("1")));
    // Streams of events go without the mark that other calls with a bearer token have.
    assert_eq!((got[0].head[0].as_str(), got[0].header("x-acs-bearer-token")), ("POST / HTTP/1.1", Some("tok.en")));
}

struct Any<T>(Call, PhantomData<T>);

impl<T: Decode> Request for Any<T> {
    type Response = T;

    fn call(&self) -> &Call {
        &self.0
    }

    fn encode(&self, _wire: &mut Wire) {}
}

/// What the events say when they are of this type.
async fn data<T: Decode>(events: &str) -> Vec<Option<T>> {
    let server = RawServer::start([stream(events)]);
    let client = client(&server, |config| config);
    let sending = SendingEvents::new(&Any::<T>(client.call(&CHAT), PhantomData));
    sending.await.unwrap().map(|event| event.unwrap().data).collect().await
}

#[tokio::test]
async fn data_of_any_type_is_decoded() {
    assert_eq!(data::<String>("data: \"a\"\n\ndata: [DONE]\n\n").await, [Some("a".to_owned()), None]);
    let delta = Box::new(Delta { text: "a".into(), tokens: 0 });
    assert_eq!(data::<Vec<Box<Delta>>>("data: [{\"Text\":\"a\"}]\n\n").await, [Some(vec![delta])]);
}

#[tokio::test]
async fn a_secret_does_not_print() {
    let server = RawServer::start([stream("data: {\"Text\":\"hush\"}\n\n")]);
    let client = client(&server, |config| config);
    let sending = SendingEvents::new(&Any::<Secret>(client.call(&CHAT), PhantomData));
    let event = sending.await.unwrap().next().await.unwrap().unwrap();
    assert!(event.text.contains("hush"));
    let shown = format!("{event:?}");
    assert!(shown.contains("text: 15 bytes") && !shown.contains("hush"), "{shown}");
}

#[tokio::test]
async fn what_came_before_too_much_is_not_lost() {
    let body = format!("data: {{\"Text\":\"a\"}}\n\ndata: {}", "x".repeat(5000));
    for body in [body, format!("data: {{\"Text\":\"a\"}}\n\nid: {}\ndata: 1", "x".repeat(5000))] {
        let server = RawServer::start([stream(&body)]);
        let client = client(&server, |config| config.max_response_bytes(4096));
        let seen: Vec<_> = events(&client).await.unwrap().collect().await;
        let [Ok(first), Err(error)] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!(shown(first), "message  a/0");
        assert!(error.to_string().contains("an event is larger than 4096 bytes"), "{error}");
    }
}

#[tokio::test]
async fn what_drips_instead_of_streaming_is_given_up() {
    let drops = format!("x{PAUSE}").repeat(12);
    for status in ["403 No", "200 OK"] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n");
        let server = RawServer::start([format!("{head}{drops}")]);
        let client = client(&server, |config| config.timeout(Duration::from_millis(600)));
        let error = events(&client).await.unwrap_err();
        assert!(error.is_timeout() && !error.is_stalled(), "{error}");
    }
}

#[tokio::test]
async fn a_throttled_document_is_asked_for_again() {
    let body = r#"{"Success":false,"Code":"Throttling"}"#;
    let kind = "content-type: application/json\r\nconnection: close";
    let throttled = format!("HTTP/1.1 200 OK\r\n{kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let server = RawServer::start([throttled, stream("data: {\"Text\":\"a\"}\n\n")]);
    let config = Config::builder().credentials(Credentials::access_key("id", "hush")).endpoint(&server.url);
    let client = core(&config.clock(support::ManualClock::new()).build().unwrap());
    assert_eq!(events(&client).await.unwrap().count().await, 1);
    assert_eq!(server.got().len(), 2);
}
