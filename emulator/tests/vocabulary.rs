//! The rarer parts of the vocabulary, as requests put together by hand: what is refused, what is answered.

mod support;

use alicloud_emulator::{Builder, Emulator};
use serde_json::json;
use support::call::{Call, rpc};
use support::now;
use support::wire::Reply;

/// The folder of the specs of an invented product that has all of them.
const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../codegen/examples/vocabulary/specs");

const RULES: &[u8] = b"<Rules><Rule><Origin>*</Origin></Rule></Rules>";

fn builder() -> Builder {
    Emulator::builder().specs(SPECS).clock(now)
}

async fn start() -> Emulator {
    builder().start().await.unwrap()
}

fn depot(action: &str, method: &str, path: &str) -> Call {
    rpc(action, "2025-01-01").method(method).path(path).header("host", "north.127.0.0.1:8787")
}

fn code(reply: &Reply) -> Option<String> {
    reply.json()["Code"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn the_part_of_the_host_is_required() {
    let emulator = start().await;
    for (host, status) in [
        ("north.127.0.0.1:8787", 200),
        ("north.localhost", 200),
        ("north.depot.example.com", 200),
        ("north.elsewhere.example.com", 200),
        ("127.0.0.1:8787", 400),
        ("localhost:8787", 400),
        ("depot.example.com", 400),
        ("[::1]:8787", 400),
    ] {
        let reply = depot("ListThings", "GET", "/things").header("host", host).send(&emulator).await;
        assert_eq!(reply.status, status, "{host}");
        if status == 400 {
            assert_eq!(code(&reply).as_deref(), Some("Missingdepot"), "{host}");
        }
    }
}

#[tokio::test]
async fn a_fixed_query_tells_operations_apart() {
    let emulator = start().await;
    let call = |action: &str, query: Option<&str>| {
        let call = depot(action, "POST", "/things/box/parts").json(r#"[{"Name":"lid"}]"#);
        match query {
            Some(value) => call.query("action", value),
            None => call,
        }
    };
    for (action, query, field) in [("ReplaceParts", "replace", "Replaced"), ("MergeParts", "merge", "Merged")] {
        let reply = call(action, Some(query)).send(&emulator).await;
        assert!(reply.json()[field].is_i64(), "{action}");
        // The name is not needed: the query tells.
        let reply = call(action, Some(query)).without("x-acs-action").send(&emulator).await;
        assert!(reply.json()[field].is_i64(), "{action}");
    }
    assert_eq!(call("ReplaceParts", Some("merge")).send(&emulator).await.status, 404);
    assert_eq!(call("ReplaceParts", None).send(&emulator).await.status, 404);
    assert!(emulator.requests().iter().all(|request| request.unknown_parameters.is_empty()));
}

#[tokio::test]
async fn bodies_are_checked() {
    let emulator = start().await;
    let parts = |body: &str| depot("MergeParts", "POST", "/things/box/parts").query("action", "merge").json(body);
    let rules = |body: &[u8]| {
        depot("PutRules", "PUT", "/").query("rules", "").header("content-type", "application/xml").body(body)
    };
    for (name, call, status, expected) in [
        ("a list", parts(r#"[{"Name":"a","Part":{"Name":"b"}}]"#), 200, None),
        ("no list", parts("{}"), 400, Some("Invalidbody")),
        ("an incomplete element", parts(r#"[{"Name":"a"},{}]"#), 400, Some("Missing2.Name")),
        ("deep inside", parts(r#"[{"Name":"a","Part":{}}]"#), 400, Some("Missing1.Part.Name")),
        ("no JSON", parts("["), 400, Some("Invalidbody")),
        (
            "nothing",
            depot("MergeParts", "POST", "/things/box/parts").query("action", "merge"),
            400,
            Some("Missingbody"),
        ),
        ("XML", rules(RULES), 200, None),
        (
            "a bad number in XML",
            rules(b"<Rules><Rule><Origin>*</Origin><MaxAgeSeconds>x</MaxAgeSeconds></Rule></Rules>"),
            400,
            Some("InvalidRules.Rule.1.MaxAgeSeconds"),
        ),
        ("another element", rules(b"<Other/>"), 400, Some("MissingRules")),
        ("no XML", rules(b"<Rules>"), 400, Some("MalformedXML")),
        ("bytes", depot("PutContent", "PUT", "/things/box/content").body(b"\0\xff"), 200, None),
        ("no bytes", depot("PutContent", "PUT", "/things/box/content"), 400, Some("Missingbody")),
    ] {
        let reply = call.send(&emulator).await;
        assert_eq!(reply.status, status, "{name}: {}", String::from_utf8_lossy(&reply.body));
        if let Some(expected) = expected {
            assert_eq!(code(&reply).as_deref(), Some(expected), "{name}");
        }
    }
}

#[tokio::test]
async fn results_are_in_headers_and_statuses() {
    let emulator = start().await;
    let reply = depot("PutContent", "PUT", "/things/box/content").body(b"x").send(&emulator).await;
    assert_eq!(
        (reply.header("etag"), reply.header("x-depot-size"), reply.body.len()),
        (Some("\"5B3C1A2E\""), Some("65536"), 0)
    );
    let reply = depot("GetContent", "GET", "/things/box/content").send(&emulator).await;
    assert_eq!(
        (reply.header("x-depot-meta-key"), reply.header("content-type")),
        (Some("fragile"), Some("application/octet-stream"))
    );
    assert_eq!(reply.body, (0..=255).collect::<Vec<u8>>());
    let reply = depot("LogIn", "GET", "/login").unsigned().send(&emulator).await;
    assert_eq!((reply.status, reply.header("location")), (302, Some("https://login.example.com/?state=1")));
}

#[tokio::test]
async fn lists_texts_xml_and_events_are_answered() {
    let emulator = builder().bearer_token("tok.en").start().await.unwrap();
    let things = depot("ListThings", "GET", "/things").send(&emulator).await.json();
    assert_eq!(things[0]["parts"], json!([{"Name": "lid", "Part": {"Name": "hinge"}}]));
    let later = depot("ListThings", "GET", "/things").query("page", "2").send(&emulator).await.json();
    assert_eq!(later, json!([]));
    let me = depot("WhoAmI", "GET", "/me").unsigned();
    let me = me.header("x-acs-bearer-token", "tok.en").header("x-acs-signature-type", "BEARERTOKEN");
    assert_eq!(me.send(&emulator).await.body, b"somebody");
    let refused = depot("WhoAmI", "GET", "/me").send(&emulator).await;
    assert_eq!(code(&refused).as_deref(), Some("MissingBearerToken"));
    let rules = depot("GetRules", "GET", "/").query("rules", "").send(&emulator).await;
    assert_eq!(rules.header("content-type"), Some("text/xml;charset=utf-8"));
    assert!(String::from_utf8_lossy(&rules.body).contains("<MaxAgeSeconds>100</MaxAgeSeconds>"));
    let answers = depot("Ask", "POST", "/answers").json(r#"{"Question":"why"}"#).send(&emulator).await;
    assert_eq!(answers.header("content-type"), Some("text/event-stream;charset=utf-8"));
    assert_eq!(
        String::from_utf8_lossy(&answers.body),
        "id: 1\ndata: {\"Text\":\"Be\",\"Tokens\":1}\n\nid: 2\ndata: {\"Text\":\"cause\",\"Tokens\":2}\n\n"
    );
}
