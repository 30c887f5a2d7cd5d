//! The built-in transport: `reqwest`, over TLS with rustls if that feature is on.

use std::error::Error as _;
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};

use tokio::time::{Instant, timeout_at};

use super::body::Body;
use super::builder::TransportBuilder;
use super::error::{TransportError, flatten};
use super::file_body::{FileBody, FileError};
use super::{HttpRequest, HttpResponse, Transport};
use crate::error::Error;

/// Sends requests with `reqwest`. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A pool of connections of its own. `connect_timeout` is how long connecting may take.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, Error> {
        Self::builder().connect_timeout(connect_timeout).build()
    }

    /// Starts a transport that differs from the usual one: in its proxy, whom it trusts, or the TLS it speaks.
    pub fn builder() -> TransportBuilder {
        TransportBuilder::new()
    }

    async fn execute(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        #[cfg(not(feature = "rustls"))]
        if request.url.scheme() == "https" {
            return self.execute_https(request).await;
        }
        self.hand_over(request).await
    }

    /// Names what is missing if `https` does not work because no TLS was compiled in.
    #[cfg(not(feature = "rustls"))]
    async fn execute_https(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.hand_over(request).await.map_err(|error| {
            if error.message().contains("scheme is not http") {
                TransportError::connect("https needs the feature `rustls`, or a `reqwest` client with TLS")
            } else {
                error
            }
        })
    }

    async fn hand_over(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut finished = reqwest::Request::new(request.method, request.url);
        *finished.headers_mut() = request.headers;
        if let Some(file) = request.body.file_part() {
            let open = FileBody::open(file).await;
            let open = open.map_err(|error| TransportError::file(error.to_string(), false))?;
            *finished.body_mut() = Some(reqwest::Body::wrap(open));
        } else if !request.body.is_empty() {
            *finished.body_mut() = Some(request.body.bytes().into());
        } else if matches!(*finished.method(), Method::PATCH | Method::POST | Method::PUT) {
            // Left to itself, the stack says nothing about a body that is empty; some gateways insist.
            finished.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        // Limited here, and not by `reqwest`, which allocates for it.
        let deadline = request.timeout.and_then(|limit| Instant::now().checked_add(limit));
        let mut response = within(deadline, self.client.execute(finished), false).await?;
        Ok(HttpResponse {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Body::from_reqwest(response, deadline),
        })
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    /// Sends with a client of yours. It must not follow redirects, as some replies are redirects; by default it does.
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        Box::pin(self.execute(request))
    }
}

impl Debug for ReqwestTransport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

/// What `future` comes to, unless the deadline passes before.
pub(super) async fn within<T>(
    deadline: Option<Instant>,
    future: impl Future<Output = reqwest::Result<T>>,
    in_reply: bool,
) -> Result<T, TransportError> {
    let outcome = match deadline {
        Some(deadline) => match timeout_at(deadline, future).await {
            Ok(outcome) => outcome,
            Err(_) => return Err(TransportError::timeout("the operation timed out", true)),
        },
        None => future.await,
    };
    outcome.map_err(|error| from_reqwest(error, in_reply))
}

/// The URL is left out: it may have secrets in its query.
fn from_reqwest(error: reqwest::Error, in_reply: bool) -> TransportError {
    let error = error.without_url();
    if let Some(error) = file_error(&error) {
        return TransportError::file(error.to_string(), true);
    }
    let message = flatten(&error);
    let request_sent = in_reply || !(error.is_connect() || error.is_builder());
    if error.is_timeout() {
        TransportError::timeout(message, request_sent)
    } else if error.is_connect() {
        TransportError::connect(message)
    } else {
        TransportError::other(message, request_sent)
    }
}

/// The error that the file which is sent gave, if that is the cause.
fn file_error(error: &reqwest::Error) -> Option<&FileError> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref() {
            return Some(error);
        }
        cause = error.source();
    }
    None
}
