//! Marks what must never print.

use crate::diagnostic::Code;
use crate::import::naming::secret;
use crate::import::notes::Notes;
use crate::spec::Schema;

/// Marks a text whose name says that it is a secret.
pub(in crate::import::metadata) fn mark(name: &str, schema: &mut Schema, about: &str, notes: &mut Notes) {
    if secret::mark(name, schema) {
        notes.say(Code::SensitiveGuessed, about, format!("`{about}` is a secret by its name: it never prints"));
    }
}
