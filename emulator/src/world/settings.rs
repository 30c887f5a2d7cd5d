//! How the world is to behave.

use std::collections::HashMap;
use std::time::Duration;

use super::{Outcome, Pace};

/// How long links are good unless anybody says otherwise.
const USUAL_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// How the world is to behave.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) pace: Pace,
    pub(crate) outcomes: HashMap<String, Outcome>,
    /// How long links are good at most, if that was set.
    pub(crate) link_lifetime: Option<Duration>,
    /// The tenant of those who name none.
    pub(crate) active_tenant: i64,
    /// Where links lead to, without a slash at the end.
    pub(crate) url: String,
}

impl Settings {
    /// How long a link is good: as long as a call asks for, but no longer than was set.
    pub(crate) fn lifetime(&self, asked: Option<Duration>) -> Duration {
        match (asked, self.link_lifetime) {
            (Some(asked), Some(most)) => asked.min(most),
            (asked, most) => asked.or(most).unwrap_or(USUAL_LIFETIME),
        }
    }

    /// Whether an operation was told to end like this.
    pub(crate) fn ends(&self, action: &str, outcome: Outcome) -> bool {
        self.outcomes.get(action) == Some(&outcome)
    }
}
