//! One call of an operation that has not been made.

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::attempts::{Extent, run};
use crate::call_options::CallOptions;
use crate::client::ClientCore;
use crate::error::Error;
use crate::operation::Operation;
use crate::reply::Reply;
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

    pub(crate) fn options(&self) -> Option<&CallOptions> {
        self.options.as_deref()
    }

    /// Sends the request when the reply is awaited.
    pub(crate) fn send(&self, wire: Wire) -> PendingReply {
        Box::pin(run(self.clone(), wire, Extent::Whole))
    }

    /// Sends the request when the reply is awaited, which comes as soon as it means success and leaves its body unread.
    pub(crate) fn open(&self, wire: Wire) -> PendingReply {
        Box::pin(run(self.clone(), wire, Extent::Head))
    }

    /// The same for a reply that streams events; one of another kind is read as a whole.
    pub(crate) fn open_events(&self, wire: Wire) -> PendingReply {
        Box::pin(run(self.clone(), wire, Extent::Events))
    }
}

impl Debug for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.action)
    }
}
