//! Parameters as the official implementation writes them, but for what is written otherwise on purpose.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use serde_json::Value;

mod support;

use support::send;

/// Cases that are written otherwise: kind, a part of the case, and why.
const ON_PURPOSE: &[(&str, &str, &str)] = &[
    ("query_flatten", ".z\":\"True\"", "`true`, as in JSON and in the other languages; `True` is Python"),
    ("form_body", "F=False&T=True", "`true`, as in JSON and in the other languages; `True` is Python"),
    ("style_repeatList", "Prefix.1=True", "`true`, as in JSON and in the other languages; `True` is Python"),
    ("query_flatten", "123456789012345678901", "numbers have the spelling of Rust, and no more than 64 bits"),
    ("json_body", "123456789012345678901", "numbers have the spelling of Rust, and no more than 64 bits"),
    ("style_repeatList", "Prefix.2=1e%2B20", "numbers have the spelling of Rust"),
    ("style_json", "\"input\":\"str\"", "a text in the place of a list is sent as it is, not as `null`"),
    ("path_segment", "\"input\":\"..\"", "refused: it would be another path"),
    ("form_body", "\"a.b\":1", "escaped, as the newer official clients do: its dots are not those between names"),
    ("style_spaceDelimited", "", "no operation that is known uses the style"),
    ("map_to_flat_style_then_query", "", "no operation that is known uses the style"),
];

/// What a case comes to; nothing if that cannot be said, or is refused.
fn written(kind: &str, input: &Value) -> Option<Value> {
    if matches!(kind, "style_spaceDelimited" | "map_to_flat_style_then_query") || input == ".." {
        return None;
    }
    let sent = send(kind, input);
    Some(match kind {
        "query_flatten" => {
            Value::Object(sent.pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect())
        }
        "form_body" => Value::from(sent.body),
        // The order of the keys is that of the model, of which there is none here.
        "json_body" | "style_json" => parsed(&sent.body),
        // The same parameters, joined in another manner.
        "style_repeatList" => Value::from(sent.body.replace('&', "&&")),
        "wire_query" => Value::from(sent.query.replace("%20", "+")),
        "path_segment" => Value::from(sent.path.trim_start_matches('/').to_owned()),
        other => panic!("{other} is unknown"),
    })
}

#[test]
fn writes_parameters_as_the_official_implementation_does() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("data/serialization.json")).unwrap();
    let mut uses = vec![0; ON_PURPOSE.len()];
    for case in &cases {
        let (kind, input, output) = (case["kind"].as_str().unwrap(), &case["input"], &case["output"]);
        let expected =
            if matches!(kind, "json_body" | "style_json") { parsed(output.as_str().unwrap()) } else { output.clone() };
        let text = case.to_string();
        match ON_PURPOSE.iter().position(|(other, part, _)| *other == kind && text.contains(part)) {
            Some(row) => {
                uses[row] += 1;
                // With its feature `arbitrary_precision`, which somebody else may turn on, `serde_json` keeps digits.
                let spelled = serde_json::from_str::<Value>("1e+20").unwrap().to_string();
                let keeps_digits = spelled == "1e+20";
                if !(keeps_digits && ON_PURPOSE[row].2.contains("spelling of Rust")) {
                    assert_ne!(written(kind, input), Some(expected), "{case} is no different");
                }
            }
            None => assert_eq!(written(kind, input), Some(expected), "{case}"),
        }
    }
    assert!(uses.iter().all(|count| *count > 0), "a row is of no use: {uses:?}");
    assert_eq!((cases.len(), uses.iter().sum::<usize>()), (78, 25));
}

/// JSON whose numbers are compared by value: `1e+20` is 100000000000000000000.
fn parsed(text: &str) -> Value {
    by_value(serde_json::from_str(text).unwrap_or(Value::from(text)))
}

fn by_value(value: Value) -> Value {
    match value {
        Value::Number(number) if number.as_i64().is_none() => number.as_f64().map_or(Value::Null, Value::from),
        Value::Array(items) => items.into_iter().map(by_value).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, by_value(value))).collect(),
        other => other,
    }
}
