//! Why a request could not be sent, or its reply not be read.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};

use crate::line::shorten;

/// What kind of failure a [`TransportError`] is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made.
    Connect,
    /// It took too long.
    Timeout,
    /// A reply began to arrive, and then nothing more of it came in time.
    Stalled,
    /// The file that is sent cannot be read, or is shorter than before.
    File,
    /// Anything else, such as a connection that broke.
    Other,
}

/// Why a request could not be sent, or its reply not be read: one line without secrets.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    request_sent: bool,
}

impl TransportError {
    /// No connection was made, so nothing was sent.
    #[must_use]
    pub fn connect(message: impl Into<String>) -> Self {
        Self { kind: TransportErrorKind::Connect, message: message.into(), request_sent: false }
    }

    /// It took too long. `request_sent` says whether the request may have reached the service.
    #[must_use]
    pub fn timeout(message: impl Into<String>, request_sent: bool) -> Self {
        Self { kind: TransportErrorKind::Timeout, message: message.into(), request_sent }
    }

    /// A reply began to arrive, and then nothing more of it came in time.
    #[must_use]
    pub fn stalled(message: impl Into<String>) -> Self {
        Self { kind: TransportErrorKind::Stalled, message: message.into(), request_sent: true }
    }

    /// The file that is sent cannot be read, or is shorter than before. `request_sent` says whether a part of it was sent.
    #[must_use]
    pub fn file(message: impl Into<String>, request_sent: bool) -> Self {
        Self { kind: TransportErrorKind::File, message: message.into(), request_sent }
    }

    /// Something else happened. `request_sent` says whether the request may have reached the service.
    #[must_use]
    pub fn other(message: impl Into<String>, request_sent: bool) -> Self {
        Self { kind: TransportErrorKind::Other, message: message.into(), request_sent }
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the request may have reached the service.
    #[must_use]
    pub fn request_sent(&self) -> bool {
        self.request_sent
    }

    /// What happened.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl Display for TransportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&shorten(&self.message, 600))
    }
}

impl StdError for TransportError {}

/// An error and its causes in one line. What a cause repeats is left out.
pub(crate) fn flatten(error: &dyn StdError) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !line.contains(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        cause = error.source();
    }
    shorten(&line, 600)
}
