//! The documented values of a text or a number.

use serde_json::Value as Json;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Schema, Type, Value};

use super::super::json::{self, Object};
use super::super::{Options, text};

/// Reads the list of values, or the titles of values where there is no list.
pub(super) fn read(from: &Object, schema: &mut Schema, about: &str, notes: &mut Notes, options: &Options) {
    let (list, titles) = (from.get("enum"), json::object(from, "enumValueTitles"));
    if list.is_none() && titles.is_none() {
        return;
    }
    let mut values: Vec<Value> = Vec::new();
    let mut twice = false;
    let mut add = |value: String, title: Option<&Json>| {
        let description = title.and_then(Json::as_str).filter(|_| options.descriptions);
        let description = description.and_then(|title| text::of(Some(title), None)).filter(|title| *title != value);
        twice |= values.iter().any(|other| other.value == value);
        if values.iter().all(|other| other.value != value) {
            values.push(Value { value, description, name: None });
        }
    };
    for value in json::list(from, "enum").iter().filter_map(|value| json::printed(Some(value))) {
        let title = titles.and_then(|titles| titles.get(&value));
        add(value, title);
    }
    let listed = !json::list(from, "enum").is_empty();
    if !listed {
        titles.into_iter().flatten().for_each(|(value, title)| add(value.clone(), Some(title)));
    }
    if twice {
        notes.say(Code::ValuesDropped, about, format!("`{about}` lists a value twice: it is kept once"));
    }
    if values.is_empty() {
        notes.say(Code::ValuesDropped, about, format!("`{about}` has an empty list of values: dropped"));
        return;
    }
    // A list takes its values one by one.
    let of_items = schema.items.as_deref_mut().filter(|items| items.values.is_empty());
    let target = match schema.kind {
        Some(Type::String | Type::Integer | Type::Long | Type::Float | Type::Double) => Some(&mut *schema),
        _ => of_items.filter(|items| items.kind == Some(Type::String)),
    };
    match target {
        Some(target) => {
            if !listed {
                notes.say(Code::ValuesFromTitles, about, format!("the values of `{about}` are those that have titles"));
            }
            target.values = values;
        }
        None => {
            let what = format!("`{about}` has a list of values, which says nothing about its type: dropped");
            notes.say(Code::ValuesDropped, about, what);
        }
    }
}
