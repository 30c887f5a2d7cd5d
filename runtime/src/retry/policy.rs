//! How often and how soon a call is made again.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::time::Duration;

use super::{Cause, cause, jitter};
use crate::error::Error;
use crate::random::Random;

/// Decides about an attempt that failed: how long to wait before the next one, or `None` to give up.
type Decide = dyn Fn(&Attempt<'_>) -> Option<Duration> + Send + Sync;

/// How often and how soon a call that failed is made again.
///
/// The standard policy makes three attempts. It tries again
///
/// - what was throttled, after the time that the service asks for (at most a minute), or else after a random part of
///   a time that begins with a second;
/// - what was never sent, because no connection could be made;
/// - time-outs, statuses from 500 and connections that broke, but only for operations that read, or whose request
///   carries a client token.
///
/// The wait is a random part of a longest wait that doubles from one attempt to the next: full jitter. All calls of a
/// [`Config`](crate::Config) share a budget of retries, which successes fill up again, so that an outage is not made
/// worse; when it is used up, errors are returned at once.
///
/// A request that is refused because the clock of the machine is wrong is corrected by the time of the service and
/// sent again, whatever the policy; that happens once in a call.
#[derive(Clone)]
#[must_use = "a policy does nothing until it is given to a configuration or a call"]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    throttled_base: Duration,
    cap: Duration,
    decide: Option<Arc<Decide>>,
}

impl RetryPolicy {
    /// Three attempts; at most 200 milliseconds before the second and 400 before the third, and a second and two
    /// where the service throttles without saying how long; 20 seconds at most.
    pub fn standard() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(200),
            throttled_base: Duration::from_secs(1),
            cap: Duration::from_secs(20),
            decide: None,
        }
    }

    /// One attempt.
    pub fn never() -> Self {
        Self::standard().attempts(1)
    }

    /// Your own decision about each attempt that failed: how long to wait before the next one, or `None` to give up.
    /// Neither the standard rules nor the budget apply, so it has to end by itself; [`Attempt::standard`] asks what
    /// [`RetryPolicy::standard`] would do.
    ///
    /// ```
    /// use std::time::Duration;
    /// use alicloud_runtime::RetryPolicy;
    ///
    /// // Another try for an instance that is still being made, besides what is usual.
    /// let policy = RetryPolicy::custom(|attempt| match attempt.error().code() {
    ///     Some("IncorrectInstanceStatus") if attempt.number() < 10 => Some(Duration::from_secs(1)),
    ///     _ => attempt.standard(),
    /// });
    /// # let _ = policy;
    /// ```
    pub fn custom(decide: impl Fn(&Attempt<'_>) -> Option<Duration> + Send + Sync + 'static) -> Self {
        Self { decide: Some(Arc::new(decide)), ..Self::standard() }
    }

    /// How many attempts are made at most, the first included; 3 by default. 0 counts as 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest wait before the second attempt; 200 milliseconds by default. It doubles with each attempt.
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The same where the service throttles without saying how long; 1 second by default.
    pub fn throttled_base(mut self, base: Duration) -> Self {
        self.throttled_base = base;
        self
    }

    /// The longest wait before any attempt; 20 seconds by default. What the service asks for is not cut by it.
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    pub(crate) fn is_custom(&self) -> bool {
        self.decide.is_some()
    }

    /// How long to wait before another attempt, if there is to be one.
    pub(crate) fn delay(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        match &self.decide {
            Some(decide) => decide(attempt),
            None => self.usual_delay(attempt),
        }
    }

    fn usual_delay(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        if attempt.number >= self.attempts {
            return None;
        }
        let base = match cause(attempt.error, attempt.repeatable)? {
            Cause::Throttled => match attempt.error.retry_after() {
                Some(asked) => return Some(asked),
                None => self.throttled_base,
            },
            Cause::NotSent | Cause::Repeatable => self.base,
        };
        let factor = 2_u32.saturating_pow(attempt.number.saturating_sub(1));
        Some(jitter(base.saturating_mul(factor).min(self.cap), attempt.random))
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

impl Debug for RetryPolicy {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("attempts", &self.attempts)
            .field("base", &self.base)
            .field("throttled_base", &self.throttled_base)
            .field("cap", &self.cap)
            .field("custom", &self.is_custom())
            .finish()
    }
}

/// An attempt that failed, as policies see it.
pub struct Attempt<'a> {
    pub(crate) number: u32,
    pub(crate) error: &'a Error,
    pub(crate) repeatable: bool,
    pub(crate) elapsed: Duration,
    pub(crate) random: &'a dyn Random,
}

