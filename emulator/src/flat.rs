//! Lists, maps and objects that are written as many parameters: `Tag.1.Key=…`.

use std::collections::BTreeSet;

use alicloud_codegen::spec::{Product, Schema, Type};

use crate::refusal::Refusal;
use crate::value::text_fits;

/// The parameters of a query or a form, and which of them an operation has.
pub(crate) struct Flat<'a> {
    pairs: &'a [(String, String)],
    known: Vec<bool>,
    product: &'a Product,
}

impl<'a> Flat<'a> {
    pub(crate) fn new(pairs: &'a [(String, String)], product: &'a Product) -> Self {
        Self { pairs, known: vec![false; pairs.len()], product }
    }

    /// The text of the parameter of exactly this name.
    pub(crate) fn take(&mut self, name: &str) -> Option<&'a str> {
        let index = self.pairs.iter().position(|(known, _)| known == name)?;
        self.known[index] = true;
        Some(&self.pairs[index].1)
    }

    /// The names of the parameters that nobody asked for.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().zip(&self.known).filter(|(_, known)| !**known).map(|((name, _), _)| name.as_str())
    }

    /// Checks what is written under a name. Whether anything is.
    pub(crate) fn check(&mut self, name: &str, schema: &Schema) -> Result<bool, Refusal> {
        let schema = self.product.follow(schema);
        let below = format!("{name}.");
        let inside: Vec<usize> =
            (0..self.pairs.len()).filter(|index| self.pairs[*index].0.starts_with(below.as_str())).collect();
        match schema.kind() {
            // A type may contain itself: where nothing is written, nothing is looked for.
            Some(Type::Object | Type::List | Type::Map) if inside.is_empty() => Ok(false),
            Some(Type::Object) if !schema.fields.is_empty() => self.object(&below, schema),
            Some(Type::List) => self.list(name, &below, &inside, schema),
            Some(Type::Object | Type::Map) => {
                let each = schema.entries.as_deref().map(|each| self.product.follow(each));
                for index in inside {
                    self.known[index] = true;
                    let (name, text) = &self.pairs[index];
                    if each.is_some_and(|each| is_scalar(each) && !text_fits(text, each)) {
                        return Err(Refusal::invalid(name));
                    }
                }
                Ok(true)
            }
            Some(Type::Json) | None => {
                inside.iter().for_each(|index| self.known[*index] = true);
                Ok(self.take(name).is_some() || !inside.is_empty())
            }
            Some(_) => match self.take(name) {
                Some(text) if text_fits(text, schema) => Ok(true),
                Some(_) => Err(Refusal::invalid(name)),
                None => Ok(false),
            },
        }
    }

    fn object(&mut self, below: &str, schema: &Schema) -> Result<bool, Refusal> {
        for field in &schema.fields {
            let name = format!("{below}{}", field.name);
            if !self.check(&name, &field.schema)? && field.schema.required {
                return Err(Refusal::missing(&name));
            }
        }
        Ok(true)
    }

    fn list(&mut self, name: &str, below: &str, inside: &[usize], schema: &Schema) -> Result<bool, Refusal> {
        let mut places = BTreeSet::new();
        for index in inside {
            let rest = self.pairs[*index].0.get(below.len()..).unwrap_or_default();
            let place = rest.split('.').next().unwrap_or_default();
            let counts = place.bytes().all(|byte| byte.is_ascii_digit()) && !place.starts_with('0');
            // Counted from 1; a place that is left out was null.
            places.insert(place.parse::<u32>().ok().filter(|_| counts).ok_or_else(|| Refusal::invalid(name))?);
        }
        for place in places {
            let name = format!("{below}{place}");
            match schema.items.as_deref() {
                Some(each) => self.check(&name, each)?,
                None => self.take(&name).is_some(),
            };
        }
        Ok(true)
    }
}

fn is_scalar(schema: &Schema) -> bool {
    !matches!(schema.kind(), Some(Type::Object | Type::List | Type::Map | Type::Json) | None)
}
