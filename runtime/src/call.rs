//! One call of an operation: assemble, sign, send, judge. Nothing here is generic.

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::assemble::{Assembled, assemble};
use crate::client::ClientCore;
use crate::error::{Error, ErrorKind, Inner};
use crate::judge::judge;
use crate::operation::Operation;
use crate::reply::Reply;
use crate::transport::{TransportError, TransportErrorKind};
use crate::wire::Wire;

/// A reply that is on its way.
pub(crate) type PendingReply = Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send>>;

/// A call that has not been made: the operation, the client and the options. Cheap to clone.
#[derive(Clone)]
pub struct Call {
    core: ClientCore,
    operation: &'static Operation,
    options: Option<Arc<CallOptions>>,
}

/// What differs from the configuration for one call.
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are returned"]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
}

impl CallOptions {
    /// How long one attempt may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
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
}

impl Debug for CallOptions {
    /// Prints names only: values may be secrets.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .finish()
    }
}

impl Call {
    pub(crate) fn new(core: ClientCore, operation: &'static Operation) -> Self {
        Self { core, operation, options: None }
    }

    /// Changes the options.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        let options = self.options.take().map(Arc::unwrap_or_clone).unwrap_or_default();
        self.options = Some(Arc::new(change(options)));
        self
    }

    pub(crate) fn core(&self) -> &ClientCore {
        &self.core
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sends the request when the reply is awaited.
    pub(crate) fn send(&self, wire: Wire) -> PendingReply {
        Box::pin(run(self.clone(), wire))
    }
}

impl Debug for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.action)
    }
}

async fn run(call: Call, wire: Wire) -> Result<Reply, Error> {
    let Call { core, operation, options } = &call;
    let assembled = prepare(core, operation, options.as_deref(), wire);
    let assembled = assembled.await.map_err(|error| error.of(operation.action, 0))?;
    let attempts = 1;
    attempt(core, operation, &assembled, attempts).await.map_err(|error| error.of(operation.action, attempts))
}

/// Puts together what is the same for every attempt.
async fn prepare(
    core: &ClientCore,
    operation: &'static Operation,
    options: Option<&CallOptions>,
    wire: Wire,
) -> Result<Assembled, Error> {
    // What is wrong with the parameters is said before anybody is asked for credentials.
    wire.check()?;
    let identity = core.config().identities.current(operation).await?;
    assemble(core, operation, options, wire, &identity)
}

/// Signs, sends and judges once.
async fn attempt(
    core: &ClientCore,
    operation: &'static Operation,
    assembled: &Assembled,
    attempts: u32,
) -> Result<Reply, Error> {
    let config = core.config();
    let identity = config.identities.current(operation).await?;
    let request = assembled.sign(core, operation, &identity, config.clock.now(), config.random.bits())?;
    let mut response = config.transport.send(request).await.map_err(|error| transport_error(&error))?;
    let (status, limit) = (response.status, config.max_response_bytes);
    match response.body.collect(limit).await {
        Ok(Some(body)) => judge(operation, status, response.headers, body, attempts),
        Ok(None) => Err(Error::from_inner(Inner {
            kind: ErrorKind::Decode,
            message: format!("the reply is larger than {limit} bytes, see `ConfigBuilder::max_response_bytes`"),
            status: Some(status),
            was_sent: true,
            ..Inner::default()
        })),
        Err(error) => {
            let mut error = transport_error(&error);
            error.inner_mut().status = Some(status);
            error.inner_mut().was_sent = true;
            Err(error)
        }
    }
}

pub(crate) fn transport_error(error: &TransportError) -> Error {
    let kind = match error.kind() {
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        TransportErrorKind::Connect | TransportErrorKind::Other => ErrorKind::Connection,
    };
    Error::from_inner(Inner { kind, message: error.to_string(), was_sent: error.request_sent(), ..Inner::default() })
}
