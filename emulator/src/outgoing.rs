//! A reply on its way out.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use std::{fmt, mem};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use hyper::body::{Body, Frame, SizeHint};

/// A reply: status, headers, body, and when to send it.
pub(crate) struct Outgoing {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: ReplyBody,
    /// The code, if it is a refusal.
    pub(crate) code: Option<String>,
    /// How long to wait before it is sent.
    pub(crate) delay: Duration,
    /// Whether the connection is closed in place of an answer.
    pub(crate) closes: bool,
}

impl Outgoing {
    pub(crate) fn new(status: u16, body: ReplyBody) -> Self {
        Self { status, headers: Vec::new(), body, code: None, delay: Duration::ZERO, closes: false }
    }

    /// No answer: the connection is closed.
    pub(crate) fn close() -> Self {
        let mut outgoing = Self::new(0, ReplyBody::whole(Bytes::new()));
        outgoing.closes = true;
        outgoing
    }

    /// Sends only the first bytes of the body, and closes the connection then.
    pub(crate) fn cut(&mut self, after: usize) {
        self.body = ReplyBody::cut(mem::take(&mut self.body.bytes), after);
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Sets a header in place of one of the same name, which is in lower case.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| known != name);
        self.header(name, value);
    }

    /// The reply in the words of HTTP.
    pub(crate) fn into_response(self, now: SystemTime) -> Response<ReplyBody> {
        let announced = self.body.announced;
        let mut response = Response::new(self.body);
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        for (name, value) in self.headers {
            // A header of a sample or an echoed text that HTTP cannot carry is left out.
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                headers.append(name, value);
            }
        }
        if let Some(length) = announced {
            headers.insert(http::header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        if let Ok(date) = HeaderValue::try_from(date(now)) {
            headers.insert(http::header::DATE, date);
        }
        response
    }
}

fn date(now: SystemTime) -> String {
    // The only times that HTTP can write, and that do not panic.
    let last = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    httpdate::fmt_http_date(now.clamp(SystemTime::UNIX_EPOCH, last))
}

/// The body of a reply: all of it, or a part after which the connection breaks off.
pub(crate) struct ReplyBody {
    bytes: Bytes,
    /// The length that is announced, where it is more than what comes.
    announced: Option<usize>,
    /// Whether hyper had the time to send what comes before the break.
    paused: bool,
}

impl ReplyBody {
    /// All bytes.
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self { bytes, announced: None, paused: false }
    }

    /// The first bytes of a body whose whole length is announced.
    pub(crate) fn cut(bytes: Bytes, after: usize) -> Self {
        let length = bytes.len();
        if after >= length {
            return Self::whole(bytes);
        }
        Self { bytes: bytes.slice(..after), announced: Some(length), paused: false }
    }
}

/// The end of a body that was cut: hyper closes the connection.
#[derive(Debug)]
pub(crate) struct CutOff;

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reply is cut off on purpose")
    }
}

impl std::error::Error for CutOff {}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        let bytes = mem::take(&mut self.bytes);
        if !bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if self.announced.is_none() {
            return Poll::Ready(None);
        }
        // hyper forgets what it has not written yet when a body fails, and writes when a body has nothing for now.
        if !self.paused {
            self.paused = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(CutOff)))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty() && self.announced.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match self.announced {
            // Unknown, so that the announced length stands.
            Some(_) => SizeHint::default(),
            None => SizeHint::with_exact(self.bytes.len() as u64),
        }
    }
}
