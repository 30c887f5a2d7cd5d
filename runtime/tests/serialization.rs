//! Parameters as the official implementation writes them, but for what it writes in the manner of Python.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use serde_json::Value;

mod support;

use support::send;

/// Whether a case is written differently on purpose.
fn is_different(kind: &str, input: &Value, output: &Value) -> bool {
    let python_words = ["True", "False", "None", "1.0", "1e+20", "1e%2B20", "1e-07", "123456789012345678901"];
    let written = output.to_string();
    // The style is not used by any operation.
    kind == "style_spaceDelimited"
        // Keys with their length in front: no operation of the specs uses them.
        || kind == "map_to_flat_style_then_query"
        // Refused, since the path would be another one.
        || (kind == "path_segment" && input == "..")
        // What the official implementation makes of a value that is no list.
        || (kind == "style_json" && (input.is_null() || input.is_string()))
        || python_words.iter().any(|word| written.contains(word))
}

#[test]
fn writes_parameters_as_the_official_implementation_does() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("data/serialization.json")).unwrap();
    let mut different = 0;
    for case in &cases {
        let (kind, input, output) = (case["kind"].as_str().unwrap(), &case["input"], &case["output"]);
        if is_different(kind, input, output) {
            different += 1;
            continue;
        }
        let sent = send(kind, input);
        let got = match kind {
            "query_flatten" => Value::Object(
                sent.pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect(),
            ),
            "form_body" | "json_body" | "style_json" => Value::from(sent.body),
            // The same parameters, joined in another manner.
            "style_repeatList" => Value::from(sent.body.replace('&', "&&")),
            "wire_query" => Value::from(sent.query.replace("%20", "+")),
            "path_segment" => Value::from(sent.path.trim_start_matches('/').to_owned()),
            other => panic!("{other} is unknown"),
        };
        // The order of the keys is that of the model, of which there is none here.
        let (got, output) = if matches!(kind, "json_body" | "style_json") {
            (parsed(&got), parsed(output))
        } else {
            (got, output.clone())
        };
        assert_eq!(got, output, "{case}");
    }
    assert_eq!((cases.len(), different), (78, 26));
}

fn parsed(text: &Value) -> Value {
    serde_json::from_str(text.as_str().unwrap()).unwrap()
}