impl Attempt<'_> {
    /// Which attempt it was, counted from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Why it failed.
    #[must_use]
    pub fn error(&self) -> &Error {
        self.error
    }

    /// Whether the request may be carried out twice: its operation reads, or it carries a client token.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// How long the call has taken so far, waits included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// What the standard policy would do.
    #[must_use]
    pub fn standard(&self) -> Option<Duration> {
        RetryPolicy::standard().usual_delay(self)
    }

    /// A random part of `longest`, for waits of your own.
    #[must_use]
    pub fn jitter(&self, longest: Duration) -> Duration {
        jitter(longest, self.random)
    }
}

impl Debug for Attempt<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("number", &self.number)
            .field("error", &self.error)
            .field("repeatable", &self.repeatable)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorKind, Inner};

    #[derive(Debug)]
    struct Most;

    impl Random for Most {
        fn bits(&self) -> u128 {
            u128::MAX
        }
    }

    /// The waits of a policy in milliseconds, rounded up, until it gives up.
    fn waits(policy: &RetryPolicy, inner: Inner) -> Vec<u128> {
        let error = Error::from_inner(inner);
        let failed = |number| Attempt {
            number,
            error: &error,
            repeatable: true,
            elapsed: Duration::from_secs(1),
            random: &Most,
        };
        (1..100)
            .map_while(|number| policy.delay(&failed(number)))
            .map(|wait| wait.as_nanos().div_ceil(1_000_000))
            .collect()
    }

    #[test]
    fn waits_longer_each_time() {
        let broken = || Inner { kind: ErrorKind::Connection, ..Inner::default() };
        let throttled = |milliseconds| Inner {
            kind: ErrorKind::Service,
            code: Some("Throttling".into()),
            retry_after: milliseconds,
            ..Inner::default()
        };
        let asked = Some(Duration::from_secs(40));
        for (policy, inner, expected) in [
            (RetryPolicy::standard(), broken(), &[200, 400][..]),
            (RetryPolicy::standard(), throttled(None), &[1000, 2000]),
            (RetryPolicy::standard(), throttled(asked), &[40_000, 40_000]),
            (RetryPolicy::never(), broken(), &[]),
            (RetryPolicy::standard().attempts(0), broken(), &[]),
            (
                RetryPolicy::standard().attempts(6).base(Duration::from_millis(10)).cap(Duration::from_millis(50)),
                broken(),
                &[10, 20, 40, 50, 50],
            ),
            (RetryPolicy::standard().throttled_base(Duration::from_secs(3)), throttled(None), &[3000, 6000]),
            (RetryPolicy::standard(), Inner { kind: ErrorKind::Decode, ..Inner::default() }, &[]),
            (
                RetryPolicy::custom(|attempt| (attempt.number() < 3).then(|| attempt.elapsed())),
                Inner::default(),
                &[1000, 1000],
            ),
            (RetryPolicy::custom(|attempt| attempt.standard()), broken(), &[200, 400]),
            (
                RetryPolicy::custom(|attempt| attempt.standard().map(|_| attempt.jitter(Duration::from_millis(7)))),
                broken(),
                &[7, 7],
            ),
        ] {
            assert_eq!(waits(&policy, inner), expected, "{policy:?}");
        }
        let many = RetryPolicy::standard().attempts(u32::MAX);
        assert_eq!(waits(&many, broken()).last(), Some(&20_000));
    }
}
