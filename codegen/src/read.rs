//! Reads specs: YAML files into plain data, with the position of everything and a diagnostic for every problem.

mod folder;
mod nearest;
mod shape;
mod source;
mod tree;

pub use folder::{OperationFile, ProductFolder, Specs, folder, texts};
pub(crate) use nearest::{nearest, suggest};
pub use source::{Place, Position, Source};
pub use tree::{Node, NodeKind};
