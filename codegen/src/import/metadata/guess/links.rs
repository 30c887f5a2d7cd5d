//! Links to files in replies.

use crate::diagnostic::Code;
use crate::import::naming::{secret, words};
use crate::import::notes::Notes;
use crate::spec::{Field, Holds, Link, Operation, Product, Schema, Type};

use super::leaves;

/// Words of links that work inside Alibaba Cloud alone.
const INSIDE: &[&str] = &["inner", "internal", "intranet", "vpc"];

/// Marks what is a signed link, and takes the only one that stands outside of lists as that of the operation.
pub(super) fn guess(name: &str, operation: &mut Operation, product: &Product, notes: &mut Notes) {
    mark(&mut operation.response.schema.fields);
    let operation_words = words::of(name);
    let downloads = operation_words.iter().any(|word| matches!(word.as_str(), "download" | "export" | "downloads"));
    let found = leaves::of(&operation.response.schema, product, 3);
    let is_text = |leaf: &&leaves::Leaf<'_>| leaf.schema.kind() == Some(Type::String);
    let links: Vec<(Vec<String>, String)> = found
        .iter()
        .filter(is_text)
        .map(|leaf| (words::of(leaf.name), leaf.path()))
        .filter(|(said, _)| is_link(said, downloads))
        .collect();
    let inside = |said: &[String]| said.iter().any(|word| INSIDE.contains(&word.as_str()));
    let outer: Vec<&String> = links.iter().filter(|(said, _)| !inside(said)).map(|(_, path)| path).collect();
    let inner: Vec<&String> = links.iter().filter(|(said, _)| inside(said)).map(|(_, path)| path).collect();
    let [path] = outer.as_slice() else {
        if outer.len() > 1 {
            notes.say(
                Code::LinkGuessed,
                "link",
                format!("`{name}` has {} links: none is taken as its own", outer.len()),
            );
        }
        return;
    };
    let internal = if let [only] = inner.as_slice() { Some((*only).clone()) } else { None };
    notes.say(Code::LinkGuessed, "link", format!("`{path}` is taken as the link of `{name}`"));
    operation.link = Some(Link {
        summary: "the file".to_owned(),
        path: (*path).clone(),
        internal,
        ready: None,
        reason: None,
        expires: None,
    });
}

/// Whether a field is a link to a file: by its name, or because the operation is about one.
fn is_link(said: &[String], downloads: bool) -> bool {
    let link = said.last().is_some_and(|last| matches!(last.as_str(), "url" | "link"));
    let file = said.iter().any(|word| matches!(word.as_str(), "download" | "file" | "export"));
    link && !said.iter().any(|word| word == "upload")
        && (said.iter().any(|word| word == "download") || (downloads && (file || said.len() == 1)))
}

fn mark(fields: &mut [Field]) {
    for field in fields {
        let schema = &mut field.schema;
        if schema.sensitive && schema.kind() == Some(Type::String) && secret::is_signed_link(&words::of(&field.name)) {
            schema.holds = Some(Holds::Link);
        }
        mark(&mut schema.fields);
        let mut part: Option<&mut Box<Schema>> = schema.items.as_mut().or(schema.entries.as_mut());
        while let Some(inner) = part {
            mark(&mut inner.fields);
            part = inner.items.as_mut().or(inner.entries.as_mut());
        }
    }
}
