//! A running emulator.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::builder::Builder;
use crate::canned::{CannedReply, SetReplyError};
use crate::fault::Fault;
use crate::record::RecordedRequest;
use crate::service::{Service, lock};

/// How long [`Emulator::stop`] waits for requests that are being answered.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running emulator. It stops when it is dropped, and cuts the connections that are still open.
pub struct Emulator {
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Emulator {
    /// What to serve, and to whom.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(service: Arc<Service>, stop: watch::Sender<bool>, server: JoinHandle<()>) -> Self {
        Self { service, stop, server }
    }

    /// Where it is reached, such as `http://127.0.0.1:40321`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.service.url
    }

    /// How many operations it serves.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.service.catalog.len()
    }

    /// The requests that were answered, in order: the last 4,096 of them. What is not HTTP is not among them.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.service.records).iter().cloned().collect()
    }

    /// Forgets the requests that were answered so far.
    pub fn forget_requests(&self) {
        lock(&self.service.records).clear();
    }

    /// Answers the next good request for an operation in this way. Replies that are set one after the other are
    /// given one after the other. A request that is refused, as its signature is wrong for example, uses none up.
    ///
    /// # Errors
    ///
    /// If no spec describes the operation, or if HTTP cannot carry the reply.
    pub fn set_reply(&self, operation: &str, reply: CannedReply) -> Result<(), SetReplyError> {
        if self.service.catalog.named(operation).next().is_none() {
            return Err(SetReplyError::NoSuchOperation(operation.to_owned()));
        }
        reply.check()?;
        lock(&self.service.canned).push(operation, reply);
        Ok(())
    }

    /// Lets the next request go wrong. Faults that are given one after the other strike one after the other, before
    /// any reply that is set.
    ///
    /// # Errors
    ///
    /// If no spec describes the operation, or if HTTP cannot carry the status.
    pub fn fault(&self, fault: Fault) -> Result<(), SetReplyError> {
        self.service.take_faults(vec![fault])
    }

    /// How many tickets, files or tasks an operation such as `CreateDownload` has made since the start or since they
    /// were forgotten. Always none without [`Builder::workflows`].
    #[must_use]
    pub fn created(&self, operation: &str) -> usize {
        self.service.world.as_ref().map_or(0, |world| lock(world).created(operation))
    }

    /// Forgets tickets, tasks, faults, requests and the replies that were set. Nonces are still used once only.
    pub fn reset(&self) {
        self.service.reset();
    }

    /// Answers an operation as its spec says again.
    pub fn clear_replies(&self, operation: &str) {
        lock(&self.service.canned).clear(operation);
    }

    /// Stops: takes no more connections, and waits up to two seconds for the requests that are being answered.
    pub async fn stop(mut self) {
        // Nobody listens if the server has ended, and then there is nothing to stop.
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(PATIENCE, &mut self.server).await;
    }
}

impl Debug for Emulator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Connections belong to the server's task and end with it.
        self.server.abort();
    }
}
