//! How the world is to behave.

use std::collections::HashMap;
use std::time::Duration;

use super::{Outcome, Pace};

/// How the world is to behave.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) pace: Pace,
    pub(crate) outcomes: HashMap<String, Outcome>,
    pub(crate) link_lifetime: Duration,
    /// The tenant of those who name none.
    pub(crate) active_tenant: i64,
    /// Where links lead to, without a slash at the end.
    pub(crate) url: String,
}

impl Settings {
    /// Whether an operation was told to end like this.
    pub(crate) fn ends(&self, action: &str, outcome: Outcome) -> bool {
        self.outcomes.get(action) == Some(&outcome)
    }
}
