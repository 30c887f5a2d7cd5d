//! What generated requests implement, and the futures that they become.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::call::{Call, PendingReply};
use crate::error::Error;
use crate::metadata::{Metadata, WithMetadata};
use crate::reply::{DecodeReply, Reply};
use crate::wire::Wire;

/// A request of an operation.
pub trait Request {
    /// What the operation answers; of server-sent events, what one of them has.
    type Response: DecodeReply;

    /// The call that the request makes.
    fn call(&self) -> &Call;

    /// Adds the parameters.
    fn encode(&self, wire: &mut Wire);
}

/// The parameters of a request.
pub(crate) fn encoded<R: Request>(request: &R) -> Wire {
    let mut wire = Wire::new();
    request.encode(&mut wire);
    wire
}

/// A request on its way. It is sent when this is first polled.
#[must_use = "a request is sent only when it is awaited"]
pub struct Sending<T> {
    reply: PendingReply,
    decode: fn(&Reply) -> Result<T, Error>,
}

impl<T: DecodeReply> Sending<T> {
    /// Encodes a request. Nothing is sent yet.
    pub fn new<R: Request<Response = T>>(request: &R) -> Self {
        Self::of(request.call().send(encoded(request)))
    }

    pub(crate) fn of(reply: PendingReply) -> Self {
        Self { reply, decode: Reply::decode::<T> }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.reply.as_mut().poll(context));
        Poll::Ready(reply.and_then(|reply| (self.decode)(&reply)))
    }
}

/// A request on its way whose reply keeps its metadata. It is sent when this is first polled.
#[must_use = "a request is sent only when it is awaited"]
pub struct SendingWithMetadata<T> {
    sending: Sending<T>,
}

impl<T: DecodeReply> SendingWithMetadata<T> {
    /// Encodes a request. Nothing is sent yet.
    pub fn new<R: Request<Response = T>>(request: &R) -> Self {
        Self { sending: Sending::new(request) }
    }

    pub(crate) fn of(reply: PendingReply) -> Self {
        Self { sending: Sending::of(reply) }
    }
}

impl<T> Future for SendingWithMetadata<T> {
    type Output = Result<WithMetadata<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.sending.reply.as_mut().poll(context));
        Poll::Ready(reply.and_then(|reply| {
            let value = (self.sending.decode)(&reply)?;
            Ok(WithMetadata::new(value, Metadata::of(reply)))
        }))
    }
}
