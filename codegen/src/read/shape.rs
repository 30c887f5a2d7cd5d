//! Holds a file against the JSON Schema of the format: every unknown key, missing key and wrong value at once.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::diagnostic::{Code, Diagnostic, Report};

use super::nearest::suggest;
use super::{Node, NodeKind, Source};

/// A schema and the file that is held against it.
pub(super) struct Shape<'a> {
    pub(super) root: &'a Json,
    pub(super) source: &'a Arc<Source>,
}

impl Shape<'_> {
    /// Reports everything that is not as the schema says.
    pub(super) fn check(&self, node: &Node, report: &mut Report) {
        self.value(node, self.root, "the file", report);
    }

    fn value(&self, node: &Node, schema: &Json, name: &str, report: &mut Report) {
        let schema = self.follow(schema);
        if let Some(words) = words(schema) {
            return self.word(node, &words, name, report);
        }
        let branches = self.branches(schema);
        if branches.len() > 1 {
            return self.choice(node, &branches, name, report);
        }
        match &node.kind {
            NodeKind::Mapping(entries) if takes(schema, "object") => self.object(node, entries, schema, name, report),
            NodeKind::Sequence(items) if takes(schema, "array") => {
                let each = schema.get("items").unwrap_or(&Json::Null);
                items.iter().for_each(|item| self.value(item, each, name, report));
            }
            NodeKind::Scalar(text, quoted) if scalar_fits(schema, text, *quoted) => {}
            _ => self.wrong(node, schema, name, report),
        }
    }

    /// A choice is told by the kind of the node: no two branches of the format take the same.
    fn choice(&self, node: &Node, choices: &[&Json], name: &str, report: &mut Report) {
        let fitting = |choice: &&&Json| node_fits(node, choice) || (node.text().is_some() && words(choice).is_some());
        let real = || choices.iter().find(|choice| !takes(choice, "null")).copied();
        match choices.iter().find(fitting).copied().or_else(real) {
            Some(choice) if words(choice).is_some() || node_fits(node, choice) => {
                self.value(node, choice, name, report)
            }
            other => self.wrong(node, other.unwrap_or(&Json::Null), name, report),
        }
    }

    /// What a choice is between: choices within choices are one choice.
    fn branches<'j>(&'j self, schema: &'j Json) -> Vec<&'j Json> {
        let schema = self.follow(schema);
        match schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Json::as_array) {
            Some(choices) if words(schema).is_none() => {
                choices.iter().flat_map(|choice| self.branches(choice)).collect()
            }
            _ => vec![schema],
        }
    }

    fn object(&self, node: &Node, entries: &[(Node, Node)], schema: &Json, name: &str, report: &mut Report) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let others = schema.get("additionalProperties");
        for (index, (key, value)) in entries.iter().enumerate() {
            let Some(text) = key.text() else {
                self.wrong(key, &Json::Null, "a key", report);
                continue;
            };
            if entries[..index].iter().any(|(before, _)| before.text() == Some(text)) {
                self.report(Code::Duplicate, key, report, || Words {
                    message: format!("`{text}` is written twice in {name}"),
                    label: "the second one".to_owned(),
                    help: "keep one of them".to_owned(),
                });
            }
            match (properties.and_then(|properties| properties.get(text)), others) {
                (Some(known), _) => self.value(value, known, &format!("`{text}`"), report),
                (None, Some(each)) if each.is_object() => self.value(value, each, &format!("`{text}`"), report),
                _ => self.unknown_key(key, text, name, properties, report),
            }
        }
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
        for key in required.filter(|key| node.get(key).is_none()) {
            self.report(Code::MissingKey, node, report, || Words {
                message: format!("`{key}` is missing in {name}"),
                label: format!("needs `{key}`"),
                help: match properties.and_then(|all| all.get(key)).map(|of| describe(self.follow(of), of)) {
                    Some(what) if !what.is_empty() => format!("add `{key}`: {what}"),
                    _ => format!("add `{key}`"),
                },
            });
        }
    }

    fn unknown_key(
        &self,
        key: &Node,
        text: &str,
        name: &str,
        properties: Option<&serde_json::Map<String, Json>>,
        report: &mut Report,
    ) {
        let known: Vec<&str> = properties.map(|all| all.keys().map(String::as_str).collect()).unwrap_or_default();
        self.report(Code::UnknownKey, key, report, || Words {
            message: format!("`{text}` is not a key of {name}"),
            label: "unknown key".to_owned(),
            help: suggest(text, &known),
        });
    }

    fn word(&self, node: &Node, words: &[String], name: &str, report: &mut Report) {
        let known: Vec<&str> = words.iter().map(String::as_str).collect();
        match node.text() {
            Some(text) if known.contains(&text) => {}
            Some(text) => {
                let is_type = name == "`type`";
                let code = if is_type { Code::UnknownType } else { Code::UnknownWord };
                let other = OTHER_WORDS.iter().find(|(word, _)| is_type && word.eq_ignore_ascii_case(text));
                self.report(code, node, report, || Words {
                    message: format!("`{text}` is not a value of {name}"),
                    label: "unknown word".to_owned(),
                    help: other
                        .map_or_else(|| suggest(text, &known), |(_, ours)| format!("it is called `{ours}` here")),
                });
            }
            None => self.wrong(node, &Json::Null, name, report),
        }
    }

    fn wrong(&self, node: &Node, schema: &Json, name: &str, report: &mut Report) {
        let schema = self.follow(schema);
        let expected = match schema.get("type") {
            Some(Json::String(one)) => one.clone(),
            Some(Json::Array(several)) => {
                several.iter().filter_map(Json::as_str).filter(|one| *one != "null").collect::<Vec<_>>().join(" or ")
            }
            _ => "text".to_owned(),
        };
        let (expected, help) = match expected.as_str() {
            "string" => ("text", "quote it, so that it is kept exactly as it is"),
            "boolean" => ("true or false", "write true or false, without quotes"),
            "integer" => ("a whole number", "write a number, without quotes"),
            "array" => ("a list", "write one entry a line, each behind a `- `"),
            "object" => ("a mapping", "write `key: value` lines below it"),
            _ => ("another kind of value", "see the schema that the first line of the file names"),
        };
        let found = match &node.kind {
            NodeKind::Mapping(_) => "a mapping",
            NodeKind::Sequence(_) => "a list",
            NodeKind::Scalar(text, _) if text.is_empty() => "nothing",
            NodeKind::Scalar(_, true) => "text",
            NodeKind::Scalar(text, false) if text.parse::<f64>().is_ok() => "a number",
            NodeKind::Scalar(_, false) => "a bare word",
        };
        self.report(Code::WrongType, node, report, || Words {
            message: format!("{name} takes {expected}, not {found}"),
            label: format!("expected {expected}"),
            help: help.to_owned(),
        });
    }

    fn follow<'j>(&'j self, schema: &'j Json) -> &'j Json {
        let mut schema = schema;
        // `allOf` with one element is how a description is put beside a reference.
        loop {
            let next = match (schema.get("$ref").and_then(Json::as_str), schema.get("allOf").and_then(Json::as_array)) {
                (Some(reference), _) => self.root.pointer(reference.trim_start_matches('#')),
                (None, Some(all)) if all.len() == 1 => all.first(),
                _ => None,
            };
            match next {
                Some(next) => schema = next,
                None => return schema,
            }
        }
    }

    fn report(&self, code: Code, node: &Node, report: &mut Report, words: impl FnOnce() -> Words) {
        let Words { message, label, help } = words();
        report.diagnostics.push(Diagnostic {
            code,
            source: Arc::clone(self.source),
            place: node.place,
            message,
            label,
            help,
            about: String::new(),
        });
    }
}

