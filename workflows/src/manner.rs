//! What can be chosen about every workflow.

use std::fmt::{self, Debug, Formatter};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use alicloud::runtime::{Clock, Progress, Random, SystemClock, SystemRandom};

use crate::step::Step;

/// What can be chosen about every workflow.
#[derive(Clone)]
pub(crate) struct Manner {
    pub(crate) path: PathBuf,
    pub(crate) interval: Duration,
    pub(crate) time_limit: Duration,
    pub(crate) settle_time: Duration,
    pub(crate) observer: Arc<dyn Fn(&Step) + Send + Sync>,
    pub(crate) progress: Arc<dyn Fn(Progress) + Send + Sync>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            path: PathBuf::from("./"),
            interval: Duration::from_secs(2),
            // People approve tickets, and not at night.
            time_limit: Duration::from_secs(24 * 60 * 60),
            // The gateways give an operation ten seconds.
            settle_time: Duration::from_secs(15),
            observer: Arc::new(|_| ()),
            progress: Arc::new(|_| ()),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom::new()),
        }
    }
}

impl Debug for Manner {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manner")
            .field("path", &self.path)
            .field("interval", &self.interval)
            .field("time_limit", &self.time_limit)
            .field("settle_time", &self.settle_time)
            .finish_non_exhaustive()
    }
}
