//! The bytes of a reply while they arrive.

use std::fmt::{self, Debug, Formatter};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;

use super::pieces::Opened;
use crate::error::Error;
use crate::judge::request_id;

/// The bytes of a reply while they arrive. Each piece has to come within the
/// [stall timeout](crate::ConfigBuilder::stall_timeout); there is no other limit, neither to time nor to size. When the
/// connection breaks, the last item is an error.
#[must_use = "a stream does nothing unless it is polled"]
pub struct ByteStream {
    opened: Box<Opened>,
}

impl ByteStream {
    pub(super) fn new(opened: Opened) -> Self {
        Self { opened: Box::new(opened) }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.opened.head.status.as_u16()
    }

    /// The headers of the reply.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.opened.head.headers
    }

    /// The id that the service gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// How many times the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.opened.head.attempts
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.opened.poll_next(context)
    }
}

impl Debug for ByteStream {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}
