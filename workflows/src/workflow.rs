//! What all workflows have in common: the builder.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use alicloud::runtime::{Clock, Progress, Random};

use crate::manner::Manner;
use crate::step::Step;

/// A workflow that has not begun. `K` says which: see [`ExportQuery`](crate::ExportQuery),
/// [`FetchTrackedChanges`](crate::FetchTrackedChanges), [`FetchBackupSet`](crate::FetchBackupSet) and
/// [`FetchAdvancedDownload`](crate::FetchAdvancedDownload).
#[derive(Clone, Debug)]
#[must_use = "a workflow does nothing until it is run"]
pub struct Workflow<K> {
    pub(crate) kind: K,
    pub(crate) manner: Manner,
}

impl<K> Workflow<K> {
    pub(crate) fn of(kind: K) -> Self {
        Self { kind, manner: Manner::default() }
    }

    /// Where the file goes; an existing one is replaced once the new one is complete. In a folder, it gets the name
    /// that the link has. The current folder by default.
    pub fn into_file(mut self, path: impl AsRef<Path>) -> Self {
        self.manner.path = path.as_ref().to_owned();
        self
    }

    /// How long to wait between two looks at what has not changed; 2 seconds by default. As long as it does not change,
    /// each pause is a quarter longer than the one before, up to 30 seconds or the interval, whatever is longer.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.manner.interval = interval;
        self
    }

    /// How long to wait in total, for people as well; 24 hours by default. There is one last look at its end. A
    /// download that is under way is not cut off.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.manner.time_limit = limit;
        self
    }

    /// For how long to look for what may or may not have been created, before it is created again; 15 seconds by
    /// default, which is longer than a service works on a request.
    pub fn settle_time(mut self, time: Duration) -> Self {
        self.manner.settle_time = time;
        self
    }

    /// Calls `observer` at each step: whenever the stage or the state has changed, and at each failure that the workflow
    /// goes on after. It should return quickly.
    pub fn on_step(mut self, observer: impl Fn(&Step) + Send + Sync + 'static) -> Self {
        self.manner.observer = Arc::new(observer);
        self
    }

    /// Calls `progress` whenever bytes of the file have arrived.
    pub fn on_progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.manner.progress = Arc::new(progress);
        self
    }

    /// Where the time comes from that pauses and limits are counted in; that of the machine by default.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.manner.clock = clock;
        self
    }

    /// Where the differences between pauses, and the markers of tickets, come from.
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.manner.random = random;
        self
    }
}
