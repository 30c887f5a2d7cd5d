//! Comments that a person wrote into a spec: writing the spec anew would lose them.

use crate::diagnostic::{Code, Diagnostic};
use crate::read::{Node, NodeKind};

use super::notes::Notes;

/// The line that editors read, which every spec that is written begins with.
const OF_EDITORS: &str = "# yaml-language-server:";

/// Whether a spec has comments other than the line that names its schema for editors. Text that is no YAML has none.
pub fn has_comments(text: &str) -> bool {
    let text = match text.strip_prefix(OF_EDITORS) {
        Some(rest) => rest.split_once('\n').map_or("", |(_, rest)| rest),
        None => text,
    };
    let mut whole = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        for (at, _) in body.match_indices('#') {
            let follows_blank = body[..at].chars().next_back().is_none_or(|before| before == ' ' || before == '\t');
            // What can be taken out and changes nothing is a comment; anything else is part of a text.
            if follows_blank {
                let whole = whole.get_or_insert_with(|| Node::parse(text).ok());
                let Some(whole) = whole else { return false };
                let without = format!("{}{}", &text[..start + at], &text[start + body.len()..]);
                if Node::parse(&without).is_ok_and(|without| is_same(whole, &without)) {
                    return true;
                }
            }
        }
        start += line.len();
    }
    false
}

/// Says that a spec stays as it is for the sake of its comments. `path` is how the spec is shown.
pub fn kept_with_comments(path: &str) -> Diagnostic {
    let mut notes = Notes::new(path);
    let what = "the spec has comments, which would be lost if it were written anew: it stays, and what would change is \
                shown";
    notes.say(Code::KeptAsWritten, "comments", what);
    notes.found.remove(0)
}

/// Whether two trees hold the same, wherever it stands.
fn is_same(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (NodeKind::Scalar(one, quoted), NodeKind::Scalar(other, other_quoted)) => {
            one == other && quoted == other_quoted
        }
        (NodeKind::Sequence(one), NodeKind::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (NodeKind::Mapping(one), NodeKind::Mapping(other)) => {
            let entries =
                |(one, other): (&(Node, Node), &(Node, Node))| is_same(&one.0, &other.0) && is_same(&one.1, &other.1);
            one.len() == other.len() && one.iter().zip(other).all(entries)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_texts() {
        let table = [
            ("# yaml-language-server: $schema=../operation.json\na: b\n", false),
            ("# yaml-language-server: $schema=../operation.json\n# Mind the gap.\na: b\n", true),
            ("a: b # why\n", true),
            ("a: b # why", true),
            ("a:\n  # why\n  b: c\n", true),
            ("a: b#c\n", false),
            ("a: 'b # c'\n", false),
            ("a: \"b # c\"\n", false),
            ("a: 'b # c' # why\n", true),
            ("a: |\n  b # c\n  # d\n", false),
            ("a: >-\n  b\n  # c\nd: e\n", false),
            ("a: |\n  b\n# why\nc: d\n", true),
            ("a: 'b\n\n  # c\n\n  d'\n", false),
            ("a: b\r\n# why\r\n", true),
            ("a: 名 # 称\n", true),
            ("a: [ # why\n", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(has_comments(text), expected, "{text:?}");
        }
    }
}
