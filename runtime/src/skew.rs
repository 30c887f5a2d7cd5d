//! How far the clock of the machine is from that of the service.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// Dates that are nearer than this are the same: the service accepts a quarter of an hour, and a date header tells
/// whole seconds of when the reply was made.
const NEAR: Duration = Duration::from_secs(30);

/// What has to be added to the clock of the machine; shared by all clients of a configuration.
#[derive(Debug, Default)]
pub(crate) struct Skew {
    milliseconds: AtomicI64,
}

impl Skew {
    /// The time as the service sees it.
    pub(crate) fn apply(&self, now: SystemTime) -> SystemTime {
        let milliseconds = self.milliseconds.load(Ordering::Relaxed);
        let by = Duration::from_millis(milliseconds.unsigned_abs());
        let corrected = if milliseconds < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        corrected.unwrap_or(now)
    }

    /// Learns from a refused date that `signed` was sent when it was `service` for the service and `now` for the
    /// machine. `false` if the two dates agree, and the time is not what is wrong.
    pub(crate) fn correct(&self, signed: SystemTime, service: SystemTime, now: SystemTime) -> bool {
        let apart = service.duration_since(signed).unwrap_or_else(|error| error.duration());
        if apart < NEAR {
            return false;
        }
        let milliseconds = |by: Duration| i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let offset = match service.duration_since(now) {
            Ok(behind) => milliseconds(behind),
            Err(ahead) => -milliseconds(ahead.duration()),
        };
        self.milliseconds.store(offset, Ordering::Relaxed);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    #[test]
    fn learns_the_time_of_the_service() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        // What was signed, what the service says, what the machine says; and what a second later is signed.
        for (signed, service, now, then) in [
            (1_000, 5_000, 1_001, Some(5_001)),
            (5_000, 1_000, 5_001, Some(1_001)),
            (1_000, 1_029, 1_001, None),
            (1_000, 971, 1_001, None),
        ] {
            let skew = Skew::default();
            assert_eq!(skew.correct(at(signed), at(service), at(now)), then.is_some());
            assert_eq!(skew.apply(at(now + 1)), at(then.unwrap_or(now + 1)));
        }
        // Whoever still signed by the old offset only has to try again.
        let skew = Skew::default();
        assert!(skew.correct(at(1_000), at(5_000), at(1_001)) && skew.correct(at(1_000), at(5_001), at(1_002)));
        assert_eq!(skew.apply(at(1_002)), at(5_001));
    }
}
