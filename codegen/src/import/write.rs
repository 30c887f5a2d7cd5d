//! Writes specs as YAML, in the style of `specs/`.
//!
//! What is written is what `serde` makes of the types of the format, so no key can be forgotten; only the order of keys
//! and the way in which values are laid out are decided here.

mod scalar;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::spec::{Operation, Product};

use scalar::{Context, Scalar};

/// How long a line may be, in characters.
const WIDTH: usize = 120;

/// Keys before which a file has an empty line.
const PARTS: &[&str] = &[
    "parameters",
    "response",
    "errors",
    "samples",
    "waiters",
    "pager",
    "link",
    "links",
    "asynchronous",
    "sources",
    "endpoints",
    "envelope",
    "types",
    "notes",
    "acknowledge",
];

/// The order of the keys of whatever has a schema. Others keep the order of the format.
const ORDER: &[&str] = &[
    "name",
    "in",
    "style",
    "fill",
    "as",
    "status",
    "headers",
    "ref",
    "type",
    "type_name",
    "field_name",
    "unwrap",
    "holds",
    "required",
    "certain",
    "sensitive",
    "deprecated",
    "description",
    "enum",
    "default",
    "example",
    "minimum",
    "maximum",
    "length",
    "pattern",
    "from",
];

/// What comes last, because it goes on for long.
const LAST: &[&str] = &["fields", "items", "entries", "json", "xml"];

/// Keys of mappings, or of lists of mappings, that are written in one line where they fit in.
const IN_ONE_LINE: &[&str] = &["changes", "enum", "errors", "from", "ready", "sources", "with"];

/// Keys of texts in words, which are broken into lines.
const WORDS: &[&str] = &["description", "notes", "reason", "summary"];

/// The file of an operation. `schemas` is the way from the file to the folder of the JSON Schemas, such as
/// `../../../schema`.
pub fn operation(operation: &Operation, schemas: &str) -> String {
    file(operation, &format!("{schemas}/operation.json"))
}

/// The `product.yaml` of a product. `schemas` is as for [`operation`].
pub fn product(product: &Product, schemas: &str) -> String {
    file(product, &format!("{schemas}/product.json"))
}

fn file(spec: &impl Serialize, schema: &str) -> String {
    let mut writer = Writer { text: format!("# yaml-language-server: $schema={schema}\n") };
    // Only keys that are no texts could fail, and the format has none.
    if let Ok(Value::Object(keys)) = serde_json::to_value(spec) {
        for (key, value) in &keys {
            if PARTS.contains(&key.as_str()) {
                writer.text.push('\n');
            }
            writer.entry(key, value, 0);
        }
    }
    writer.text
}

struct Writer {
    text: String,
}

impl Writer {
    /// A key and its value, from the key on to the end of the line that the value ends in.
    fn entry(&mut self, key: &str, value: &Value, indent: usize) {
        self.text.push_str(&scalar::in_line(key, Context::Block));
        self.text.push(':');
        match value {
            Value::Array(items) if !items.is_empty() => self.list(key, items, indent),
            Value::Object(map) if !map.is_empty() => self.mapping(key, map, indent),
            other => {
                self.text.push(' ');
                self.scalar(key, other, indent + 2);
            }
        }
    }

    fn list(&mut self, key: &str, items: &[Value], indent: usize) {
        let plain = items.iter().all(|item| !item.is_object() && !item.is_array());
        if plain && !WORDS.contains(&key) && self.one_line(&Value::Array(items.to_vec()), 1) {
            return;
        }
        self.text.push('\n');
        for item in items {
            self.margin(indent + 2);
            self.text.push('-');
            match item {
                Value::Object(map) => {
                    if !(IN_ONE_LINE.contains(&key) && self.one_line(item, 1)) {
                        self.text.push(' ');
                        self.entries(map, indent + 4, false);
                    }
                }
                other => {
                    self.text.push(' ');
                    self.scalar(key, other, indent + 4);
                }
            }
        }
    }

