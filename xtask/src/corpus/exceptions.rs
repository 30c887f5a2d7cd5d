//! The failures that are known, each with the reason why it stays.

use std::path::Path;

use alicloud_codegen::read::{Node, NodeKind};

use super::outcome::{Failed, Stage};
use crate::options::Failure;

/// A longer list would hide what is wrong with us behind what is wrong with the documents.
const MOST: usize = 100;

/// A failure that is known.
#[derive(Debug)]
pub struct Exception {
    /// The folder of the product without its version, such as `vpc`.
    pub product: String,
    /// The operation.
    pub operation: String,
    /// The stage that it does not pass.
    pub stage: Stage,
}

/// Reads the list.
pub fn read(path: &Path) -> Result<Vec<Exception>, Failure> {
    let because = |what: String| Failure::Because(format!("{}: {what}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| because(error.to_string()))?;
    let node = Node::parse(&text).map_err(|(place, what)| because(format!("line {}: {what}", place.start.line)))?;
    let entries: &[Node] = match &node.kind {
        NodeKind::Sequence(entries) => entries,
        _ => &[],
    };
    let list: Vec<Exception> = entries
        .iter()
        .map(|entry| {
            let key = |key: &str| {
                let text = entry.get(key).and_then(Node::text).filter(|text| !text.trim().is_empty());
                text.ok_or_else(|| because(format!("line {}: there is no `{key}`", entry.place.start.line)))
            };
            key("reason")?;
            let (stage, line) = (key("stage")?, entry.place.start.line);
            let stage =
                Stage::named(stage).ok_or_else(|| because(format!("line {line}: there is no stage `{stage}`")))?;
            Ok(Exception { product: key("product")?.to_owned(), operation: key("operation")?.to_owned(), stage })
        })
        .collect::<Result<_, Failure>>()?;
    if list.len() > MOST {
        return Err(because(format!("{} exceptions, and there may be {MOST}", list.len())));
    }
    Ok(list)
}

impl Exception {
    /// Whether it is about the failure.
    pub fn is_about(&self, failed: &Failed) -> bool {
        failed.stage == self.stage && failed.operation == self.operation && self.is_of(&failed.product)
    }

    /// Whether it is about an operation of the product in this folder.
    pub fn is_of(&self, folder: &str) -> bool {
        folder.split('/').next() == Some(self.product.as_str())
    }
}
