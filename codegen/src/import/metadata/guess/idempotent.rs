//! Whether sending twice does no more than sending once.

use crate::diagnostic::Code;
use crate::import::metadata::json::{self, Object};
use crate::import::naming::reads;
use crate::import::notes::Notes;

/// Only if both the name and the tag say that it reads.
pub(in crate::import::metadata) fn is(name: &str, object: &Object, notes: &mut Notes) -> bool {
    let tag = json::object(object, "systemTags").and_then(|tags| json::text(tags, "operationType")).unwrap_or("none");
    let is_idempotent = reads::only(name, tag);
    if is_idempotent {
        notes.say(Code::IdempotentGuessed, "idempotent", format!("`{name}` only reads, so it may be sent again"));
    }
    is_idempotent
}
