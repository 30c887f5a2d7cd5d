//! A reply that means success, not yet decoded into a type.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::{Error, ErrorKind, Inner};
use crate::json::{Decode, Document, Field, Fields, Json};
use crate::judge::request_id;
use crate::service_error::{REQUEST_ID, first_text};
use crate::transport::Body;

/// A reply that means success, not yet decoded into a type: what [`DecodeReply`] reads.
pub struct Reply {
    /// The operation, which is known when the call is over.
    pub(crate) operation: Cow<'static, str>,
    pub(crate) document: Document,
    /// The body, if the operation replies with bytes or XML; nothing otherwise.
    pub(crate) bytes: Bytes,
    /// The body, if nobody has read it yet.
    pub(crate) unread: Option<Box<Body>>,
    /// The host that it comes from, if nobody has read the body yet.
    pub(crate) host: Box<str>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
}

/// What a whole reply can be decoded into: whatever a JSON document can, bytes, and what generated code puts together of
/// headers and a body.
pub trait DecodeReply: Sized {
    /// The reply, or nothing if it is something else altogether, which the reply notes.
    fn decode_reply(reply: &Reply) -> Option<Self>;
}

impl<T: Decode> DecodeReply for T {
    fn decode_reply(reply: &Reply) -> Option<Self> {
        T::decode(reply.root())
    }
}

impl DecodeReply for Bytes {
    fn decode_reply(reply: &Reply) -> Option<Self> {
        Some(reply.bytes())
    }
}

impl Reply {
    pub(crate) fn new(document: Document, status: StatusCode, headers: HeaderMap, attempts: u32) -> Self {
        Self {
            operation: Cow::Borrowed(""),
            document,
            bytes: Bytes::new(),
            unread: None,
            host: Box::default(),
            status,
            headers,
            attempts,
        }
    }

    /// The value that the document of the reply is.
    #[must_use]
    pub fn root(&self) -> Json<'_> {
        self.document.root()
    }

    /// The fields of the object that the document is. An empty one has none; anything else is noted.
    #[must_use]
    pub fn fields(&self) -> Option<Fields<'_>> {
        self.root().fields()
    }

    /// The body, if the operation replies with bytes; nothing otherwise. Nothing is copied.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// The header `name`, decoded like a text of a document; of several with this name the
    /// first. What is absent or not decodable becomes what [`Field`] says.
    #[must_use]
    pub fn header<T: Field>(&self, name: &str) -> T {
        let document = self.headers.get(name).map(|value| header_document(value.as_bytes()));
        let value = T::field(document.as_ref().map(Document::root));
        if let Some(document) = document {
            self.document.adopt_notes(name, &document);
        }
        value
    }

    /// The headers whose names begin with `prefix`, each by the rest of its name. Of several with the same name the
    /// last is kept.
    #[must_use]
    pub fn header_map<T: Decode>(&self, prefix: &str) -> BTreeMap<String, T> {
        let named = self.headers.iter().filter_map(|(name, value)| {
            let rest = name.as_str().get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix));
            let key = rest.map(|_| &name.as_str()[prefix.len()..]).filter(|key| !key.is_empty())?;
            Some((key.to_owned(), T::decode(header_document(value.as_bytes()).root())?))
        });
        named.collect()
    }

    /// The reply as a type: the one step of a call that is generic.
    pub(crate) fn decode<T: DecodeReply>(&self) -> Result<T, Error> {
        let decoded = T::decode_reply(self);
        match self.document.take_failure() {
            None => decoded.ok_or_else(|| self.undecodable(self.document.notes().pop())),
            failure => Err(self.undecodable(failure)),
        }
    }

    /// A document that came with this reply as a type.
    pub(crate) fn decode_as<T: Decode>(&self, document: Document) -> Result<T, Error> {
        let decoded = T::decode(document.root());
        let undecodable = |note: Option<crate::json::Note>| {
            let message = note.map_or_else(|| "the event is empty".to_owned(), |note| note.to_string());
            let mut error = self.error(ErrorKind::Decode, message);
            error.inner_mut().body = document.text().to_owned();
            error
        };
        match document.take_failure() {
            None => decoded.ok_or_else(|| undecodable(document.notes().pop())),
            failure => Err(undecodable(failure)),
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

impl Debug for Reply {
    /// Prints neither the headers nor the body, which have secrets in them.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status.as_u16())
            .field("request_id", &self.request_id())
            .field("headers", &self.headers.len())
            .field("bytes", &self.document.text().len().max(self.bytes.len()))
            .finish_non_exhaustive()
    }
}

/// The text of a header as a document. What is not UTF-8 is replaced.
fn header_document(value: &[u8]) -> Document {
    Document::plain(String::from_utf8_lossy(value).trim().to_owned())
}