    fn mapping(&mut self, key: &str, map: &Map<String, Value>, indent: usize) {
        let short = IN_ONE_LINE.contains(&key) && map.values().all(|value| !value.is_object() && !value.is_array());
        if short && self.one_line(&Value::Object(map.clone()), 1) {
            return;
        }
        self.text.push('\n');
        if IN_ONE_LINE.contains(&key) {
            for (name, value) in map {
                self.margin(indent + 2);
                let start = self.text.len();
                self.text.push_str(&scalar::in_line(name, Context::Block));
                self.text.push(':');
                if !(value.is_object() && self.one_line(value, 1)) {
                    self.text.truncate(start);
                    self.entry(name, value, indent + 2);
                }
            }
            return;
        }
        self.entries(map, indent + 2, true);
    }

    /// The entries of a mapping. The first one stands where the text ends unless it has a line of its own.
    fn entries(&mut self, map: &Map<String, Value>, indent: usize, own_line: bool) {
        let has_parts = LAST.iter().any(|key| map.get(*key).is_some_and(|value| !value.is_string() || *key == "json"));
        let mut entries: Vec<(&String, &Value)> = map.iter().collect();
        if has_parts || ["name", "type", "ref"].iter().any(|key| map.contains_key(*key)) {
            entries.sort_by_key(|(key, _)| rank(key));
        }
        for (index, (key, value)) in entries.into_iter().enumerate() {
            if index > 0 || own_line {
                self.margin(indent);
            }
            self.entry(key, value, indent);
        }
    }

    /// Writes a value behind `gap` blanks and ends the line, if all of it fits into the line.
    fn one_line(&mut self, value: &Value, gap: usize) -> bool {
        let mut flow = String::new();
        in_flow(value, &mut flow);
        let line = self.text.rfind('\n').map_or(0, |end| end + 1);
        let fits = self.text[line..].chars().count() + gap + flow.chars().count() <= WIDTH;
        if fits {
            self.text.extend(std::iter::repeat_n(' ', gap));
            self.text.push_str(&flow);
            self.text.push('\n');
        }
        fits
    }

    /// A single value to the end of its line, or over several lines with a margin.
    fn scalar(&mut self, key: &str, value: &Value, indent: usize) {
        let Value::String(text) = value else {
            in_flow(value, &mut self.text);
            self.text.push('\n');
            return;
        };
        let line = self.text.rfind('\n').map_or(0, |end| end + 1);
        let room = WIDTH.saturating_sub(self.text[line..].chars().count());
        let words = WORDS.contains(&key);
        let laid_out =
            scalar::lay_out(text, words, words || matches!(key, "json" | "xml"), room, WIDTH - 2 - indent.min(60));
        match laid_out {
            Scalar::InLine(text) => self.text.push_str(&text),
            Scalar::Block(header, lines) => {
                self.text.push_str(header);
                for line in lines {
                    self.text.push('\n');
                    if !line.is_empty() {
                        self.margin(indent);
                        self.text.push_str(&line);
                    }
                }
            }
        }
        self.text.push('\n');
    }

    fn margin(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }
}

/// Where a key stands among those of its mapping.
fn rank(key: &str) -> usize {
    let last = || LAST.iter().position(|other| *other == key).map(|index| ORDER.len() + 1 + index);
    ORDER.iter().position(|other| *other == key).or_else(last).unwrap_or(ORDER.len())
}

/// A value in one line: `[a, b]`, `{ key: value }`.
fn in_flow(value: &Value, text: &mut String) {
    match value {
        Value::String(one) => text.push_str(&scalar::in_line(one, Context::Flow)),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                in_flow(item, text);
            }
            text.push(']');
        }
        Value::Object(map) if map.is_empty() => text.push_str("{}"),
        Value::Object(map) => {
            for (index, (key, value)) in map.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "{ " });
                text.push_str(&scalar::in_line(key, Context::Flow));
                text.push_str(": ");
                in_flow(value, text);
            }
            text.push_str(" }");
        }
        other => text.push_str(&other.to_string()),
    }
}
