//! Documents that were found apart and are about one version of one product.

use std::collections::BTreeMap;

use serde_json::Value;

use super::metadata::{self, Imported, Options, Published};

/// What was imported, with its documents. Those that belong in one folder are put together and imported as one, where
/// the first of them stood; what is there twice is said.
pub(super) fn together(
    published: Vec<Published>,
    imported: Vec<Imported>,
    options: &Options,
) -> Vec<(Published, Imported)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<(Vec<Published>, Imported)> = Vec::with_capacity(published.len());
    for (published, imported) in published.into_iter().zip(imported) {
        let place = *places.entry(imported.folder.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((others, _)) => others.push(published),
            None => groups.push((vec![published], imported)),
        }
    }
    let settle = |(mut documents, imported): (Vec<Published>, Imported)| match documents.len() {
        1 => (documents.swap_remove(0), imported),
        _ => {
            let one = joined(documents);
            let imported = metadata::metadata(&one, options);
            (one, imported)
        }
    };
    groups.into_iter().map(settle).collect()
}

/// All documents as if they had been found at one place. Of what only one of them can say, the first one counts.
fn joined(documents: Vec<Published>) -> Published {
    let count = documents.len();
    let mut joined = Published { is_lone: true, ..Published::default() };
    let mut lists: Vec<Vec<u8>> = Vec::new();
    for one in documents {
        if joined.path.is_empty() {
            joined.path = format!("{} and {} more", one.path, count - 1);
        }
        joined.product = joined.product.or(one.product);
        joined.version = joined.version.or(one.version);
        joined.info = joined.info.or(one.info);
        joined.is_lone &= one.is_lone;
        joined.documents.extend(one.documents);
        lists.extend(one.list.filter(|list| !lists.contains(list)));
    }
    joined.list = match lists.len() {
        0 | 1 => lists.pop(),
        _ => Some(all_entries(lists)),
    };
    joined
}

/// The entries of several lists in one. What is no list is left out.
fn all_entries(lists: Vec<Vec<u8>>) -> Vec<u8> {
    let entries = lists.iter().filter_map(|list| serde_json::from_slice::<Vec<Value>>(list).ok()).flatten();
    Value::Array(entries.collect()).to_string().into_bytes()
}
