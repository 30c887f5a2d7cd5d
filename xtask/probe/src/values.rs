//! Typed values from JSON and back: what a program implements for the types of its product, in a few lines each.
//!
//! Programs have this file as a module of their own, since a trait of another crate cannot be implemented for types of a
//! third.

#![allow(dead_code, missing_docs, reason = "no program needs all of it")]

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll};

use alicloud_runtime::testing::response;
use alicloud_runtime::{Bytes, Error, Request, RequestBody, Sending, SensitiveString};
use serde_json::{Map, Value};

/// What can be read back from a response.
pub trait Read {
    fn read(&self) -> Value;
}

/// An object, by the names of the wire.
pub fn object(fields: &[(&str, &dyn Read)]) -> Value {
    Value::Object(fields.iter().map(|(name, value)| ((*name).to_owned(), value.read())).collect())
}

/// An object that is nothing but a list in Rust: the name of that list on the wire, and the list.
pub struct Wrapped<'a>(pub &'a str, pub &'a dyn Read);

impl Read for Wrapped<'_> {
    fn read(&self) -> Value {
        object(&[(self.0, self.1)])
    }
}

impl Read for String {
    fn read(&self) -> Value {
        Value::String(self.clone())
    }
}

impl Read for SensitiveString {
    fn read(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl Read for i64 {
    fn read(&self) -> Value {
        Value::from(*self)
    }
}

impl Read for f64 {
    fn read(&self) -> Value {
        Value::from(*self)
    }
}

impl Read for bool {
    fn read(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Read for Value {
    fn read(&self) -> Value {
        self.clone()
    }
}

impl Read for Bytes {
    fn read(&self) -> Value {
        Value::String(String::from_utf8_lossy(self).into_owned())
    }
}

/// A reply that nobody looks at.
impl Read for () {
    fn read(&self) -> Value {
        Value::Null
    }
}

impl<T: Read> Read for Option<T> {
    fn read(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::read)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(&self) -> Value {
        (**self).read()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(&self) -> Value {
        Value::Array(self.iter().map(T::read).collect())
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(&self) -> Value {
        Value::Object(self.iter().map(|(name, value)| (name.clone(), value.read())).collect::<Map<_, _>>())
    }
}

/// What can be part of a request.
pub trait Make: Sized {
    /// The value, or an empty one if this is none.
    fn make(value: &Value) -> Self;
}

/// The value of a parameter or a field.
pub fn make<T: Make>(values: &Value, name: &str) -> T {
    T::make(&values[name])
}

impl Make for String {
    fn make(value: &Value) -> Self {
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }
}

impl Make for SensitiveString {
    fn make(value: &Value) -> Self {
        String::make(value).into()
    }
}

impl Make for i64 {
    fn make(value: &Value) -> Self {
        value.as_i64().unwrap_or_default()
    }
}

impl Make for f64 {
    fn make(value: &Value) -> Self {
        value.as_f64().unwrap_or_default()
    }
}

impl Make for bool {
    fn make(value: &Value) -> Self {
        value.as_bool().unwrap_or_default()
    }
}

impl Make for Value {
    fn make(value: &Value) -> Self {
        value.clone()
    }
}

impl Make for RequestBody {
    fn make(value: &Value) -> Self {
        String::make(value).into()
    }
}

impl<T: Make> Make for Option<T> {
    fn make(value: &Value) -> Self {
        (!value.is_null()).then(|| T::make(value))
    }
}

impl<T: Make> Make for Box<T> {
    fn make(value: &Value) -> Self {
        Self::new(T::make(value))
    }
}

impl<T: Make> Make for Vec<T> {
    fn make(value: &Value) -> Self {
        value.as_array().map_or_else(Self::new, |items| items.iter().map(T::make).collect())
    }
}

impl<T: Make> Make for BTreeMap<String, T> {
    fn make(value: &Value) -> Self {
        let entries = value.as_object().into_iter().flatten();
        entries.map(|(name, value)| (name.clone(), T::make(value))).collect()
    }
}

/// Decodes a sample as the response of a request, and reads it back.
pub fn decode<R: Request<Response: Read>>(sample: &str) -> Result<Value, String> {
    response::<R::Response>(sample).map(|response| response.read()).map_err(|error| error.to_string())
}

/// Sends a request, whatever the reply is.
pub fn pending<R: Request<Response: 'static>>(request: &R) -> super::Pending {
    Box::pin(Forgetful(Sending::new(request)))
}

/// A call without its reply. One small type for each response, and nothing else of a call is generic.
struct Forgetful<T>(Sending<T>);

impl<T> Future for Forgetful<T> {
    type Output = Option<Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(Result::err)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_made_is_read_back() {
        let value = json!({ "Text": "a", "List": [1, 2], "Map": { "k": [true] }, "Float": 1.5, "Free": { "x": null } });
        let read = object(&[
            ("Text", &make::<String>(&value, "Text")),
            ("List", &make::<Option<Vec<i64>>>(&value, "List")),
            ("Map", &make::<BTreeMap<String, Box<Vec<bool>>>>(&value, "Map")),
            ("Float", &make::<f64>(&value, "Float")),
            ("Free", &make::<Value>(&value, "Free")),
        ]);
        assert_eq!(read, value);
        assert_eq!(make::<Option<String>>(&value, "Absent").read(), Value::Null);
        let secrets = vec![make::<SensitiveString>(&value, "Text")];
        assert_eq!(Wrapped("Secret", &secrets).read(), json!({ "Secret": ["a"] }));
    }
}
