//! Values of a reply as values of Rust.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cursor::Json;
use super::document::Document;
use super::fields::Fields;
use crate::secret::SensitiveString;

/// What can be decoded from a value of a reply.
pub trait Decode: Sized {
    /// The value, or nothing if it is `null` or something else altogether, which the document notes.
    fn decode(value: Json<'_>) -> Option<Self>;
}

/// A struct whose fields are those of an object: what generated responses are.
pub trait DecodeObject: Sized {
    /// Reads the fields. What is absent or cannot be decoded becomes what [`Field`] says.
    fn decode_fields(fields: &Fields<'_>) -> Self;

    /// What an object without fields is decoded to.
    #[must_use]
    fn empty() -> Self {
        Self::decode_fields(&Fields::new(Document::empty().root()))
    }
}

impl<T: DecodeObject> Decode for T {
    fn decode(value: Json<'_>) -> Option<Self> {
        value.fields().map(|fields| T::decode_fields(&fields))
    }
}

/// What contains itself is in a box.
impl<T: DecodeObject> DecodeObject for Box<T> {
    fn decode_fields(fields: &Fields<'_>) -> Self {
        Self::new(T::decode_fields(fields))
    }
}

/// What can be a field: decoding it never fails, for there is a value for what is absent.
pub trait Field: Sized {
    /// The field, if it is there.
    fn field(value: Option<Json<'_>>) -> Self;
}

impl Decode for bool {
    fn decode(value: Json<'_>) -> Option<Self> {
        value.boolean()
    }
}

impl Decode for i64 {
    fn decode(value: Json<'_>) -> Option<Self> {
        value.integer()
    }
}

impl Decode for f64 {
    fn decode(value: Json<'_>) -> Option<Self> {
        value.float()
    }
}

impl Decode for String {
    fn decode(value: Json<'_>) -> Option<Self> {
        value.text().map(std::borrow::Cow::into_owned)
    }
}

impl Decode for Value {
    fn decode(value: Json<'_>) -> Option<Self> {
        Some(value.to_value())
    }
}

/// Nothing is looked at.
impl Decode for () {
    fn decode(_value: Json<'_>) -> Option<Self> {
        Some(())
    }
}

/// Elements that are `null` or cannot be decoded are left out.
impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Json<'_>) -> Option<Self> {
        let items = value.items();
        // Counting is a step for each element; moving large ones while the list grows costs more.
        let mut list = Self::with_capacity(items.clone().count());
        list.extend(items.filter_map(T::decode));
        Some(list)
    }
}

/// Entries that are `null` or cannot be decoded are left out.
impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(value: Json<'_>) -> Option<Self> {
        let fields = value.fields()?;
        Some(fields.entries().filter_map(|(name, value)| Some((name.into_owned(), T::decode(value)?))).collect())
    }
}

impl<T: Decode> Field for Option<T> {
    fn field(value: Option<Json<'_>>) -> Self {
        value.filter(|value| !value.is_null()).and_then(T::decode)
    }
}

impl<T: Decode> Field for Vec<T> {
    fn field(value: Option<Json<'_>>) -> Self {
        value.and_then(Self::decode).unwrap_or_default()
    }
}

impl<T: Decode> Field for BTreeMap<String, T> {
    fn field(value: Option<Json<'_>>) -> Self {
        value.filter(|value| !value.is_null()).and_then(Self::decode).unwrap_or_default()
    }
}

impl Field for String {
    fn field(value: Option<Json<'_>>) -> Self {
        value.and_then(Self::decode).unwrap_or_default()
    }
}

impl Field for SensitiveString {
    fn field(value: Option<Json<'_>>) -> Self {
        value.and_then(Self::decode).unwrap_or_default()
    }
}
