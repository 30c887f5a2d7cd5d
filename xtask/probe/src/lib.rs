//! What `cargo xtask corpus` links to generated code: decodes samples and reads every public field back, makes requests
//! of examples and keeps what would be sent. It judges nothing: `xtask` does, which knows the specs and not this code.

mod recorder;
mod run;
pub mod values;

pub use run::{Operation, Pending, run};
