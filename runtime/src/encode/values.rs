//! The values of Rust that can be parameters.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Encode, Encoder};

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, to: &mut Encoder<'_>) {
        (**self).encode(to);
    }

    fn is_unset(&self) -> bool {
        (**self).is_unset()
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        match self {
            Some(value) => value.encode(to),
            None => to.null(),
        }
    }

    fn is_unset(&self) -> bool {
        self.as_ref().is_none_or(Encode::is_unset)
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        (**self).encode(to);
    }

    fn is_unset(&self) -> bool {
        (**self).is_unset()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.list(&mut self.iter().map(|element| element as &dyn Encode));
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.map(&mut self.iter().map(|(name, value)| (name.as_str(), value as &dyn Encode)));
    }
}

impl Encode for str {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.text(self);
    }
}

impl Encode for String {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.text(self);
    }
}

impl Encode for bool {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.boolean(*self);
    }
}

impl Encode for i64 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.integer(*self);
    }
}

impl Encode for i32 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.integer(i64::from(*self));
    }
}

impl Encode for u32 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.integer(i64::from(*self));
    }
}

impl Encode for u64 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.unsigned(*self);
    }
}

impl Encode for f64 {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.float(*self);
    }
}

impl Encode for Value {
    fn encode(&self, to: &mut Encoder<'_>) {
        match self {
            Self::Null => to.null(),
            Self::Bool(value) => to.boolean(*value),
            Self::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(value), _, _) => to.integer(value),
                (_, Some(value), _) => to.unsigned(value),
                (_, _, value) => to.float(value.unwrap_or(f64::NAN)),
            },
            Self::String(value) => to.text(value),
            Self::Array(elements) => to.list(&mut elements.iter().map(|element| element as &dyn Encode)),
            Self::Object(entries) => {
                to.map(&mut entries.iter().map(|(name, value)| (name.as_str(), value as &dyn Encode)));
            }
        }
    }

    fn is_unset(&self) -> bool {
        self.is_null()
    }
}
