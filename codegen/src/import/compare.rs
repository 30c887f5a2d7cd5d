//! Compares an operation that somebody wrote with one that was imported, fact by fact.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::spec::Operation;

/// One fact that two descriptions of an operation do not share.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Difference {
    /// What it is about, such as `parameters.Tid.example`. Parts with a name go by it.
    pub at: String,
    /// What the spec says. `None` where it says nothing.
    pub spec: Option<String>,
    /// What was imported. `None` where nothing was.
    pub imported: Option<String>,
}

impl Difference {
    /// Whether it is about a part as a whole rather than about a value.
    fn is_part(&self) -> bool {
        matches!((&self.spec, &self.imported), (Some(text), None) | (None, Some(text)) if text.is_empty())
    }
}

/// `+ parameters.Tid.example: 3***` for what only the import has, `-` for what only the spec has, `~` for what differs.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.spec, &self.imported) {
            (Some(_), None) if self.is_part() => write!(f, "- {}", self.at),
            (None, Some(_)) if self.is_part() => write!(f, "+ {}", self.at),
            (None, Some(imported)) => write!(f, "+ {}: {imported}", self.at),
            (Some(spec), None) => write!(f, "- {}: {spec}", self.at),
            (spec, imported) => {
                let word = |text: &Option<String>| text.clone().unwrap_or_default();
                write!(f, "~ {}: {} | {}", self.at, word(spec), word(imported))
            }
        }
    }
}

/// Keys that hold sentences: those of a spec are its author's own.
const WORDS: &[&str] = &["summary", "description", "notes"];

/// Every fact that differs, in the order of the paths. Sentences and origins (`from`) are no facts.
pub fn differences(spec: &Operation, imported: &Operation) -> Vec<Difference> {
    let (spec, imported) = (facts(spec), facts(imported));
    let mut found = Vec::new();
    for (at, value) in &spec {
        let other = imported.get(at);
        let (value, other) = match at.strip_suffix(ORDER) {
            // The order of parts says something only about those that both have.
            Some(_) => common(value, other),
            None => (value.clone(), other.cloned()),
        };
        if other.as_ref() != Some(&value) {
            found.push(Difference { at: at.clone(), spec: Some(value), imported: other });
        }
    }
    let added = imported.into_iter().filter(|(at, _)| !spec.contains_key(at) && !at.ends_with(ORDER));
    found.extend(added.map(|(at, value)| Difference { at, spec: None, imported: Some(value) }));
    found.retain(|one| !(one.at.ends_with(ORDER) && one.imported.is_none()));
    found.sort();
    // Of a part that only one of the two has, the part says it all.
    let whole: Vec<String> = found.iter().filter(|one| one.is_part()).map(|one| one.at.clone()).collect();
    let inside = |at: &str, part: &String| {
        at.strip_prefix(part.as_str()).is_some_and(|rest| rest.starts_with(['.', '[', '{', ' ']))
    };
    found.retain(|one| !whole.iter().any(|part| inside(&one.at, part)));
    found
}

/// What the path of the order of parts ends with.
const ORDER: &str = " (order)";

/// What both orders have, each in its own order.
fn common(one: &str, other: Option<&String>) -> (String, Option<String>) {
    let Some(other) = other else { return (one.to_owned(), None) };
    let only = |text: &str, of: &str| {
        let of: Vec<&str> = of.split(SEPARATOR).collect();
        text.split(SEPARATOR).filter(|name| of.contains(name)).collect::<Vec<_>>().join(SEPARATOR)
    };
    (only(one, other), Some(only(other, one)))
}

const SEPARATOR: &str = ", ";

/// The keys that parts of lists go by.
const NAMES: &[&str] = &["name", "value", "code", "date"];

fn facts(operation: &Operation) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    // The types of the format can always be written.
    if let Ok(value) = serde_json::to_value(operation) {
        walk(&value, "", &mut facts);
    }
    facts
}

fn walk(value: &Value, at: &str, facts: &mut BTreeMap<String, String>) {
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match key.as_str() {
                    _ if WORDS.contains(&key.as_str()) || key == "from" => {}
                    // Paths read as those of replies do.
                    "fields" if value.is_array() => walk(value, at, facts),
                    "items" if value.is_object() => walk(value, &format!("{at}[]"), facts),
                    "entries" if value.is_object() => walk(value, &format!("{at}{{}}"), facts),
                    _ => walk(value, &below(key), facts),
                }
            }
        }
        Value::Array(items) => {
            let names: Option<Vec<&str>> = items.iter().map(name).collect();
            for (index, item) in items.iter().enumerate() {
                let name = names.as_ref().map_or_else(|| index.to_string(), |names| names[index].to_owned());
                facts.insert(below(&name), String::new());
                // A part is there or not; what it goes by is no fact of its own.
                match item {
                    Value::String(_) => {}
                    Value::Object(map) => map
                        .iter()
                        .filter(|(key, value)| value.as_str() != Some(&name) || !NAMES.contains(&key.as_str()))
                        .for_each(|(key, value)| {
                            let wrapped = Value::Object([(key.clone(), value.clone())].into_iter().collect());
                            walk(&wrapped, &below(&name), facts);
                        }),
                    item => walk(item, &below(&name), facts),
                }
            }
            if let Some(names) = names.filter(|names| names.len() > 1) {
                facts.insert(format!("{at}{ORDER}"), names.join(SEPARATOR));
            }
        }
        Value::String(text) => drop(facts.insert(at.to_owned(), text.clone())),
        scalar => drop(facts.insert(at.to_owned(), scalar.to_string())),
    }
}

/// What a part of a list goes by.
fn name(item: &Value) -> Option<&str> {
    item.as_str().or_else(|| NAMES.iter().find_map(|key| item.get(key)?.as_str()))
}
