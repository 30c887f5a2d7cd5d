//! A value of a document.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};

use serde_json::Value;

use super::document::Document;
use super::fields::Fields;
use super::parse::{Kind, Node};
use super::text::unescape;

/// A value of a [`Document`]: a position, free to copy.
#[derive(Clone, Copy)]
pub struct Json<'a> {
    pub(super) document: &'a Document,
    pub(super) index: u32,
}

impl<'a> Json<'a> {
    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.node().kind() == Kind::Null
    }

    /// Whether the value is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.node().kind() == Kind::Object
    }

    /// Whether the value is a list or an object.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(self.node().kind(), Kind::Array | Kind::Object)
    }

    /// The fields of an object. An empty document has none. Empty text is no object; anything else is noted as well.
    #[must_use]
    pub fn fields(self) -> Option<Fields<'a>> {
        match self.node().kind() {
            Kind::Object => Some(Fields::new(self)),
            Kind::Null if self.index == 0 => Some(Fields::new(self)),
            // What some services and XML say for an object without fields.
            Kind::Text if self.slice().is_empty() => None,
            _ => self.mismatch("an object"),
        }
    }

    /// The value as text. Numbers and booleans are text as they are written.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.node().kind() {
            Kind::Text | Kind::Escaped => Some(self.string()),
            Kind::Number | Kind::True | Kind::False => Some(Cow::Borrowed(self.slice())),
            _ => self.mismatch("text"),
        }
    }

    /// The value as an integer. Text is read, booleans are 0 and 1, fractions are dropped; empty text is none.
    #[must_use]
    pub fn integer(self) -> Option<i64> {
        match self.node().kind() {
            Kind::Number => integer(self.slice()).or_else(|| self.mismatch("an integer")),
            Kind::Text if self.slice().is_empty() => None,
            Kind::Text => integer(self.slice().trim_ascii()).or_else(|| self.mismatch("an integer")),
            Kind::True => Some(1),
            Kind::False => Some(0),
            _ => self.mismatch("an integer"),
        }
    }

    /// The value as a number. Text is read, booleans are 0 and 1; empty text is none.
    #[must_use]
    pub fn float(self) -> Option<f64> {
        match self.node().kind() {
            Kind::Number => float(self.slice()).or_else(|| self.mismatch("a number")),
            Kind::Text if self.slice().is_empty() => None,
            Kind::Text => float(self.slice().trim_ascii()).or_else(|| self.mismatch("a number")),
            Kind::True => Some(1.0),
            Kind::False => Some(0.0),
            _ => self.mismatch("a number"),
        }
    }

    /// The value as a boolean. 0, 1 and the words in any case are read; empty text is none.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        match self.node().kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            Kind::Number | Kind::Text => match self.slice() {
                "" => None,
                "0" => Some(false),
                "1" => Some(true),
                word if word.eq_ignore_ascii_case("true") => Some(true),
                word if word.eq_ignore_ascii_case("false") => Some(false),
                _ => self.mismatch("a boolean"),
            },
            _ => self.mismatch("a boolean"),
        }
    }

    /// The elements of a list. `null` and empty text have none, any other value counts as a list of itself.
    #[must_use]
    pub fn items(self) -> Elements<'a> {
        let node = self.node();
        let (next, end) = match node.kind() {
            Kind::Array => (self.index + 1, node.next()),
            Kind::Null => (0, 0),
            Kind::Text if node.start == node.end => (0, 0),
            _ => (self.index, node.next()),
        };
        Elements { document: self.document, next, end }
    }

    /// The value at a path of field names joined by dots. A field whose own name has dots is found as well.
    #[must_use]
    pub fn pointer(self, path: &str) -> Option<Json<'a>> {
        if self.node().kind() != Kind::Object {
            return None;
        }
        let fields = Fields::new(self);
        if let Some(value) = fields.find(path) {
            return Some(value);
        }
        path.match_indices('.').find_map(|(dot, _)| fields.find(&path[..dot])?.pointer(&path[dot + 1..]))
    }

    /// The value as it stands in the reply.
    #[must_use]
    pub fn raw(self) -> &'a str {
        let node = self.node();
        let quote = usize::from(matches!(node.kind(), Kind::Text | Kind::Escaped));
        let text = &self.document.text;
        // A document of plain text has no quotes.
        text.get((node.start as usize).wrapping_sub(quote)..node.end as usize + quote).unwrap_or(text)
    }

    /// A copy of the value that does not depend on the reply.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self.node().kind() {
            Kind::Null => Value::Null,
            Kind::True => Value::Bool(true),
            Kind::False => Value::Bool(false),
            Kind::Number => self.slice().parse().map_or(Value::Null, Value::Number),
            Kind::Text | Kind::Escaped => Value::String(self.string().into_owned()),
            Kind::Array => Value::Array(self.items().map(Json::to_value).collect()),
            Kind::Object => Value::Object(
                Fields::new(self).entries().map(|(name, value)| (name.into_owned(), value.to_value())).collect(),
            ),
        }
    }

    #[inline]
    pub(super) fn node(self) -> Node {
        self.document.nodes[self.index as usize]
    }

    /// The text of a string, without escapes.
    pub(super) fn string(self) -> Cow<'a, str> {
        match self.node().kind() {
            Kind::Escaped => Cow::Owned(unescape(self.slice())),
            _ => Cow::Borrowed(self.slice()),
        }
    }

    /// The text of the node; for a string, what stands between the quotes.
    #[inline]
    pub(super) fn slice(self) -> &'a str {
        let node = self.node();
        &self.document.text[node.start as usize..node.end as usize]
    }

    /// Notes that this is not what was `expected`, unless there is nothing.
    #[cold]
    fn mismatch<T>(self, expected: &'static str) -> Option<T> {
        if !self.is_null() {
            self.document.note(self.index, expected);
        }
        None
    }
}

impl Debug for Json<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Json").field("kind", &self.node().kind()).finish_non_exhaustive()
    }
}

/// The elements of a list.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    document: &'a Document,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Json<'a>;

    #[inline]
    fn next(&mut self) -> Option<Json<'a>> {
        if self.next >= self.end {
            return None;
        }
        let element = Json { document: self.document, index: self.next };
        self.next = element.node().next();
        Some(element)
    }
}

fn integer(text: &str) -> Option<i64> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    // -2^63 is a float, 2^63 is the first one too large.
    let value = float(text)?.trunc();
    (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&value).then_some(value as i64)
}

fn float(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}
