//! Operations with what few APIs have: `specs/` describes them, `build.rs` generates them, `tests/` runs them against the
//! emulator.

/// What `build.rs` generated.
pub mod alicloud {
    include!(concat!(env!("OUT_DIR"), "/alicloud.rs"));
}
