//! The rarer parts of the vocabulary, through a transport that plays a script: hosts, headers that are maps, XML, results
//! in headers, roots that are no objects, bearer tokens.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeMap;

use alicloud_runtime::{
    Authentication, Bytes, Credentials, Decode, DecodeObject, DecodeReply, Encode, Encoder, Error, ErrorKind, Fields,
    Operation, Reply, ReplyKind, Sending, SendingWithMetadata, SensitiveString, Style, Wire, untyped,
};
use serde_json::{Value, json};

mod support;

use support::{Ask, OPERATION, Script, ask, block_on, builder, core};

/// What goes out of a request.
fn sent(endpoint: &str, encode: fn(&mut Wire)) -> Result<alicloud_runtime::HttpRequest, Error> {
    let script = Script::new([]);
    let core = core(&builder(&script).endpoint(endpoint).build().unwrap());
    block_on(Sending::new(&Ask::<()>::new(core.call(&OPERATION), encode)))?;
    Ok(script.requests().remove(0))
}

#[test]
fn a_part_of_the_host_goes_in_front_of_it() {
    let project: fn(&mut Wire) = |wire| wire.host("project", &"my-project");
    for (endpoint, url, host) in [
        ("https://sls.example.com", "https://my-project.sls.example.com/", "my-project.sls.example.com"),
        ("http://sls.example.com:81", "http://my-project.sls.example.com:81/", "my-project.sls.example.com:81"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/", "my-project.127.0.0.1:8080"),
        ("http://localhost:8080", "http://localhost:8080/", "my-project.localhost:8080"),
    ] {
        let request = sent(endpoint, project).unwrap();
        assert_eq!((request.url.as_str(), request.headers["host"].to_str().unwrap()), (url, host));
        assert!(request.headers["authorization"].to_str().unwrap().contains("SignedHeaders=host;"));
    }
    let two: fn(&mut Wire) = |wire| {
        wire.host("a", &"x");
        wire.host("b", &1_i64);
    };
    assert_eq!(sent("https://e.com", two).unwrap().url.as_str(), "https://x.1.e.com/");
}

#[test]
fn what_cannot_be_part_of_a_host_is_refused() {
    let encodings: [fn(&mut Wire); 6] = [
        |wire| wire.host("project", &""),
        |wire| wire.host("project", &None::<String>),
        |wire| wire.host("project", &"a.b"),
        |wire| wire.host("project", &"evil.example/"),
        |wire| wire.host("project", &"-a"),
        |wire| wire.host("project", &"x".repeat(64)),
    ];
    for encode in encodings {
        let error = sent("https://e.com", encode).unwrap_err();
        assert!(error.is_invalid_request() && error.message().starts_with("project must not be"), "{error}");
    }
    let long = format!("https://{}.com", "a.".repeat(120).trim_end_matches('.'));
    let encode: fn(&mut Wire) = |wire| wire.host("project", &"x".repeat(63));
    assert!(sent(&long, encode).unwrap_err().is_invalid_request());
}

#[test]
fn a_map_becomes_headers() {
    let request = sent("https://e.com", |wire| {
        let map = BTreeMap::from([("One".to_owned(), "1".to_owned()), ("two".to_owned(), " x ".to_owned())]);
        wire.header_map("x-acs-meta-", &Some(map));
        wire.header_map("x-none-", &None::<BTreeMap<String, String>>);
    })
    .unwrap();
    assert_eq!(
        (&request.headers["x-acs-meta-one"], &request.headers["x-acs-meta-two"]),
        (&"1".parse().unwrap(), &"x".parse().unwrap())
    );
    assert!(request.headers["authorization"].to_str().unwrap().contains("x-acs-meta-one;x-acs-meta-two"));
    let bad: fn(&mut Wire) = |wire| wire.header_map("x-meta-", &BTreeMap::from([("a b".to_owned(), "1".to_owned())]));
    assert!(sent("https://e.com", bad).unwrap_err().is_invalid_request());
}

type Encoding = fn(&mut Wire);

#[test]
fn a_map_makes_no_headers_of_null_and_none_that_are_computed() {
    fn map(keys: &[&str]) -> BTreeMap<String, Option<&'static str>> {
        keys.iter().map(|key| ((*key).to_owned(), Some("1"))).collect()
    }
    let request = sent("https://e.com", |wire| {
        wire.header_map("x-meta-", &BTreeMap::from([("a".to_owned(), None), ("b".to_owned(), Some("1"))]));
    })
    .unwrap();
    assert!(!request.headers.contains_key("x-meta-a") && request.headers.contains_key("x-meta-b"));
    let refused: [(Encoding, &str); 7] = [
        (|wire| wire.header_map("", &map(&["x-a"])), "a map of headers needs what their names begin with"),
        (|wire| wire.header_map("x-", &map(&["a", "A"])), "there are two headers \"x-a\": case makes no difference"),
        (
            |wire| wire.header_map("x-acs-", &map(&["Action"])),
            "the header \"x-acs-Action\" is computed and cannot be set",
        ),
        (
            |wire| wire.header_map("x-acs-", &map(&["version"])),
            "the header \"x-acs-version\" is computed and cannot be set",
        ),
        (|wire| wire.header_map("x-acs-", &map(&["date"])), "the header \"x-acs-date\" is computed and cannot be set"),
        (
            |wire| wire.header_map("content-", &map(&["type"])),
            "the header \"content-type\" is computed and cannot be set",
        ),
        (|wire| wire.header_map("a", &map(&["ccept"])), "the header \"accept\" is computed and cannot be set"),
    ];
    for (encode, why) in refused {
        let error = sent("https://e.com", encode).unwrap_err();
        assert!(error.is_invalid_request() && error.message() == why, "{error}");
    }
}

