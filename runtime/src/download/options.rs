//! What can be chosen about a download.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

/// How far a download is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes of the file are there, those of earlier runs included. Less than before when it had to begin
    /// anew.
    pub bytes: u64,
    /// How long the file is, in bytes, if the server said so.
    pub total: Option<u64>,
}

/// What can be chosen about a download.
#[derive(Clone)]
pub(super) struct Options {
    pub(super) attempts: u32,
    pub(super) progress: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
    /// How many parts are fetched at once.
    pub(super) parallel: usize,
    /// In bytes.
    pub(super) part_size: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { attempts: 5, progress: None, parallel: 1, part_size: 16 * 1024 * 1024 }
    }
}

impl Options {
    pub(super) fn report(&self, bytes: u64, total: Option<u64>) {
        if let Some(progress) = &self.progress {
            progress(Progress { bytes, total });
        }
    }
}

impl Debug for Options {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("attempts", &self.attempts)
            .field("parallel", &self.parallel)
            .field("part_size", &self.part_size)
            .finish_non_exhaustive()
    }
}
