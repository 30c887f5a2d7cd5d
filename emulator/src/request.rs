//! A request as it came in, decoded as far as every step needs it.

use bytes::Bytes;
use http::request::Parts;

use crate::pairs::{self, Pairs};
use crate::refusal::Refusal;

/// A request.
pub(crate) struct Incoming {
    /// The HTTP method, in upper case.
    pub(crate) method: String,
    /// Path and query as they were sent.
    pub(crate) target: String,
    /// The path as it was sent.
    pub(crate) path: String,
    /// The query, if it is UTF-8.
    query: Option<Pairs>,
    /// Names, in lower case, and values of the headers.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: Bytes,
}

impl Incoming {
    pub(crate) fn new(parts: &Parts, body: Bytes) -> Self {
        let headers = parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let target = parts.uri.path_and_query().map_or_else(|| parts.uri.path(), |both| both.as_str());
        Self {
            method: parts.method.as_str().to_owned(),
            target: target.to_owned(),
            path: parts.uri.path().to_owned(),
            query: pairs::decode(parts.uri.query().unwrap_or_default().as_bytes()),
            headers,
            body,
        }
    }

    /// The value of a header: the first one. The name is in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        pairs::get(&self.headers, name)
    }

    /// The decoded query.
    pub(crate) fn query(&self) -> Result<&[(String, String)], Refusal> {
        self.query.as_deref().ok_or_else(|| not_utf8("query"))
    }

    /// The decoded form; empty if the body is none.
    pub(crate) fn form(&self) -> Result<Pairs, Refusal> {
        const FORM: &str = "application/x-www-form-urlencoded";
        let content_type = self.header("content-type").unwrap_or_default();
        if !content_type.get(..FORM.len()).is_some_and(|start| start.eq_ignore_ascii_case(FORM)) {
            return Ok(Pairs::new());
        }
        pairs::decode(&self.body).ok_or_else(|| not_utf8("form"))
    }

    /// What names the operation: the header, or the parameter of the query.
    pub(crate) fn named(&self, header: &str, parameter: &str) -> Option<&str> {
        let in_query = || self.query.as_deref().and_then(|query| pairs::get(query, parameter));
        self.header(header).or_else(in_query).filter(|name| !name.is_empty())
    }
}

fn not_utf8(what: &str) -> Refusal {
    Refusal::new(400, "InvalidParameter.Encoding", format!("The {what} is not encoded as UTF-8."))
}
