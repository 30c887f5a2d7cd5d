//! What a workflow can be resumed from.

use std::fmt::{self, Display, Formatter};

/// What a workflow can be resumed from, once it has been created.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Id {
    /// A ticket of DMS.
    Ticket(i64),
    /// A download task of OceanBase or DBS.
    Task(String),
}

impl Id {
    /// The number of the ticket, if it is one.
    #[must_use]
    pub fn ticket(&self) -> Option<i64> {
        match self {
            Self::Ticket(number) => Some(*number),
            Self::Task(_) => None,
        }
    }

    /// The id of the task, if it is one.
    #[must_use]
    pub fn task(&self) -> Option<&str> {
        match self {
            Self::Ticket(_) => None,
            Self::Task(task) => Some(task),
        }
    }
}

impl Display for Id {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ticket(number) => write!(f, "ticket {number}"),
            Self::Task(task) => write!(f, "task {task}"),
        }
    }
}
