//! The facts that a description has in its sentences: values, defaults, bounds, requirements.

use super::page::{Cell, Piece};
use super::values;
use crate::spec::{Type, Value};

/// What the description of a parameter or a field states.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Meaning {
    /// The values that it lists, each with what it says about it.
    pub(super) values: Vec<Value>,
    /// The default.
    pub(super) default: Option<String>,
    /// The smallest and the largest value.
    pub(super) bounds: Option<(String, String)>,
    /// Whether it advises against it.
    pub(super) deprecated: bool,
    /// Whether a sentence calls it required or optional.
    pub(super) required: Option<bool>,
    /// Whether a sentence calls it required in some case.
    pub(super) required_if: bool,
    /// Whether values are announced that are not there.
    pub(super) lost_values: bool,
}

/// Reads a description.
pub(super) fn read(cell: &Cell, kind: Option<Type>, example: &str) -> Meaning {
    let mut meaning = Meaning::default();
    let mut announced = false;
    for (index, piece) in cell.pieces.iter().enumerate() {
        if piece.item {
            continue;
        }
        sentences(piece, &mut meaning);
        if let Some(rest) = announcement(&piece.text) {
            announced = true;
            let items = items(&cell.pieces[index + 1..]);
            if rest.is_empty() && !items.is_empty() {
                take(&items, &mut meaning);
            } else if !rest.is_empty() {
                inline(rest, kind, &mut meaning);
            } else if cell.pieces[index + 1..].is_empty() {
                // A paragraph further on may hold them; nothing at all means that the text lost them.
                meaning.lost_values = true;
            }
        }
    }
    if !announced {
        unannounced(cell, kind, example, &mut meaning);
    }
    if let ([only], None, true) = (meaning.values.as_slice(), &meaning.default, says_by_default(cell)) {
        meaning.default = Some(only.value.clone());
    }
    meaning
}

/// The list that follows a paragraph.
fn items(pieces: &[Piece]) -> Vec<&Piece> {
    pieces.iter().skip_while(|piece| !piece.item).take_while(|piece| piece.item).collect()
}

/// What stands behind the last `Valid values:` of a paragraph.
fn announcement(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let words = [
        "valid values:",
        "valid value:",
        "valid values include:",
        "values:",
        "取值：",
        "取值:",
        "取值范围：",
        "可选值：",
    ];
    let end = words.iter().filter_map(|word| lower.rfind(word).map(|at| at + word.len())).max()?;
    let rest = text.get(end..)?.trim();
    // What follows in another sentence, such as a note, is not about the values.
    Some(if rest.starts_with("Note") { "" } else { rest })
}

/// Takes the values of a list. One element that is no value makes it a list of something else.
fn take(items: &[&Piece], meaning: &mut Meaning) {
    let found: Option<Vec<_>> = items.iter().map(|piece| values::listed(&piece.text)).collect();
    let Some(found) = found else { return };
    for listed in found {
        if listed.is_default {
            meaning.default.get_or_insert(listed.value.clone());
        }
        if !meaning.values.iter().any(|known| known.value == listed.value) {
            meaning.values.push(Value { value: listed.value, description: listed.description, name: None });
        }
    }
}

/// Takes values or bounds that stand in the sentence that announces them.
fn inline(rest: &str, kind: Option<Type>, meaning: &mut Meaning) {
    if let Some(bounds) = values::bounds(rest) {
        meaning.bounds = Some(bounds);
        return;
    }
    for (value, is_default) in values::inline(rest, kind) {
        if is_default {
            meaning.default.get_or_insert(value.clone());
        }
        if !meaning.values.iter().any(|known| known.value == value) {
            meaning.values.push(Value { value, description: None, name: None });
        }
    }
}

/// A list that nothing announces holds values if each has a meaning behind a colon and the example is one of them. A
/// sentence can also name the only value there is.
fn unannounced(cell: &Cell, kind: Option<Type>, example: &str, meaning: &mut Meaning) {
    let items = items(&cell.pieces);
    let listed: Option<Vec<_>> = items.iter().map(|piece| values::listed(&piece.text)).collect();
    let explained = listed.filter(|listed| {
        let all = listed.iter().all(|one| one.description.is_some());
        all && listed.len() > 1 && listed.iter().any(|one| one.value == example)
    });
    if explained.is_some() {
        take(&items, meaning);
    } else if kind == Some(Type::String)
        && let [piece] = cell.pieces.as_slice()
        && let Some(value) = values::only(&piece.text)
    {
        meaning.values.push(Value { value, description: None, name: None });
    }
}

