//! What differs from the configuration for one call.

use std::fmt::{self, Debug, Formatter};
use std::time::Duration;

use crate::retry::RetryPolicy;

/// What differs from the configuration for one call.
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are returned"]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) call_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) repeatable: Option<bool>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
}

impl CallOptions {
    /// How long one attempt may take; see [`ConfigBuilder::timeout`](crate::ConfigBuilder::timeout) for streams and events.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long the whole call may take, with all its attempts and the waits between them, but without a body that is read
    /// as a stream or as events.
    pub fn call_timeout(mut self, timeout: Duration) -> Self {
        self.call_timeout = Some(timeout);
        self
    }

    /// How often and how soon the call is made again when it fails.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Whether the request may be carried out twice, and so be sent again where nobody knows whether it arrived. By
    /// default that is so for operations that read, and for requests with a client token.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = Some(repeatable);
        self
    }

    /// Adds a header. One of the same name is replaced; `host`, `authorization` and what else is computed is refused
    /// when the request is sent.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a parameter to the query. One of the same name is replaced.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Adds a parameter to the form in the body. One of the same name is replaced. A request with a body of another kind
    /// is refused.
    pub fn form(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.form.push((name.into(), value.into()));
        self
    }
}

impl Debug for CallOptions {
    /// Prints names only: values may be secrets.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("call_timeout", &self.call_timeout)
            .field("retry", &self.retry)
            .field("repeatable", &self.repeatable)
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .field("form", &names(&self.form))
            .finish()
    }
}
