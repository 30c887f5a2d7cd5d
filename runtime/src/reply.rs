//! A reply that means success, not yet decoded into a type.

use std::borrow::Cow;

use http::{HeaderMap, StatusCode};

use crate::error::{Error, ErrorKind, Inner};
use crate::json::{Decode, Document};
use crate::judge::request_id;
use crate::service_error::{REQUEST_ID, first_text};

/// A reply that means success.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The operation, which is known when the call is over.
    pub(crate) operation: Cow<'static, str>,
    pub(crate) document: Document,
    /// The body, if the operation replies with bytes; nothing otherwise.
    pub(crate) bytes: Vec<u8>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
}

impl Reply {
    pub(crate) fn new(document: Document, status: StatusCode, headers: HeaderMap, attempts: u32) -> Self {
        Self { operation: Cow::Borrowed(""), document, bytes: Vec::new(), status, headers, attempts }
    }

    /// The reply as a type: the one step of a call that is generic.
    pub(crate) fn decode<T: Decode>(&self) -> Result<T, Error> {
        let decoded = T::decode(self.document.root());
        match self.document.take_failure() {
            None => decoded.ok_or_else(|| self.undecodable(self.document.notes().pop())),
            failure => Err(self.undecodable(failure)),
        }
    }

    /// The id of the request, as the body or else the headers say.
    pub(crate) fn request_id(&self) -> Option<String> {
        first_text(self.document.root(), &REQUEST_ID).or_else(|| request_id(&self.headers).map(str::to_owned))
    }

    /// An error about this reply.
    pub(crate) fn error(&self, kind: ErrorKind, message: String) -> Error {
        Error::from_inner(Inner {
            kind,
            operation: Some(self.operation.clone()),
            message,
            request_id: self.request_id(),
            status: Some(self.status),
            attempts: self.attempts,
            body: self.document.text().to_owned(),
            was_sent: true,
            ..Inner::default()
        })
    }

    #[cold]
    fn undecodable(&self, note: Option<crate::json::Note>) -> Error {
        let message = note.map_or_else(|| "the reply is empty".to_owned(), |note| note.to_string());
        self.error(ErrorKind::Decode, message)
    }
}
