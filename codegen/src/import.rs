//! Makes specs of what Alibaba Cloud publishes, and says what was guessed and what was corrected.

pub mod compare;
pub mod document;
pub mod folder;
mod merge;
pub mod metadata;
mod notes;
mod verify;
pub mod write;

use crate::parallel;

pub use merge::{changed, merge};
pub use metadata::{Imported, Options, Published, metadata};

/// Specs of many products, in the order in which they are given, on `threads` threads.
///
/// Where two of them are versions of one product, the newer one has the plain name.
pub fn all(published: &[Published], options: &Options, threads: usize) -> Vec<Imported> {
    let mut all = parallel::map(published, threads, |one| metadata(one, options));
    metadata::tell_apart(&mut all, options);
    all
}
