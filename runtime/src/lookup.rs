//! Texts at paths that go through lists.

use crate::json::Json;
use crate::service_error::first_text;

/// The texts at a dotted path in which `[]` goes into a list. A list that stands without the object around it is
/// forgiven, and so is an element that stands without the list.
pub(crate) fn texts(root: Json<'_>, path: &str) -> Vec<String> {
    let Some((list, rest)) = path.split_once("[]") else {
        return first_text(root, &[path]).into_iter().collect();
    };
    let rest = rest.trim_start_matches('.');
    let found = if list.is_empty() { Some(root) } else { root.pointer(list) };
    let found = found.or_else(|| {
        let (outer, _) = list.rsplit_once('.')?;
        root.pointer(outer).filter(|outer| outer.is_container() && !outer.is_object())
    });
    let Some(found) = found else { return Vec::new() };
    let texts_of = |item: Json<'_>| {
        if !rest.is_empty() {
            return texts(item, rest);
        }
        item.text().filter(|text| !text.is_empty()).map(|text| vec![text.into_owned()]).unwrap_or_default()
    };
    found.items().flat_map(texts_of).collect()
}
