//! JSON that is wiped when it is dropped.

use serde_json::Value;
use zeroize::Zeroize;

/// A JSON document with secrets in it.
pub(crate) struct Wiped(Value);

impl Wiped {
    /// Parses a document. What is wrong with it is told without quoting it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let parsed = serde_json::from_str(text.trim_start_matches('\u{feff}'));
        parsed.map(Self).map_err(|error| format!("not JSON: line {}, column {}", error.line(), error.column()))
    }

    pub(crate) fn root(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for Wiped {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text of a field, if it has one that is not empty. Case and underscores of the name are ignored: the services
/// write `AccessKeyId`, `accessKeyId` and `access_key_id`.
pub(crate) fn text<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    field(object, name)?.as_str().filter(|text| !text.is_empty())
}

/// The whole number of a field, which may be written as text. Names are compared as in [`text`].
pub(crate) fn number(object: &Value, name: &str) -> Option<u64> {
    let value = field(object, name)?;
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A field by its name, as [`text`] compares it.
pub(crate) fn field<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let fields = object.as_object()?;
    let letters = |name: &str| -> Vec<u8> {
        name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase()).collect()
    };
    let wanted = letters(name);
    fields.get(name).or_else(|| fields.iter().find(|(name, _)| letters(name) == wanted).map(|(_, value)| value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_fields_by_their_letters() {
        let value = serde_json::json!({"accessKeyId": "a", "expired_seconds": "900", "n": 7, "empty": ""});
        assert_eq!((text(&value, "AccessKeyId"), text(&value, "access_key_id")), (Some("a"), Some("a")));
        assert_eq!((number(&value, "ExpiredSeconds"), number(&value, "n")), (Some(900), Some(7)));
        assert_eq!((text(&value, "empty"), text(&value, "other"), text(&Value::Null, "n")), (None, None, None));
    }

    #[test]
    fn says_where_but_not_what() {
        let why = Wiped::parse("{\"secret\": \"hush\",\n hush}").err().unwrap();
        assert_eq!(why, "not JSON: line 2, column 2");
    }
}
