//! Which guesses are in the specs that a merge ends with.

use crate::diagnostic::{Code, Diagnostic};
use crate::import::compare::Difference;

/// Whether what a note says is so in the merged spec. `differences` are those of the merged spec and the imported one.
pub(super) fn has_reached(note: &Diagnostic, differences: &[Difference]) -> bool {
    let about = &note.about;
    let at = match note.code {
        Code::PagerGuessed
        | Code::LinkGuessed
        | Code::WaiterGuessed
        | Code::EnvelopeGuessed
        | Code::IdempotentGuessed
        | Code::StyleGuessed => about.clone(),
        Code::FillGuessed => format!("{about}.fill"),
        Code::SensitiveGuessed => format!("{about}.sensitive"),
        // Whatever else is said is about the documents, and so whether or not it is taken over.
        _ => return true,
    };
    let below =
        |path: &str, above: &str| path.strip_prefix(above).is_some_and(|rest| rest.starts_with(['.', '[', '{']));
    !differences.iter().any(|one| one.at == at || below(&one.at, &at) || below(&at, &one.at))
}
