//! What was sent to a script.

use serde_json::Value;

use crate::transport::HttpRequest;

/// A request that a [`Script`](super::Script) was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    request: HttpRequest,
}

impl Sent {
    pub(super) fn new(request: HttpRequest) -> Self {
        Self { request }
    }

    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.header("x-acs-action").unwrap_or_default()
    }

    /// A parameter of the query or of the form.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let form = self.header("content-type") == Some("application/x-www-form-urlencoded");
        let body = self.request.body.as_bytes().filter(|_| form).unwrap_or_default();
        let mut pairs = self.request.url.query_pairs().chain(url::form_urlencoded::parse(body));
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// A header, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.headers.get(name)?.to_str().ok()
    }

    /// The body, if it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(self.request.body.as_bytes()?).ok()
    }

    /// All of it.
    #[must_use]
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }
}
