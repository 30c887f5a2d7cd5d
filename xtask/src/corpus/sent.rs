//! Holds what would be sent against what the spec says, location by location.

use serde_json::Value;

use super::expected::{Expected, Item};
use super::percent;

/// Everything that is not as it should be. `sent` has the method, path, query, headers and body of the wire.
pub fn differences(expected: &Expected, sent: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let text = |key: &str| sent[key].as_str().unwrap_or_default();
    let mut equal = |what: &str, expected: &str, sent: &str| {
        if expected != sent {
            found.push(format!("{what}: {sent:?} would be sent, and should be {expected:?}"));
        }
    };
    equal("method", &expected.method, text("method"));
    equal("path", &expected.path, text("path"));
    let header = |name: &str| sent["headers"][name].as_str();
    let host = header("host").unwrap_or_default();
    if !expected.host.is_empty() && !host.starts_with(&expected.host) {
        found.push(format!("host: {host:?} does not begin with {:?}", expected.host));
    }
    pairs("query", &expected.query, percent::pairs(text("query"), false), &mut found);
    for (name, item) in &expected.headers {
        match header(name) {
            None => found.push(format!("header {name}: is missing")),
            Some(sent) => value(&format!("header {name}"), item, sent, &mut found),
        }
    }
    let is_form = header("content-type").is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let (form, body) = if is_form { (percent::pairs(text("body"), true), "") } else { (Vec::new(), text("body")) };
    pairs("form", &expected.form, form, &mut found);
    match &expected.body {
        Some(item) => value("body", item, body, &mut found),
        None if !body.is_empty() => found.push(format!("body: {} should not be there", shown(body))),
        None => {}
    }
    found
}

/// All of the pairs and no others, in whatever order.
fn pairs(location: &str, expected: &[(String, Item)], mut sent: Vec<(String, String)>, found: &mut Vec<String>) {
    for (name, item) in expected {
        match sent.iter().position(|(known, _)| known == name) {
            Some(at) => value(&format!("{location} {name}"), item, &sent.remove(at).1, found),
            None => found.push(format!("{location} {name}: is missing")),
        }
    }
    found.extend(sent.iter().map(|(name, value)| format!("{location} {name}: {} should not be there", shown(value))));
}

fn value(what: &str, expected: &Item, sent: &str, found: &mut Vec<String>) {
    let (is_same, expected) = match expected {
        Item::Text(text) => (text == sent || is_same_number(text, sent), format!("{text:?}")),
        Item::Json(json) => {
            let parsed = serde_json::from_str::<Value>(sent).ok();
            (parsed.is_some_and(|parsed| is_same(json, &parsed)), json.to_string())
        }
        Item::Xml => (sent.trim_start().starts_with('<'), "an XML document".to_owned()),
    };
    if !is_same {
        found.push(format!("{what}: {} would be sent, and should be {}", shown(sent), shown(&expected)));
    }
}

/// The same JSON, but for how numbers are written and for fields that are nothing.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => is_same_number(&one.to_string(), &other.to_string()),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(name, value)| is_same(value, other.get(name).unwrap_or(&Value::Null)))
                && other.iter().all(|(name, value)| value.is_null() || one.contains_key(name))
        }
        _ => one == other,
    }
}

/// `1` and `1.0`. Text that is the same in digits alone is another text.
fn is_same_number(one: &str, other: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok().filter(|_| text.contains(['.', 'e', 'E']));
    one == other || (number(one).or(number(other)).is_some() && one.parse::<f64>().ok() == other.parse::<f64>().ok())
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn expected() -> Expected {
        let text = |name: &str, value: &str| (name.to_owned(), Item::Text(value.to_owned()));
        Expected {
            method: "PUT".to_owned(),
            host: "label.".to_owned(),
            path: "/clusters/a%2Fb".to_owned(),
            query: vec![text("Id", "1 2"), ("Filter".to_owned(), Item::Json(json!({ "a": [1.0] })))],
            form: Vec::new(),
            headers: vec![text("x-acs-thing", "h")],
            body: Some(Item::Json(json!([{ "k": 1 }]))),
        }
    }

    fn sent() -> Value {
        json!({
            "method": "PUT", "path": "/clusters/a%2Fb", "query": "Filter=%7B%22a%22%3A%5B1%5D%7D&Id=1%202",
            "headers": { "host": "label.example.com", "x-acs-thing": "h", "content-type": "application/json" },
            "body": "[{\"k\":1}]",
        })
    }

    #[test]
    fn what_is_as_it_should_be_is_not_mentioned() {
        assert_eq!(differences(&expected(), &sent()), [""; 0]);
        let form = Expected {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            form: vec![("A".to_owned(), Item::Text("b c".to_owned()))],
            ..Expected::default()
        };
        let sent = json!({
            "method": "POST", "path": "/", "query": "", "body": "A=b+c",
            "headers": { "content-type": "application/x-www-form-urlencoded" },
        });
        assert_eq!(differences(&form, &sent), [""; 0]);
    }

    #[test]
    fn a_wrong_value_a_missing_key_and_a_wrong_location_are_found() {
        let missing = "query Id: is missing";
        for (key, with, found) in [
            ("method", json!("POST"), &["method: \"POST\" would be sent, and should be \"PUT\""][..]),
            (
                "path",
                json!("/clusters/a/b"),
                &["path: \"/clusters/a/b\" would be sent, and should be \"/clusters/a%2Fb\""],
            ),
            (
                "query",
                json!("Filter=%7B%22a%22%3A%5B1%5D%7D&Id=12"),
                &["query Id: \"12\" would be sent, and should be \"\\\"1 2\\\"\""],
            ),
            ("query", json!("Filter=%7B%22a%22%3A%5B1%5D%7D"), &[missing]),
            (
                "query",
                json!("Filter=%7B%7D&Id=1%202"),
                &["query Filter: \"{}\" would be sent, and should be \"{\\\"a\\\":[1.0]}\""],
            ),
            (
                "query",
                json!("Filter=%7B%22a%22%3A%5B1%5D%7D&Id=1%202&Tid=3"),
                &["query Tid: \"3\" should not be there"],
            ),
            (
                "body",
                json!("[{\"k\":2}]"),
                &["body: \"[{\\\"k\\\":2}]\" would be sent, and should be \"[{\\\"k\\\":1}]\""],
            ),
            (
                "headers",
                json!({ "host": "example.com" }),
                &["host: \"example.com\" does not begin with \"label.\"", "header x-acs-thing: is missing"],
            ),
        ] {
            let mut sent = sent();
            sent[key] = with;
            assert_eq!(differences(&expected(), &sent), found);
        }
        // In the form in place of the query.
        let mut moved = sent();
        moved["query"] = json!("Filter=%7B%22a%22%3A%5B1%5D%7D");
        moved["headers"]["content-type"] = json!("application/x-www-form-urlencoded");
        moved["body"] = json!("Id=1+2");
        assert_eq!(differences(&expected(), &moved).len(), 3, "{:?}", differences(&expected(), &moved));
    }
}
