//! What is known about a reply beyond what it says.

use std::fmt::{self, Debug, Formatter};

use http::{HeaderMap, StatusCode};

use crate::json::Note;
use crate::reply::Reply;

/// What is known about a reply beyond what it says.
#[derive(Clone)]
pub struct Metadata {
    request_id: Option<String>,
    attempts: u32,
    status: StatusCode,
    headers: HeaderMap,
    raw: String,
    notes: Vec<Note>,
}

impl Metadata {
    pub(crate) fn of(reply: Reply) -> Self {
        let request_id = reply.request_id();
        let (text, notes) = reply.document.into_parts();
        // Of XML it is what the document was made of; bytes that are no document are not kept twice.
        let xml = (!text.is_empty() && !reply.bytes.is_empty()).then(|| String::from_utf8_lossy(&reply.bytes));
        let raw = xml.map_or(text, std::borrow::Cow::into_owned);
        Self { request_id, attempts: reply.attempts, status: reply.status, headers: reply.headers, raw, notes }
    }

    /// The id that the service gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How many times the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers of the reply.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The reply as the service sent it. It may have secrets in it.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// What could not be decoded, and was left out therefore.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

impl Debug for Metadata {
    /// Does not print the reply, which may have secrets in it.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("status", &self.status)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

/// A reply and what is known about it.
#[derive(Clone, Debug)]
pub struct WithMetadata<T> {
    value: T,
    metadata: Metadata,
}

impl<T> WithMetadata<T> {
    pub(crate) fn new(value: T, metadata: Metadata) -> Self {
        Self { value, metadata }
    }

    /// The reply.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.value
    }

    /// The reply, without what is known about it.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// What is known about the reply.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }
}
