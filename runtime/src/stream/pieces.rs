//! The body of a reply, piece by piece, with a limit to the time between two of them.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};

use crate::attempts::transport_error;
use crate::call::Call;
use crate::error::Error;
use crate::reply::Reply;
use crate::transport::{Body, TransportError};

/// A reply whose body is still to be read, and who asked for it.
pub(crate) struct Opened {
    /// The reply without its body.
    pub(crate) head: Reply,
    pub(crate) call: Call,
    pub(crate) pieces: Pieces,
}

/// The body of a reply, piece by piece.
pub(crate) struct Pieces {
    body: Option<Box<Body>>,
    /// How long to wait for a piece.
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    is_waiting: bool,
}

impl Opened {
    /// Reads the body of `head`, of which each piece has to come within `limit`.
    pub(crate) fn new(mut head: Reply, call: Call, limit: Duration) -> Self {
        let body = head.unread.take();
        Self { head, call, pieces: Pieces { body, limit, timer: None, is_waiting: false } }
    }

    /// The next piece. Nothing comes after an error.
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let polled = self.pieces.poll_next(context);
        polled.map(|piece| piece.map(|piece| piece.map_err(|error| self.broken(&error))))
    }

    /// An error about what happened while the body was read.
    pub(crate) fn broken(&self, error: &TransportError) -> Error {
        let mut broken = transport_error(error);
        let inner = broken.inner_mut();
        inner.message = format!("{}: {}", self.head.host, inner.message);
        inner.status = Some(self.head.status);
        inner.request_id = self.head.request_id();
        inner.was_sent = true;
        broken.of(self.head.operation.clone(), self.head.attempts)
    }
}

impl Pieces {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if let Poll::Ready(piece) = body.poll_chunk(context) {
            self.is_waiting = false;
            if !matches!(piece, Ok(Some(_))) {
                self.body = None;
            }
            return Poll::Ready(piece.transpose());
        }
        // Without tokio there is no timer.
        if Handle::try_current().is_err() {
            return Poll::Pending;
        }
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(self.limit)));
        if !self.is_waiting {
            self.is_waiting = true;
            if let Some(end) = Instant::now().checked_add(self.limit) {
                timer.as_mut().reset(end);
            }
        }
        if timer.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.body = None;
        Poll::Ready(Some(Err(TransportError::stalled(format!("nothing more of the reply came for {:?}", self.limit)))))
    }

    /// Reads no more, and closes the connection.
    pub(crate) fn end(&mut self) {
        self.body = None;
    }
}
