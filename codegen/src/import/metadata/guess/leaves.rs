//! What is in a reply, with the paths that the format writes.

use crate::spec::{Product, Schema};

/// Something in a reply.
pub(super) struct Leaf<'a> {
    /// The name of the field.
    pub(super) name: &'a str,
    /// The path to the object that it is in; empty for the root.
    pub(super) within: String,
    pub(super) schema: &'a Schema,
}

impl Leaf<'_> {
    /// The path to it.
    pub(super) fn path(&self) -> String {
        join(&self.within, self.name)
    }
}

/// Everything that is reached through objects alone, no deeper than `depth` objects, outermost first. Names with a dot
/// cannot be in a path.
pub(super) fn of<'a>(root: &'a Schema, product: &'a Product, depth: usize) -> Vec<Leaf<'a>> {
    let mut leaves = Vec::new();
    let mut level = vec![(String::new(), product.follow(root))];
    for _ in 0..depth {
        let mut next = Vec::new();
        for (within, object) in level {
            for field in object.fields.iter().filter(|field| !field.name.contains('.') && !field.name.contains("[]")) {
                let schema = product.follow(&field.schema);
                if !schema.fields.is_empty() {
                    next.push((join(&within, &field.name), schema));
                }
                leaves.push(Leaf { name: &field.name, within: within.clone(), schema });
            }
        }
        level = next;
    }
    leaves
}

fn join(within: &str, name: &str) -> String {
    if within.is_empty() { name.to_owned() } else { format!("{within}.{name}") }
}
