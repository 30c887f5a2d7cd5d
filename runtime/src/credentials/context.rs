//! What those who provide credentials work with: the transport, the time and the environment of a configuration.

use std::fmt::{self, Debug, Formatter};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;
use zeroize::Zeroizing;

use super::environment::Environment;
use crate::clock::Clock;
use crate::random::Random;
use crate::transport::{HttpRequest, Transport, TransportError};

/// The largest answer with credentials that is read, in bytes.
const LARGEST_ANSWER: usize = 1 << 20;

/// What those who provide credentials work with. Cheap to clone.
#[derive(Clone)]
pub struct ProviderContext {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) environment: Environment,
    pub(crate) user_agent: HeaderValue,
    /// What the application calls itself.
    pub(crate) application: Option<String>,
}

/// A plain HTTP request: no signature, no second attempt.
pub(crate) struct Plain<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a Url,
    pub(crate) headers: &'a [(HeaderName, HeaderValue)],
    pub(crate) body: Bytes,
    pub(crate) timeout: Duration,
}

/// The answer to a plain request.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Zeroizing<String>,
}

impl ProviderContext {
    /// The time, as the configuration tells it.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// What sends the requests of the configuration.
    #[must_use]
    pub fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    /// A variable of the environment; nothing if it is empty.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<String> {
        self.environment.variable(name).filter(|value| !value.is_empty())
    }

    /// Whether a variable says `true`.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A file in the home of the user, if there is one.
    pub(crate) fn in_home(&self, path: &str) -> Option<PathBuf> {
        let home = ["HOME", "USERPROFILE", "HOMEPATH"].iter().find_map(|name| self.variable(name))?;
        Some(PathBuf::from(home).join(path))
    }

    pub(crate) async fn ask(&self, plain: Plain<'_>) -> Result<Answer, TransportError> {
        let mut headers = HeaderMap::new();
        let host = match (plain.url.host_str(), plain.url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (host, _) => host.unwrap_or_default().to_owned(),
        };
        let host = HeaderValue::from_str(&host).map_err(|_| TransportError::connect("the host is no text"))?;
        headers.insert(HOST, host);
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.extend(plain.headers.iter().cloned());
        let sent = self.transport.send(HttpRequest {
            method: plain.method,
            url: plain.url.clone(),
            headers,
            body: plain.body.into(),
            timeout: Some(plain.timeout),
        });
        let mut response = sent.await?;
        let body = response.body.collect(LARGEST_ANSWER, plain.timeout).await?;
        let body = body.ok_or_else(|| TransportError::other("the answer is larger than 1 MiB", true))?;
        let body = match String::from_utf8(body) {
            Ok(body) => body,
            Err(error) => {
                drop(Zeroizing::new(error.into_bytes()));
                return Err(TransportError::other("the answer is not UTF-8", true));
            }
        };
        Ok(Answer { status: response.status, body: Zeroizing::new(body) })
    }
}

impl Debug for ProviderContext {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderContext").field("environment", &self.environment).finish_non_exhaustive()
    }
}
