//! Checks our own texts for slips.

use crate::diagnostic::Code;
use crate::read::{Node, NodeKind};

use super::{Context, Problem};

/// The keys that hold our own words.
const TEXTS: &[&str] = &["summary", "description", "reason"];

/// Looks through all texts below a node.
pub(super) fn check(node: &Node, context: &mut Context<'_>) {
    match &node.kind {
        NodeKind::Scalar(..) => {}
        NodeKind::Sequence(items) => items.iter().for_each(|item| check(item, context)),
        NodeKind::Mapping(entries) => {
            for (key, value) in entries {
                if let Some(name) = key.text().filter(|name| TEXTS.contains(name))
                    && let Some(words) = value.text().and_then(repeated)
                {
                    let problem =
                        Problem::new(format!("the text says `{words}` twice"), "repeats itself", "say it once");
                    context.report(Code::RepeatedWords, value, name, problem);
                }
                check(value, context);
            }
        }
    }
}

/// One to three words that are there twice in a row.
fn repeated(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |words: &[&str]| words.iter().any(|word| word.chars().any(char::is_alphabetic));
    (1..=3).find_map(|length| {
        words
            .windows(2 * length)
            .find(|window| window[..length] == window[length..] && is_word(&window[..length]))
            .map(|window| window[..length].join(" "))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn repetitions_are_found() {
        let table = [
            ("Valid values: Valid values: true", Some("Valid values:")),
            ("the the ticket", Some("the")),
            ("one of one of", Some("one of")),
            ("- - dashes", None),
            ("that that is, is", Some("that")),
            ("a ticket of a tenant", None),
        ];
        for (text, expected) in table {
            assert_eq!(super::repeated(text).as_deref(), expected, "{text}");
        }
    }
}
