//! Makes specs of what Alibaba Cloud publishes, and says what was guessed and what was corrected.

pub mod folder;
pub mod metadata;
mod notes;
mod verify;
pub mod write;

pub use metadata::{Imported, Options, Published, metadata};
