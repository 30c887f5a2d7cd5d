//! What the tests share: an emulator with a clock that stands still, specs of an invented product, and a client.

// Every test is a program of its own and uses a part of this.
#![allow(dead_code)]

pub mod call;
pub mod laboratory;
pub mod wire;
pub mod workflow;

use std::time::{Duration, SystemTime};

use alicloud_emulator::{Builder, Emulator};

/// The time of [`NOW`], in seconds since 1970.
pub const NOW_SECONDS: u64 = 1_748_743_384;
/// What the clock of the emulator shows, and what requests are dated with.
pub const NOW: &str = "2025-06-01T02:03:04Z";
/// The folder of the specs.
pub const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

/// An emulator of all specs, real and invented, whose clock stands still.
pub fn builder() -> Builder {
    Emulator::builder().specs(SPECS).spec_texts(laboratory::specs()).clock(now)
}

/// The time at which the clock of the emulator stands still.
pub fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW_SECONDS)
}
