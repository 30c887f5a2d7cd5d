//! Where links come from: the operation, which is called again when a link is refused.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use tokio::sync::Mutex;
use url::Url;

use super::expiry::expiry;
use super::link::{self, Link};
use crate::call::Call;
use crate::client::ClientCore;
use crate::error::Error;
use crate::wire::Wire;

/// Makes links by calling an operation; keeps the last one for all who download from it.
pub(super) struct Source {
    call: Call,
    wire: Wire,
    link: &'static Link,
    current: Mutex<Option<Minted>>,
    attempts: AtomicU32,
}

/// A link, and which one it is.
#[derive(Clone)]
pub(super) struct Minted {
    pub(super) url: Url,
    pub(super) generation: u64,
    /// When it expires, if that was still to come when it was made: clocks differ.
    expiry: Option<SystemTime>,
}

impl Source {
    pub(super) fn new(call: Call, wire: Wire, link: &'static Link) -> Self {
        Self { call, wire, link, current: Mutex::default(), attempts: AtomicU32::new(0) }
    }

    pub(super) fn core(&self) -> &ClientCore {
        self.call.core()
    }

    /// The operation.
    pub(super) fn action(&self) -> &'static str {
        self.call.operation().action
    }

    /// A link. One of generation `refused` or older, or past its time, is replaced by a fresh one.
    pub(super) async fn link(&self, refused: Option<u64>) -> Result<Minted, Error> {
        let mut current = self.current.lock().await;
        let now = self.core().config().clock.now();
        let is_good = |minted: &&Minted| {
            refused.is_none_or(|refused| minted.generation > refused) && minted.expiry.is_none_or(|expiry| expiry > now)
        };
        if let Some(minted) = current.as_ref().filter(is_good) {
            return Ok(minted.clone());
        }
        let reply = self.call.send(self.wire.clone()).await?;
        self.attempts.store(reply.attempts, Ordering::Relaxed);
        let url = link::find(&reply, self.link, self.core().network())?;
        let generation = current.as_ref().map_or(0, |minted| minted.generation + 1);
        let expiry = expiry(&url, self.link, reply.document.root()).filter(|expiry| *expiry > now);
        let minted = Minted { url, generation, expiry };
        *current = Some(minted.clone());
        Ok(minted)
    }

    /// Says which operation it was whose link could not be downloaded.
    pub(super) fn blame(&self, error: Error) -> Error {
        if error.operation().is_some() {
            return error;
        }
        error.of(self.action(), self.attempts.load(Ordering::Relaxed))
    }
}
