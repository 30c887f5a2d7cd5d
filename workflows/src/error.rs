//! How a workflow can end badly.

use std::fmt::{self, Debug, Display, Formatter};

use alicloud::Error;

use crate::id::Id;
use crate::step::Stage;

/// Why a workflow ended without a file, and what it can be resumed from.
///
/// `Display` tells everything in one line. There is no `source()`: the cause is part of the line.
pub struct WorkflowError {
    pub(crate) inner: Box<Inner>,
}

/// What an error knows.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) stage: Stage,
    pub(crate) id: Option<Id>,
    pub(crate) key: Option<String>,
    pub(crate) marker: Option<String>,
    pub(crate) cause: Cause,
}

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// A call failed.
    Call(Error),
    /// The call that creates failed, or told no id, and nobody could say whether it had created something: look before
    /// another run creates it.
    Unclear(Option<Error>),
    /// The ticket was rejected, withdrawn or closed.
    Rejected {
        /// The state as the service spells it.
        state: String,
        /// The state in words; empty if the service has none.
        reason: String,
    },
    /// The service could not do it.
    Failed {
        /// The state as the service spells it.
        state: String,
        /// Why; empty if the service does not say.
        reason: String,
    },
    /// It cannot be done. The text says why.
    Impossible(String),
    /// It did not end in time. What was created goes on; it may be resumed.
    TimeLimit {
        /// The last state that was seen.
        state: Option<String>,
        /// The last failure that might have passed.
        last: Option<Error>,
    },
}

impl WorkflowError {
    /// The part of the workflow that failed.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.inner.stage
    }

    /// What to resume from; nothing if nothing is known to have been created.
    #[must_use]
    pub fn id(&self) -> Option<&Id> {
        self.inner.id.as_ref()
    }

    /// The ticket to resume from, if it is one.
    #[must_use]
    pub fn ticket(&self) -> Option<i64> {
        self.id().and_then(Id::ticket)
    }

    /// The task to resume from, if it is one.
    #[must_use]
    pub fn task(&self) -> Option<&str> {
        self.id().and_then(Id::task)
    }

    /// The key of the file that was ordered, if it is known: [`FetchTrackedChanges::key`](crate::FetchTrackedChanges).
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.inner.key.as_deref()
    }

    /// What the comment of the ticket ends with. Another run with this marker takes up the ticket if there is one, and
    /// creates it otherwise.
    #[must_use]
    pub fn marker(&self) -> Option<&str> {
        self.inner.marker.as_deref()
    }

    /// What went wrong.
    #[must_use]
    pub fn cause(&self) -> &Cause {
        &self.inner.cause
    }

    /// The call that failed, if one did.
    #[must_use]
    pub fn call(&self) -> Option<&Error> {
        match self.cause() {
            Cause::Call(error) => Some(error),
            Cause::Unclear(error) | Cause::TimeLimit { last: error, .. } => error.as_ref(),
            _ => None,
        }
    }

    /// Whether the ticket was rejected, withdrawn or closed.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        matches!(self.cause(), Cause::Rejected { .. })
    }

    /// Whether the time was over. Resuming waits on.
    #[must_use]
    pub fn is_time_limit(&self) -> bool {
        matches!(self.cause(), Cause::TimeLimit { .. })
    }
}

impl Display for WorkflowError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.stage(), self.cause())?;
        match (&self.inner.id, &self.inner.key, &self.inner.marker) {
            (Some(id), Some(key), _) => write!(f, "; resume from {id} and key {key}"),
            (Some(id), None, _) => write!(f, "; resume from {id}"),
            (None, _, Some(marker)) => write!(f, "; run it again with the marker {marker}"),
            (None, _, None) => Ok(()),
        }
    }
}

impl Display for Cause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let with_reason = |f: &mut Formatter<'_>, reason: &str| match reason {
            "" => Ok(()),
            // One line, whatever the service writes.
            reason => write!(f, ": {}", reason.split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        match self {
            Self::Call(error) => write!(f, "{error}"),
            Self::Unclear(Some(error)) => write!(f, "nobody knows whether it was created: {error}"),
            Self::Unclear(None) => write!(f, "nobody knows whether it was created: the reply names none"),
            Self::Rejected { state, reason } => {
                write!(f, "it was rejected, withdrawn or closed ({state})")?;
                with_reason(f, reason)
            }
            Self::Failed { state, reason } => {
                write!(f, "it failed ({state})")?;
                with_reason(f, reason)
            }
            Self::Impossible(why) => f.write_str(why),
            Self::TimeLimit { state, last } => {
                write!(f, "it did not end in time, its last state is {}", state.as_deref().unwrap_or("unknown"))?;
                last.as_ref().map_or(Ok(()), |error| write!(f, ": {error}"))
            }
        }
    }
}

impl Debug for WorkflowError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkflowError")
            .field("stage", &self.inner.stage)
            .field("id", &self.inner.id)
            .field("key", &self.inner.key)
            .field("marker", &self.inner.marker)
            .field("cause", &self.inner.cause)
            .finish()
    }
}

impl std::error::Error for WorkflowError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_everything_in_one_line() {
        let rejected = || Cause::Rejected { state: "reject".to_owned(), reason: "not\ntoday".to_owned() };
        for (id, key, marker, cause, line) in [
            (
                Some(Id::Ticket(5)),
                None,
                Some("m1"),
                rejected(),
                "approval: it was rejected, withdrawn or closed (reject): not today; resume from ticket 5",
            ),
            (
                Some(Id::Ticket(5)),
                Some("k"),
                None,
                Cause::Failed { state: "FILTER_FAIL".to_owned(), reason: String::new() },
                "approval: it failed (FILTER_FAIL); resume from ticket 5 and key k",
            ),
            (
                None,
                None,
                Some("m1"),
                Cause::Unclear(None),
                "approval: nobody knows whether it was created: the reply names none; run it again with the marker m1",
            ),
            (
                Some(Id::Task("dt-1".to_owned())),
                None,
                None,
                Cause::TimeLimit { state: Some("running".to_owned()), last: None },
                "approval: it did not end in time, its last state is running; resume from task dt-1",
            ),
        ] {
            let (key, marker) = (key.map(str::to_owned), marker.map(str::to_owned));
            let error = WorkflowError { inner: Box::new(Inner { stage: Stage::Approval, id, key, marker, cause }) };
            assert_eq!(error.to_string(), line);
        }
    }
}