struct Rule(Vec<&'static str>);

impl Encode for Rule {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.object(&[("AllowedOrigin", &self.0), ("MaxAge", &None::<i64>)]);
    }
}

#[test]
fn an_object_becomes_xml() {
    let request = sent("https://e.com", |wire| wire.body_xml("CORSRule", &Rule(vec!["*", "<a>"]))).unwrap();
    assert_eq!(
        String::from_utf8_lossy(request.body.as_bytes().unwrap()),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><CORSRule><AllowedOrigin>*</AllowedOrigin>\
         <AllowedOrigin>&lt;a&gt;</AllowedOrigin></CORSRule>"
    );
    assert_eq!(request.headers["content-type"], "application/xml");
    assert!(sent("https://e.com", |wire| wire.body_xml("R", &None::<Rule>)).unwrap().body.is_empty());
    let bad: fn(&mut Wire) = |wire| wire.body_xml("R", &json!({"a b": 1}));
    assert!(sent("https://e.com", bad).unwrap_err().is_invalid_request());
}

#[test]
fn dots_in_the_keys_of_maps_are_escaped() {
    let request = sent("https://e.com", |wire| {
        let map = BTreeMap::from([("app.name".to_owned(), "x".to_owned()), ("plain".to_owned(), "y".to_owned())]);
        wire.query("Label", &map);
        wire.form("Free", &json!({"中.": [1]}));
    })
    .unwrap();
    assert_eq!(request.url.query(), Some("Label.%238%23app.name=x&Label.plain=y"));
    assert_eq!(request.body.as_bytes(), Some(&b"Free.%234%23%E4%B8%AD..1=1"[..]));
}

#[test]
fn only_a_bearer_token_calls_what_wants_one() {
    static BEARER: Operation = Operation { authentication: Authentication::Bearer, ..OPERATION };
    for (credentials, expected) in [
        (Credentials::bearer("tok.en"), None),
        (Credentials::access_key("id", "hush"), Some(ErrorKind::InvalidRequest)),
        (Credentials::anonymous(), Some(ErrorKind::InvalidRequest)),
    ] {
        let script = Script::new([]);
        let core = core(&builder(&script).credentials(credentials).build().unwrap());
        let outcome = block_on(Sending::new(&Ask::<()>::new(core.call(&BEARER), |_| {})));
        assert_eq!(outcome.as_ref().err().map(Error::kind), expected);
        assert_eq!(script.requests().len(), usize::from(expected.is_none()));
        if let Err(error) = outcome {
            assert!(error.to_string().contains("with a bearer token only"), "{error}");
        }
    }
}

#[test]
fn roots_need_not_be_objects() {
    static TEXT: Operation = Operation { reply: ReplyKind::Text, ..OPERATION };
    static BYTES: Operation = Operation { reply: ReplyKind::Bytes, ..OPERATION };
    let reply = |body: &str| Script::of_bodies(&[body]);
    assert_eq!(block_on(ask::<Vec<i64>>(&reply("[1,\"2\"]"), &OPERATION, |_| {})).unwrap(), [1, 2]);
    assert_eq!(block_on(ask::<i64>(&reply("7"), &OPERATION, |_| {})).unwrap(), 7);
    assert_eq!(block_on(ask::<Value>(&reply("{\"a\":[]}"), &OPERATION, |_| {})).unwrap(), json!({"a": []}));
    let map = block_on(ask::<BTreeMap<String, bool>>(&reply("{\"a\":true}"), &OPERATION, |_| {})).unwrap();
    assert_eq!(map, BTreeMap::from([("a".to_owned(), true)]));
    assert_eq!(block_on(ask::<String>(&reply("{no json"), &TEXT, |_| {})).unwrap(), "{no json");
    assert_eq!(block_on(ask::<Bytes>(&reply("a\0"), &BYTES, |_| {})).unwrap(), "a\0");
}

/// What the generator makes of a reply with results in its headers.
#[derive(Debug, PartialEq)]
struct Answer {
    count: Option<i64>,
    marker: String,
    link: Option<SensitiveString>,
    missing: Option<bool>,
    meta: BTreeMap<String, String>,
    body: Vec<String>,
}

