//! A request on its way whose reply is server-sent events.

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::event::Events;
use super::source::Source;
use crate::call::Call;
use crate::error::Error;
use crate::json::{Decode, Document};
use crate::request::{Request, encoded};
use crate::stream::Opened;
use crate::wire::Wire;

/// A request on its way whose reply is server-sent events. It is sent when this is first polled, and again as any other
/// request until there is a status of success.
#[must_use = "a request is sent only when it is awaited"]
pub struct SendingEvents<T> {
    source: Pin<Box<dyn Future<Output = Result<Source, Error>> + Send>>,
    data: PhantomData<fn() -> T>,
}

impl<T: Decode> SendingEvents<T> {
    /// Encodes a request. Nothing is sent yet.
    pub fn new<R: Request<Response = T>>(request: &R) -> Self {
        Self::of(request.call().clone(), encoded(request))
    }

    pub(crate) fn of(call: Call, wire: Wire) -> Self {
        Self { source: Box::pin(open(call, wire)), data: PhantomData }
    }
}

async fn open(call: Call, wire: Wire) -> Result<Source, Error> {
    let mut head = call.open_events(wire).await?;
    let limit = call.options().and_then(|options| options.timeout).unwrap_or(call.core().config().timeout);
    if head.unread.is_some() {
        return Ok(Source::new(Opened::new(head, call, limit)));
    }
    // What refuses to stream, or has but one thing to say, answers as other operations do.
    let document = std::mem::replace(&mut head.document, Document::empty());
    Ok(Source::single(Opened::new(head, call, limit), document))
}

impl<T> Future for SendingEvents<T> {
    type Output = Result<Events<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let source = ready!(self.source.as_mut().poll(context));
        Poll::Ready(source.map(Events::new))
    }
}

impl<T> Debug for SendingEvents<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendingEvents").finish_non_exhaustive()
    }
}
