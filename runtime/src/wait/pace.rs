//! How long to wait between one request and the next.

use std::time::Duration;

/// How long to wait, and how that grows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// After the first reply.
    pub(super) first: Duration,
    /// By what each pause is longer than the one before.
    pub(super) factor: f64,
    /// The longest pause.
    pub(super) longest: Duration,
    /// By what part of itself a pause is shorter or longer at most, at random.
    pub(super) jitter: f64,
}

impl Pace {
    /// By default a pause is a quarter longer than the one before, up to half a minute: what takes days is not asked
    /// for every two seconds, and nobody waits a quarter longer than it takes.
    pub(super) fn starting_with(first: Duration) -> Self {
        Self { first, factor: 1.25, longest: Duration::from_secs(30).max(first), jitter: 0.1 }
    }

    /// The pause after `replies` replies. `bits` are random.
    pub(super) fn pause(&self, replies: u32, bits: u128) -> Duration {
        let growth = finite(self.factor, 1.0)
            .max(1.0)
            .powi(i32::try_from(replies.saturating_sub(1)).unwrap_or(i32::MAX))
            .min(f64::MAX);
        let longest = self.longest.max(self.first).as_secs_f64();
        let pause = (self.first.as_secs_f64() * growth).min(longest);
        // The upper half: the lower one may be a counter.
        let random = ((bits >> 64) as u64 >> 11) as f64 / (1_u64 << 53) as f64;
        let jitter = finite(self.jitter, 0.0).clamp(0.0, 1.0) * (2.0 * random - 1.0);
        Duration::try_from_secs_f64(pause * (1.0 + jitter)).unwrap_or(self.longest)
    }
}

fn finite(number: f64, otherwise: f64) -> f64 {
    if number.is_finite() { number } else { otherwise }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_the_longest() {
        let pace = Pace { jitter: 0.0, ..Pace::starting_with(Duration::from_secs(2)) };
        let pauses: Vec<f64> = [1, 2, 3, 20, u32::MAX].map(|replies| pace.pause(replies, 0).as_secs_f64()).into();
        assert_eq!(pauses, [2.0, 2.5, 3.125, 30.0, 30.0]);
        let constant = Pace { factor: 1.0, ..pace };
        assert_eq!(constant.pause(9, 0), Duration::from_secs(2));
        let strange = Pace { factor: f64::NAN, jitter: f64::INFINITY, ..pace };
        assert_eq!(strange.pause(9, 0), Duration::from_secs(2));
        let none = Pace::starting_with(Duration::ZERO);
        assert_eq!(none.pause(u32::MAX, u128::MAX), Duration::ZERO);
        let endless = Pace::starting_with(Duration::MAX);
        assert_eq!(endless.pause(1, u128::MAX), Duration::MAX);
    }

    #[test]
    fn varies_at_random() {
        let pace = Pace::starting_with(Duration::from_secs(10));
        assert_eq!(pace.pause(1, 0), Duration::from_secs(9));
        assert!(pace.pause(1, u128::MAX) > Duration::from_millis(10_999));
        assert_eq!(pace.pause(1, 1 << 127), Duration::from_secs(10));
    }
}
