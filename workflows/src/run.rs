//! A workflow that is under way: reporting, pausing, and what may still get better.

use std::time::{Duration, SystemTime};

use alicloud::Error;

use crate::error::{Cause, Inner, WorkflowError};
use crate::id::Id;
use crate::manner::Manner;
use crate::step::{Stage, Step};

/// How many failures in a row that may pass are taken for ones that do. Each is what is left after the retries of a
/// call.
const PATIENCE: u32 = 5;
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A workflow that is under way.
pub(crate) struct Run {
    pub(crate) manner: Manner,
    begin: SystemTime,
    pub(crate) id: Option<Id>,
    pub(crate) key: Option<String>,
    pub(crate) marker: Option<String>,
    at: Option<(Stage, Option<String>)>,
    /// How many pauses there were since something changed.
    pauses: i32,
    /// How many failures there were in a row.
    failures: u32,
    last: Option<Error>,
}

impl Run {
    pub(crate) fn begin(manner: Manner) -> Self {
        let begin = manner.clock.now();
        Self { manner, begin, id: None, key: None, marker: None, at: None, pauses: 0, failures: 0, last: None }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.manner.clock.now().duration_since(self.begin).unwrap_or_default()
    }

    /// Says where the workflow is, if that is news.
    pub(crate) fn at(&mut self, stage: Stage, state: Option<&str>) {
        let at = (stage, state.map(str::to_owned));
        if self.at.as_ref() == Some(&at) {
            return;
        }
        (self.at, self.pauses) = (Some(at), 0);
        self.tell(None);
    }

    /// Calls the observer with where the workflow is.
    pub(crate) fn tell(&self, failure: Option<&Error>) {
        let (stage, state) = self.at.clone().unwrap_or((Stage::Look, None));
        let failure = failure.map(ToString::to_string);
        let step = Step { stage, id: self.id.clone(), state, failure, elapsed: self.elapsed() };
        (self.manner.observer)(&step);
    }

    /// Waits before the next look; fails if the time is over.
    pub(crate) async fn pause(&mut self) -> Result<(), WorkflowError> {
        let left = self.manner.time_limit.saturating_sub(self.elapsed());
        if left.is_zero() {
            let state = self.at.take().map(|(stage, state)| {
                self.at = Some((stage, None));
                state
            });
            let last = self.last.take();
            return Err(self.fail(Cause::TimeLimit { state: state.flatten(), last }));
        }
        let pause = self.next_pause().min(left);
        self.manner.clock.sleep(pause).await;
        Ok(())
    }

    /// Each a quarter longer than the one before, and up to a tenth shorter or longer at random.
    fn next_pause(&mut self) -> Duration {
        let first = self.manner.interval.as_secs_f64();
        let longest = first.max(LONGEST_PAUSE.as_secs_f64());
        let random = ((self.manner.random.bits() >> 64) as u64 >> 11) as f64 / (1_u64 << 53) as f64;
        let seconds = (first * 1.25_f64.powi(self.pauses)).min(longest) * (0.9 + 0.2 * random);
        self.pauses = self.pauses.saturating_add(1);
        Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_PAUSE)
    }

    /// What a call answered; nothing if it failed in a way that may pass, and it has not failed often in a row.
    pub(crate) fn heard<T>(&mut self, result: Result<T, Error>) -> Result<Option<T>, WorkflowError> {
        let error = match result {
            Ok(reply) => {
                (self.failures, self.last) = (0, None);
                return Ok(Some(reply));
            }
            Err(error) => error,
        };
        self.failures += 1;
        if !error.is_retryable() || self.failures > PATIENCE {
            return Err(self.fail(Cause::Call(error)));
        }
        self.note(error);
        Ok(None)
    }

    /// Says a failure that is looked into by asking for the state again, and remembers it.
    pub(crate) fn note(&mut self, error: Error) {
        self.tell(Some(&error));
        self.last = Some(error);
    }

    /// Remembers an answer that is no failure: what is waited for is not there yet.
    pub(crate) fn not_yet(&mut self, error: Error) {
        self.last = Some(error);
    }

    /// The end.
    pub(crate) fn fail(&self, cause: Cause) -> WorkflowError {
        let stage = self.at.as_ref().map_or(Stage::Look, |(stage, _)| *stage);
        let (id, key, marker) = (self.id.clone(), self.key.clone(), self.marker.clone());
        WorkflowError { inner: Box::new(Inner { stage, id, key, marker, cause }) }
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
