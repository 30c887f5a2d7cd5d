//! Finds what `cargo xtask new` left to a person.

use crate::diagnostic::Code;
use crate::read::{Node, NodeKind};

use super::{Context, Problem};

/// What the text of a placeholder begins with.
const FILL_IN: &str = "<fill in";

/// The version of a product for which none was told.
const NO_VERSION: &str = "0000-00-00";

/// Looks at all values below a node; `key` is the one that the node itself has.
pub(super) fn check(node: &Node, key: &str, context: &mut Context<'_>) {
    match &node.kind {
        NodeKind::Scalar(text, _) if text.starts_with(FILL_IN) => {
            let what = text.trim_start_matches(FILL_IN).trim_matches([':', ' ', '>']);
            let problem = Problem::new(format!("`{key}` is still to be filled in"), what, "write it in place of this");
            context.report(Code::ToFillIn, node, key, problem);
        }
        NodeKind::Scalar(text, _) if key == "version" && text == NO_VERSION => {
            let help = "write it here, as YYYY-MM-DD, and rename the folder";
            let problem = Problem::new("the version is still to be filled in", "the version of the product", help);
            context.report(Code::ToFillIn, node, key, problem);
        }
        NodeKind::Scalar(..) => {}
        NodeKind::Sequence(items) => items.iter().for_each(|item| check(item, key, context)),
        NodeKind::Mapping(entries) => {
            for (name, value) in entries {
                check(value, name.text().unwrap_or(key), context);
            }
        }
    }
}
