//! Every waiter that a spec declares, against the emulator: what is expected is read from the specs, what waits is the
//! generated method.

mod ends;
mod states;
mod table;

#[path = "../support/mod.rs"]
mod support;
