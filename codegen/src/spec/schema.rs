//! What a value looks like: types, fields, items, allowed values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A named part of an object, in a request or in a response.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Field {
    /// The name on the wire, exactly.
    pub name: String,
    /// The value.
    #[serde(flatten)]
    pub schema: Schema,
}

/// What a value looks like.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Schema {
    /// What is documented as the type. Not written for objects, lists and maps, which have `fields`, `items` or
    /// `entries`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Type>,
    /// A type of `types` in product.yaml, in place of one written here.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What it is for, in our own words. Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The documented example, exactly, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The documented default, exactly, as text. Documentation only: the service applies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The documented values. The list stays open: a value that is not in it is kept as it is.
    #[serde(rename = "enum", default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// The documented smallest value, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<String>,
    /// The documented largest value, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<String>,
    /// The documented length of a text or a list, such as `1..64`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<String>,
    /// The documented pattern of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What a text holds that is documented as a string but is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Holds>,
    /// A secret or a signed link: it never prints.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
    /// Whether the documents advise against it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// In a response: always there, so that the Rust field is not an `Option`. A reply without it is an error.
    #[serde(default, skip_serializing_if = "is_false")]
    pub certain: bool,
    /// In an object of a request: whether the service refuses the object without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// The parts of an object, in the order of the documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The elements of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<Schema>>,
    /// The values of a map from text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Box<Schema>>,
    /// Whether an object with nothing but one list in it is that list in Rust. `true` unless written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unwrap: Option<bool>,
    /// The name of the Rust type of an object or of an `enum`, where its field's own would not do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_name: Option<String>,
    /// The name of the Rust field, where the one derived from the wire would not do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_name: Option<String>,
    /// Which source this came from, where it is not the document: of all of it, or key by key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<From>,
}

/// A type as the documents name it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// Documented as 32 bits; 64 in Rust, since real values overflow.
    Integer,
    /// 64 bits.
    Long,
    /// Documented as 32 bits of floating point; 64 in Rust.
    Float,
    /// 64 bits of floating point.
    Double,
    /// `fields`.
    Object,
    /// `items`.
    List,
    /// `entries`.
    Map,
    /// Anything that JSON can hold.
    Json,
    /// Bytes as they are, as the whole of a body.
    Binary,
}

/// What a text really holds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// An integer in decimal: setters take numbers as well.
    Integer,
    /// JSON.
    Json,
    /// A link.
    Link,
}

/// One documented value.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Value {
    /// The value on the wire, as text.
    pub value: String,
    /// What it means, in our own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The name of the variant, where the one derived from the value would not do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Where a field came from: a source, or a source for each of some of its keys.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
pub enum From {
    /// All of it came from this source.
    All(String),
    /// Each of these keys came from that source; the rest from the document.
    Keys(BTreeMap<String, String>),
}

impl Schema {
    /// The type: the one that is written, or the one that `fields`, `items` or `entries` tell.
    pub fn kind(&self) -> Option<Type> {
        self.kind.or_else(|| {
            if !self.fields.is_empty() {
                Some(Type::Object)
            } else if self.items.is_some() {
                Some(Type::List)
            } else {
                self.entries.as_ref().map(|_| Type::Map)
            }
        })
    }

    /// The one list in an object that holds nothing else and is not to be kept as an object.
    pub fn wrapped_list(&self) -> Option<&Field> {
        match self.fields.as_slice() {
            [only] if only.schema.kind() == Some(Type::List) && self.unwrap != Some(false) => Some(only),
            _ => None,
        }
    }
}

pub(super) fn is_false(value: &bool) -> bool {
    !value
}
