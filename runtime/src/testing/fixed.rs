//! Time and randomness that do as they are told.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::clock::Clock;
use crate::random::Random;

/// A clock that moves when it is told to, and when somebody sleeps by it, which takes no time.
#[derive(Debug)]
pub struct FixedClock {
    state: Mutex<(SystemTime, Vec<Duration>)>,
}

impl FixedClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn new(now: SystemTime) -> Self {
        Self { state: Mutex::new((now, Vec::new())) }
    }

    /// Moves it forward.
    pub fn advance(&self, by: Duration) {
        self.change(|(now, _)| *now = now.checked_add(by).unwrap_or(*now));
    }

    /// How long was slept, each time.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.change(|(_, slept)| slept.clone())
    }

    fn change<T>(&self, change: impl FnOnce(&mut (SystemTime, Vec<Duration>)) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for FixedClock {
    /// 2025-06-01T02:03:04Z.
    fn default() -> Self {
        Self::new(UNIX_EPOCH + Duration::from_secs(1_748_743_384))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> SystemTime {
        self.change(|(now, _)| *now)
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.change(|(now, slept)| {
            *now = now.checked_add(duration).unwrap_or(*now);
            slept.push(duration);
        });
        Box::pin(ready(()))
    }
}

/// Numbers that can be foretold: nonces and client tokens count, and random waits are always the same part of the
/// longest.
#[derive(Debug)]
pub struct FixedRandom {
    part: u64,
    next: AtomicU64,
}

impl FixedRandom {
    /// Waits are `part` of the longest, from 0.0 to 1.0; nonces count from 1.
    #[must_use]
    pub fn new(part: f64) -> Self {
        // From a number with a point, this conversion stays within the bounds.
        Self { part: (part * u64::MAX as f64) as u64, next: AtomicU64::new(1) }
    }
}

impl Default for FixedRandom {
    /// Waits are half of the longest.
    fn default() -> Self {
        Self::new(0.5)
    }
}

impl Random for FixedRandom {
    fn bits(&self) -> u128 {
        u128::from(self.part) << 64 | u128::from(self.next.fetch_add(1, Ordering::Relaxed))
    }
}
