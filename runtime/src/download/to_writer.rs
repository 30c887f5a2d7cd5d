//! A download into anything that takes bytes.

use std::fmt::{self, Debug, Formatter};
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::checked::Checked;
use super::link::Link;
use super::options::{Options, Progress};
use super::source::Source;
use crate::error::{Error, ErrorKind};
use crate::request::{Request, encoded};

/// Writes what a link leads to into something, when it is awaited; returns how many bytes there were.
///
/// After an interruption it goes on where it stopped, with a fresh link if that is needed. It ends with an error if the
/// bytes do not add up to what the server said: what has been written is good only if it ends without one.
#[must_use = "a download begins only when it is awaited"]
pub struct DownloadTo<'w> {
    source: Source,
    writer: Pin<Box<dyn AsyncWrite + Send + 'w>>,
    options: Options,
}

impl<'w> DownloadTo<'w> {
    /// Writes into `writer` what the reply to `request` links to. The writer is flushed at the end, not shut down.
    pub fn new<R: Request>(request: R, link: &'static Link, writer: impl AsyncWrite + Send + 'w) -> Self {
        let source = Source::new(request.call().clone(), encoded(&request), link);
        Self { source, writer: Box::pin(writer), options: Options::default() }
    }

    /// How often to try in a row without a single byte arriving; 5 by default, at least 1. The retry policy of the
    /// configuration is for the call that asks for the link.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = attempts;
        self
    }

    /// Calls `progress` whenever bytes have been written.
    pub fn on_progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.options.progress = Some(std::sync::Arc::new(progress));
        self
    }

    async fn run(self) -> Result<u64, Error> {
        let Self { source, mut writer, options } = self;
        let action = source.action();
        let failed = |error: std::io::Error| {
            Error::new(ErrorKind::File, format!("the data cannot be written: {error}")).of(action, 0)
        };
        let mut checked = Checked::new(source, options.attempts);
        while let Some(bytes) = checked.next().await? {
            writer.write_all(&bytes).await.map_err(failed)?;
            options.report(checked.bytes(), checked.total());
        }
        writer.flush().await.map_err(failed)?;
        Ok(checked.bytes())
    }
}

impl<'w> IntoFuture for DownloadTo<'w> {
    type Output = Result<u64, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'w>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl Debug for DownloadTo<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadTo").field("options", &self.options).finish_non_exhaustive()
    }
}
