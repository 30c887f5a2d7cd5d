//! Makes specs of what Alibaba Cloud publishes, and says what was guessed and what was corrected.

pub mod compare;
pub mod document;
pub mod folder;
mod merge;
pub mod metadata;
mod naming;
mod notes;
mod verify;
pub mod write;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

pub use merge::{changed, merge};
pub use metadata::{Imported, Options, Published, metadata};

/// Specs of many products, in the order in which they are given, on `threads` threads.
///
/// Where two of them are versions of one product, the newer one has the plain name.
pub fn all(published: &[Published], options: &Options, threads: usize) -> Vec<Imported> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Imported)>> = Mutex::new(Vec::with_capacity(published.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, published.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = published.get(index) else { return };
                    let imported = metadata(one, options);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((index, imported));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    let mut all: Vec<Imported> = done.into_iter().map(|(_, imported)| imported).collect();
    metadata::tell_apart(&mut all, options);
    all
}
