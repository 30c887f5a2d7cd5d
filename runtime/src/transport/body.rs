//! The body of a reply, whole or chunk by chunk.

use std::fmt::{self, Debug, Formatter};
use std::future::{Future as _, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout};

use super::error::TransportError;
use super::reqwest_transport::within;

/// The body of a reply.
pub struct Body {
    source: Source,
}

enum Source {
    Whole(Option<Bytes>),
    Stream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>),
    /// The reply of `reqwest`, and when it has to be there.
    Reqwest(reqwest::Response, Option<Instant>),
}

impl Body {
    /// A body that arrives piece by piece.
    #[must_use]
    pub fn from_stream(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self { source: Source::Stream(Box::pin(stream)) }
    }

    pub(super) fn from_reqwest(response: reqwest::Response, deadline: Option<Instant>) -> Self {
        Self { source: Source::Reqwest(response, deadline) }
    }

    /// The next piece, or nothing at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks, or the body ends before its declared length.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.source {
            Source::Whole(bytes) => Ok(bytes.take().filter(|bytes| !bytes.is_empty())),
            Source::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await.transpose(),
            Source::Reqwest(response, deadline) => within(*deadline, response.chunk(), true).await,
        }
    }

    /// The next piece, if it is there. What has begun is not lost by not waiting for it, except for a deadline, which
    /// whoever reads in this way has to keep.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        pin!(self.chunk()).poll(context)
    }

    /// The next piece, which has to come within `stall`.
    async fn chunk_soon(&mut self, stall: Duration) -> Result<Option<Bytes>, TransportError> {
        let mut chunk = pin!(self.chunk());
        // Nearly always it is there already, and then no timer is needed. Without tokio there is none.
        let first_look = poll_fn(|context| Poll::Ready(chunk.as_mut().poll(context)));
        if let Poll::Ready(chunk) = first_look.await {
            return chunk;
        }
        if Handle::try_current().is_err() {
            return chunk.await;
        }
        let too_late = |_| Err(TransportError::stalled(format!("nothing more of the reply came for {stall:?}")));
        timeout(stall, chunk).await.unwrap_or_else(too_late)
    }

    /// Everything that is left, or nothing if that is more than `limit` bytes. Each piece has to come within `stall`.
    pub(crate) async fn collect(&mut self, limit: usize, stall: Duration) -> Result<Option<Vec<u8>>, TransportError> {
        let mut bytes = Vec::new();
        Ok(self.collect_into(&mut bytes, limit, stall).await?.then_some(bytes))
    }

    /// The same into `bytes`, which has what came before it failed or became too much. Whether that is all.
    pub(crate) async fn collect_into(
        &mut self,
        bytes: &mut Vec<u8>,
        limit: usize,
        stall: Duration,
    ) -> Result<bool, TransportError> {
        while bytes.len() <= limit {
            match self.chunk_soon(stall).await? {
                // The first piece is nearly always all there is: it is taken over, not copied.
                Some(chunk) if bytes.is_empty() => *bytes = Vec::from(chunk),
                Some(chunk) => bytes.extend_from_slice(&chunk),
                None => return Ok(true),
            }
        }
        Ok(false)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { source: Source::Whole(Some(bytes)) }
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

impl Debug for Body {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}
