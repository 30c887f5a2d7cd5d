//! One call, as the world sees it.

use std::time::SystemTime;

use alicloud_codegen::spec::Path;
use serde_json::{Map, Value};

use super::Settings;
use crate::catalog::Served;
use crate::reply::parameter;
use crate::request::Incoming;
use crate::sample::request_id_path;
use crate::{schema, walk};

/// One call, and what its reply needs.
pub(crate) struct Call<'a> {
    pub(crate) served: &'a Served,
    pub(crate) request: &'a Incoming,
    pub(crate) request_id: &'a str,
    pub(crate) now: SystemTime,
    /// Whether links are to be past their end already.
    pub(crate) expired_links: bool,
}

impl Call<'_> {
    pub(crate) fn action(&self) -> &str {
        &self.served.action
    }

    /// The text of a parameter; none if it is empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        parameter(name, &self.served.operation, self.request).filter(|text| !text.is_empty())
    }

    /// A parameter that holds a whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// A parameter that holds JSON; null where it does not.
    pub(crate) fn json(&self, name: &str) -> Value {
        self.text(name).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// The tenant that the call is about.
    pub(crate) fn tenant(&self, settings: &Settings) -> i64 {
        // -1 is how the documents write the active one.
        self.number("Tid").filter(|tid| *tid != -1).unwrap_or(settings.active_tenant)
    }

    /// A good reply with all documented fields: those of the sample, and those of the schema that it lacks.
    pub(crate) fn reply(&self) -> Value {
        let mut value = schema::example(&self.served.operation.response.schema, &self.served.product);
        overlay(&mut value, &self.served.sample.value);
        if let Some(path) = request_id_path(&self.served.operation, &self.served.product) {
            walk::put(&mut value, &path.0, self.request_id.into());
        }
        value
    }
}

/// Sets the value at a path such as `Data.TaskId`.
pub(crate) fn set(value: &mut Value, path: &str, new: impl Into<Value>) {
    walk::put(value, &Path::parse(path).0, new.into());
}

/// Takes a field away.
pub(crate) fn unset(value: &mut Value, path: &str) {
    walk::remove(value, &Path::parse(path).0);
}

/// The first element of the list at a path: the pattern of all elements.
pub(crate) fn pattern(value: &Value, path: &str) -> Value {
    let first = walk::first(value, &Path::parse(path).0).and_then(|list| list.as_array()?.first());
    first.cloned().unwrap_or_else(|| Map::new().into())
}

fn overlay(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (name, value) in over {
                overlay(under.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(under), Value::Array(over)) => {
            let first = under.first().cloned().unwrap_or_default();
            *under = over
                .iter()
                .map(|item| {
                    let mut each = first.clone();
                    overlay(&mut each, item);
                    each
                })
                .collect();
        }
        (under, over) => *under = over.clone(),
    }
}