impl DecodeReply for Answer {
    fn decode_reply(reply: &Reply) -> Option<Self> {
        Some(Self {
            count: reply.header("X-Count"),
            marker: reply.header("x-marker"),
            link: reply.header("location"),
            missing: reply.header("x-missing"),
            meta: reply.header_map("x-oss-meta-"),
            body: Decode::decode(reply.root())?,
        })
    }
}

#[cfg(feature = "test-util")]
#[test]
fn results_are_read_from_headers() {
    use alicloud_runtime::testing;

    let script = testing::Script::new();
    let answer = testing::Reply::from(r#"["a"]"#)
        .header("x-count", "12")
        .header("x-marker", " m ")
        .header("location", "https://signed")
        .header("x-oss-meta-One", "1")
        .header("x-oss-meta-", "nobody");
    script.reply("Test", answer).reply("Test", testing::Reply::from("[]").header("x-count", "many"));
    let core = core(&script.config().build().unwrap());
    let request = Ask::<Answer>::new(core.call(&OPERATION), |_| {});
    let answer = block_on(Sending::new(&request)).unwrap();
    let expected = Answer {
        count: Some(12),
        marker: "m".to_owned(),
        link: Some("https://signed".into()),
        missing: None,
        meta: BTreeMap::from([("one".to_owned(), "1".to_owned())]),
        body: vec!["a".to_owned()],
    };
    assert_eq!(answer, expected);
    let answer = block_on(SendingWithMetadata::new(&request)).unwrap();
    assert_eq!(answer.get().count, None);
    assert_eq!(answer.metadata().notes()[0].to_string(), "header X-Count should be an integer, is many");
}

#[test]
fn xml_is_read_as_json_would_be() {
    #[derive(Debug, PartialEq)]
    struct Root {
        rules: Vec<String>,
        owner: Option<Box<Root>>,
        on: Option<bool>,
    }
    impl DecodeObject for Root {
        fn decode_fields(fields: &Fields<'_>) -> Self {
            Self { rules: fields.get("Rule"), owner: fields.get("Owner"), on: fields.get("On") }
        }
    }
    #[derive(Debug, PartialEq)]
    struct Answer(Option<Root>);
    impl DecodeObject for Answer {
        fn decode_fields(fields: &Fields<'_>) -> Self {
            Self(fields.get("Config"))
        }
    }
    static XML: Operation = Operation { reply: ReplyKind::Xml, ..OPERATION };
    let body = "<?xml version='1.0'?><Config><Rule>1</Rule><Owner/><On>true</On></Config>";
    let script = Script::of_bodies(&[body, "<Config>", ""]);
    let core = core(&builder(&script).build().unwrap());
    let send = || block_on(SendingWithMetadata::new(&Ask::<Answer>::new(core.call(&XML), |_| {})));
    let answer = send().unwrap();
    let root = Root { rules: vec!["1".to_owned()], owner: None, on: Some(true) };
    assert_eq!((answer.get(), answer.metadata().raw()), (&Answer(Some(root)), body));
    assert_eq!(answer.metadata().notes(), []);
    let error = send().unwrap_err();
    assert!(error.is_decode() && error.body() == "<Config>", "{error}");
    assert_eq!(send().unwrap().into_inner(), Answer(None));
}

#[test]
fn what_contains_itself_is_in_a_box() {
    #[derive(Debug, PartialEq)]
    struct Tree {
        name: String,
        inside: Option<Box<Tree>>,
    }
    impl DecodeObject for Tree {
        fn decode_fields(fields: &Fields<'_>) -> Self {
            Self { name: fields.get("Name"), inside: fields.get("Inside") }
        }
    }
    impl Encode for Tree {
        fn encode(&self, to: &mut Encoder<'_>) {
            to.object(&[("Inside", &self.inside), ("Name", &self.name)]);
        }
    }
    let text = r#"{"Inside":{"Name":"b"},"Name":"a"}"#;
    let tree = block_on(ask::<Tree>(&Script::of_bodies(&[text]), &OPERATION, |_| {})).unwrap();
    assert_eq!(tree.inside.as_ref().unwrap().name, "b");
    let script = Script::new([]);
    let client = untyped::Client::new(&builder(&script).endpoint("e.com").build().unwrap(), "P", "1").unwrap();
    block_on(std::future::IntoFuture::into_future(client.call("Put").json_body(tree))).unwrap();
    assert_eq!(script.requests()[0].body.as_bytes(), Some(text.as_bytes()));
}

#[test]
fn statuses_that_are_documented_are_success() {
    static MOVED: Operation =
        Operation { statuses: &[302], reply: ReplyKind::Ignored, style: Style::Roa, ..Operation::ROA };
    for (status, is_success) in [(200, true), (204, true), (302, true), (301, false), (404, false)] {
        let script = Script::new([Ok((status, String::new()))]);
        assert_eq!(block_on(ask::<()>(&script, &MOVED, |_| {})).is_ok(), is_success, "{status}");
    }
}
