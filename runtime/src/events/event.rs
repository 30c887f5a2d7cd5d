//! Events as types.

use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::HeaderMap;

use super::source::{Looked, Source};
use crate::error::Error;
use crate::json::Decode;
use crate::judge::request_id;
use crate::reply::Reply;

/// One event of a reply that streams events.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is; `message` if the service does not say.
    pub name: String,
    /// The last id that the service sent, with this event or one before it; empty if there was none.
    pub id: String,
    /// What the event says; nothing if its text is not JSON, such as `[DONE]`, or is `null`.
    pub data: Option<T>,
    /// What the event says, as it was sent.
    pub text: String,
}

impl<T: Debug> Debug for Event<T> {
    /// Prints how long the text is, and not what: it has the secrets that `data` hides.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name)
            .field("id", &self.id)
            .field("data", &self.data)
            .field("text", &format_args!("{} bytes", self.text.len()))
            .finish()
    }
}

/// The events of a reply while they arrive. Each piece of bytes has to come within the
/// [time limit](crate::CallOptions::timeout) of a request, be it an event, a part of one or a comment that keeps the
/// connection alive; there is no limit for all of them.
///
/// An event that says that the call failed, or cannot be decoded, is an error, after which others may follow. When the
/// connection breaks, the last item is an error.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Events<T> {
    source: Source,
    data: PhantomData<fn() -> T>,
}

impl<T> Events<T> {
    pub(super) fn new(source: Source) -> Self {
        Self { source, data: PhantomData }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head().status.as_u16()
    }

    /// The headers of the reply.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head().headers
    }

    /// The id that the service gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    fn head(&self) -> &Reply {
        &self.source.opened.head
    }
}

impl<T: Decode> Events<T> {
    fn decode(&self, looked: Looked) -> Result<Event<T>, Error> {
        let Looked { event, document } = looked;
        let data = document.map(|document| self.head().decode_as(document)).transpose()?;
        Ok(Event { name: event.name, id: event.id, data, text: event.data })
    }
}

impl<T: Decode> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let looked = self.source.poll_next(context);
        looked.map(|looked| looked.map(|looked| looked.and_then(|looked| self.decode(looked))))
    }
}

impl<T> Debug for Events<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}
