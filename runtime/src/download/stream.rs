//! A download as a stream of bytes.

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::checked::Checked;
use super::link::Link;
use super::source::Source;
use crate::error::Error;
use crate::request::{Request, encoded};

/// The bytes of the file that a link leads to. After an interruption it goes on where it stopped, with a fresh link if
/// that is needed. The last item is an error if the bytes do not add up to what the server said: what has been read is
/// good only when the stream ends without one.
#[must_use = "a stream does nothing unless it is polled"]
pub struct DownloadStream {
    step: Step,
}

/// The next bytes, and the download that they are of.
type Next = (Box<Checked>, Result<Option<Bytes>, Error>);

/// The download between two polls, or on its way to the next bytes.
enum Step {
    Idle(Box<Checked>),
    Running(Pin<Box<dyn Future<Output = Next> + Send>>),
    Over,
}

impl DownloadStream {
    /// The bytes of what the reply to `request` links to. Nothing is sent yet.
    pub fn new<R: Request>(request: R, link: &'static Link) -> Self {
        let source = Source::new(request.call().clone(), encoded(&request), link);
        Self { step: Step::Idle(Box::new(Checked::new(source, super::Options::default().attempts))) }
    }
}

impl Stream for DownloadStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut running = match std::mem::replace(&mut self.step, Step::Over) {
            Step::Idle(mut checked) => Box::pin(async move {
                let next = checked.next().await;
                (checked, next)
            }),
            Step::Running(running) => running,
            Step::Over => return Poll::Ready(None),
        };
        let Poll::Ready((checked, next)) = running.as_mut().poll(context) else {
            self.step = Step::Running(running);
            return Poll::Pending;
        };
        if let Ok(Some(_)) = &next {
            self.step = Step::Idle(checked);
        }
        Poll::Ready(next.transpose())
    }
}

impl Debug for DownloadStream {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadStream").finish_non_exhaustive()
    }
}
