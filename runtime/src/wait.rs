//! Asking again and again until something is done.

mod ask;
mod judge;
mod pace;
mod waiter;

use std::fmt::{self, Debug, Formatter};
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

pub use waiter::{Also, Passed, Waiter};

use crate::error::Error;
use crate::request::{Request, Sending, encoded};
use ask::{Manner, ask};
use pace::Pace;

type Observer = Arc<dyn Fn(&Observed<'_>) + Send + Sync>;

/// What one reply said while something was waited for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Observed<'a> {
    /// The state as the service spells it; nothing where the reply has none.
    pub state: Option<&'a str>,
    /// Whether the state is documented. One that is not keeps the wait going.
    pub is_known: bool,
    /// Whether the state differs from that of the reply before; true for the first one.
    pub has_changed: bool,
    /// How many replies there were, this one included.
    pub replies: u32,
    /// How long the wait has taken so far.
    pub elapsed: Duration,
}

/// Sends a request again and again until its reply says that something is done, when it is awaited.
///
/// Success yields the response. A state that will not get better, one that somebody has to do something about, and the
/// end of the time are errors with the state ([`Error::state`]), the last reply ([`Error::reply`]) and what to do
/// ([`Error::advice`]). States that nobody has documented keep the wait going; [`on_state`](Self::on_state) sees them.
/// To stop waiting, drop the future: nothing is sent any more.
#[derive(Clone)]
#[must_use = "waiting begins only when it is awaited"]
pub struct Wait<R> {
    request: R,
    waiter: &'static Waiter,
    pace: Pace,
    time_limit: Duration,
    observer: Option<Observer>,
}

impl<R: Request> Wait<R> {
    /// Waits with `request` for what `waiter` describes.
    pub fn new(request: R, waiter: &'static Waiter) -> Self {
        let pace = Pace::starting_with(waiter.every);
        Self { request, waiter, pace, time_limit: Duration::from_secs(600), observer: None }
    }

    /// How long to wait between the first reply and the next request; 2 seconds unless the operation is documented
    /// otherwise. The first request is sent at once.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.pace.first = interval;
        self
    }

    /// How the pauses grow: each is `factor` times as long as the one before, up to `longest`. 1.25 and 30 seconds by
    /// default; with 1.0 all are as long as the first.
    pub fn backoff(mut self, factor: f64, longest: Duration) -> Self {
        (self.pace.factor, self.pace.longest) = (factor, longest);
        self
    }

    /// By what part of itself a pause is shorter or longer at random, from 0.0 to 1.0; 0.1 by default.
    pub fn jitter(mut self, part: f64) -> Self {
        self.pace.jitter = part;
        self
    }

    /// How long to wait in total; 10 minutes by default. There is one last look at its end, and then an error that
    /// names the last state. A request that is under way at the end is not cut off.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Calls `observer` with what each reply says, before anything is made of it. It should return quickly.
    pub fn on_state(mut self, observer: impl Fn(&Observed<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }
}

impl<R: Request> IntoFuture for Wait<R> {
    type Output = Result<R::Response, Error>;
    type IntoFuture = Sending<R::Response>;

    fn into_future(self) -> Self::IntoFuture {
        let wire = encoded(&self.request);
        let call = self.request.call().clone();
        let manner = Manner { pace: self.pace, limit: self.time_limit, observer: self.observer };
        Sending::of(Box::pin(ask(call, wire, self.waiter, manner)))
    }
}

impl<R: Debug> Debug for Wait<R> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("request", &self.request)
            .field("waiter", &self.waiter.name)
            .field("pace", &self.pace)
            .field("time_limit", &self.time_limit)
            .finish_non_exhaustive()
    }
}
