//! What carries requests and replies.

mod body;
mod builder;
mod error;
mod file_body;
mod reqwest_transport;
#[cfg(feature = "rustls")]
mod tls;

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::request_body::RequestBody;

pub use body::Body;
pub use builder::TransportBuilder;
pub use error::{TransportError, TransportErrorKind};
pub use reqwest_transport::ReqwestTransport;
#[cfg(feature = "rustls")]
pub use tls::TlsVersion;

/// Sends requests. Tests and those who have a client of their own implement it.
///
/// An implementation does not follow redirects, sends path, query and headers as they are, and gives up when
/// [`HttpRequest::timeout`] has passed.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and returns the reply as soon as its headers are there.
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>>;
}

/// A request, ready to be sent.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// Where to, with the query.
    pub url: Url,
    /// All headers but the length of the body, `host` included.
    pub headers: HeaderMap,
    /// What to send; empty for nothing. Its length is known.
    pub body: RequestBody,
    /// How long everything may take, to the last byte of the reply; no limit if there is none.
    pub timeout: Option<Duration>,
}

impl Debug for HttpRequest {
    /// Prints neither the query nor the headers, which have secrets in them.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .field("path", &self.url.path())
            .finish_non_exhaustive()
    }
}

/// A reply whose body may still be on its way.
#[derive(Debug)]
pub struct HttpResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}
