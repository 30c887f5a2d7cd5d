//! Whether sending twice does no more than sending once.

use crate::diagnostic::Code;
use crate::import::metadata::json::{self, Object};
use crate::import::notes::Notes;

use super::words;

/// Verbs of operations that only read.
const READING: &[&str] =
    &["check", "count", "describe", "get", "head", "list", "lookup", "query", "search", "select", "show", "verify"];

/// Only if both the verb and the tag say that it reads; the type of the operation is wrong too often.
pub(in crate::import::metadata) fn is(name: &str, object: &Object, notes: &mut Notes) -> bool {
    let tag = json::object(object, "systemTags").and_then(|tags| json::text(tags, "operationType")).unwrap_or("none");
    let mut said = words::of(name).into_iter();
    let verb = said.next().filter(|verb| verb != "batch").or_else(|| said.next()).unwrap_or_default();
    let is_idempotent = READING.contains(&verb.as_str()) && matches!(tag, "get" | "list" | "none");
    if is_idempotent {
        notes.say(Code::IdempotentGuessed, "idempotent", format!("`{name}` only reads, so it may be sent again"));
    }
    is_idempotent
}
