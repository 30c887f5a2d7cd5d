//! The files behind links: what an object store would serve.

use std::collections::HashMap;
use std::time::SystemTime;

use bytes::Bytes;
use http::StatusCode;

use crate::crc64;
use crate::outgoing::{Outgoing, ReplyBody};
use crate::range::Wanted;
use crate::request::Incoming;
use crate::world::link;

/// How many bytes a file has unless others are given.
const USUAL_LENGTH: usize = 64 * 1024;

/// The files behind links: one for all operations, and those that operations have of their own.
pub(crate) struct Files {
    usual: File,
    own: HashMap<String, File>,
}

impl Files {
    pub(crate) fn new(bytes: Option<Bytes>, own: HashMap<String, Bytes>) -> Self {
        let own = own.into_iter().map(|(action, bytes)| (action, File::new(bytes))).collect();
        Self { usual: File::new(bytes.unwrap_or_else(usual_bytes)), own }
    }

    /// The operation that gave the link, if the request is for a file of one that `has_link` knows.
    pub(crate) fn action(request: &Incoming, has_link: impl Fn(&str) -> bool) -> Option<&str> {
        let (action, name) = request.path.strip_prefix("/files/")?.split_once('/')?;
        (!name.is_empty() && has_link(action)).then_some(action)
    }

    /// Serves the file of an operation, or a part of it.
    pub(crate) fn serve(&self, action: &str, request: &Incoming, request_id: &str, now: SystemTime) -> Outgoing {
        self.own.get(action).unwrap_or(&self.usual).serve(request, request_id, now)
    }
}

/// A file.
struct File {
    bytes: Bytes,
    etag: String,
    checksum: u64,
}

impl File {
    fn new(bytes: Bytes) -> Self {
        let checksum = crc64::checksum(&bytes);
        Self { etag: format!("\"{checksum:016X}\""), bytes, checksum }
    }

    fn serve(&self, request: &Incoming, request_id: &str, now: SystemTime) -> Outgoing {
        let mut reply = if let Some((code, message)) = link::problem(request, now) {
            self.refuse(request_id, 403, code, message)
        } else if request.header("authorization").is_some() {
            // The link is signed already; a second signature is one too many.
            self.refuse(request_id, 400, "InvalidArgument", "A signed link takes no Authorization header.")
        } else if !matches!(request.method.as_str(), "GET" | "HEAD") {
            self.refuse(
                request_id,
                405,
                "MethodNotAllowed",
                "The specified method is not allowed against this resource.",
            )
        } else if request.header("if-match").is_some_and(|etag| etag != "*" && etag != self.etag) {
            self.refuse(request_id, 412, "PreconditionFailed", "The file is another one.")
        } else {
            self.part(request, request_id)
        };
        reply.header("x-oss-request-id", request_id);
        reply.header("server", "AliyunOSS");
        reply
    }

    fn part(&self, request: &Incoming, request_id: &str) -> Outgoing {
        let length = self.bytes.len();
        // The part of another file is of no use: the whole of this one is.
        let same = request.header("if-range").is_none_or(|etag| etag == self.etag);
        let range = request.header("range").filter(|_| same);
        let (status, bytes, content_range) = match Wanted::of(range, length) {
            Wanted::All => (StatusCode::OK, self.bytes.clone(), None),
            Wanted::Part(first, last) => (
                StatusCode::PARTIAL_CONTENT,
                self.bytes.slice(first..=last),
                Some(format!("bytes {first}-{last}/{length}")),
            ),
            Wanted::Nothing => {
                let mut reply =
                    self.refuse(request_id, 416, "InvalidRange", "The requested range cannot be satisfied.");
                reply.header("content-range", &format!("bytes */{length}"));
                return reply;
            }
        };
        let mut reply = Outgoing::new(status.as_u16(), ReplyBody::whole(bytes));
        reply.header("content-type", "application/zip");
        reply.header("accept-ranges", "bytes");
        reply.header("etag", &self.etag);
        // Of the whole file, also when only a part of it is sent.
        reply.header("x-oss-hash-crc64ecma", &self.checksum.to_string());
        if let Some(content_range) = content_range {
            reply.header("content-range", &content_range);
        }
        reply
    }

    fn refuse(&self, request_id: &str, status: u16, code: &str, message: &str) -> Outgoing {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message>\
             <RequestId>{request_id}</RequestId></Error>\n"
        );
        let mut reply = Outgoing::new(status, ReplyBody::whole(body.into()));
        reply.header("content-type", "application/xml");
        reply.code = Some(code.to_owned());
        reply
    }
}

/// The same bytes at every start, which no compression makes shorter.
fn usual_bytes() -> Bytes {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    (0..USUAL_LENGTH / 8).flat_map(|_| next()).collect()
}
