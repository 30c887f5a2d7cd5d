//! What all calls together may spend on retries, so that an outage is not made worse.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many tokens there are at most: enough for a hundred retries without a single success.
const CAPACITY: u32 = 500;

/// What a retry costs, in tokens.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cost {
    /// After a reply, or a connection that broke.
    Usual,
    /// After a time limit: such calls hold resources for long.
    Timeout,
}

impl Cost {
    fn tokens(self) -> u32 {
        match self {
            Self::Usual => 5,
            Self::Timeout => 10,
        }
    }
}

/// Tokens that retries take, and successes give back.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
}

impl Budget {
    /// A full budget.
    pub(crate) fn new() -> Self {
        Self { tokens: AtomicU32::new(CAPACITY) }
    }

    /// Pays for a retry; `false` if there is not enough left, and then nothing is taken.
    pub(crate) fn take(&self, cost: Cost) -> bool {
        let take = |tokens: u32| tokens.checked_sub(cost.tokens());
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// A call succeeded: what its last retry cost comes back, and one token if there was none.
    pub(crate) fn give_back(&self, cost: Option<Cost>) {
        // Nearly always it is full, and nobody has to wait for anybody to see that.
        if self.tokens.load(Ordering::Relaxed) < CAPACITY {
            let more = cost.map_or(1, Cost::tokens);
            let give = |tokens: u32| Some((tokens + more).min(CAPACITY));
            // The function always returns something, so this cannot fail.
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_retries_and_no_more() {
        let budget = Budget::new();
        let retries = (0..1_000).filter(|_| budget.take(Cost::Usual)).count();
        assert_eq!(retries, 100);
        for _ in 0..9 {
            budget.give_back(None);
        }
        assert!(!budget.take(Cost::Timeout) && budget.take(Cost::Usual) && !budget.take(Cost::Usual));
        budget.give_back(Some(Cost::Timeout));
        assert!(budget.take(Cost::Timeout));
    }

    #[test]
    fn is_never_more_than_full() {
        let budget = Budget::new();
        for _ in 0..1_000 {
            budget.give_back(Some(Cost::Timeout));
        }
        assert_eq!((0..1_000).filter(|_| budget.take(Cost::Timeout)).count(), 50);
    }
}
