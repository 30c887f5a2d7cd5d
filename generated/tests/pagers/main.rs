//! Every pager that a spec declares, against the emulator: what is listed is read from the specs, what lists it is the
//! generated method.

mod lists;
mod table;
mod traps;

#[path = "../support/mod.rs"]
mod support;
