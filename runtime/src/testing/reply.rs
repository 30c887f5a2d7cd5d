//! What a script answers.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use crate::transport::{Body, HttpResponse, TransportError};

/// What a [`Script`](super::Script) answers: a reply, or a failure on the way. Text and JSON become a reply with the
/// status 200.
#[derive(Clone, Debug)]
#[must_use = "a reply does nothing until it is in a script"]
pub struct Reply {
    outcome: Result<(u16, Bytes), TransportError>,
    headers: Vec<(String, String)>,
}

impl Reply {
    /// A reply with a status and nothing else.
    pub fn status(status: u16) -> Self {
        Self { outcome: Ok((status, Bytes::new())), headers: Vec::new() }
    }

    /// The body of the reply.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let Ok((_, known)) = &mut self.outcome {
            *known = body.into();
        }
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(super) fn into_response(self) -> Result<HttpResponse, TransportError> {
        let (status, headers, body) = self.into_parts()?;
        Ok(HttpResponse { status, headers, body: Body::from(body) })
    }

    pub(super) fn into_parts(self) -> Result<(StatusCode, HeaderMap, Bytes), TransportError> {
        let (status, body) = self.outcome?;
        let wrong = |what: String| TransportError::other(format!("the script has {what}"), true);
        let status = StatusCode::from_u16(status).map_err(|_| wrong(format!("the impossible status {status}")))?;
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers {
            match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) {
                (Ok(name), Ok(value)) => headers.append(name, value),
                _ => return Err(wrong(format!("the impossible header {name}"))),
            };
        }
        Ok((status, headers, body))
    }
}

impl From<&str> for Reply {
    fn from(body: &str) -> Self {
        Self::status(200).body(body.to_owned())
    }
}

impl From<String> for Reply {
    fn from(body: String) -> Self {
        Self::status(200).body(body)
    }
}

impl From<Value> for Reply {
    fn from(body: Value) -> Self {
        Self::status(200).body(body.to_string())
    }
}

impl From<TransportError> for Reply {
    fn from(error: TransportError) -> Self {
        Self { outcome: Err(error), headers: Vec::new() }
    }
}
