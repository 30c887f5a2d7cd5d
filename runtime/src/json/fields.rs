//! The fields of an object.

use std::borrow::Cow;
use std::cell::Cell;

use super::cursor::Json;
use super::decode::{Decode, Field};
use super::parse::Kind;

/// The fields of an object. It remembers where it found the last one, so that asking in the order of the reply costs
/// nothing.
#[derive(Debug)]
pub struct Fields<'a> {
    object: Json<'a>,
    end: u32,
    /// The key where the next search begins.
    position: Cell<u32>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(object: Json<'a>) -> Self {
        // A document without a value has no fields.
        Self { object, end: object.node().next(), position: Cell::new(object.index + 1) }
    }

    /// The field `name`, decoded. What is absent, `null` or not decodable becomes what [`Field`] says.
    #[inline]
    #[must_use]
    pub fn get<T: Field>(&self, name: &str) -> T {
        T::field(self.find(name))
    }

    /// The list in the field `inner` of the object in the field `name`: `{"Regions": {"Region": [ … ]}}`. A list
    /// without the object around it, and an element without the list around it, are taken as well.
    #[must_use]
    pub fn list<T: Decode>(&self, name: &str, inner: &str) -> Vec<T> {
        self.unwrap(name, inner).map_or_else(Vec::new, |value| Vec::field(Some(value)))
    }

    /// The field `name`, which is always there: if it is not, or cannot be decoded, the reply as a whole is an error
    /// that names it.
    #[must_use]
    pub fn certain<T: Decode + Default>(&self, name: &str) -> T {
        let value = self.find(name).filter(|value| !value.is_null());
        value.and_then(T::decode).unwrap_or_else(|| {
            self.object.document.fail(self.object.index, name, value.map(|value| value.index));
            T::default()
        })
    }

    /// Names and values, in the order of the reply.
    pub fn entries(&self) -> impl Iterator<Item = (Cow<'a, str>, Json<'a>)> + use<'a> {
        let Json { document, index } = self.object;
        let (mut at, end) = (index + 1, self.end);
        std::iter::from_fn(move || {
            if at >= end {
                return None;
            }
            let (key, value) = (Json { document, index: at }, Json { document, index: at + 1 });
            at = value.node().next();
            Some((key.string(), value))
        })
    }

    /// The field `name`, if there is one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Json<'a>> {
        let begin = self.position.get();
        self.search(name, begin, self.end).or_else(|| self.search(name, self.object.index + 1, begin))
    }

    fn search(&self, name: &str, mut at: u32, end: u32) -> Option<Json<'a>> {
        let document = self.object.document;
        let (nodes, bytes) = (&document.nodes, document.text.as_bytes());
        while at < end {
            let key = nodes[at as usize];
            let found = match key.kind() {
                Kind::Escaped => Json { document, index: at }.string() == name,
                _ => bytes[key.start as usize..key.end as usize] == *name.as_bytes(),
            };
            let next = nodes[at as usize + 1].next();
            if found {
                self.position.set(next);
                return Some(Json { document, index: at + 1 });
            }
            at = next;
        }
        None
    }

    fn unwrap(&self, name: &str, inner: &str) -> Option<Json<'a>> {
        let outer = self.find(name)?;
        if !outer.is_object() {
            return Some(outer);
        }
        let fields = Fields::new(outer);
        let is_empty = fields.end == outer.index + 1;
        fields.find(inner).or_else(|| (!is_empty).then_some(outer))
    }
}
