//! What was received, for tests to look at and for the log.

use std::fmt::{self, Debug, Formatter};

use bytes::Bytes;

/// A request that the emulator received, and what it answered.
///
/// `Debug` shows neither headers nor query nor body: they hold signatures, tokens and whatever the caller sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The operation that was asked for: the one that was found, or else what the request named.
    pub operation: Option<String>,
    /// The version that was asked for, in the same way.
    pub version: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// Path and query as they were sent.
    pub target: String,
    /// Names, in lower case, and values of the headers in the order of the wire.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
    /// The HTTP status of the answer; 0 if the connection was closed in place of one.
    pub status: u16,
    /// The code of the answer, if it was a refusal.
    pub code: Option<String>,
    /// Names in query and form that the operation does not have. The service ignores them, and so does the emulator.
    pub unknown_parameters: Vec<String>,
}

impl RecordedRequest {
    /// The value of a header: the first one.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl Debug for RecordedRequest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let path = self.target.split('?').next().unwrap_or_default();
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation)
            .field("version", &self.version)
            .field("method", &self.method)
            .field("path", &path)
            .field("status", &self.status)
            .field("code", &self.code)
            .field("unknown_parameters", &self.unknown_parameters)
            .finish_non_exhaustive()
    }
}
