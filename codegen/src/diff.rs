//! What changed between two versions of specs, as users of the generated crate see it.
//!
//! Compared are specs with their Rust names: what a caller writes decides whether a change breaks, not the wire alone.
//! Everything here is pure; `cargo xtask diff` reads and prints.

mod behaviour;
mod change;
mod keys;
mod operation;
mod pairs;
mod parameters;
mod product;
mod surface;
mod types;

pub use change::{Change, Effect};

use crate::diagnostic::Report;
use crate::read::Specs;
use crate::resolve::{model::Product, resolve};

/// Every change from `old` to `new`, by product and operation. What neither can be generated nor could is left out.
///
/// Specs that lint refuses are compared as far as they could be read.
pub fn specs(old: &Specs, new: &Specs) -> Vec<Change> {
    // What is wrong with them is said by lint, and specs of a former version need not pass the lint of today.
    let (mut unused, mut unused_too) = (Report::default(), Report::default());
    products(&resolve(old, &mut unused), &resolve(new, &mut unused_too))
}

/// The same for specs that have their Rust names.
pub fn products(old: &[Product<'_>], new: &[Product<'_>]) -> Vec<Change> {
    let mut changes = product::compare(old, new);
    changes.sort_by(|a, b| (&a.product, &a.operation).cmp(&(&b.product, &b.operation)));
    changes
}
