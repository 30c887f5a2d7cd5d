//! Faults: what goes wrong on the way to the service and back.

use std::collections::HashMap;
use std::collections::VecDeque;

use bytes::Bytes;

use crate::outgoing::{Outgoing, ReplyBody};

/// What goes wrong with a call, or with a request for a file, in place of what the emulator would do.
///
/// It strikes requests that are good otherwise: one that is refused, as its signature is wrong for example, uses none
/// up. Given to [`Emulator::fault`](crate::Emulator::fault).
///
/// ```
/// use alicloud_emulator::Fault;
///
/// // The ticket is opened, and the caller does not know.
/// let unclear = Fault::new("CreateDataExportOrder").reset_after();
/// // The first two requests for the file end after 1,000 bytes.
/// let short = Fault::file("GetDataExportDownloadURL").cut(1000).times(2);
/// # let _ = (unclear, short);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it does nothing until it is given to `Emulator::fault`"]
pub struct Fault {
    pub(crate) operation: String,
    pub(crate) of_file: bool,
    kind: Kind,
    html: bool,
    times: usize,
}

/// Before or after the call takes effect.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Throttle(u64),
    Status(u16),
    ResetBefore,
    ResetAfter,
    Cut(usize),
    ExpireLink,
}

impl Fault {
    /// A fault of the next call of an operation: status 503, unless it is told otherwise.
    pub fn new(operation: &str) -> Self {
        Self { operation: operation.to_owned(), of_file: false, kind: Kind::Status(503), html: false, times: 1 }
    }

    /// A fault of the next request for a file whose link this operation gave.
    pub fn file(operation: &str) -> Self {
        Self { of_file: true, ..Self::new(operation) }
    }

    /// 429 `Throttling.User`, to be tried again after this many milliseconds. Nothing happens.
    pub fn throttle(self, milliseconds: u64) -> Self {
        Self { kind: Kind::Throttle(milliseconds), ..self }
    }

    /// This HTTP status, with an error in JSON, or in XML for a file. Nothing happens.
    pub fn status(self, status: u16) -> Self {
        Self { kind: Kind::Status(status), ..self }
    }

    /// The page of a proxy in place of the error of [`status`](Self::status).
    pub fn html(self) -> Self {
        Self { html: true, ..self }
    }

    /// The connection is closed without an answer, and nothing happens.
    pub fn reset_before(self) -> Self {
        Self { kind: Kind::ResetBefore, ..self }
    }

    /// The call takes effect, and the connection is closed without an answer.
    pub fn reset_after(self) -> Self {
        Self { kind: Kind::ResetAfter, ..self }
    }

    /// The call takes effect, and the connection is closed after this many bytes of the body of the answer.
    pub fn cut(self, bytes: usize) -> Self {
        Self { kind: Kind::Cut(bytes), ..self }
    }

    /// Links in the reply are past their end already, which needs [`Builder::workflows`](crate::Builder::workflows);
    /// of a file: the link is refused as one that is past its end.
    pub fn expire_link(self) -> Self {
        Self { kind: Kind::ExpireLink, ..self }
    }

    /// How many requests it strikes: one unless set.
    pub fn times(self, times: usize) -> Self {
        Self { times, ..self }
    }

    /// Whether HTTP can carry it.
    pub(crate) fn bad_status(&self) -> Option<u16> {
        match self.kind {
            Kind::Status(status) if !(200..=599).contains(&status) => Some(status),
            _ => None,
        }
    }

    /// The answer in place of what the request asks for, if it is to have no effect.
    pub(crate) fn instead(&self, request_id: &str) -> Option<Outgoing> {
        match self.kind {
            Kind::Throttle(milliseconds) => {
                let message = "Request was denied due to user flow control.";
                let mut outgoing = self.error(429, "Throttling.User", message, request_id);
                outgoing.header("x-acs-retry-after", &milliseconds.to_string());
                Some(outgoing)
            }
            Kind::Status(status) => {
                let (code, message) = match status {
                    503 => ("ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
                    500.. => ("InternalError", "The request processing has failed due to some unknown error."),
                    _ => ("InvalidParameter", "The request is refused."),
                };
                Some(self.error(status, code, message, request_id))
            }
            Kind::ResetBefore => Some(Outgoing::close()),
            Kind::ExpireLink if self.of_file => {
                Some(self.error(403, "AccessDenied", "Request has expired.", request_id))
            }
            Kind::ResetAfter | Kind::Cut(_) | Kind::ExpireLink => None,
        }
    }

    /// Whether links in the reply are to be past their end.
    pub(crate) fn expires_links(&self) -> bool {
        self.kind == Kind::ExpireLink
    }

    /// What becomes of the answer of a request that took effect.
    pub(crate) fn after(&self, mut outgoing: Outgoing) -> Outgoing {
        match self.kind {
            Kind::ResetAfter => return Outgoing::close(),
            Kind::Cut(bytes) => outgoing.cut(bytes),
            _ => {}
        }
        outgoing
    }

    fn error(&self, status: u16, code: &str, message: &str, request_id: &str) -> Outgoing {
        let (kind, body) = if self.html {
            ("text/html", format!("<html><body><h1>{status}</h1></body></html>\n"))
        } else if self.of_file {
            let body = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message>\
                 <RequestId>{request_id}</RequestId></Error>\n"
            );
            ("application/xml", body)
        } else {
            let body = serde_json::json!({ "RequestId": request_id, "Code": code, "Message": message });
            ("application/json;charset=utf-8", body.to_string())
        };
        let mut outgoing = Outgoing::new(status, ReplyBody::whole(Bytes::from(body)));
        outgoing.header("content-type", kind);
        outgoing.header(if self.of_file { "x-oss-request-id" } else { "x-acs-request-id" }, request_id);
        // What a proxy says has no code.
        outgoing.code = (!self.html).then(|| code.to_owned());
        outgoing
    }
}

/// The faults to come, by the operation and whether they are about its file.
#[derive(Debug, Default)]
pub(crate) struct Faults(HashMap<(String, bool), VecDeque<Fault>>);

impl Faults {
    pub(crate) fn push(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.entry((fault.operation.clone(), fault.of_file)).or_default().push_back(fault);
        }
    }

    /// The fault of the next request.
    pub(crate) fn take(&mut self, operation: &str, of_file: bool) -> Option<Fault> {
        let queue = self.0.get_mut(&(operation.to_owned(), of_file))?;
        let first = queue.front_mut()?;
        let fault = first.clone();
        first.times -= 1;
        if first.times == 0 {
            queue.pop_front();
        }
        Some(fault)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
