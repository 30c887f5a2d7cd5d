//! A request on its way whose reply is server-sent events.

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::header::CONTENT_TYPE;

use super::event::Events;
use super::source::Source;
use crate::call::Call;
use crate::error::{Error, ErrorKind};
use crate::json::Decode;
use crate::judge::judge;
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
    let head = call.open(wire).await?;
    let config = call.core().config();
    let limit = call.options().and_then(|options| options.timeout).unwrap_or(config.timeout);
    let content_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_document = content_type.trim_start().to_ascii_lowercase().starts_with("application/json");
    let opened = Opened::new(head, call.clone(), limit);
    if is_document { whole(opened).await } else { Ok(Source::new(opened)) }
}

/// What refuses to stream, or has but one thing to say, answers as other operations do.
async fn whole(mut opened: Opened) -> Result<Source, Error> {
    let config = opened.call.core().config();
    let (limit, stall) = (config.max_response_bytes, config.stall_timeout);
    let collected = match opened.pieces.take() {
        Some(mut body) => body.collect(limit, stall).await,
        None => Ok(Some(Vec::new())),
    };
    let body = collected.map_err(|error| opened.broken(&error))?.ok_or_else(|| {
        let message = format!("the reply is larger than {limit} bytes, see `ConfigBuilder::max_response_bytes`");
        opened.head.error(ErrorKind::Decode, message)
    })?;
    let head = &opened.head;
    let judged = judge(opened.call.operation(), head.status, head.headers.clone(), body, head.attempts);
    let reply = judged.map_err(|error| error.of(head.operation.clone(), head.attempts))?;
    Ok(Source::single(opened, reply))
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
