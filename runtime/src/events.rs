//! Replies that are server-sent events.

mod event;
mod parser;
mod sending;
mod source;

pub use event::{Event, Events};
pub use sending::SendingEvents;
