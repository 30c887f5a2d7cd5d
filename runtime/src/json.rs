//! Replies: parsed once into a flat tape, decoded as forgivingly as the services require.

mod cursor;
mod decode;
mod document;
mod fields;
mod note;
mod parse;
mod text;

pub use cursor::{Elements, Json};
pub use decode::{Decode, DecodeObject, Field};
pub use document::Document;
pub use fields::Fields;
pub use note::Note;
pub use parse::SyntaxError;
