//! A request on its way whose reply is read while it arrives.

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::byte_stream::ByteStream;
use super::pieces::Opened;
use crate::call::{Call, PendingReply};
use crate::error::Error;
use crate::request::{Request, encoded};
use crate::wire::Wire;

/// A request on its way whose reply is read while it arrives. It is sent when this is first polled, and again as any
/// other request until there is a status of success.
#[must_use = "a request is sent only when it is awaited"]
pub struct SendingStream {
    reply: PendingReply,
    call: Call,
}

impl SendingStream {
    /// Encodes a request. Nothing is sent yet.
    pub fn new<R: Request>(request: &R) -> Self {
        Self::of(request.call().clone(), encoded(request))
    }

    pub(crate) fn of(call: Call, wire: Wire) -> Self {
        Self { reply: call.open(wire), call }
    }
}

impl Future for SendingStream {
    type Output = Result<ByteStream, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.reply.as_mut().poll(context))?;
        let limit = self.call.core().config().stall_timeout;
        Poll::Ready(Ok(ByteStream::new(Opened::new(reply, self.call.clone(), limit))))
    }
}

impl Debug for SendingStream {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendingStream").field("call", &self.call).finish_non_exhaustive()
    }
}
