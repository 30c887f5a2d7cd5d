//! The words that help pages use for types.

use crate::spec::Type;

/// A type as a document names it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Shape {
    /// The type.
    pub(super) kind: Type,
    /// The type of the elements of a list or of the values of a map, where it is told.
    pub(super) inner: Option<Type>,
}

/// Words of types. Where one ends in another, the longer stands first.
const TYPES: &[(&str, Type, Option<Type>)] = &[
    ("string", Type::String, None),
    ("boolean", Type::Boolean, None),
    ("integer", Type::Integer, None),
    ("int32", Type::Integer, None),
    ("int64", Type::Long, None),
    ("long", Type::Long, None),
    ("float", Type::Float, None),
    ("double", Type::Double, None),
    ("number", Type::Double, None),
    ("object []", Type::List, Some(Type::Object)),
    ("object[]", Type::List, Some(Type::Object)),
    ("string[]", Type::List, Some(Type::String)),
    ("string []", Type::List, Some(Type::String)),
    ("object", Type::Object, None),
    ("struct", Type::Object, None),
    ("repeatlist", Type::List, None),
    ("array", Type::List, None),
    ("list", Type::List, None),
    ("map", Type::Map, None),
    ("any", Type::Json, None),
    ("json", Type::Json, None),
    ("binary", Type::Binary, None),
    ("file", Type::Binary, None),
];

/// Words that names end in more often than that they are a type behind a name.
const NEVER_GLUED: &[&str] = &["list", "json", "struct", "file"];

/// What a cell of a column of types says.
pub(super) fn shape(text: &str) -> Option<Shape> {
    let text = text.trim().to_lowercase();
    if let Some((_, kind, inner)) = TYPES.iter().find(|(word, ..)| *word == text) {
        return Some(Shape { kind: *kind, inner: *inner });
    }
    if let Some(of) = text.strip_prefix("array of ") {
        let inner = shape(of).map_or(Type::Object, |inner| inner.kind);
        return Some(Shape { kind: Type::List, inner: Some(inner) });
    }
    let (outer, inner) = text.strip_suffix('>').and_then(|text| text.split_once('<'))?;
    let kind = shape(outer)?.kind;
    let inner = inner.rsplit(',').next().and_then(shape).map(|inner| inner.kind);
    // A number with its width, such as `integer<int32>`, is that number.
    let keeps = matches!(kind, Type::List | Type::Map);
    Some(Shape { kind: if keeps { kind } else { inner.unwrap_or(kind) }, inner: inner.filter(|_| keeps) })
}

/// Splits a name and the type that stands right behind it, with or without a space.
pub(super) fn name_and_shape(text: &str) -> Option<(&str, Shape)> {
    let lower = text.to_ascii_lowercase();
    if text.ends_with('>') {
        let begin = ["array<", "map<", "integer<", "number<", "object<", "list<"]
            .iter()
            .filter_map(|word| lower.find(word))
            .min()?;
        return Some((text.get(..begin)?.trim_end(), shape(text.get(begin..)?)?));
    }
    if let Some(begin) = lower.find("array of ") {
        return Some((text.get(..begin)?.trim_end(), shape(text.get(begin..)?)?));
    }
    // `number` and `file` end in no other word, but `object []` does not end in `object`.
    let ends = TYPES.iter().filter(|(word, ..)| !NEVER_GLUED.contains(word) && lower.ends_with(word));
    let longest = ends.max_by_key(|(word, ..)| word.len())?;
    let name = text.get(..text.len() - longest.0.len())?.trim_end();
    Some((name, Shape { kind: longest.1, inner: longest.2 }))
}
