//! The generator of the `alicloud` SDK: specs in YAML in, reviewed Rust out.
//!
//! The path of the data: [`read`] files with positions, [`check`] what they say, and then, with the feature `emit`,
//! `resolve` names and types and `emit` Rust source; `generate` is all of it, and `build` the same for build scripts.
//! Nothing but the reading and `build` touches the file system: the caller writes files.

#![warn(clippy::unwrap_used)]

#[cfg(feature = "emit")]
mod build;
pub mod check;
pub mod diagnostic;
#[cfg(feature = "emit")]
pub mod diff;
#[cfg(feature = "emit")]
pub mod emit;
#[cfg(feature = "emit")]
mod generate;
#[cfg(feature = "import")]
pub mod import;
pub mod parallel;
pub mod read;
#[cfg(feature = "emit")]
pub mod resolve;
pub mod schema;
pub mod select;
pub mod spec;

#[cfg(feature = "emit")]
pub use build::{Build, BuildError, build};
#[cfg(feature = "emit")]
pub use generate::{Generated, generate, generate_for, generate_some};
