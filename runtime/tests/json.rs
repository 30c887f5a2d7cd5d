//! The JSON decoder against `serde_json`, and its leniency by table.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeMap;

use alicloud_runtime::{Decode, DecodeObject, Document, Fields, Json, SensitiveString};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(|number| json!((number * 8.0).round() / 8.0)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Text that is nearly JSON.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"\\n\"", "\\u0041", "\"\\u00", "\"\\x\"", "0", "-", "1",
        "01", "1.5", "1.", ".5", "1e5", "1E+", "-0", "true", "false", "null", "nul", "tru", " ", "\n", "\t", "\u{1}",
        "中", "\"中\"", "/", "NaN", "'",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reads_the_same_values(value in values(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let document = Document::parse(text.clone()).unwrap();
        prop_assert_eq!(document.root().to_value(), value);
        prop_assert_eq!(document.root().raw(), text.as_str());
    }

    #[test]
    fn accepts_the_same_texts(text in texts()) {
        prop_assume!(!text.trim_ascii().is_empty());
        let expected = serde_json::from_str::<Value>(&text);
        // Numbers of any size are JSON; whether a type can hold them is a question for whoever decodes them.
        prop_assume!(!expected.as_ref().is_err_and(|error| error.to_string().contains("out of range")));
        let document = Document::parse(text);
        prop_assert_eq!(document.is_ok(), expected.is_ok());
        if let (Ok(document), Ok(expected)) = (document, expected) {
            prop_assert_eq!(document.root().to_value(), expected);
        }
    }

    #[test]
    fn never_panics(text in any::<String>()) {
        if let Ok(document) = Document::parse(text) {
            let root = document.root();
            let _ = (root.integer(), root.float(), root.boolean(), root.text(), root.items().count());
        }
    }
}

#[derive(Debug, Default, PartialEq)]
struct Everything {
    text: String,
    secret: SensitiveString,
    integer: Option<i64>,
    float: Option<f64>,
    boolean: Option<bool>,
    list: Vec<i64>,
    map: BTreeMap<String, String>,
    wrapped: Vec<String>,
    inner: Vec<Everything>,
}

impl DecodeObject for Everything {
    fn decode_fields(fields: &Fields<'_>) -> Self {
        Self {
            text: fields.get("Text"),
            secret: fields.get("Secret"),
            integer: fields.get("Integer"),
            float: fields.get("Float"),
            boolean: fields.get("Boolean"),
            list: fields.get("List"),
            map: fields.get("Map"),
            wrapped: fields.list("Wrapped", "Item"),
            inner: fields.get("Inner"),
        }
    }
}

fn decoded(text: &str) -> (Option<Everything>, Vec<String>) {
    let document = Document::parse(text.to_owned()).unwrap();
    let decoded = Everything::decode(document.root());
    (decoded, document.notes().iter().map(ToString::to_string).collect())
}

#[test]
fn is_lenient_with_scalars() {
    let cases: [(&str, Everything, &[&str]); 18] = [
        ("", Everything::default(), &[]),
        ("null", Everything::default(), &[]),
        ("\u{feff} {} ", Everything::default(), &[]),
        (r#"{"Text":null,"Integer":null,"List":null,"Map":null,"Wrapped":null}"#, Everything::default(), &[]),
        (r#"{"Text":12.50}"#, Everything { text: "12.50".into(), ..Everything::default() }, &[]),
        (
            r#"{"Text":true,"Secret":7}"#,
            Everything { text: "true".into(), secret: "7".into(), ..Everything::default() },
            &[],
        ),
        (r#"{"Text":["x"]}"#, Everything::default(), &["Text should be text, is a list"]),
        (
            r#"{"Integer":"123","Float":"1.5"}"#,
            Everything { integer: Some(123), float: Some(1.5), ..Everything::default() },
            &[],
        ),
        (
            r#"{"Integer":12.9,"Float":true}"#,
            Everything { integer: Some(12), float: Some(1.0), ..Everything::default() },
            &[],
        ),
        (r#"{"Integer":"","Float":"","Boolean":""}"#, Everything::default(), &[]),
        (
            r#"{"Integer":"n/a","Inner":{"List":[1,"x",3]}}"#,
            Everything {
                inner: vec![Everything { list: vec![1, 3], ..Everything::default() }],
                ..Everything::default()
            },
            &["Integer should be an integer, is \"n/a\"", "Inner.List[1] should be an integer, is \"x\""],
        ),
        (
            r#"{"Integer":9223372036854775808}"#,
            Everything::default(),
            &["Integer should be an integer, is 9223372036854775808"],
        ),
        (r#"{"Boolean":"TRUE"}"#, Everything { boolean: Some(true), ..Everything::default() }, &[]),
        (r#"{"Boolean":0}"#, Everything { boolean: Some(false), ..Everything::default() }, &[]),
        (
            r#"{"List":7,"Wrapped":{"Item":"a"}}"#,
            Everything { list: vec![7], wrapped: vec!["a".into()], ..Everything::default() },
            &[],
        ),
        (
            r#"{"List":"","Wrapped":["a","b"]}"#,
            Everything { wrapped: vec!["a".into(), "b".into()], ..Everything::default() },
            &[],
        ),
        (r#"{"Wrapped":{}}"#, Everything::default(), &[]),
        (
            r#"{"Map":{"a\u0062":1,"c":null}}"#,
            Everything { map: BTreeMap::from([("ab".into(), "1".into())]), ..Everything::default() },
            &[],
        ),
    ];
    for (text, value, notes) in cases {
        let (got, got_notes) = decoded(text);
        assert_eq!(got, Some(value), "{text}");
        assert_eq!(got_notes, notes, "{text}");
    }
    assert_eq!(decoded("[1]"), (None, vec!["the reply should be an object, is a list".to_owned()]));
}

#[test]
fn finds_fields_in_any_order() {
    let document = Document::parse(r#"{"a":1,"b":{"x":[1,2]},"c\u0064":3,"e.f":4}"#.to_owned()).unwrap();
    let fields = document.root().fields().unwrap();
    for (name, expected) in
        [("e.f", Some(4)), ("a", Some(1)), ("cd", Some(3)), ("x", None), ("a", Some(1)), ("cd", Some(3))]
    {
        assert_eq!(fields.get::<Option<i64>>(name), expected, "{name}");
    }
    assert_eq!(document.root().pointer("b.x").map(Json::raw), Some("[1,2]"));
    assert_eq!(document.root().pointer("e.f").and_then(Json::integer), Some(4));
    assert!(document.root().pointer("a.b").is_none());
}

#[test]
fn limits_depth() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Document::parse(nested(128)).is_ok());
    let (error, text) = Document::parse(nested(1_000_000)).unwrap_err();
    assert_eq!((error.offset(), text.len()), (129, 2_000_000));
}

#[test]
fn documents_can_be_sent_to_other_threads() {
    fn sent<T: Send>() {}
    sent::<Document>();
}
