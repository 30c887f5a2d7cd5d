//! Replies that are set from outside, in place of those that the specs describe: simple faults.

use std::collections::{HashMap, VecDeque};
use std::error::Error;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

/// A reply to give in place of the documented one, to the next call unless [`until_cleared`](Self::until_cleared).
///
/// It is sent as it is: nothing but `date` and `content-length` is added.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to `Emulator::set_reply`"]
pub struct CannedReply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    pub(crate) cut_after: Option<usize>,
    pub(crate) delay: Duration,
    always: bool,
}

impl CannedReply {
    /// A reply of this HTTP status without headers and body.
    pub fn new(status: u16) -> Self {
        let (headers, body) = (Vec::new(), Bytes::new());
        Self { status, headers, body, cut_after: None, delay: Duration::ZERO, always: false }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Announces the whole body, sends this many bytes of it and closes the connection.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.cut_after = Some(bytes);
        self
    }

    /// Waits this long before it answers.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers every call this way until the replies of the operation are cleared.
    pub fn until_cleared(mut self) -> Self {
        self.always = true;
        self
    }

    /// Whether HTTP can carry it.
    pub(crate) fn check(&self) -> Result<(), SetReplyError> {
        // 1xx is no final answer.
        StatusCode::from_u16(self.status)
            .ok()
            .filter(|status| !status.is_informational())
            .ok_or(SetReplyError::Status(self.status))?;
        for (name, value) in &self.headers {
            let fits = HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok();
            // Framing is not up to the caller; `cut_after` is the way to get it wrong.
            let framing = ["content-length", "transfer-encoding", "connection"];
            if !fits || framing.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                return Err(SetReplyError::Header(name.clone()));
            }
        }
        Ok(())
    }
}

/// Why a canned reply was not taken.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetReplyError {
    /// No spec describes an operation of this name.
    NoSuchOperation(String),
    /// This is no status that an HTTP reply can have.
    Status(u16),
    /// This header cannot be sent, or is not to be set because it frames the message.
    Header(String),
}

impl fmt::Display for SetReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchOperation(name) => write!(f, "no spec describes an operation called `{name}`"),
            Self::Status(status) => write!(f, "{status} is not the status of a reply"),
            Self::Header(name) => write!(f, "the header `{name}` cannot be set"),
        }
    }
}

impl Error for SetReplyError {}

/// The canned replies, by the name of the operation.
#[derive(Default)]
pub(crate) struct CannedReplies(HashMap<String, VecDeque<CannedReply>>);

impl CannedReplies {
    pub(crate) fn push(&mut self, action: &str, reply: CannedReply) {
        self.0.entry(action.to_owned()).or_default().push_back(reply);
    }

    pub(crate) fn clear(&mut self, action: &str) {
        self.0.remove(action);
    }

    pub(crate) fn clear_all(&mut self) {
        self.0.clear();
    }

    /// The reply to the next call.
    pub(crate) fn take(&mut self, action: &str) -> Option<CannedReply> {
        let queue = self.0.get_mut(action)?;
        match queue.front() {
            Some(reply) if reply.always => Some(reply.clone()),
            _ => queue.pop_front(),
        }
    }
}
