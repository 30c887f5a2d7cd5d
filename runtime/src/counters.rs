//! What all clients of a configuration have done so far.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often what has happened since the configuration was built.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Counters {
    /// Calls that were begun.
    pub calls: u64,
    /// Requests that were sent, or were tried to be sent.
    pub attempts: u64,
    /// Attempts that were made because the one before had failed.
    pub retries: u64,
    /// Attempts that the service throttled.
    pub throttles: u64,
    /// Calls that failed in the end.
    pub failures: u64,
}

/// Where [`Counters`] are counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) calls: Counter,
    pub(crate) attempts: Counter,
    pub(crate) retries: Counter,
    pub(crate) throttles: Counter,
    pub(crate) failures: Counter,
}

/// One number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn so_far(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Tally {
    pub(crate) fn snapshot(&self) -> Counters {
        Counters {
            calls: self.calls.so_far(),
            attempts: self.attempts.so_far(),
            retries: self.retries.so_far(),
            throttles: self.throttles.so_far(),
            failures: self.failures.so_far(),
        }
    }
}
