//! The documented sample replies.

use serde_json::Value;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Response, ResponseKind, Sample};

use super::json::{self, Object};

/// Lines longer than this are broken up.
const LONG: usize = 100;

/// The samples of a success, in the kind of the reply.
pub(super) fn read(api: &Object, response: &Response, notes: &mut Notes) -> Vec<Sample> {
    let is_xml = response.kind == Some(ResponseKind::Xml);
    if matches!(response.kind, Some(ResponseKind::None | ResponseKind::Binary)) {
        return Vec::new();
    }
    let parsed;
    let demos = match api.get("responseDemo") {
        Some(Value::Array(demos)) => demos.as_slice(),
        Some(Value::String(text)) if !text.trim().is_empty() => {
            parsed = serde_json::from_str(text).unwrap_or(Value::Null);
            match &parsed {
                Value::Array(demos) => demos.as_slice(),
                _ => {
                    notes.say(Code::SampleDropped, "samples", "the samples are no list: dropped");
                    &[]
                }
            }
        }
        _ => &[],
    };
    let demos = demos.iter().filter_map(Value::as_object);
    let wanted = if is_xml { "xml" } else { "json" };
    let texts = demos.filter(|demo| json::text(demo, "type") == Some(wanted));
    texts
        .filter_map(|demo| json::text(demo, "example").map(str::trim))
        .filter_map(|text| one(text, is_xml, notes))
        .collect()
}

fn one(text: &str, is_xml: bool, notes: &mut Notes) -> Option<Sample> {
    if text.is_empty() {
        return None;
    }
    if is_xml {
        return Some(Sample { status: None, json: None, xml: Some(format!("{text}\n")), from: None });
    }
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        notes.say(Code::SampleDropped, "samples", format!("a sample is not JSON: {error}: dropped"));
        return None;
    }
    let broken_up = || serde_json::from_str::<Value>(text).and_then(|value| serde_json::to_string_pretty(&value));
    let is_long = !text.contains('\n') && text.chars().count() > LONG;
    let json = if is_long { broken_up().unwrap_or_else(|_| text.to_owned()) } else { text.replace("\r\n", "\n") };
    Some(Sample { status: None, json: Some(json + "\n"), xml: None, from: None })
}
