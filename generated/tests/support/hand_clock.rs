//! A clock that stands until somebody sleeps.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alicloud::runtime::Clock;
use tokio::sync::Notify;

/// A clock that stands until somebody sleeps: then it is later, at once. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct HandClock {
    now: Arc<Mutex<SystemTime>>,
    /// Whether who sleeps never wakes up.
    is_stopped: bool,
    sleepers: Arc<AtomicUsize>,
    fell_asleep: Arc<Notify>,
}

impl HandClock {
    /// A clock on which everybody sleeps for ever.
    pub fn stopped() -> Self {
        Self { is_stopped: true, ..Self::default() }
    }

    pub fn read(&self) -> SystemTime {
        *self.now.lock().unwrap()
    }

    /// Completes once somebody has fallen asleep.
    pub async fn somebody_sleeps(&self) {
        self.fell_asleep.notified().await;
    }

    /// How many sleep now.
    pub fn sleepers(&self) -> usize {
        self.sleepers.load(Ordering::SeqCst)
    }
}

impl Default for HandClock {
    fn default() -> Self {
        let start = UNIX_EPOCH + Duration::from_secs(1_748_743_384);
        Self {
            now: Arc::new(Mutex::new(start)),
            is_stopped: false,
            sleepers: Arc::default(),
            fell_asleep: Arc::default(),
        }
    }
}

impl Clock for HandClock {
    fn now(&self) -> SystemTime {
        self.read()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        if !self.is_stopped {
            *self.now.lock().unwrap() += duration;
            return Box::pin(std::future::ready(()));
        }
        let sleeper = Sleeper::new(&self.sleepers);
        self.fell_asleep.notify_one();
        Box::pin(async move {
            std::future::pending::<()>().await;
            drop(sleeper);
        })
    }
}

/// Counts as one who sleeps until it is dropped.
struct Sleeper(Arc<AtomicUsize>);

impl Sleeper {
    fn new(sleepers: &Arc<AtomicUsize>) -> Self {
        sleepers.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(sleepers))
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
