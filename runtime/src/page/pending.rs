//! A page that is on its way, in the background if that is wanted.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::call::PendingReply;
use crate::error::{Error, ErrorKind};
use crate::reply::Reply;

/// A page that is on its way. Dropping it gives it up.
pub(super) enum PendingPage {
    /// It gets on when it is polled.
    Here(PendingReply),
    /// It gets on by itself.
    Background(JoinHandle<Result<Reply, Error>>),
}

impl PendingPage {
    pub(super) fn here(reply: PendingReply) -> Self {
        Self::Here(reply)
    }

    /// In the background if there is a tokio runtime.
    pub(super) fn background(reply: PendingReply) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self::Background(runtime.spawn(reply)),
            Err(_) => Self::Here(reply),
        }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Reply, Error>> {
        match self {
            Self::Here(reply) => reply.as_mut().poll(context),
            Self::Background(task) => Poll::Ready(ready!(Pin::new(task).poll(context)).unwrap_or_else(|_| {
                Err(Error::new(ErrorKind::Connection, "the next page was given up: its runtime has been shut down"))
            })),
        }
    }
}

impl Drop for PendingPage {
    fn drop(&mut self) {
        if let Self::Background(task) = self {
            task.abort();
        }
    }
}
