//! From a link in a reply to a file, to a writer or to a stream.

mod checked;
mod checksum;
mod expiry;
mod fetch;
mod get;
mod identity;
mod link;
mod options;
mod parts;
mod place;
mod source;
mod state;
mod stream;
mod to_writer;
mod whole;
mod writer;

use std::future::{Future, IntoFuture};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

pub use link::Link;
pub use options::Progress;
pub use stream::DownloadStream;
pub use to_writer::DownloadTo;

use crate::error::Error;
use crate::request::{Request, encoded};
use options::Options;
use place::Place;
use source::Source;

/// Asks for a link and fetches what it leads to into a file, when it is awaited.
///
/// Until it is complete and verified, the data is in a file beside it whose name ends in `.part`; what is known of that
/// data is in one that ends in `.part.state`. Then it is renamed. After an interruption the download goes on where it
/// stopped, in a later run too, provided that the server still has the same version of the file; it begins anew
/// otherwise. The operation is asked for a fresh link when one is refused or past its time. Length, CRC-64 and MD5 are
/// verified as far as the server tells them.
///
/// The link is asked for without a signature and without anything that tells who asks. Redirects are followed if they
/// keep the scheme. Only one download at a time may write to a path.
#[derive(Clone, Debug)]
#[must_use = "a download begins only when it is awaited"]
pub struct Download<R> {
    request: R,
    link: &'static Link,
    path: PathBuf,
    options: Options,
}

/// A file that has been downloaded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DownloadedFile {
    path: PathBuf,
    bytes: u64,
}

impl DownloadedFile {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long it is, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl<R: Request> Download<R> {
    /// Fetches into the file `path` what the reply to `request` links to. An existing file is replaced once the
    /// download is complete. Where `path` is a folder, or ends in `/`, the file gets the name that the link has, unless
    /// that would lead out of the folder. Folders that are not there are made.
    pub fn new(request: R, link: &'static Link, path: &Path) -> Self {
        Self { request, link, path: path.to_owned(), options: Options::default() }
    }

    /// How often to try in a row without a single byte arriving; 5 by default, at least 1. The retry policy of the
    /// configuration is for the call that asks for the link.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = attempts;
        self
    }

    /// Calls `progress` whenever bytes have arrived. With [`parallel`](Self::parallel), from several threads.
    pub fn on_progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.options.progress = Some(Arc::new(progress));
        self
    }

    /// How many parts of a file are fetched at once, if it is longer than one part and the server sends parts; 1 by
    /// default, which is one request for all.
    pub fn parallel(mut self, parts: usize) -> Self {
        self.options.parallel = parts;
        self
    }

    /// How long a part is, in bytes; 16 MiB by default. Of no effect without [`parallel`](Self::parallel).
    pub fn part_size(mut self, bytes: u64) -> Self {
        self.options.part_size = bytes;
        self
    }
}

impl<R: Request> IntoFuture for Download<R> {
    type Output = Result<DownloadedFile, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let source = Source::new(self.request.call().clone(), encoded(&self.request), self.link);
        Box::pin(download(source, self.path, self.options))
    }
}

async fn download(source: Source, path: PathBuf, options: Options) -> Result<DownloadedFile, Error> {
    let source = Arc::new(source);
    to_file(&source, path, &options).await.map_err(|error| source.blame(error))
}

async fn to_file(source: &Arc<Source>, path: PathBuf, options: &Options) -> Result<DownloadedFile, Error> {
    let place = Place::find(source, path).await?;
    let bytes = match parts::fetch(source, &place, options).await? {
        Some(bytes) => bytes,
        None => whole::fetch(source, &place, options).await?,
    };
    place.complete()?;
    Ok(DownloadedFile { path: place.file, bytes })
}
