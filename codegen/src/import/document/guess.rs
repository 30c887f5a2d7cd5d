//! What a text holds, and whether it may print, as its name and its example tell. Each guess is said.

use super::findings::Findings;
use crate::diagnostic::Code;
use crate::import::naming::{secret, words};
use crate::spec::{Holds, Schema, Type};

/// Guesses about one text, and says what was guessed.
pub(super) fn mark(name: &str, schema: &mut Schema, about: &str, line: usize, findings: &mut Findings<'_>) {
    let before = (schema.holds.is_some(), schema.sensitive);
    guess(name, schema);
    say(schema, before, about, line, findings);
}

/// Guesses about one text. What nobody says yet has to be said with [`say_all`].
pub(super) fn guess(name: &str, schema: &mut Schema) {
    if schema.kind != Some(Type::String) {
        return;
    }
    let is_secret = secret::mark(name, schema);
    if !schema.values.is_empty() {
        return;
    }
    let example = schema.example.as_deref().unwrap_or_default();
    let words = words::of(name);
    let named_link = words.last().is_some_and(|last| last.ends_with("url") || last.ends_with("link"));
    if named_link && ["http://", "https://"].iter().any(|scheme| example.starts_with(scheme)) {
        // A link to a file in a bucket is signed: whoever has it has the file.
        schema.sensitive |= example.contains(".oss-") || example.contains("Signature=");
        schema.holds = Some(Holds::Link);
    } else if !is_secret && is_integer(example) {
        schema.holds = Some(Holds::Integer);
    }
}

fn is_integer(example: &str) -> bool {
    let digits = example.bytes().all(|byte| byte.is_ascii_digit());
    !example.is_empty() && example.len() < 19 && digits && (example == "0" || !example.starts_with('0'))
}

/// Says what was guessed about a schema and all that is inside of it.
pub(super) fn say_all(schema: &Schema, about: &str, line: usize, findings: &mut Findings<'_>) {
    say(schema, (false, false), about, line, findings);
    if let Some(items) = &schema.items {
        say_all(items, &format!("{about}[]"), line, findings);
    }
    for field in &schema.fields {
        let dot = if about.is_empty() { "" } else { "." };
        say_all(&field.schema, &format!("{about}{dot}{}", field.name), line, findings);
    }
}

/// Says what was not so before: what it holds, and whether it is a secret.
fn say(schema: &Schema, (held, secret): (bool, bool), about: &str, line: usize, findings: &mut Findings<'_>) {
    if schema.sensitive && !secret {
        let message = format!("`{about}` is a secret by its name or its example: it never prints");
        findings.note(Code::SensitiveGuessed, line, about, message, "take `sensitive` out if it is none");
    }
    let what = match &schema.holds {
        Some(Holds::Integer) => "an integer",
        Some(Holds::Link) => "a link",
        _ => return,
    };
    if !held {
        let message = format!("`{about}` is a text, and its example is {what}");
        findings.note(Code::GuessedHolds, line, about, message, "take `holds` out if other values are none");
    }
}
