//! Paths into a reply: `Data.Content.List[].TaskId`.

use super::{Product, Schema};

/// A path into a reply, from the root.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Path(pub Vec<Segment>);

/// One step of a [`Path`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Segment {
    /// The name of the field; empty for the reply itself.
    pub name: String,
    /// Whether the step goes on into the elements of the list that the field is.
    pub each: bool,
}

impl Path {
    /// Reads `A.B[].C`; `[]` alone goes into the list that the reply is. A name that has a dot of its own cannot be
    /// written.
    pub fn parse(text: &str) -> Self {
        Self(
            text.split('.')
                .map(|part| match part.strip_suffix("[]") {
                    Some(name) => Segment { name: name.to_owned(), each: true },
                    None => Segment { name: part.to_owned(), each: false },
                })
                .collect(),
        )
    }

    /// What the path leads to below `root`, or what is wrong with the first step that leads nowhere.
    pub fn find<'a>(&self, root: &'a Schema, product: &'a Product) -> Result<&'a Schema, String> {
        let mut at = product.follow(root);
        for step in &self.0 {
            let name = &step.name;
            if !(name.is_empty() && step.each) {
                let field = at.fields.iter().find(|field| field.name == *name);
                at = product.follow(&field.ok_or_else(|| format!("there is no `{name}`"))?.schema);
            }
            match (&at.items, step.each) {
                (Some(items), true) => at = product.follow(items),
                (Some(_), false) => return Err(format!("`{name}` is a list: write `{name}[]`")),
                (None, true) => return Err(format!("`{name}` is no list: write `{name}`")),
                (None, false) => {}
            }
        }
        Ok(at)
    }
}
