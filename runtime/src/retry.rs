//! When a call that failed is made again, and how long after.

mod budget;
mod policy;

use std::time::Duration;

use crate::error::{Error, ErrorKind};
use crate::random::Random;

pub(crate) use budget::{Budget, Cost};
pub use policy::{Attempt, RetryPolicy};

/// What kind of failure may be tried again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The service asks to call less often; it has done nothing.
    Throttled,
    /// The request never left.
    NotSent,
    /// The service may have done what was asked, which does no harm to do again.
    Repeatable,
}

/// Whether trying again may help, and does no harm; `repeatable` says whether the request may be carried out twice.
pub(crate) fn cause(error: &Error, repeatable: bool) -> Option<Cause> {
    if error.is_throttling() {
        return Some(Cause::Throttled);
    }
    match error.kind() {
        ErrorKind::Connection | ErrorKind::Timeout if !error.was_sent() => Some(Cause::NotSent),
        ErrorKind::Connection | ErrorKind::Timeout if repeatable => Some(Cause::Repeatable),
        ErrorKind::Service if repeatable && error.status().is_some_and(|status| status >= 500) => {
            Some(Cause::Repeatable)
        }
        _ => None,
    }
}

/// A random part of `longest`, any being as likely: full jitter.
pub(crate) fn jitter(longest: Duration, random: &dyn Random) -> Duration {
    // The upper half is the random one of `SystemRandom`, the lower one counts.
    let part = u128::from((random.bits() >> 64) as u64);
    let nanoseconds = (longest.as_nanos().min(u128::from(u64::MAX)) * part) >> 64;
    Duration::from_nanos(nanoseconds as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Inner;
    use http::StatusCode;

    #[derive(Debug)]
    struct Bits(u128);

    impl Random for Bits {
        fn bits(&self) -> u128 {
            self.0
        }
    }

    #[test]
    fn jitter_covers_everything_and_no_more() {
        let second = Duration::from_secs(1);
        for (bits, longest, expected) in [
            (0, second, Duration::ZERO),
            (u128::MAX, second, Duration::from_nanos(999_999_999)),
            (1 << 127, second, second / 2),
            (u128::from(u64::MAX), second, Duration::ZERO),
            (u128::MAX, Duration::MAX, Duration::from_nanos(u64::MAX - 1)),
        ] {
            assert_eq!(jitter(longest, &Bits(bits)), expected, "{bits:x}");
        }
    }

    #[test]
    fn tells_what_may_be_tried_again() {
        let failed = |kind, status: Option<u16>, code: &str, was_sent| {
            Error::from_inner(Inner {
                kind,
                status: status.map(|status| StatusCode::from_u16(status).unwrap()),
                code: Some(code.to_owned()),
                was_sent,
                ..Inner::default()
            })
        };
        use Cause::{NotSent, Repeatable, Throttled};
        use ErrorKind::{BusinessFailure, Connection, Decode, InvalidRequest, Service, Timeout};
        for (kind, status, code, was_sent, when_repeatable, otherwise) in [
            (Connection, None, "", false, Some(NotSent), Some(NotSent)),
            (Connection, None, "", true, Some(Repeatable), None),
            (Timeout, None, "", false, Some(NotSent), Some(NotSent)),
            (Timeout, None, "", true, Some(Repeatable), None),
            (Service, Some(429), "", true, Some(Throttled), Some(Throttled)),
            (Service, Some(400), "Throttling.User", true, Some(Throttled), Some(Throttled)),
            (BusinessFailure, Some(200), "Throttling", true, Some(Throttled), Some(Throttled)),
            (Service, Some(503), "ServiceUnavailable", true, Some(Repeatable), None),
            (Service, Some(404), "InvalidId.NotFound", true, None, None),
            (Service, Some(302), "", true, None, None),
            (BusinessFailure, Some(200), "InternalError", true, None, None),
            (Decode, Some(200), "", true, None, None),
            (InvalidRequest, None, "", false, None, None),
        ] {
            let error = failed(kind, status, code, was_sent);
            assert_eq!((cause(&error, true), cause(&error, false)), (when_repeatable, otherwise), "{kind:?} {code}");
        }
    }
}