/// What sentences say outright.
fn sentences(piece: &Piece, meaning: &mut Meaning) {
    let text = &piece.text;
    let lower = text.to_lowercase();
    if let Some(value) = values::default(text) {
        meaning.default = Some(value);
    }
    meaning.deprecated |= [
        "parameter is deprecated",
        "parameter is discontinued",
        "parameter has been deprecated",
        "parameter is no longer",
        "该参数已废弃",
    ]
    .iter()
    .any(|words| lower.contains(words))
        || lower.starts_with("deprecated");
    for (words, required) in
        [("parameter is required", true), ("该参数必填", true), ("parameter is optional", false), ("此参数必填", true)]
    {
        let Some(at) = lower.find(words) else { continue };
        let rest = lower[at + words.len()..].trim_start();
        if rest.is_empty() || rest.starts_with(['.', '。', '!', ';']) {
            meaning.required = Some(required);
        } else if required {
            meaning.required_if = true;
        }
    }
}

fn says_by_default(cell: &Cell) -> bool {
    cell.pieces.iter().any(|piece| piece.text.to_lowercase().contains("by default"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(pieces: &[&str]) -> Cell {
        let piece = |text: &&str| match text.strip_prefix("- ") {
            Some(text) => Piece { text: text.to_owned(), item: true, line: 1 },
            None => Piece { text: (*text).to_owned(), item: false, line: 1 },
        };
        Cell { pieces: pieces.iter().map(piece).collect() }
    }

    fn values(pieces: &[&str], kind: Type, example: &str) -> (Vec<String>, Option<String>) {
        let meaning = read(&cell(pieces), Some(kind), example);
        (meaning.values.into_iter().map(|value| value.value).collect(), meaning.default)
    }

    #[test]
    fn values_are_found_wherever_they_stand() {
        type Row<'a> = (&'a [&'a str], Type, &'a str, &'a [&'a str], Option<&'a str>);
        let table: &[Row<'_>] = &[
            (&["The state. Valid values:", "- A: one.", "- B: two."], Type::String, "", &["A", "B"], None),
            (&["Valid values: Valid values:", "- true", "- false"], Type::Boolean, "", &["true", "false"], None),
            (&["Valid values:", "- **A** (default): one.", "- `B`: two."], Type::String, "", &["A", "B"], Some("A")),
            (
                &["How. Valid values: asc and desc. Default value: desc."],
                Type::String,
                "",
                &["asc", "desc"],
                Some("desc"),
            ),
            (&["Valid values: A, B, and C."], Type::String, "", &["A", "B", "C"], None),
            (&["What kind.", "- A: one.", "- B: two."], Type::String, "B", &["A", "B"], None),
            (&["What to know.", "- Call it twice.", "- Then wait."], Type::String, "B", &[], None),
            (
                &["By default, by time. Set the value to gmt_create."],
                Type::String,
                "",
                &["gmt_create"],
                Some("gmt_create"),
            ),
            (&["Set the value to true if you are sure."], Type::String, "", &[], None),
            (&["Valid values:", "- one value", "- B"], Type::String, "", &[], None),
        ];
        for (pieces, kind, example, expected, default) in table {
            let (found, found_default) = values(pieces, *kind, example);
            assert_eq!(
                (found, found_default.as_deref()),
                (expected.iter().map(|s| s.to_string()).collect(), *default),
                "{pieces:?}"
            );
        }
    }

    #[test]
    fn bounds_losses_and_marks_are_found() {
        let read = |pieces: &[&str]| read(&cell(pieces), Some(Type::Integer), "");
        assert_eq!(read(&["How many. Valid values: 1 to 100."]).bounds, Some(("1".to_owned(), "100".to_owned())));
        assert_eq!(read(&["How many. Valid values: [30, 1,000]."]).bounds, Some(("30".to_owned(), "1000".to_owned())));
        assert!(read(&["The state. Valid values:"]).lost_values);
        assert!(!read(&["The state. Valid values:", "- A: one."]).lost_values);
        assert_eq!(read(&["The instance. Note This parameter is required."]).required, Some(true));
        assert_eq!(read(&["This parameter is optional."]).required, Some(false));
        assert!(read(&["This parameter is required if State is set."]).required_if);
        assert!(read(&["This parameter is deprecated."]).deprecated);
    }
}
