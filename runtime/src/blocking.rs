//! Calls from code that is not async: the same requests, run to their end.
//!
//! ```no_run
//! # fn example(config: alicloud_runtime::Config) -> Result<(), alicloud_runtime::Error> {
//! use alicloud_runtime::{blocking::Blocking, untyped};
//!
//! let blocking = Blocking::new()?;
//! let ecs = untyped::Client::builder(&config, "Ecs", "2014-05-26").endpoint("ecs.cn-hangzhou.aliyuncs.com").build()?;
//! let regions = blocking.run(ecs.call("DescribeRegions"))?;
//! # let _ = regions;
//! # Ok(())
//! # }
//! ```

use std::fmt::{self, Debug, Formatter};
use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::Error;

/// Runs requests, waits, downloads and lists of clients to their end, on the thread that asks for it.
///
/// Connections belong to the `Blocking` that opened them, so use one for as long as the configuration lives.
pub struct Blocking {
    /// Always there until it is dropped.
    runtime: Option<Runtime>,
}

impl Blocking {
    /// Prepares to run requests. No thread is started.
    ///
    /// # Errors
    ///
    /// When the operating system does not give what waiting for sockets and time needs.
    pub fn new() -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| {
            Error::invalid_configuration(format!("no runtime for blocking calls can be started: {error}"))
        })?;
        Ok(Self { runtime: Some(runtime) })
    }

    /// Runs a request, a wait or a download, and returns what it comes to.
    ///
    /// # Errors
    ///
    /// When it fails, and when called inside of async code, which must not be blocked: `.await` does it there.
    pub fn run<T, R>(&self, request: R) -> Result<T, Error>
    where
        R: IntoFuture<Output = Result<T, Error>>,
    {
        self.runtime()?.block_on(request.into_future())
    }

    /// The items or pages of a list, the events or the bytes of a reply, one after the other.
    pub fn iterate<T, S>(&self, list: S) -> Iterate<'_, S>
    where
        S: Stream<Item = Result<T, Error>> + Unpin,
    {
        Iterate { blocking: self, list, is_over: false }
    }

    fn runtime(&self) -> Result<&Runtime, Error> {
        let inside = Handle::try_current().is_ok();
        self.runtime.as_ref().filter(|_| !inside).ok_or_else(|| {
            Error::invalid_request("a blocking call inside of async code would block it: `.await` the request instead")
        })
    }
}

impl Drop for Blocking {
    /// Waits for nothing, so that it can be dropped inside of async code.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Debug for Blocking {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking").finish_non_exhaustive()
    }
}

/// A list, item by item or page by page.
#[must_use = "an iterator does nothing unless it is asked for items"]
pub struct Iterate<'a, S> {
    blocking: &'a Blocking,
    list: S,
    is_over: bool,
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Iterate<'_, S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = match self.blocking.runtime() {
            Ok(runtime) => runtime.block_on(poll_fn(|context| Pin::new(&mut self.list).poll_next(context))),
            Err(error) => Some(Err(error)),
        };
        // What comes after an error is not worth asking for.
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }
}