/// What types are called elsewhere.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("any", "json"),
    ("array", "list"),
    ("bool", "boolean"),
    ("byte", "string"),
    ("int", "integer"),
    ("int32", "integer"),
    ("int64", "long"),
    ("number", "double"),
    ("str", "string"),
    ("struct", "object"),
    ("text", "string"),
];

struct Words {
    message: String,
    label: String,
    help: String,
}

fn takes(schema: &Json, kind: &str) -> bool {
    match schema.get("type") {
        Some(Json::String(one)) => one == kind,
        Some(Json::Array(several)) => several.iter().any(|one| one == kind),
        _ => false,
    }
}

fn node_fits(node: &Node, schema: &Json) -> bool {
    match &node.kind {
        NodeKind::Mapping(_) => takes(schema, "object"),
        NodeKind::Sequence(_) => takes(schema, "array"),
        NodeKind::Scalar(text, quoted) => scalar_fits(schema, text, *quoted),
    }
}

/// Whether YAML reads the scalar as what the schema takes. Text that looks like a number or a boolean must be quoted.
fn scalar_fits(schema: &Json, text: &str, quoted: bool) -> bool {
    if quoted {
        return takes(schema, "string");
    }
    let boolean = matches!(text, "true" | "false");
    let null = matches!(text, "" | "~" | "null" | "Null" | "NULL");
    let integer = text.parse::<i64>().is_ok();
    let number =
        integer || (text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) && text.parse::<f64>().is_ok());
    (boolean && takes(schema, "boolean"))
        || (integer && takes(schema, "integer"))
        || (!boolean && !null && !number && takes(schema, "string"))
}

/// The words that a schema of plain words takes.
fn words(schema: &Json) -> Option<Vec<String>> {
    if let Some(word) = schema.get("const").and_then(Json::as_str) {
        return Some(vec![word.to_owned()]);
    }
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Some(words.iter().filter_map(Json::as_str).map(str::to_owned).collect());
    }
    let choices = schema.get("oneOf").and_then(Json::as_array)?;
    choices.iter().map(words).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
}

fn describe(followed: &Json, own: &Json) -> String {
    if let Some(words) = words(followed) {
        return format!("one of {}", words.join(", "));
    }
    let text = own.get("description").or_else(|| followed.get("description")).and_then(Json::as_str).unwrap_or("");
    let first = text.split(". ").next().unwrap_or("").replace('\n', " ");
    first.trim_end_matches('.').to_owned()
}
