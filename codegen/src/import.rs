//! Makes specs of what Alibaba Cloud publishes, and says what was guessed and what was corrected.

mod comments;
pub mod compare;
pub mod document;
pub mod folder;
mod merge;
pub mod metadata;
mod naming;
mod notes;
mod only;
mod together;
mod verify;
pub mod write;

use crate::parallel;

pub use comments::{has_comments, kept_with_comments};
pub use merge::{changed, merge};
pub use metadata::{Imported, Options, Published, metadata};
pub use only::not_there;

/// Specs of many products with their documents, in the order in which they are given, on `threads` threads. Documents of
/// one version of a product are put together, wherever they were found.
///
/// Where two of them are versions of one product, the newer one has the plain name.
pub fn all(published: Vec<Published>, options: &Options, threads: usize) -> Vec<(Published, Imported)> {
    let imported = parallel::map(&published, threads, |one| metadata(one, options));
    let mut all = together::together(published, imported, options);
    metadata::tell_apart(&mut all, options);
    all
}
