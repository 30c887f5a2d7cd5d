//! Replies that are read while they arrive.

mod byte_stream;
mod pieces;
mod sending;

pub use byte_stream::ByteStream;
pub(crate) use pieces::Opened;
pub use sending::SendingStream;
