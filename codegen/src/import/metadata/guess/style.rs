//! How operations are called.

use crate::diagnostic::Code;
use crate::import::metadata::api::Api;
use crate::import::metadata::json;
use crate::import::metadata::version::Version;
use crate::import::notes::Notes;
use crate::spec::{Product, Style};

/// Products whose operations have paths that nobody sends, by code in lower case.
const PATHS_UNUSED: &[&str] = &["oos", "ros"];

/// The style of most operations. What the metadata says about the product is wrong too often.
pub(super) fn of_product(version: &Version, notes: &mut Notes) -> Style {
    let with_path = version.apis.iter().filter(|api| has_path(api)).count();
    let style =
        if is_path_unused(&version.product) || with_path * 2 <= version.apis.len() { Style::Rpc } else { Style::Roa };
    let said = version.style.as_deref().unwrap_or_default();
    let word = if style == Style::Rpc { "RPC" } else { "ROA" };
    if !said.is_empty() && !said.eq_ignore_ascii_case(word) {
        let what = format!("the style is said to be {said}, but most operations are {word}");
        notes.say(Code::StyleGuessed, "style", what);
    }
    style
}

/// The style of an operation, where it is not that of its product.
pub(in crate::import::metadata) fn of_operation(api: &Api, product: &Product, notes: &mut Notes) -> Option<Style> {
    let own = if has_path(api) { Style::Roa } else { Style::Rpc };
    if own == product.style {
        return None;
    }
    if is_path_unused(&product.product) {
        let path = json::text(&api.object, "path").unwrap_or_default();
        notes.say(
            Code::StyleGuessed,
            "style",
            format!("the path `{path}` is not sent: operations of this product are RPC"),
        );
        return None;
    }
    let with = if own == Style::Roa { "has a path" } else { "has no path" };
    notes.say(Code::StyleGuessed, "style", format!("`{}` {with}, so its style is not that of its product", api.name));
    Some(own)
}

fn is_path_unused(product: &str) -> bool {
    PATHS_UNUSED.iter().any(|other| product.eq_ignore_ascii_case(other))
}

fn has_path(api: &Api) -> bool {
    json::text(&api.object, "path").is_some_and(|path| !path.is_empty())
}
