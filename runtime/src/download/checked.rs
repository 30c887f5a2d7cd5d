//! The bytes of a file for those who cannot take them back: added up on the way, compared at the end.

use std::sync::Arc;

use bytes::Bytes;

use super::checksum::Checksum;
use super::fetch::{Fetch, Piece};
use super::source::Source;
use crate::error::{Error, ErrorKind};

/// The bytes of a file, once, from the first to the last.
pub(super) struct Checked {
    source: Arc<Source>,
    fetch: Fetch,
    sums: Option<Checksum>,
}

impl Checked {
    pub(super) fn new(source: Source, attempts: u32) -> Self {
        let source = Arc::new(source);
        let fetch = Fetch::new(Arc::clone(&source), None, 0, attempts).straight();
        Self { source, fetch, sums: None }
    }

    /// How many bytes there were so far.
    pub(super) fn bytes(&self) -> u64 {
        self.fetch.offset()
    }

    /// How long the file is, if the server said so.
    pub(super) fn total(&self) -> Option<u64> {
        self.fetch.identity()?.length
    }

    /// The next bytes. At the end, an error if they were not those that the server meant.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        self.advance().await.map_err(|error| self.source.blame(error))
    }

    async fn advance(&mut self) -> Result<Option<Bytes>, Error> {
        match self.fetch.next().await? {
            Piece::Data(bytes) => {
                let identity = self.fetch.identity();
                let new = || identity.map(Checksum::wanted_by).unwrap_or_default();
                self.sums.get_or_insert_with(new).add(&bytes);
                Ok(Some(bytes))
            }
            Piece::End => {
                let identity = self.fetch.identity().cloned().unwrap_or_default();
                let sums = self.sums.take().unwrap_or_else(|| Checksum::wanted_by(&identity));
                let verified = sums.verify(&identity);
                verified
                    .map(|()| None)
                    .map_err(|wrong| Error::new(ErrorKind::Download, format!("the file is not what was sent: {wrong}")))
            }
            // Never asked for.
            Piece::Restart => Err(Error::new(ErrorKind::Download, "the download cannot go on")),
        }
    }
}
