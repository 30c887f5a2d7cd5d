//! Why an emulator does not start.

use std::error::Error;
use std::{fmt, io};

/// Why an emulator does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The specs have errors: one line each, with file, line and column.
    Specs(Vec<String>),
    /// There is no operation to serve.
    NothingToServe,
    /// A sample cannot be served.
    Sample {
        /// The operation.
        operation: String,
        /// What is wrong with it.
        problem: String,
    },
    /// States were set for an operation that no spec describes.
    NoSuchOperation(String),
    /// States were set for a waiter that the operation does not have, or whose path leads nowhere.
    NoSuchWaiter {
        /// The operation.
        operation: String,
        /// The waiter.
        waiter: String,
    },
    /// The port cannot be listened on.
    Listen(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Specs(problems) => write!(f, "the specs have errors:\n{}", problems.join("\n")),
            Self::NothingToServe => f.write_str("the specs describe no operation"),
            Self::Sample { operation, problem } => write!(f, "the sample of {operation} cannot be served: {problem}"),
            Self::NoSuchOperation(name) => write!(f, "no spec describes an operation called `{name}`"),
            Self::NoSuchWaiter { operation, waiter } => {
                write!(f, "{operation} has no waiter `{waiter}` whose path leads to a state")
            }
            Self::Listen(error) => write!(f, "cannot listen: {error}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listen(error) => Some(error),
            _ => None,
        }
    }
}
