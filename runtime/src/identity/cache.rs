//! Identities that are asked for, kept, and replaced ahead of their expiry.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio::sync::Mutex;

use super::Identity;
use crate::credentials::{Credentials, ProviderContext};
use crate::error::Error;
use crate::sign::Algorithm;

/// How long before the expiry new credentials are asked for, at most.
const AHEAD: Duration = Duration::from_secs(15 * 60);
/// How long credentials are used that have expired on arrival: the clock here may be wrong, the service decides.
const GRACE: Duration = Duration::from_secs(30);
/// How long nobody is asked after a first failure; each further failure doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The identity that was asked for last, and whom to ask for the next.
pub(crate) struct Cache {
    credentials: Credentials,
    context: ProviderContext,
    algorithm: Algorithm,
    kept: RwLock<Option<Arc<Kept>>>,
    /// Held by the one who asks.
    asking: Mutex<Failures>,
    /// How many times somebody has asked and was answered.
    answers: AtomicU64,
}

/// An identity, and how long it lasts.
pub(crate) struct Kept {
    pub(crate) identity: Identity,
    /// When to ask for the next, and when this one ends; never if there is nothing.
    lasts: Option<Lasts>,
}

#[derive(Clone, Copy)]
struct Lasts {
    refresh_at: SystemTime,
    expires_at: SystemTime,
}

/// What went wrong since the last success.
#[derive(Default)]
struct Failures {
    count: u32,
    last: Option<Error>,
    /// When to ask again.
    pause_until: Option<SystemTime>,
}

impl Kept {
    fn is_fresh(&self, now: SystemTime) -> bool {
        self.lasts.is_none_or(|lasts| now < lasts.refresh_at)
    }

    fn is_valid(&self, now: SystemTime) -> bool {
        self.lasts.is_none_or(|lasts| now < lasts.expires_at)
    }
}

impl Cache {
    pub(crate) fn new(credentials: Credentials, context: ProviderContext, algorithm: Algorithm) -> Self {
        let (kept, asking) = (RwLock::default(), Mutex::default());
        Self { credentials, context, algorithm, kept, asking, answers: AtomicU64::new(0) }
    }

    /// The identity that is kept, unless it is time to ask for the next.
    pub(crate) fn fresh(&self) -> Option<Arc<Kept>> {
        self.kept().filter(|kept| kept.is_fresh(self.context.now()))
    }

    /// The identity that is kept while somebody asks for the next, or the next.
    pub(crate) async fn refreshed(&self) -> Result<Arc<Kept>, Error> {
        let seen = self.answers.load(Ordering::Acquire);
        if let Some(kept) = self.valid() {
            // One call asks; the others go on with what there is.
            let Ok(mut failures) = self.asking.try_lock() else { return Ok(kept) };
            if let Some(fresh) = self.fresh() {
                return Ok(fresh);
            }
            if failures.is_pause(self.context.now()) {
                return Ok(kept);
            }
            return match self.ask(&mut failures).await {
                Ok(next) => Ok(next),
                Err(error) => self.valid().ok_or(error),
            };
        }
        let mut failures = self.asking.lock().await;
        if let Some(kept) = self.valid() {
            return Ok(kept);
        }
        // Who has waited for an answer shares it, also if it is none.
        let is_shared = self.answers.load(Ordering::Acquire) != seen || failures.is_pause(self.context.now());
        match &failures.last {
            Some(error) if is_shared => Err(error.duplicate()),
            _ => self.ask(&mut failures).await,
        }
    }

    async fn ask(&self, failures: &mut Failures) -> Result<Arc<Kept>, Error> {
        let provided = self.credentials.resolve(&self.context).await;
        let now = self.context.now();
        let made = provided.and_then(|credentials| self.keep(&credentials, now));
        self.answers.fetch_add(1, Ordering::Release);
        match made {
            Ok(kept) => {
                *failures = Failures::default();
                Ok(kept)
            }
            Err(error) => {
                failures.note(&error, now, self.valid().and_then(|kept| kept.lasts));
                Err(error)
            }
        }
    }

    fn keep(&self, credentials: &Credentials, now: SystemTime) -> Result<Arc<Kept>, Error> {
        let identity = Identity::new(credentials, self.algorithm)?;
        let lasts = credentials.expiry().map(|expires_at| Lasts::new(now, expires_at));
        let kept = Arc::new(Kept { identity, lasts });
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&kept));
        Ok(kept)
    }

    fn kept(&self) -> Option<Arc<Kept>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn valid(&self) -> Option<Arc<Kept>> {
        self.kept().filter(|kept| kept.is_valid(self.context.now()))
    }
}

impl Lasts {
    fn new(now: SystemTime, expires_at: SystemTime) -> Self {
        let expires_at = if expires_at > now { expires_at } else { later(now, GRACE) };
        let lifetime = expires_at.duration_since(now).unwrap_or_default();
        let refresh_at = expires_at.checked_sub(AHEAD.min(lifetime / 4)).unwrap_or(expires_at);
        Self { refresh_at, expires_at }
    }
}

impl Failures {
    fn is_pause(&self, now: SystemTime) -> bool {
        self.pause_until.is_some_and(|until| now < until)
    }

    /// Keeps a failure, and when to ask again: later each time, but at once when what is kept has ended.
    fn note(&mut self, error: &Error, now: SystemTime, lasts: Option<Lasts>) {
        let pause = FIRST_PAUSE.saturating_mul(1 << self.count.min(6)).min(LONGEST_PAUSE);
        self.count = self.count.saturating_add(1);
        self.last = Some(error.duplicate());
        self.pause_until = Some(match lasts {
            Some(lasts) => later(now, pause).min(lasts.expires_at),
            None => later(now, FIRST_PAUSE),
        });
    }
}

/// A time that comes after `time`, as far as times can be told.
fn later(time: SystemTime, duration: Duration) -> SystemTime {
    time.checked_add(duration).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn asks_ahead_of_the_expiry_but_not_every_time() {
        let now = UNIX_EPOCH + Duration::from_secs(1_000_000);
        for (lifetime, refresh_after) in [(1, 0.75), (60, 45.0), (900, 675.0), (3600, 2700.0), (43_200, 42_300.0)] {
            let lasts = Lasts::new(now, now + Duration::from_secs(lifetime));
            assert_eq!(lasts.refresh_at, now + Duration::from_secs_f64(refresh_after), "{lifetime}");
        }
        for expired in [now, now - Duration::from_secs(7200)] {
            assert_eq!(Lasts::new(now, expired).expires_at, now + GRACE);
        }
    }

    #[test]
    fn pauses_longer_after_each_failure() {
        let now = UNIX_EPOCH + Duration::from_secs(1_000_000);
        let lasts = Lasts::new(now, now + Duration::from_secs(3600));
        let mut failures = Failures::default();
        for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
            failures.note(&Error::credentials("no"), now, Some(lasts));
            assert_eq!(failures.pause_until, Some(now + Duration::from_secs(seconds)));
        }
        failures.note(&Error::credentials("no"), now, None);
        assert_eq!(failures.pause_until, Some(now + FIRST_PAUSE));
        let soon = Lasts { refresh_at: now, expires_at: now + Duration::from_secs(5) };
        failures.note(&Error::credentials("no"), now, Some(soon));
        assert_eq!(failures.pause_until, Some(soon.expires_at));
    }
}
