//! A parsed reply.

use std::cell::RefCell;
use std::fmt::{self, Debug, Formatter, Write as _};

use super::cursor::Json;
use super::note::Note;
use super::parse::{Kind, Node, SyntaxError, parse};
use crate::line::shorten;
use crate::xml::{self, XmlSyntaxError};

/// How many notes are kept.
const MAX_NOTES: usize = 64;

/// The text of a reply and where its values stand in it.
pub struct Document {
    pub(super) text: String,
    pub(super) nodes: Vec<Node>,
    notes: RefCell<Vec<Note>>,
    failure: RefCell<Option<Note>>,
}

impl Document {
    /// Parses JSON. A byte order mark is skipped; blank text is an empty document, whose root is `null`.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or nested more than 128 deep. The text is given back.
    pub fn parse(text: String) -> Result<Self, (SyntaxError, String)> {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        if text.trim_ascii().is_empty() {
            return Ok(Self::empty());
        }
        match parse(&text) {
            Ok(nodes) => Ok(Self::new(text, nodes)),
            Err(error) => Err((error, text)),
        }
    }

    /// Reads XML as if it were JSON: the root element is the only field of the root, elements are fields, one that is
    /// repeated is a list, and text is trimmed. Attributes are left out.
    ///
    /// # Errors
    ///
    /// When the text is not XML, nested more than 60 deep, or larger than a document may be.
    pub fn parse_xml(text: &str) -> Result<Self, XmlSyntaxError> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_ascii().is_empty() {
            return Ok(Self::empty());
        }
        // What was made of the elements is JSON, and no deeper nested than JSON may be, but it may be too large.
        Self::parse(xml::to_json(text)?).map_err(|_| XmlSyntaxError::TOO_LARGE)
    }

    /// A document whose root is `null`.
    #[must_use]
    pub fn empty() -> Self {
        Self::new(String::new(), vec![Node::new(Kind::Null, 0, 0, 1)])
    }

    /// A document whose root is `text` as it is. Text beyond half a gigabyte is cut off.
    #[must_use]
    pub fn plain(text: String) -> Self {
        let limit = text.len().min((1 << 29) - 1);
        let end = (0..=limit).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        Self::new(text, vec![Node::new(Kind::Text, 0, end, 1)])
    }

    fn new(text: String, nodes: Vec<Node>) -> Self {
        Self { text, nodes, notes: RefCell::default(), failure: RefCell::default() }
    }

    /// The value that the document is.
    #[must_use]
    pub fn root(&self) -> Json<'_> {
        Json { document: self, index: 0 }
    }

    /// The text of the document.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What could not be decoded so far.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        self.notes.borrow().clone()
    }

    /// Gives the text and the notes away.
    pub(crate) fn into_parts(self) -> (String, Vec<Note>) {
        (self.text, self.notes.into_inner())
    }

    /// Takes why the document as a whole could not be decoded, if that was the case.
    pub(crate) fn take_failure(&self) -> Option<Note> {
        self.failure.borrow_mut().take()
    }

    /// Takes over what could not be decoded in another document, which stands at `path`.
    pub(crate) fn adopt_notes(&self, path: &str, other: &Self) {
        for note in other.notes.borrow_mut().drain(..) {
            let mut notes = self.notes.borrow_mut();
            if notes.len() < MAX_NOTES {
                notes.push(Note { path: format!("header {path}"), ..note });
            }
        }
    }

    /// Notes that the value at `index` is not what was expected.
    #[cold]
    pub(super) fn note(&self, index: u32, expected: &'static str) {
        let mut notes = self.notes.borrow_mut();
        if notes.len() < MAX_NOTES {
            let path = self.path(index);
            if notes.last().is_none_or(|last| last.path != path) {
                notes.push(Note { path, expected, found: self.describe(index) });
            }
        }
    }

    /// Notes that the field `name` of the object at `index` is indispensable, and missing or not decodable.
    #[cold]
    pub(super) fn fail(&self, index: u32, name: &str, value: Option<u32>) {
        let mut path = self.path(index);
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        let known = self.notes.borrow().last().filter(|note| value.is_some() && note.path.starts_with(&path)).cloned();
        let found = value.map_or_else(|| "missing".to_owned(), |value| self.describe(value));
        self.failure.borrow_mut().get_or_insert(known.unwrap_or(Note { path, expected: "there", found }));
    }

    /// The path from the root to a node, found by walking down to it.
    fn path(&self, target: u32) -> String {
        let mut path = String::new();
        let mut parent = 0;
        while parent != target {
            let node = self.nodes[parent as usize];
            let is_object = node.kind() == Kind::Object;
            let (mut child, mut position) = (parent + 1, 0);
            loop {
                let value = child + u32::from(is_object);
                if child >= node.next() {
                    return path;
                }
                let next = self.nodes[value as usize].next();
                if target < next {
                    if is_object {
                        if !path.is_empty() {
                            path.push('.');
                        }
                        path.push_str(&Json { document: self, index: child }.string());
                    } else {
                        // Writing to a string does not fail.
                        let _ = write!(path, "[{position}]");
                    }
                    parent = value;
                    break;
                }
                (child, position) = (next, position + 1);
            }
        }
        path
    }

    fn describe(&self, index: u32) -> String {
        let value = Json { document: self, index };
        match value.node().kind() {
            Kind::Array => "a list".to_owned(),
            Kind::Object => "an object".to_owned(),
            _ => shorten(value.raw(), 40),
        }
    }
}

impl Debug for Document {
    /// Does not print the text, which may have secrets in it.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}
