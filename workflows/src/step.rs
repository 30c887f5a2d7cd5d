//! Where a workflow is, and what it waits for.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use crate::id::Id;

/// Where a workflow is, and what it waits for.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// The part of the workflow.
    pub stage: Stage,
    /// The ticket or the task, once it is known.
    pub id: Option<Id>,
    /// The state as the service spells it, if it told one.
    pub state: Option<String>,
    /// The failure that the workflow has just met and goes on after, in one line; nothing if the step says where the
    /// workflow is. The attempts within a call are no steps: `tracing` shows them.
    pub failure: Option<String>,
    /// How long the workflow has taken so far.
    pub elapsed: Duration,
}

/// A part of a workflow. Not every workflow has them all.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Stage {
    /// It asks whether what is wanted can be had, and whether it is there already.
    Look,
    /// The ticket or the task is being created.
    Create,
    /// Nobody knows whether the ticket or the task was created; it is being looked for.
    Recover,
    /// The service checks the ticket.
    Precheck,
    /// The ticket is being submitted for approval.
    Submit,
    /// Somebody has to approve the ticket.
    Approval,
    /// The approved ticket is being started.
    Execute,
    /// The service works.
    Work,
    /// A file of the result is being ordered.
    Order,
    /// The service makes the file.
    Make,
    /// The link is asked for, and the file is being downloaded.
    Download,
}

impl Stage {
    /// What is waited for: the end of `waits for …`.
    #[must_use]
    pub fn waits_for(self) -> &'static str {
        match self {
            Self::Look => "the service to say what is there",
            Self::Create => "the service to create it",
            Self::Recover => "it to show up, as nobody knows whether it was created",
            Self::Precheck => "the precheck",
            Self::Submit => "the submission for approval",
            Self::Approval => "somebody to approve it",
            Self::Execute => "the start of what was approved",
            Self::Work => "the service to do the work",
            Self::Order => "the service to begin making the file",
            Self::Make => "the service to make the file",
            Self::Download => "the file",
        }
    }
}

impl Display for Stage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Look => "look",
            Self::Create => "create",
            Self::Recover => "recover",
            Self::Precheck => "precheck",
            Self::Submit => "submit",
            Self::Approval => "approval",
            Self::Execute => "execute",
            Self::Work => "work",
            Self::Order => "order",
            Self::Make => "make",
            Self::Download => "download",
        })
    }
}

impl Display for Step {
    /// One line, such as `ticket 546, approval: waits for somebody to approve it (APPLY_AUDIT_SUCCESS)`, or
    /// `create: goes on after a failure: …`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(id) = &self.id {
            write!(f, "{id}, ")?;
        }
        if let Some(failure) = &self.failure {
            return write!(f, "{}: goes on after a failure: {failure}", self.stage);
        }
        write!(f, "{}: waits for {}", self.stage, self.stage.waits_for())?;
        match &self.state {
            Some(state) => write!(f, " ({state})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_line() {
        let mut step = Step { stage: Stage::Create, id: None, state: None, failure: None, elapsed: Duration::ZERO };
        assert_eq!(step.to_string(), "create: waits for the service to create it");
        step.stage = Stage::Approval;
        step.id = Some(Id::Ticket(546));
        step.state = Some("APPLY_AUDIT_SUCCESS".to_owned());
        let line = "ticket 546, approval: waits for somebody to approve it (APPLY_AUDIT_SUCCESS)";
        assert_eq!(step.to_string(), line);
        step.failure = Some("no answer".to_owned());
        assert_eq!(step.to_string(), "ticket 546, approval: goes on after a failure: no answer");
    }
}
